using Ganglion.Robots.Rhythms;
using Ganglion.Shared.Rhythms;

namespace Ganglion.Live.OwnMotion;

/// <summary>Into another gait while a board plays limbs as phases.</summary>
/// <param name="To">The gait.</param>
/// <param name="After">When, s from the start.</param>
public sealed record GaitChange(LimbGait To, double After);

/// <summary>How the limbs went into another gait, by what the board told of its channels.</summary>
/// <param name="LeastSpeed">Slowest that a limb became over a fifth of a cycle, as a share of its frequency; below 0 it went
/// backward.</param>
/// <param name="Cycles">Cycles until all limbs stayed within <see cref="GaitWatch.ToleranceDeg"/> of the new gait; NaN if they did
/// not.</param>
/// <param name="LagsDeg">Lags behind the first limb at the end, 0..360.</param>
public sealed record GaitChangeMotion(double LeastSpeed, double Cycles, double[] LagsDeg);

/// <summary>
/// Follows four limbs through a change of their gait. A channel that is told flexor less extensor shows a limb's phase: below 0 it stands
/// and above it swings, by 4 p (1 - p) of the share p of that which is over.
/// </summary>
public sealed class GaitWatch
{
    /// <summary>Within this of the new gait's lags it has been reached [deg].</summary>
    public const double ToleranceDeg = 5;

    /// <summary>Speeds are told over this share of a cycle, against which the time between two looks counts little.</summary>
    private const double Window = 0.2;

    /// <summary>So long it is followed, s.</summary>
    private const double Watched = 60;

    private readonly RhythmDescription _rhythm;
    private readonly GaitChange _change;
    private readonly RhythmChannel[] _shown;
    private readonly double _frequency, _amplitude;
    private readonly double[] _size;
    private readonly List<(double Time, double[] Phases)> _looks = [];
    private double _changed = double.NaN;

    /// <param name="rhythm">Limbs as phases, each with a channel as <see cref="Problem"/> asks for.</param>
    /// <param name="change">What happens to them.</param>
    /// <param name="frequency">Factor on the frequency.</param>
    /// <param name="amplitude">Factor on the amplitude.</param>
    public GaitWatch(RhythmDescription rhythm, GaitChange change, double frequency, double amplitude)
    {
        (_rhythm, _change, _amplitude) = (rhythm, change, amplitude);
        _frequency = frequency * rhythm.Phases[0].Frequency;
        _shown = [.. rhythm.Phases.Select((_, i) => Shown(rhythm, i)!)];
        _size = new double[rhythm.Phases.Length];
    }

    /// <summary>Why a rhythm has no gait that could change, or cannot show it; null if it can.</summary>
    public static string? Problem(RhythmDescription rhythm) => rhythm.Phases.Length != LimbGait.Limbs.Length
        ? $"{rhythm.Name} has no four limbs as phases, so no gait; play one that has, such as trot"
        : Enumerable.Range(0, rhythm.Phases.Length).FirstOrDefault(i => Shown(rhythm, i) == null, -1) is var hidden and >= 0
            ? $"{rhythm.Name} has no channel with output 'signed' of limb '{rhythm.Names[hidden]}', by which its phase could be seen; " +
                "add one"
            : null;

    /// <summary>The board has been told the new gait.</summary>
    /// <param name="time">s.</param>
    public void Changed(double time) => _changed = time;

    /// <summary>Takes a look, at full size.</summary>
    /// <param name="time">s.</param>
    /// <param name="positions">Of all channels.</param>
    public void Look(double time, double[] positions)
    {
        double[] phases = new double[_shown.Length];
        for (int i = 0; i < phases.Length; i++)
        {
            RhythmChannel entry = _shown[i];
            double signed = (positions[entry.Channel] - entry.Offset) / (entry.Gain * _amplitude);
            phases[i] = Phase(i, signed, time);
            _size[i] = signed;
        }

        if (double.IsNaN(_changed))
        {
            _looks.Clear();
        }

        if (!(time - _changed > Watched))
        {
            _looks.Add((time, phases));
        }
    }

    /// <summary>What has been seen since the change.</summary>
    public GaitChangeMotion Measure()
    {
        double least = double.PositiveInfinity, outside = double.NaN;
        int behind = 0;
        double[] lags = new double[_shown.Length];
        for (int k = 1; k < _looks.Count; k++)
        {
            (double time, double[] phases) = _looks[k];
            if (!(time > _changed))
            {
                continue;
            }

            while (time - _looks[behind].Time > Window / _frequency)
            {
                behind++;
            }

            double worst = 0;
            for (int i = 0; i < phases.Length; i++)
            {
                if (time - _looks[behind].Time > Window / _frequency / 2)
                {
                    least = Math.Min(least, Way(_looks[behind].Phases[i], phases[i]) / ((time - _looks[behind].Time) * _frequency));
                }

                double lag = Way(phases[i], phases[0]);
                lags[i] = 360 * (lag < 0 ? lag + 1 : lag);
                worst = Math.Max(worst, 360 * Math.Abs(Way(_change.To.Delays[i] - _change.To.Delays[0], lag)));
            }

            outside = worst > ToleranceDeg ? time : outside;
        }

        double end = _looks.Count == 0 ? 0 : _looks[^1].Time;
        return new GaitChangeMotion(least, outside == end ? double.NaN : double.IsNaN(outside) ? 0
            : (outside - _changed) * _frequency, lags);
    }

    private static RhythmChannel? Shown(RhythmDescription rhythm, int limb) =>
        rhythm.Map.FirstOrDefault(entry => entry.Oscillator == limb && entry.Output == RhythmOutput.Signed && entry.Gain != 0);

    /// <summary>From one phase to another, the shorter way, turns.</summary>
    private static double Way(double from, double to) => Math.IEEERemainder(to - from, 1);

    private double Phase(int limb, double signed, double time)
    {
        double duty = _rhythm.Phases[limb].Duty;
        if (time > _changed)
        {
            double most = PhaseNetwork.ChangePerCycle * _frequency * (time - _changed);
            duty += Math.Clamp(_change.To.Duty - duty, -most, most);
        }

        // Half of a bump looks like the other: it rises in its first.
        double root = Math.Sqrt(Math.Max(0, 1 - Math.Abs(signed)));
        bool rises = signed < 0 != _size[limb] < 0 || Math.Abs(signed) >= Math.Abs(_size[limb]);
        double over = rises ? (1 - root) / 2 : (1 + root) / 2;
        return signed < 0 ? over * duty : duty + over * (1 - duty);
    }
}
