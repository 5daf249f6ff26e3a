using Ganglion.Arm.Control;
using Ganglion.Arm.Inference;
using Ganglion.Basics.Space;

namespace Ganglion.Arm.Paper;

/// <summary>
/// Steers as the trunk paper does: SD-AMSGrad on the spiking model with target correction. A pose measured at rest where the last
/// iterations led renews the correction p* - p; with it the model alone is iterated a few times, and the arm goes there. A target that
/// moves leaves no rest: then each pose counts, for the inputs that it belongs to.
/// </summary>
public sealed class PaperController : IArmController
{
    private const int PlanIterations = 800;

    /// <summary>A plan on the model alone need not be better than this, m: the model's own error is far greater.</summary>
    private const double Planned = 1e-3;

    /// <summary>
    /// Iterations after each pose measured at rest: one for each millimetre that was missing, within bounds. Spikes make the model jump by
    /// millimetres where inputs differ by more than a few steps; then its correction is that of another place.
    /// </summary>
    private const double IterationsPerMetre = 1000;

    private const int FewestIterations = 3, MostIterations = 30;

    /// <summary>None are needed beyond where the model, corrected, sees this share of what was missing.</summary>
    private const double Share = 0.3;

    /// <summary>The arm is where the iterations led if no gear is farther off, of its travel: the rounding to counts stays below
    /// that.</summary>
    private const double Arrived = 0.01;

    /// <summary>Step size, the paper's.</summary>
    private const double Rate = 0.01;

    private const double HopelessShare = 0.15;

    /// <summary>The steps' decay would be used up by a plan, before anything is measured, and by a target that moves: only the iterations
    /// between rest and rest have it.</summary>
    private readonly MotorInference _free, _decaying;
    private readonly SpikingPoseModel _model;
    private readonly int _iterations;
    private MotorInference _inference;
    private Pose _target;
    private Vec3 _shift;
    private Quat _turn = Quat.Identity;
    private readonly double[] _at, _wanted;
    private double _enough;
    private int _planned, _left;
    private bool _moves, _arrived;

    /// <param name="model">The arm's forward model.</param>
    public PaperController(SpikingPoseModel model)
    {
        _model = model;
        _iterations = Math.Max(1, model.RunsPerPeriod / 4);
        _free = new MotorInference(model, new AmsGradOptimizer(model.Arm.InputCount, signDamped: true), Rate, StepDecay.None);
        _decaying = new MotorInference(model, new AmsGradOptimizer(model.Arm.InputCount, signDamped: true), Rate, StepDecay.Position);
        _inference = _free;
        (_at, _wanted) = (new double[model.Arm.InputCount], new double[model.Arm.StrokeCount]);
    }

    public string Name => "paper";

    public SpikingPoseModel? Network => _model;

    public bool Orientation => false;

    public bool Ready { get; private set; }

    public ControllerResult Plan { get; private set; }

    public ReadOnlySpan<double> Goal => _inference.Inputs;

    public double Residual { get; private set; } = double.PositiveInfinity;

    public void Begin(in Pose target, ReadOnlySpan<double> from, Pose? measured)
    {
        _target = Targets.Checked(target);
        _inference = _free;
        _inference.Begin(_target, from);
        (Ready, Residual, Plan, _planned, _shift, _turn) = (false, double.PositiveInfinity, default, 0, default, Quat.Identity);
        (_enough, _left, _moves, _arrived) = (Planned, 0, false, false);
        if (measured is { } tip)
        {
            Correct(from, tip);
        }
    }

    public void Shift(in Pose target)
    {
        _target = Targets.Checked(target);
        if (_inference != _free)
        {
            Choose(_free);
        }

        _inference.Shift(_target);
        _moves = true;
    }

    public void Work(double share = 1)
    {
        int iterations = Math.Max(1, (int)(share * _iterations));
        for (int k = 0; k < iterations && (!Ready || _moves || _left > 0); k++)
        {
            Pose tip = Corrected();
            if (!Ready)
            {
                Judge(tip);
            }
            else if (!_moves)
            {
                Count(tip);
            }

            if (!Ready || _moves || _left > 0)
            {
                _inference.Step(tip);
            }
        }
    }

    public void Observe(ReadOnlySpan<double> strokes, in Pose measured, double doubt, in Vec3 timing)
    {
        double error = (measured.Position - _target.Position).Length;
        if (!_moves && !RestsAt(strokes))
        {
            return;
        }

        _model.Arm.StrokesToInputs(strokes, _at);
        Correct(_moves ? _at : _inference.Inputs, measured);
        Residual = error + (_model.Predict(_inference.Inputs).Position - _model.Predict(_at).Position).Length;
        if (_moves)
        {
            return;
        }

        if (_inference != _decaying)
        {
            Choose(_decaying);
        }

        _arrived = false;
        (_enough, _left) = (Share * error, Math.Clamp((int)(IterationsPerMetre * error), FewestIterations, MostIterations));
    }

    public double TipJacobian(Span<double> jacobian)
    {
        jacobian.Clear();
        _model.Predict(_inference.Inputs);
        _model.AddJacobian(3, 1, jacobian);
        int n = _model.Arm.InputCount;
        for (int row = 0; row < 3; row++)
        {
            _model.Arm.InputGradientToDisplacements(_inference.Inputs, jacobian.Slice(row * n, n));
        }

        return SwingingJacobian.DoubtOf(jacobian, PoseServo.LearnedAstray);
    }

    private void Count(in Pose tip) => _left = (tip.Position - _target.Position).Length <= _enough ? 0 : _left - 1;

    private void Choose(MotorInference next)
    {
        next.Begin(_target, _inference.Inputs);
        _inference = next;
    }

    /// <summary>Iterations have ended, the arm has gone where they led, and was there already when the pose before was measured.</summary>
    private bool RestsAt(ReadOnlySpan<double> strokes)
    {
        if (_left > 0)
        {
            return false;
        }

        _model.Arm.InputsToStrokes(_inference.Inputs, _wanted);
        for (int i = 0; i < _wanted.Length; i++)
        {
            if (Math.Abs(strokes[i] - _wanted[i]) > Arrived)
            {
                return _arrived = false;
            }
        }

        bool rested = _arrived;
        _arrived = true;
        return rested;
    }

    /// <summary>The model's error as it was measured, carried along: p = p~ + (p measured - p~ there).</summary>
    private void Correct(ReadOnlySpan<double> at, in Pose measured)
    {
        Pose predicted = _model.Predict(at);
        _shift = measured.Position - predicted.Position;
        _turn = measured.Orientation * predicted.Orientation.Conjugate;
    }

    private Pose Corrected()
    {
        Pose tip = _model.Predict(_inference.Inputs);
        return new Pose(tip.Position + _shift, (_turn * tip.Orientation).Normalized());
    }

    private void Judge(in Pose tip)
    {
        if (!double.IsFinite(tip.Position.LengthSquared + tip.Orientation.W))
        {
            throw new InvalidDataException("the model predicts poses that are not finite: it is damaged or was badly trained. Restore " +
                "its file, train it again (ganglion train), or use --controller ik.");
        }

        double distance = (tip.Position - _target.Position).Length;
        Plan = new ControllerResult(distance <= HopelessShare * _model.Arm.Joints * _model.Arm.NormalisingLength, distance,
            Quat.Angle(tip.Orientation, _target.Orientation), ++_planned);
        Ready = distance <= _enough || _planned >= PlanIterations;
    }
}
