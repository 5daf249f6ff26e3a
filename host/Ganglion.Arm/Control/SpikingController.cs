using Ganglion.Arm.Inference;
using Ganglion.Robots.Space;

namespace Ganglion.Arm.Control;

/// <summary>
/// Steers by a learned spiking model: a plan on the model alone (<see cref="SpikingSolver"/>), spread over periods, then servoing on measured poses with the
/// spiking Jacobian, mended by the secants of the motion (<see cref="PoseServo"/>). When that leads nowhere it plans anew from another posture.
/// </summary>
/// <param name="model">The arm's forward model; not used by others meanwhile.</param>
/// <param name="seed">Seed of restarts.</param>
/// <param name="orientation">True: the whole pose; false: the position only.</param>
public sealed class SpikingController(SpikingPoseModel model, int seed, bool orientation) : IArmController
{
    /// <summary>A plan that the model itself sees this far off, as a share of the straight arm, is no plan.</summary>
    private const double HopelessShare = 0.15;

    /// <summary>A correction below this is left to the choice of counts, m.</summary>
    private const double FineCorrection = 0.5e-3;

    private readonly SpikingSolver _solver = new(model, seed, orientation);
    private readonly PoseServo _servo = new(new SpikingTipModel(model), orientation);
    private Pose _target, _aim;

    public string Name => "spiking";

    public bool Orientation => orientation;

    public bool Ready { get; private set; }

    public ControllerResult Plan { get; private set; }

    public ReadOnlySpan<double> Goal => Ready ? _servo.Goal : _solver.Best;

    public bool Settled => _servo.Correction <= FineCorrection && _servo.Remaining <= 4 * FineCorrection;

    public void Begin(in Pose target, ReadOnlySpan<double> from, Pose? measured)
    {
        _target = Targets.Checked(target);
        (Ready, Plan) = (false, default);
        _aim = _target;
        _solver.StartPlan(_aim, from);
    }

    public void Shift(in Pose target)
    {
        _target = Targets.Checked(target);
        if (Ready) _servo.Shift(_target);
    }

    public void Work()
    {
        if (Ready)
        {
            _servo.Advance();
            return;
        }

        bool finished = _solver.Plan(model.RunsPerPeriod);
        Pose planned = finished ? _solver.Planned : _solver.BestTip;
        double distance = (planned.Position - _aim.Position).Length;
        Plan = new ControllerResult(
            distance <= HopelessShare * model.Arm.Joints * model.Arm.NormalisingLength, distance, Quat.Angle(planned.Orientation, _aim.Orientation), _solver.PlanRuns);
        if (!finished) return;
        Ready = true;
        _solver.Jacobian.CopyTo(_servo.Jacobian.Values);
        _servo.Jacobian.Restart();
        _servo.Start(_solver.Best, _target, new Pose(planned.Position + (_target.Position - _aim.Position), planned.Orientation), new SpikingTipModel(model).Doubt(0));
    }

    public void Observe(ReadOnlySpan<double> at, in Pose measured, double doubt)
    {
        _servo.Observe(at, measured, doubt);
        _servo.Advance();
    }

    public void TipJacobian(Span<double> jacobian) => _servo.Jacobian.Values.AsSpan(0, jacobian.Length).CopyTo(jacobian);
}
