using Ganglion.Arm.Kinematics;
using Ganglion.Basics.Space;
using Ganglion.Robots.Trunk;

namespace Ganglion.Live.Teleop.Leading;

/// <summary>
/// Where reach ends: the pose nearest to a wanted one that an arm can come to from the posture in which it is, by its exact geometry,
/// without turning itself inside out. A learned controller may lead it into a posture from which the exact descent finds no way; then the
/// posture counts in which the exact geometry would have followed so far.
/// </summary>
internal sealed class TeleopReach(TrunkArm arm, bool orientation)
{
    /// <summary>What counts as met, m and rad.</summary>
    private const double Met = 0.2e-3, MetAngle = 0.2 * Math.PI / 180;

    private readonly ArmIk _ik = new(arm);
    private readonly double[] _inputs = new double[arm.InputCount], _followed = new double[arm.InputCount];
    private readonly Random _unused = new(1);
    private readonly IkOptions _options = new()
    {
        Orientation = orientation,
        Restarts = false,
        PositionTolerance = 1e-5,
        OrientationTolerance = 1e-4,
        MaxIterations = 40,
    };

    /// <summary>Begins in a posture.</summary>
    /// <param name="inputs">The inputs that the arm has.</param>
    public void Start(ReadOnlySpan<double> inputs) => inputs.CopyTo(_followed);

    /// <summary>The pose itself, or the nearest.</summary>
    /// <param name="wanted">A pose next to where the tip is.</param>
    /// <param name="from">The inputs that it has there.</param>
    /// <param name="nearest">Receives it; turned as wanted where the orientation does not count.</param>
    /// <returns>Whether the wanted pose is in reach.</returns>
    public bool Find(in Pose wanted, ReadOnlySpan<double> from, out Pose nearest)
    {
        nearest = wanted;
        if (Solve(wanted, _followed) || Solve(wanted, from))
        {
            _inputs.CopyTo(_followed, 0);
            return true;
        }

        Pose found = arm.Forward(_inputs);
        nearest = orientation ? found : wanted with { Position = found.Position };
        return false;
    }

    private bool Solve(in Pose wanted, ReadOnlySpan<double> from)
    {
        IkResult result = _ik.Solve(wanted, from, _inputs, _unused, _options);
        return result.PositionError <= Met && (!orientation || result.OrientationError <= MetAngle);
    }
}
