using Ganglion.Robots.Space;

namespace Ganglion.Arm.Control;

/// <summary>
/// Damped least squares on the exact model: the honest comparator for everything learned. Where the geometry is known it
/// needs no data and no network.
/// </summary>
/// <param name="arm">The arm's exact model.</param>
/// <param name="seed">Seed of the restarts.</param>
/// <param name="orientation">True: the whole pose; false: the position only.</param>
public sealed class LeastSquaresController(TrunkArm arm, int seed, bool orientation = true) : IArmController
{
    private readonly ArmIk _ik = new(arm);
    private readonly Random _random = new(seed);
    private readonly IkOptions _options = new() { Orientation = orientation };
    private readonly double[] _inputs = new double[arm.InputCount], _jacobian = new double[6 * arm.InputCount];

    public string Name => "ik";

    public bool Orientation => orientation;

    public ControllerResult Solve(in Pose target, ReadOnlySpan<double> from, Span<double> inputs, CancellationToken cancellation = default)
    {
        IkResult result = _ik.Solve(target, from, inputs, _random, _options, cancellation);
        inputs.CopyTo(_inputs);
        return new ControllerResult(result.Converged, result.PositionError, result.OrientationError, result.Iterations);
    }

    public bool Improve(ReadOnlySpan<double> at, in Pose measured, Span<double> inputs)
    {
        _inputs.CopyTo(inputs);
        return false;
    }

    public void TipJacobian(Span<double> jacobian)
    {
        arm.Jacobian(_inputs, _jacobian);
        _jacobian.AsSpan(0, 3 * arm.InputCount).CopyTo(jacobian);
    }
}
