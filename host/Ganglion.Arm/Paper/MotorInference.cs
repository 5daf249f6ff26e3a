using Ganglion.Arm.Inference;
using Ganglion.Basics.Space;
using Ganglion.Robots.Trunk;

namespace Ganglion.Arm.Paper;

/// <summary>
/// Motor inference as in the trunk paper (section III.B): one network run, one pass back, one step of an optimiser per measured pose. The
/// papers' commands are optimised; they stay within their range and within what the gears can follow.
/// </summary>
public sealed class MotorInference
{
    private readonly SpikingPoseModel _model;
    private readonly InputOptimizer _optimizer;
    private readonly double _rate;
    private readonly StepDecay _decay;
    private readonly double[] _commands, _inputs, _gradient;
    private readonly double[] _wanted = new double[SpikingPoseModel.Outputs], _measured = new double[SpikingPoseModel.Outputs];
    private LogarithmicDecay _step;
    private Pose _target;

    /// <param name="model">The arm's forward model.</param>
    /// <param name="optimizer">How the gradient is followed.</param>
    /// <param name="rate">Initial step size, above 0; the paper uses 0.01, and 0.1 for its comparison of optimisers.</param>
    /// <param name="decay">How steps become smaller near the target; the paper's is <see cref="StepDecay.Position"/>.</param>
    public MotorInference(SpikingPoseModel model, InputOptimizer optimizer, double rate = 0.01, StepDecay decay = StepDecay.Position)
    {
        if (!(rate > 0))
        {
            throw new ArgumentOutOfRangeException(nameof(rate), rate, "the step size is above 0, such as 0.01");
        }

        (_model, _optimizer, _rate, _decay) = (model, optimizer, rate, decay);
        _step = new LogarithmicDecay(rate);
        _commands = new double[model.Arm.InputCount];
        _inputs = new double[model.Arm.InputCount];
        _gradient = new double[model.Arm.InputCount];
    }

    /// <summary>Joint-local inputs, within their limits: where the arm is to go next.</summary>
    public ReadOnlySpan<double> Inputs => _inputs;

    /// <summary>Begins with a new target: the step size and what the optimiser has seen start afresh.</summary>
    /// <param name="target">Wanted tip pose.</param>
    /// <param name="from">Present inputs.</param>
    /// <exception cref="ArgumentException">The target is not finite.</exception>
    public void Begin(in Pose target, ReadOnlySpan<double> from)
    {
        _target = Targets.Checked(target);
        _optimizer.Restart();
        _step = new LogarithmicDecay(_rate);
        from.CopyTo(_inputs);
        _model.Arm.Clamp(_inputs);
        _model.Arm.InputsToCommands(_inputs, _commands);
    }

    /// <summary>Moves the target; the step size and what the optimiser has seen stay.</summary>
    /// <exception cref="ArgumentException">The target is not finite.</exception>
    public void Shift(in Pose target) => _target = Targets.Checked(target);

    /// <summary>One iteration.</summary>
    /// <param name="measured">The tip's pose at <see cref="Inputs"/>.</param>
    public void Step(in Pose measured)
    {
        TrunkArm arm = _model.Arm;
        _model.PredictCommands(_commands);
        _model.Write(measured, _measured);
        _model.Write(_target, _wanted);
        TargetCorrection.Apply(_model.Raw, _measured, _wanted);
        _model.CommandGradient(_wanted, _gradient);
        if (_decay != StepDecay.None)
        {
            _step.Observe(Deviation(measured));
        }

        _optimizer.Step(_commands, _gradient, _step.Rate);
        arm.Clamp(_commands);
        arm.CommandsToInputs(_commands, _inputs);
        arm.InputsToCommands(_inputs, _commands);
    }

    private double Deviation(in Pose measured)
    {
        double distance = (measured.Position - _target.Position).Length;
        return _decay == StepDecay.Position ? distance
            : double.Hypot(distance, _model.Arm.NormalisingLength * Quat.Angle(measured.Orientation, _target.Orientation));
    }
}
