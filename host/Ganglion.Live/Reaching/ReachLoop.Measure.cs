using Ganglion.Basics.Space;
using Ganglion.Robots.Trunk;

namespace Ganglion.Live.Reaching;

/// <summary>What a measured pose belongs to: the strokes that the servos had then, and how well both are known.</summary>
public sealed partial class ReachLoop
{
    /// <summary>Periods kept of what was sent: more than any delay that a loop can live with.</summary>
    private const int HistoryLength = 64;

    /// <summary>Poses further apart than this tell nothing about the delay, s.</summary>
    private const double LongestPause = 0.2;

    /// <summary>Setpoints are this exact in time, s: board ticks and PWM frames fall where they will.</summary>
    private const double TimingDoubt = 10e-3;

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

    /// <summary>How fast the estimate of the noise follows.</summary>
    private const double NoiseShare = 0.1;

    private readonly double[][] _history = new double[HistoryLength][];
    private readonly double[] _ways = new double[DelayEstimate.Count];
    private readonly DelayEstimate _delay;
    private readonly double _roundingDoubt;
    private Pose _lastTip;
    private long _sent, _measuredAt;
    private double _lastMeasured, _age, _quiet, _noise;

    /// <summary>The newest pose, the strokes that it belongs to (in <see cref="_measured"/>), and how well the two go together.</summary>
    private bool Measure(out Pose tip, out double doubt)
    {
        (tip, doubt) = (default, 0);
        if (_poses == null || !_poses.TryMeasure(out tip, out long time) || time <= _measuredAt)
        {
            return false;
        }

        double between = (time - _measuredAt) * 1e-9;
        _measuredAt = time;
        _age = (_session.Clock.NowNanoseconds - time) * 1e-9;
        Delayed(_age, _measured);
        double way = (tip.Position - _lastTip.Position).Length, passed = _seconds - _lastMeasured;
        if (passed > 0)
        {
            Noise(way);
            TimeMotion(way, between);
        }

        double timing = passed > 0 && !AtRest ? way / between * TimingDoubt : 0, counts = _roundingDoubt
            * Math.Min(1, Hurry() / UncertainCounts);
        doubt = Math.Sqrt(_noise * _noise + timing * timing + counts * counts);
        (_lastTip, _lastMeasured) = (tip, _seconds);
        double error = (tip.Position - _target.Position).Length;
        if (!(error <= ReachOutcome.Tolerance))
        {
            _outsideUntil = _seconds;
        }

        return true;
    }

    /// <summary>How far the setpoints should have brought the tip between the last two poses (s), for one candidate of the delay after
    /// another.</summary>
    private void TimeMotion(double way, double between)
    {
        if (_quiet > _history.Length * _period || between > LongestPause)
        {
            return;
        }

        for (int i = 0; i < _ways.Length; i++)
        {
            Back(_delay.Candidate(i) + _age, _now);
            Vec3 to = _session.Arm.ForwardFromStrokes(_now, []).Position;
            Back(_delay.Candidate(i) + _age + between, _now);
            _ways[i] = (to - _session.Arm.ForwardFromStrokes(_now, []).Position).Length;
        }

        _delay.Add(way, _ways);
    }

    /// <summary>No setpoint has changed for so long that the servos must be there.</summary>
    private bool AtRest => Rested > 0;

    /// <summary>How long the servos must have been there when the last pose was measured, s.</summary>
    private double Rested => _quiet + _period - Delay - _age - Settling;

    /// <summary>Keeps what the frame that was just sent makes of the gears: whole counts.</summary>
    private void Remember()
    {
        double[] last = _history[Slot(0)], next = _history[++_sent % HistoryLength];
        for (int i = 0; i < next.Length; i++)
        {
            next[i] = _pulses[i].Rounded(_strokes[i]);
        }

        _quiet = next.AsSpan().SequenceEqual(last) ? _quiet + _period : 0;
    }

    /// <summary>Counts that the fastest gear was asked to make in a period when the last pose was measured: one that moves may be at any of
    /// those.</summary>
    private double Hurry()
    {
        int back = (int)Math.Clamp((Delay + _age) / _period, 0, HistoryLength - 2);
        double[] newer = _history[Slot(back)], older = _history[Slot(back + 1)];
        double most = 0;
        for (int i = 0; i < newer.Length; i++)
        {
            most = Math.Max(most, Math.Abs(newer[i] - older[i]) / _pulses[i].Step);
        }

        return most;
    }

    /// <summary>Strokes that the servos had when a measurement of this age (s) was made.</summary>
    private void Delayed(double age, double[] strokes) => Back(Delay + age, strokes);

    /// <summary>Strokes that were asked for so long ago (s).</summary>
    private void Back(double seconds, double[] strokes)
    {
        double back = Math.Clamp(seconds / _period, 0, HistoryLength - 2);
        int whole = (int)back;
        double[] newer = _history[Slot(whole)], older = _history[Slot(whole + 1)];
        for (int i = 0; i < strokes.Length; i++)
        {
            strokes[i] = newer[i] + (back - whole) * (older[i] - newer[i]);
        }
    }

    private int Slot(int back) => (int)((_sent - back + HistoryLength) % HistoryLength);

    /// <summary>Two poses of an arm at rest differ by noise alone: sqrt(2) of it in each of three coordinates.</summary>
    private void Noise(double way)
    {
        // The pose before must have been measured at rest too.
        if (Rested > _period)
        {
            _noise = Math.Sqrt(_noise * _noise + NoiseShare * (way * way / 6 - _noise * _noise));
        }
    }

    /// <summary>Standard deviation of each coordinate of the tip while every gear is rounded alone, m: a count's uniform error on each
    /// input.</summary>
    private double RoundingDoubt()
    {
        TrunkArm arm = _session.Arm;
        double[] jacobian = new double[6 * arm.InputCount];
        arm.Jacobian(_inputs, jacobian);
        double input = (arm.InputMax - arm.InputMin) * _pulses.Average(pulse => pulse.Step) / Math.Sqrt(12);
        return input * Math.Sqrt(jacobian.Take(3 * arm.InputCount).Sum(entry => entry * entry) / 3);
    }
}
