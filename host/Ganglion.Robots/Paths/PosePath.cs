using Ganglion.Basics.Space;
namespace Ganglion.Robots.Paths;

/// <summary>One pose of a path and when it is due.</summary>
/// <param name="Line">Line of the file that it stands in, from 1.</param>
/// <param name="Time">s from the start of the path.</param>
/// <param name="Pose">REP-103, base frame, m; the identity where the path leaves orientations free.</param>
public readonly record struct PathPoint(int Line, double Time, Pose Pose);

/// <summary>A path of the tip: straight lines from pose to pose, each at its own even speed; orientations turn evenly about one
/// axis.</summary>
public sealed class PosePath
{
    private readonly PathPoint[] _points;

    /// <param name="points">At least one; times from 0 on, each later than the one before.</param>
    /// <param name="hasOrientation">Whether orientations matter.</param>
    /// <exception cref="ArgumentException">Times do not ascend from 0.</exception>
    public PosePath(PathPoint[] points, bool hasOrientation)
    {
        if (points.Length == 0 || points[0].Time != 0)
        {
            throw new ArgumentException("a path has at least one pose, and its first one is due at 0", nameof(points));
        }

        for (int i = 1; i < points.Length; i++)
        {
            if (!(points[i].Time > points[i - 1].Time))
            {
                throw new ArgumentException($"pose {i} is not later than the one before", nameof(points));
            }
        }

        (_points, HasOrientation) = (points, hasOrientation);
    }

    public IReadOnlyList<PathPoint> Points => _points;

    /// <summary>Whether orientations matter.</summary>
    public bool HasOrientation { get; }

    /// <summary>s.</summary>
    public double Duration => _points[^1].Time;

    /// <summary>Length of all lines, m.</summary>
    public double Length
    {
        get
        {
            double length = 0;
            for (int i = 1; i < _points.Length; i++)
            {
                length += (_points[i].Pose.Position - _points[i - 1].Pose.Position).Length;
            }

            return length;
        }
    }

    /// <summary>Where the tip should be; before the start the first pose, after the end the last.</summary>
    /// <param name="time">s.</param>
    public Pose At(double time)
    {
        int next = Next(time);
        if (next == 0 || next == _points.Length)
        {
            return _points[Math.Min(next, _points.Length - 1)].Pose;
        }

        ref readonly PathPoint from = ref _points[next - 1], to = ref _points[next];
        double share = (time - from.Time) / (to.Time - from.Time);
        return new Pose(Between(from, to, share),
            HasOrientation ? Turned(from.Pose.Orientation, to.Pose.Orientation, share) : Quat.Identity);
    }

    /// <summary>The position alone of <see cref="At"/>, without the work of turning, m.</summary>
    /// <param name="time">s.</param>
    public Vec3 PositionAt(double time)
    {
        int next = Next(time);
        if (next == 0 || next == _points.Length)
        {
            return _points[Math.Min(next, _points.Length - 1)].Pose.Position;
        }

        ref readonly PathPoint from = ref _points[next - 1], to = ref _points[next];
        return Between(from, to, (time - from.Time) / (to.Time - from.Time));
    }

    /// <summary>Distance of a place from the nearest of the lines that are due about a time, m: how far off the path it is, early or
    /// late.</summary>
    /// <param name="place">m.</param>
    /// <param name="time">s.</param>
    /// <param name="window">Lines within this time are looked at, s.</param>
    public double DistanceFrom(in Vec3 place, double time, double window)
    {
        int first = Math.Max(1, Next(time - window)), last = Math.Min(_points.Length - 1, Next(time + window));
        double nearest = (place - PositionAt(time)).Length;
        for (int i = first; i <= last; i++)
        {
            Vec3 start = _points[i - 1].Pose.Position, way = _points[i].Pose.Position - start;
            double share = way.LengthSquared > 0 ? Math.Clamp(Vec3.Dot(place - start, way) / way.LengthSquared, 0, 1) : 0;
            nearest = Math.Min(nearest, (place - start - share * way).Length);
        }

        return nearest;
    }

    private static Vec3 Between(in PathPoint from, in PathPoint to, double share) =>
        from.Pose.Position + share * (to.Pose.Position - from.Pose.Position);

    /// <summary>Index of the first pose that is due later than a time.</summary>
    private int Next(double time)
    {
        int low = 0, high = _points.Length;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (_points[middle].Time > time)
            {
                high = middle;
            }
            else
            {
                low = middle + 1;
            }
        }

        return low;
    }

    /// <summary>Spherical linear interpolation along the shorter way (Shoemake 1985).</summary>
    private static Quat Turned(in Quat from, in Quat to, double share)
    {
        double dot = from.W * to.W + from.X * to.X + from.Y * to.Y + from.Z * to.Z, sign = dot < 0 ? -1 : 1;
        double angle = Math.Acos(Math.Min(1, Math.Abs(dot))), sine = Math.Sin(angle);
        double a = sine < 1e-9 ? 1 - share : Math.Sin((1 - share) * angle) / sine, b = sign * (sine < 1e-9 ? share
            : Math.Sin(share * angle) / sine);
        return new Quat(a * from.W + b * to.W, a * from.X + b * to.X, a * from.Y + b * to.Y, a * from.Z + b * to.Z).Normalized();
    }
}
