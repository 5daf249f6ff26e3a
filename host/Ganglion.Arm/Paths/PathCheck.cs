using Ganglion.Arm.Avoidance;
using Ganglion.Arm.Kinematics;
using Ganglion.Basics.Space;
using Ganglion.Robots.Paths;
using Ganglion.Robots.Trunk;

namespace Ganglion.Arm.Paths;

/// <summary>A stretch of a path that an arm cannot go, by its exact geometry.</summary>
/// <param name="Line">Line of the file that holds the pose at which the stretch begins.</param>
/// <param name="Along">How far behind that pose the first bad place is, m; 0: the pose itself.</param>
/// <param name="Missing">How far the tip stays away there, m.</param>
/// <param name="Angle">And how far it stays turned, rad; 0 where orientations are free.</param>
public readonly record struct PathFault(int Line, double Along, double Missing, double Angle)
{
    /// <summary>Which parts would be too near to each other there, in words; null: it is not for that.</summary>
    public string? Touches { get; init; }
}

/// <summary>What a path asks of an arm.</summary>
/// <param name="Faults">Stretches out of reach, one a line of the file at most; empty: all of it can be reached.</param>
/// <param name="SpeedShare">Fastest gear on the way, as a share of its slew bound, on postures that follow from each other.</param>
/// <param name="FastestLine">Line of the file that holds the pose behind which that is.</param>
public sealed record PathDemand(IReadOnlyList<PathFault> Faults, double SpeedShare, int FastestLine);

/// <summary>Looks along a path before anything moves: damped least squares on the exact model, place by place.</summary>
public sealed class PathCheck
{
    /// <summary>Places looked at are this near to each other, m and rad.</summary>
    private const double Spacing = 5e-3, Turning = 0.05;

    private const int MostPlacesALine = 400;

    private const double PositionTolerance = 1e-4, OrientationTolerance = 1e-3;

    private readonly TrunkArm _arm;
    private readonly ArmIk _ik;
    private readonly Random _random;
    private readonly IkOptions _near, _thorough;
    private readonly double[] _slew, _inputs, _found, _strokes, _before;
    private readonly BodyClearance? _body;

    private PathCheck(TrunkArm arm, ReadOnlySpan<double> slew, ReadOnlySpan<double> start, int seed, bool orientation, KeptClearance? kept)
    {
        _body = kept?.NewBody();
        (_arm, _ik, _random) = (arm, new ArmIk(arm, _body, kept?.Way ?? 0), new Random(seed));
        _thorough = new IkOptions
        {
            Orientation = orientation,
            PositionTolerance = PositionTolerance,
            OrientationTolerance =
            OrientationTolerance
        };
        _near = _thorough with { MaxIterations = _thorough.MaxIterationsPerAttempt };
        (_slew, _inputs, _found) = (slew.ToArray(), start.ToArray(), new double[arm.InputCount]);
        (_strokes, _before) = (new double[arm.StrokeCount], new double[arm.StrokeCount]);
    }

    /// <summary>Runs the check.</summary>
    /// <param name="arm">The arm.</param>
    /// <param name="path">The path.</param>
    /// <param name="slew">Slew bound of each gear, travel/s, joint-major.</param>
    /// <param name="start">Inputs from which the arm comes.</param>
    /// <param name="seed">Seed of the search's restarts.</param>
    /// <param name="kept">What the arm keeps clear of; null: nothing.</param>
    public static PathDemand Run(TrunkArm arm, PosePath path, ReadOnlySpan<double> slew, ReadOnlySpan<double> start, int seed,
        KeptClearance? kept = null) => new PathCheck(arm, slew, start, seed, path.HasOrientation, kept).Along(path);

    private PathDemand Along(PosePath path)
    {
        var faults = new List<PathFault>();
        (double share, int fastest, double lastTime, bool follows) = (0, path.Points[0].Line, 0, false);
        foreach ((PathPoint point, double time) in Places(path))
        {
            if (faults.Count > 0 && faults[^1].Line == point.Line)
            {
                continue;
            }

            Pose target = path.At(time);
            if (!Solve(target, out bool continued, out IkResult result))
            {
                faults.Add(new PathFault(point.Line, (target.Position - point.Pose.Position).Length, result.PositionError,
                    path.HasOrientation ? result.OrientationError : 0)
                { Touches = _body == null ? null : Touches(target) });
                follows = false;
                continue;
            }

            _arm.InputsToStrokes(_inputs, _strokes);
            double now = follows && continued ? Share(time - lastTime) : 0;
            if (now > share)
            {
                (share, fastest) = (now, point.Line);
            }

            _strokes.CopyTo(_before, 0);
            (lastTime, follows) = (time, true);
        }

        return new PathDemand(faults, share, fastest);
    }

    /// <summary>Poses of the path and places between them, each with the pose that it lies behind.</summary>
    private static IEnumerable<(PathPoint From, double Time)> Places(PosePath path)
    {
        for (int i = 0; i + 1 < path.Points.Count; i++)
        {
            PathPoint from = path.Points[i], to = path.Points[i + 1];
            double steps = Math.Max((to.Pose.Position - from.Pose.Position).Length / Spacing, Quat.Angle(from.Pose.Orientation,
                to.Pose.Orientation) / Turning);
            int places = (int)Math.Clamp(Math.Ceiling(steps), 1, MostPlacesALine);
            for (int k = 0; k < places; k++)
            {
                yield return (from, from.Time + k * (to.Time - from.Time) / places);
            }
        }

        yield return (path.Points[^1], path.Duration);
    }

    /// <summary>From the last posture first, so that postures follow from each other; else from anywhere.</summary>
    private bool Solve(in Pose target, out bool continued, out IkResult result)
    {
        result = _ik.Solve(target, _inputs, _found, _random, _near);
        continued = result.Converged;
        if (!continued)
        {
            result = _ik.Solve(target, _inputs, _found, _random, _thorough);
        }

        if (result.Converged)
        {
            _found.CopyTo(_inputs, 0);
        }

        return result.Converged;
    }

    private string? Touches(in Pose target)
    {
        double[] without = new double[_inputs.Length];
        if (!new ArmIk(_arm).Solve(target, _inputs, without, _random, _near).Converged)
        {
            return null;
        }

        Span<Touch> worst = stackalloc Touch[1];
        _body!.PlaceInputs(without);
        return _body.Near(ClearPassage.Horizon, worst) > 0 ? _body.Words(worst[0]) : null;
    }

    private double Share(double seconds)
    {
        double share = 0;
        for (int i = 0; i < _strokes.Length; i++)
        {
            share = Math.Max(share, Math.Abs(_strokes[i] - _before[i]) / (seconds * _slew[i]));
        }

        return share;
    }
}
