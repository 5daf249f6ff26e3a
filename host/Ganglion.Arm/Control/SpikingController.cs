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

    /// <summary>Error of a plan, as a share of the straight arm: 3 to 5 % were measured for the shipped 4-geared models.</summary>
    private const double PlanDoubt = 0.04;

    /// <summary>So far from where the Jacobian was made, as a share of the scatter that made it, it is made again.</summary>
    private const double Stale = 1;

    private readonly SpikingSolver _solver = new(model, seed, orientation);
    private readonly PoseServo _servo = new(new SpikingTipModel(model), orientation);
    private readonly SpikingLinearisation _linearisation = new(model, new Random(seed + 1), orientation ? 6 : 3);
    private Pose _target;

    public string Name => "spiking";

    public bool Orientation => orientation;

    public bool Ready { get; private set; }

    public ControllerResult Plan { get; private set; }

    public ReadOnlySpan<double> Goal => Ready ? _servo.Goal : _solver.Best;

    public double Residual => _servo.Residual;

    public void Begin(in Pose target, ReadOnlySpan<double> from, Pose? measured)
    {
        _target = Targets.Checked(target);
        (Ready, Plan) = (false, default);
        _solver.StartPlan(_target, from);
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
            Linearise();
            _servo.Advance();
            return;
        }

        bool finished = _solver.Plan(model.RunsPerPeriod);
        Pose planned = finished ? _solver.Planned : _solver.BestTip;
        double distance = (planned.Position - _target.Position).Length, length = model.Arm.Joints * model.Arm.NormalisingLength;
        Plan = new ControllerResult(distance <= HopelessShare * length, distance, Quat.Angle(planned.Orientation, _target.Orientation), _solver.PlanRuns);
        if (!finished) return;
        Ready = true;
        _servo.Start(_solver.Best, _target, planned, PlanDoubt * length);
        _servo.Linearise(_solver.Jacobian);
        _linearisation.Begin(_solver.Best);
    }

    /// <summary>Makes the Jacobian better while the arm moves, and anew where the goal has gone elsewhere.</summary>
    private void Linearise()
    {
        if (_linearisation.Usable && _linearisation.Distance(_servo.Goal) > Stale) _linearisation.Begin(_servo.Goal);
        if (_linearisation.Finished) return;
        for (int runs = model.RunsPerPeriod; runs > 0 && !_linearisation.Finished;) runs -= _linearisation.Work();
        if (_linearisation.Usable) _servo.Linearise(_linearisation.Values);
    }

    public void Observe(ReadOnlySpan<double> at, in Pose measured, double doubt)
    {
        _servo.Observe(at, measured, doubt);
        _servo.Advance();
    }

    public void TipJacobian(Span<double> jacobian) => _servo.Jacobian.Values.AsSpan(0, jacobian.Length).CopyTo(jacobian);
}
