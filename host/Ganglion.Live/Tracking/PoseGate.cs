using Ganglion.Basics.Space;
using Ganglion.Robots.Trunk;

namespace Ganglion.Live.Tracking;

/// <summary>
/// Lets through those of a tracker's measurements that an arm could have made: in order, in time, within reach, and no further from the
/// last one than all joints together can carry the tip.
/// </summary>
internal sealed class PoseGate
{
    /// <summary>A measurement that was longer on its way, or a source that was longer silent, is stale.</summary>
    public const long StaleNs = 250_000_000;

    /// <summary>A sender's clock that goes back by this much was started anew; by less, and datagrams overtook each other.</summary>
    private const double RestartSeconds = 1;

    /// <summary>What noise and the mounting of a marker may add to reach and way, m.</summary>
    private const double Allowance = 0.02;

    /// <summary>A real arm may be built a little longer than its description.</summary>
    private const double ReachMargin = 1.1;

    /// <summary>Its longest stamp; 2^53 ns, beyond which a double holds no nanoseconds, is 104 days.</summary>
    private const double LongestSeconds = 9e9;

    private readonly double _reach, _speed;
    private SenderClock _clock = new();
    private double _lastSeconds = double.NegativeInfinity;
    private long _lastTime;
    private Vec3 _last;
    private bool _any, _turned;

    /// <param name="arm">The arm's build.</param>
    /// <param name="slew">Slew bound of each gear, travel/s, joint-major.</param>
    public PoseGate(TrunkArm arm, ReadOnlySpan<double> slew)
    {
        double[] strokes = new double[arm.StrokeCount];
        Array.Fill(strokes, 1);
        _reach = ReachMargin * arm.ForwardFromStrokes(strokes, []).Position.Length + Allowance;
        _speed = TopSpeed(arm, slew);
    }

    /// <summary>Distance from the base beyond which nothing of the arm can be, m.</summary>
    public double Reach => _reach;

    /// <summary>Speed beyond which the tip cannot be, m/s.</summary>
    public double Speed => _speed;

    /// <summary>Whether the measurements have orientations; from the first one on.</summary>
    public bool MeasuresOrientation => _turned;

    /// <summary>Takes a measurement in.</summary>
    /// <param name="message">As it came.</param>
    /// <param name="arrival">Host clock, ns.</param>
    /// <returns>When the tip was there, host clock, ns.</returns>
    /// <exception cref="TrackerRefusedException">It cannot be, or comes too late.</exception>
    public long Admit(TrackerMessage message, long arrival)
    {
        // What is refused leaves no trace: its stamp may be as false as the rest of it.
        SenderClock clock = _clock;
        long time = TimeOf(message, arrival, ref clock);
        if (_any && _turned != message.HasOrientation)
        {
            throw new TrackerRefusedException(TrackerRefusal.Malformed, _turned ? "quaternion is missing, and earlier ones had it"
                : "it has a quaternion, and earlier ones had none");
        }

        double distance = message.Tip.Position.Length;
        if (distance > _reach)
        {
            throw new TrackerRefusedException(TrackerRefusal.ForeignFrame, $"it sees the tip " +
                $"{1000 * distance:0} mm from the base, and the arm reaches {1000 * _reach:0} mm");
        }

        if (_any)
        {
            double way = (message.Tip.Position - _last).Length, seconds = (time - _lastTime) * 1e-9;
            if (way > Allowance + _speed * seconds)
            {
                throw new TrackerRefusedException(TrackerRefusal.Jump,
                    $"it has the tip jump {1000 * way:0} mm in {1000 * seconds:0} ms");
            }
        }

        (_clock, _lastSeconds) = (clock, message.Seconds ?? _lastSeconds);
        (_any, _turned, _last, _lastTime) = (true, message.HasOrientation, message.Tip.Position, time);
        return time;
    }

    private long TimeOf(TrackerMessage message, long arrival, ref SenderClock clock)
    {
        if (message.Seconds is not { } seconds)
        {
            return arrival;
        }

        if (!(Math.Abs(seconds) <= LongestSeconds))
        {
            throw new TrackerRefusedException(TrackerRefusal.Malformed,
                $"its time {seconds:g4} s is no stamp in seconds");
        }

        long stamp = (long)Math.Round(seconds * 1e9);
        if (seconds < _lastSeconds - RestartSeconds)
        {
            clock.Restart();
        }
        else if (WhyOdd(seconds, clock.Age(stamp, arrival), clock.IsAhead(stamp, arrival)) is { } words)
        {
            if (!_clock.Confirms(stamp, arrival))
            {
                throw new TrackerRefusedException(TrackerRefusal.Late, words);
            }

            clock.Restart();
        }

        return Math.Max(clock.ToHost(stamp, arrival), _any ? _lastTime : long.MinValue);
    }

    private string? WhyOdd(double seconds, long age, bool ahead) =>
        seconds <= _lastSeconds ? $"its time {seconds:0.000} s is not after the last one, {_lastSeconds:0.000} s"
        : ahead ? $"its time {seconds:0.000} s is {-age / 1_000_000} ms ahead of what the ones before lead to"
        : age > StaleNs ? $"it was {age / 1_000_000} ms on its way"
        : null;

    /// <summary>All gears at their bounds, each in the direction that carries the tip on, from the arm stretched upright.</summary>
    private static double TopSpeed(TrunkArm arm, ReadOnlySpan<double> slew)
    {
        const double small = 1e-4;
        double[] strokes = new double[arm.StrokeCount];
        Array.Fill(strokes, 1 - small);
        Vec3 tip = arm.ForwardFromStrokes(strokes, []).Position;
        double speed = 0;
        for (int i = 0; i < strokes.Length; i++)
        {
            strokes[i] -= small;
            speed += slew[i] / small * (arm.ForwardFromStrokes(strokes, []).Position - tip).Length;
            strokes[i] += small;
        }

        return speed;
    }
}
