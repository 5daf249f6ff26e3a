using Ganglion.Arm.Avoidance;

namespace Ganglion.Arm.Control;

/// <summary>
/// Brings all gears from where they are told to be to a goal that may change at any time, along a straight line in stroke space, so that
/// joints stay on the manifold of what their gears can do together. No gear is asked for more than its share of the board's slew bound, and
/// the common speed rises and falls over a ramp. Where a guard is given no step goes nearer to an obstacle than it may: it is bent aside,
/// or not made.
/// </summary>
public sealed class StrokeMotion
{
    /// <summary>Share of the slew bound that is used: the rest absorbs the rounding of time stamps.</summary>
    public const double Share = 0.9;

    /// <summary>Time from rest to the full slew bound, s.</summary>
    private const double Ramp = 0.06;

    /// <summary>A step aside that gets less than this share of what was wanted does not count as one.</summary>
    private const double Aside = 0.02;

    private readonly double[] _slew, _at, _goal, _next;
    private readonly ClearanceGuard? _guard;
    private readonly FrameWays? _ways;
    private readonly double _most;
    private double _speed;

    /// <param name="slew">Slew bound of each gear, travel/s, above 0.</param>
    /// <param name="start">Strokes at the start, 0..1.</param>
    /// <param name="ways">The arm whose modules and tip are kept within <paramref name="most"/>; null: only the gears are bounded.</param>
    /// <param name="most">Bound on their speed, m/s.</param>
    /// <param name="guard">Keeps the arm clear of what stands around it; null: nothing does.</param>
    public StrokeMotion(ReadOnlySpan<double> slew, ReadOnlySpan<double> start, FrameWays? ways = null,
        double most = double.PositiveInfinity, ClearanceGuard? guard = null)
    {
        (_ways, _most, _guard) = (ways, most, guard);
        if (slew.Length != start.Length)
        {
            throw new ArgumentException($"{slew.Length} slew bounds for {start.Length} gears", nameof(slew));
        }

        _slew = slew.ToArray();
        _at = start.ToArray();
        _goal = start.ToArray();
        _next = start.ToArray();
    }

    /// <summary>Share of the slew bound that no gear goes beyond, above 0, at most <see cref="Share"/>.</summary>
    public double Bound { get; set; } = Share;

    /// <summary>Time that the way to the goal takes if the slew bound is used up, s.</summary>
    public double Remaining { get; private set; }

    public bool Arrived => Remaining == 0;

    /// <summary>For how long hardly any step has been allowed, s.</summary>
    public double BlockedSeconds { get; private set; }

    /// <summary>Takes a new goal.</summary>
    public void MoveTo(ReadOnlySpan<double> goal)
    {
        goal.CopyTo(_goal);
        Remaining = SecondsBetween(_at, _goal);
    }

    /// <summary>Gives the goal up for the nearest point on the way to it where the motion can come to rest.</summary>
    public void Brake()
    {
        double needed = _speed * _speed * Ramp / 2, share = Remaining > needed ? needed / Remaining : 1;
        for (int i = 0; i < _at.Length; i++)
        {
            _goal[i] = _at[i] + share * (_goal[i] - _at[i]);
        }

        Remaining = SecondsBetween(_at, _goal);
    }

    /// <summary>Moves on by <paramref name="dt"/> s and writes the strokes.</summary>
    public void Step(double dt, Span<double> strokes)
    {
        // The second bound lets the speed come down over the ramp: v = sqrt(2 d / ramp) stops within d.
        _speed = Math.Min(Bound, Math.Min(_speed + dt / Ramp, Math.Sqrt(2 * Remaining / Ramp)));
        double share = Remaining > 0 ? Math.Min(1, _speed * dt / Remaining) : 1;
        if (_ways != null && Remaining > 0)
        {
            share = _ways.Share(_at, _goal, share, _most * dt);
            _speed = Math.Min(_speed, share * Remaining / dt);
        }

        for (int i = 0; i < _at.Length; i++)
        {
            _next[i] = share == 1 ? _goal[i] : _at[i] + share * (_goal[i] - _at[i]);
        }

        bool isLeft = _guard == null || Remaining == 0 || _guard.Limit(_at, _next);
        if (isLeft)
        {
            BlockedSeconds = 0;
        }
        else
        {
            Shorten(dt);
        }

        _next.CopyTo(_at, 0);
        Remaining = isLeft && share == 1 ? 0 : SecondsBetween(_at, _goal);
        _at.CopyTo(strokes);
    }

    /// <summary>A step that was bent aside is no faster than another.</summary>
    private void Shorten(double dt)
    {
        double wanted = _speed * dt, seconds = SecondsBetween(_at, _next);
        double share = seconds > wanted ? wanted / seconds : 1;
        share = _ways == null ? share : _ways.Share(_at, _next, share, _most * dt);
        for (int i = 0; i < _next.Length; i++)
        {
            _next[i] = _at[i] + share * (_next[i] - _at[i]);
        }

        _speed = share * seconds / dt;
        BlockedSeconds = share * seconds < Aside * Bound * dt ? BlockedSeconds + dt : 0;
    }

    /// <summary>Time from some strokes to others at the slew bound of the gear that takes longest, s.</summary>
    public double SecondsBetween(ReadOnlySpan<double> from, ReadOnlySpan<double> to)
    {
        double seconds = 0;
        for (int i = 0; i < to.Length; i++)
        {
            seconds = Math.Max(seconds, Math.Abs(to[i] - from[i]) / _slew[i]);
        }

        return seconds;
    }
}
