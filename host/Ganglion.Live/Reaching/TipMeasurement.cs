using Ganglion.Arm.Kinematics;
using Ganglion.Basics.Space;
using Ganglion.Robots.Boards;
using Ganglion.Robots.Trunk;

namespace Ganglion.Live.Reaching;

/// <summary>
/// What a measured pose of the tip belongs to: the strokes that the servos had then, and how well both are known. It is told every frame
/// that is sent (<see cref="Sent"/>) and looks for a new pose once a period (<see cref="TryTake"/>).
/// </summary>
internal sealed class TipMeasurement
{
    /// <summary>Poses further apart than this tell nothing about the delay, s.</summary>
    private const double LongestPause = 0.2;

    /// <summary>From so many counts a period on it is unknown at which count a gear is.</summary>
    private const double UncertainCounts = 4;

    /// <summary>From the execution of a setpoint until the servos are there, before it was measured: the wait for the PWM frame, and the
    /// way, s.</summary>
    private const double ServoDelay = 0.025;

    /// <summary>
    /// From <see cref="Delay"/>, which is a mean, until the last servo has come to rest, s: half a PWM period and half a tick for the one
    /// that just missed its frame, and some counts' way.
    /// </summary>
    private const double Settling = 0.03;

    /// <summary>A tip whose last two poses are no further apart stands still, m; or so many standard deviations of the noise.</summary>
    private const double Still = 0.3e-3, StillDeviations = 6;

    /// <summary>How fast the estimate of the noise follows.</summary>
    private const double NoiseShare = 0.1;

    private readonly ArmSession _session;
    private readonly TrunkArm _arm;
    private readonly IForwardModel _forward;
    private readonly IPoseSource? _poses;
    private readonly PulseRounding[] _pulses;

    /// <summary>What each frame made of the gears: whole counts.</summary>
    private readonly StrokeHistory _counts;
    private readonly DelayEstimate _delay;
    private readonly double[] _ways = new double[DelayEstimate.Count];
    private readonly double[] _scratch, _strokes;
    private readonly double _period, _roundingDoubt;
    private Pose _lastTip;
    private long _measuredAt;
    private double _lastMeasured, _age, _quiet;
    private bool _isStill;

    /// <param name="session">Armed.</param>
    /// <param name="forward">What is known of where the arm goes.</param>
    /// <param name="poses">Where the poses come from; null: nowhere.</param>
    /// <param name="pulses">How each gear is rounded to counts.</param>
    /// <param name="from">Strokes at which the arm stands.</param>
    public TipMeasurement(ArmSession session, IForwardModel forward, IPoseSource? poses, PulseRounding[] pulses, double[] from)
    {
        _session = session;
        (_arm, _forward) = (session.Arm, forward);
        _poses = poses;
        _pulses = pulses;
        (_scratch, _strokes) = (new double[from.Length], new double[from.Length]);
        _counts = new StrokeHistory(from.Length);
        _counts.Add(session.Stream.ExecutionTime - session.Stream.Period, from);
        _period = session.Stream.Period * 1e-9;
        _delay = new DelayEstimate((session.Stream.ExecutionTime - session.Stream.Deadline) * 1e-9 + ServoDelay);
        _roundingDoubt = RoundingDoubt(from);
    }

    /// <summary>Whether anything measures the tip.</summary>
    public bool Exists => _poses != null;

    /// <summary>The newest pose, whether it was taken or not; null while there is none.</summary>
    public Pose? Newest => _poses != null && _poses.TryMeasure(out Pose tip, out _) ? tip : null;

    /// <summary>From a frame's sending until the servos are where it says, s: as expected, and in motion as measured.</summary>
    public double Delay => _delay.Seconds;

    /// <summary>Standard deviation of each coordinate of a measured pose, m.</summary>
    public double Noise { get; private set; }

    /// <summary>The tip's way while it is not known when the servos get a setpoint, m: a part of the last pose's doubt.</summary>
    public Vec3 Timing { get; private set; }

    /// <summary>Strokes that the servos had when the last pose was measured, 0..1.</summary>
    public ReadOnlySpan<double> Strokes => _strokes;

    /// <summary>No setpoint has changed for so long that the servos must be there.</summary>
    public bool AtRest => SecondsAtRest > 0;

    /// <summary>The same, and the last poses show it: outputs that have just been armed lead the arm to park from wherever it
    /// lay.</summary>
    public bool Stands => AtRest && _isStill;

    /// <summary>How long the servos must have been there when the last pose was measured, s.</summary>
    private double SecondsAtRest => _quiet + _period - Delay - _age - Settling;

    /// <summary>A new target: nothing has been measured on the way to it, and the rest before it counts no more.</summary>
    public void Restart() => (_lastMeasured, _quiet) = (0, 0);

