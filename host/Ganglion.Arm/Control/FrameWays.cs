using Ganglion.Arm.Kinematics;
using Ganglion.Basics.Space;
using Ganglion.Robots.Trunk;

namespace Ganglion.Arm.Control;

/// <summary>How far the modules and the tip of an arm go when its gears do, by what is known of it: what people beside it care for. Holds
/// its work space, hence one instance a loop; allocates nothing.</summary>
/// <param name="arm">The arm.</param>
/// <param name="known">What is known of where it goes; null: its exact geometry.</param>
public sealed class FrameWays(TrunkArm arm, IForwardModel? known = null)
{
    private readonly IForwardModel _forward = known ?? new DescribedForward(arm);
    private readonly Pose[] _from = new Pose[arm.Joints], _to = new Pose[arm.Joints];
    private readonly double[] _between = new double[arm.StrokeCount];

    /// <summary>The farthest way of any module or the tip between two postures, m, as the crow flies.</summary>
    /// <param name="from">Strokes, joint-major.</param>
    /// <param name="to">Strokes.</param>
    public double Between(ReadOnlySpan<double> from, ReadOnlySpan<double> to)
    {
        Vec3 start = _forward.FromStrokes(from, _from).Position, end = _forward.FromStrokes(to, _to).Position;
        double farthest = (end - start).LengthSquared;
        for (int i = 0; i < _from.Length; i++)
        {
            farthest = Math.Max(farthest, (_to[i].Position - _from[i].Position).LengthSquared);
        }

        return Math.Sqrt(farthest);
    }

    /// <summary>Which share of the straight way from some strokes to others may be gone in one step.</summary>
    /// <param name="from">Strokes.</param>
    /// <param name="to">Strokes.</param>
    /// <param name="share">The share that is wanted, 0..1.</param>
    /// <param name="most">Farthest that a module or the tip may go in it, m.</param>
    public double Share(ReadOnlySpan<double> from, ReadOnlySpan<double> to, double share, double most)
    {
        // The second look finds what the first one's curve has left over.
        for (int look = 0; look < 2; look++)
        {
            for (int i = 0; i < _between.Length; i++)
            {
                _between[i] = from[i] + share * (to[i] - from[i]);
            }

            double way = Between(from, _between);
            if (way <= most)
            {
                break;
            }

            share *= most / way;
        }

        return share;
    }
}
