using Ganglion.Arm.Inference;
using Ganglion.Robots.Space;

namespace Ganglion.Arm.Control;

/// <summary>Steers by a learned spiking model: a plan on the model alone, then secants from measured poses (<see cref="SpikingSolver"/>).</summary>
/// <param name="model">The arm's forward model.</param>
/// <param name="seed">Seed of restarts.</param>
/// <param name="orientation">True: the whole pose; false: the position only.</param>
public sealed class SpikingController(SpikingPoseModel model, int seed, bool orientation) : IArmController
{
    /// <summary>A plan that the model itself sees this far off, as a share of the straight arm, is no plan.</summary>
    private const double HopelessShare = 0.15;

    private readonly SpikingSolver _solver = new(model, seed, orientation);

    public string Name => "spiking";

    public bool Orientation => orientation;

    public ControllerResult Solve(in Pose target, ReadOnlySpan<double> from, Span<double> inputs, CancellationToken cancellation = default)
    {
        Pose planned = _solver.Begin(target, from);
        _solver.Proposal.CopyTo(inputs);
        double distance = (planned.Position - target.Position).Length;
        return new ControllerResult(distance <= HopelessShare * model.Arm.Joints * model.Arm.NormalisingLength, distance, Quat.Angle(planned.Orientation, target.Orientation), _solver.PlanRuns);
    }

    public bool Improve(ReadOnlySpan<double> at, in Pose measured, Span<double> inputs)
    {
        _solver.Observe(at, measured);
        _solver.Proposal.CopyTo(inputs);
        return true;
    }

    public void TipJacobian(Span<double> jacobian) => _solver.Jacobian[..jacobian.Length].CopyTo(jacobian);
}