    /// <summary>Takes a pose that is newer than the last.</summary>
    /// <param name="seconds">Since the target was given.</param>
    /// <param name="tip">The pose; <see cref="Strokes"/> then belong to it.</param>
    /// <param name="doubt">Standard deviation of each coordinate of the pair, m.</param>
    /// <returns>False: there is none.</returns>
    public bool TryTake(double seconds, out Pose tip, out double doubt)
    {
        (tip, doubt) = (default, 0);
        if (_poses == null || !_poses.TryMeasure(out tip, out long time) || time <= _measuredAt)
        {
            return false;
        }

        double between = (time - _measuredAt) * 1e-9;
        _measuredAt = time;
        _age = (_session.Clock.NowNanoseconds - time) * 1e-9;
        Back(Delay + _age, _strokes);
        double way = (tip.Position - _lastTip.Position).Length, passed = seconds - _lastMeasured;
        if (passed > 0)
        {
            EstimateNoise(way);
            EstimateDelay(way, between);
        }

        _isStill = passed > 0 && way <= Math.Max(Still, StillDeviations * Noise);
        Timing = passed > 0 && !AtRest ? _session.TimingDoubt / between * (tip.Position - _lastTip.Position) : default;
        double counts = _roundingDoubt * OffSetpoint() * Math.Min(1, FastestCounts() / UncertainCounts);
        doubt = Math.Sqrt(Noise * Noise + Timing.LengthSquared + counts * counts);
        (_lastTip, _lastMeasured) = (tip, seconds);
        return true;
    }

    /// <summary>Keeps what the frame that was just sent makes of the gears.</summary>
    /// <param name="time">When it is executed, host clock, ns.</param>
    /// <param name="strokes">What it asked for, 0..1.</param>
    public void Sent(long time, ReadOnlySpan<double> strokes)
    {
        for (int i = 0; i < strokes.Length; i++)
        {
            _scratch[i] = _pulses[i].Rounded(strokes[i]);
        }

        _quiet = _counts.Setpoint(0).SequenceEqual(_scratch) ? _quiet + _period : 0;
        _counts.Add(time, _scratch);
    }

    /// <summary>The gears are told to go elsewhere by the next frame: what was measured at rest counts no more.</summary>
    public void WillMove() => _quiet = 0;

    /// <summary>How far the setpoints should have brought the tip between the last two poses (s), for one candidate of the delay after
    /// another.</summary>
    private void EstimateDelay(double way, double between)
    {
        if (_quiet > StrokeHistory.Length * _period || between > LongestPause)
        {
            return;
        }

        for (int i = 0; i < _ways.Length; i++)
        {
            Back(_delay.Candidate(i) + _age, _scratch);
            Vec3 to = _forward.FromStrokes(_scratch, []).Position;
            Back(_delay.Candidate(i) + _age + between, _scratch);
            _ways[i] = (to - _forward.FromStrokes(_scratch, []).Position).Length;
        }

        _delay.Add(way, _ways);
    }

    /// <summary>Two poses of an arm at rest differ by noise alone: sqrt(2) of it in each of three coordinates.</summary>
    private void EstimateNoise(double way)
    {
        // The pose before must have been measured at rest too.
        if (SecondsAtRest > _period)
        {
            Noise = Math.Sqrt(Noise * Noise + NoiseShare * (way * way / 6 - Noise * Noise));
        }
    }

    /// <summary>How far from a setpoint's own moment the last pose was measured: 0 at it, where each gear is at the count that it asked
    /// for, 1 half way between two. On the way of a square, 0.1 periods off, gears were as known to 6 um at the tip; 180 um of doubt hid
    /// what secants could teach (`track`, seed 61021).</summary>
    private double OffSetpoint()
    {
        double back = (Delay + _age) / _period;
        return 2 * Math.Abs(back - Math.Round(back));
    }

    /// <summary>Counts that the fastest gear was asked to make in a period when the last pose was measured: one that moves may be at any of
    /// those.</summary>
    private double FastestCounts()
    {
        int back = (int)Math.Clamp((Delay + _age) / _period, 0, StrokeHistory.Length - 2);
        ReadOnlySpan<double> newer = _counts.Setpoint(back), older = _counts.Setpoint(back + 1);
        double most = 0;
        for (int i = 0; i < newer.Length; i++)
        {
            most = Math.Max(most, Math.Abs(newer[i] - older[i]) / _pulses[i].Step);
        }

        return most;
    }

    /// <summary>Counts that were asked for so long ago (s).</summary>
    private void Back(double seconds, Span<double> strokes) => _counts.Back(seconds / _period, strokes);

    /// <summary>Standard deviation of each coordinate of the tip while every gear is rounded alone, m: a count's uniform error on each
    /// input.</summary>
    private double RoundingDoubt(double[] park)
    {
        double[] inputs = new double[_arm.InputCount], jacobian = new double[6 * inputs.Length];
        _arm.StrokesToInputs(park, inputs);
        _arm.Jacobian(inputs, jacobian);
        double input = (_arm.InputMax - _arm.InputMin) * _pulses.Average(pulse => pulse.Step) / Math.Sqrt(12);
        return input * Math.Sqrt(jacobian.Take(3 * inputs.Length).Sum(entry => entry * entry) / 3);
    }
}
