using Ganglion.Arm.Inference;
using Ganglion.Robots.Space;

namespace Ganglion.Arm.Control;

/// <summary>
/// Steers as the trunk paper does: SD-AMSGrad on the spiking model with target correction. Each measured pose, also one from the way, renews the
/// correction p* - p for the inputs that it belongs to; until the next one the model alone is iterated with it.
/// </summary>
/// <param name="model">The arm's forward model.</param>
public sealed class PaperController(SpikingPoseModel model) : IArmController
{
    private const int PlanIterations = 800;

    /// <summary>Iterations with one correction, which holds near the inputs that it was measured at.</summary>
    private const int IterationsPerMeasurement = 5;

    /// <summary>The arm is where the iterations have led it if its inputs are so near, root mean square.</summary>
    private const double Arrived = 0.004;

    /// <summary>Step size, the paper's. Its decay (eq. 19) begins anew where the plan ends: the plan alone would use it up, before anything was measured.</summary>
    private const double Rate = 0.01;

    private const double HopelessShare = 0.15;

    private readonly MotorInference _inference = new(model, new AmsGradOptimizer(model.Arm.InputCount, signDamped: true), Rate);
    private readonly int _iterations = Math.Max(1, model.RunsPerPeriod / 4);
    private Pose _target;
    private Vec3 _shift;
    private Quat _turn = Quat.Identity;
    private int _planned;
    private bool _isCorrected;

    public string Name => "paper";

    public bool Orientation => false;

    public bool Ready { get; private set; }

    public ControllerResult Plan { get; private set; }

    public ReadOnlySpan<double> Goal => _inference.Inputs;

    public double Residual { get; private set; } = double.PositiveInfinity;

    public void Begin(in Pose target, ReadOnlySpan<double> from, Pose? measured)
    {
        _target = Targets.Checked(target);
        _inference.Begin(_target, from);
        (Ready, Residual, Plan, _planned, _isCorrected, _shift, _turn) = (false, double.PositiveInfinity, default, 0, false, default, Quat.Identity);
        if (measured is { } tip) Correct(from, tip);
    }

    public void Shift(in Pose target)
    {
        _target = Targets.Checked(target);
        _inference.Shift(_target);
    }

    public void Work()
    {
        int iterations = !Ready ? _iterations : _isCorrected ? IterationsPerMeasurement : 0;
        _isCorrected = false;
        for (int k = 0; k < iterations; k++)
        {
            Pose tip = Corrected();
            if (!Ready) Judge(tip);
            _inference.Step(tip);
        }
    }

    public void Observe(ReadOnlySpan<double> at, in Pose measured, double doubt)
    {
        Correct(at, measured);
        double apart = 0;
        for (int i = 0; i < at.Length; i++) apart += (at[i] - _inference.Inputs[i]) * (at[i] - _inference.Inputs[i]);
        _isCorrected = apart <= at.Length * Arrived * Arrived;
        Residual = (measured.Position - _target.Position).Length;
    }

    public void TipJacobian(Span<double> jacobian)
    {
        jacobian.Clear();
        model.Predict(_inference.Inputs);
        model.AddJacobian(3, 1, jacobian);
    }

    /// <summary>The model's error as it was measured, carried along: p = p~ + (p measured - p~ there).</summary>
    private void Correct(ReadOnlySpan<double> at, in Pose measured)
    {
        Pose predicted = model.Predict(at);
        _shift = measured.Position - predicted.Position;
        _turn = measured.Orientation * predicted.Orientation.Conjugate;
    }

    private Pose Corrected()
    {
        Pose tip = model.Predict(_inference.Inputs);
        return new Pose(tip.Position + _shift, (_turn * tip.Orientation).Normalized());
    }

    private void Judge(in Pose tip)
    {
        if (!double.IsFinite(tip.Position.LengthSquared + tip.Orientation.W))
            throw new InvalidDataException("the model predicts poses that are not finite: it is damaged or was badly trained. Restore its file, train it again (ganglion train), or use --controller ik.");
        double distance = (tip.Position - _target.Position).Length;
        Plan = new ControllerResult(distance <= HopelessShare * model.Arm.Joints * model.Arm.NormalisingLength, distance, Quat.Angle(tip.Orientation, _target.Orientation), ++_planned);
        if (_planned < PlanIterations) return;
        Ready = true;
        _inference.Begin(_target, _inference.Inputs);
    }
}
