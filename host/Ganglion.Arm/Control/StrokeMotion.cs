namespace Ganglion.Arm.Control;

/// <summary>
/// Moves all gears from where they are told to be to a goal in the same time, along straight lines in stroke space with the
/// minimum-jerk profile 10 s^3 - 15 s^4 + 6 s^5 (Flash and Hogan 1985), so that no gear is asked for more than its share of the
/// board's slew bound and joints stay on the manifold of what their gears can do together.
/// </summary>
public sealed class StrokeMotion
{
    /// <summary>Peak speed of the profile over its mean speed.</summary>
    private const double PeakToMean = 1.875;

    /// <summary>Share of the slew bound that is used: the rest absorbs the rounding of time stamps.</summary>
    private const double Share = 0.9;

    private readonly double[] _slew, _from, _goal;

    /// <param name="slew">Slew bound of each gear, travel/s, above 0.</param>
    /// <param name="start">Strokes at the start, 0..1.</param>
    public StrokeMotion(ReadOnlySpan<double> slew, ReadOnlySpan<double> start)
    {
        if (slew.Length != start.Length)
            throw new ArgumentException($"{slew.Length} slew bounds for {start.Length} gears", nameof(slew));
        _slew = slew.ToArray();
        _from = start.ToArray();
        _goal = start.ToArray();
    }

    /// <summary>Length of the present motion, s.</summary>
    public double Duration { get; private set; }

    /// <summary>Time since it began, s.</summary>
    public double Elapsed { get; private set; }

    public bool Arrived => Elapsed >= Duration;

    /// <summary>Starts a motion from the present strokes.</summary>
    public void MoveTo(ReadOnlySpan<double> goal)
    {
        Current(_from);
        goal.CopyTo(_goal);
        double duration = 0;
        for (int i = 0; i < _goal.Length; i++)
            duration = Math.Max(duration, PeakToMean * Math.Abs(_goal[i] - _from[i]) / (Share * _slew[i]));
        Duration = duration;
        Elapsed = 0;
    }

    /// <summary>Advances the clock by <paramref name="dt"/> s and writes the strokes.</summary>
    public void Step(double dt, Span<double> strokes)
    {
        Elapsed = Math.Min(Elapsed + dt, Duration);
        Current(strokes);
    }

    /// <summary>Writes the strokes of this moment; may write into its own start.</summary>
    private void Current(Span<double> strokes)
    {
        double s = Duration > 0 ? Elapsed / Duration : 1;
        double share = s * s * s * (10 + s * (-15 + 6 * s));
        for (int i = 0; i < _goal.Length; i++)
            strokes[i] = _from[i] + share * (_goal[i] - _from[i]);
    }
}
