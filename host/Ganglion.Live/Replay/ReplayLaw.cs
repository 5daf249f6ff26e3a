using Ganglion.Live.Recording;
using Ganglion.Robots.Robot;

namespace Ganglion.Live.Replay;

/// <summary>
/// At which time an arm that does a recording again is at which place of it: as many times as fast as was asked, and slower wherever a gear
/// or the gripper would pass its share of the slew bound, or would have to speed up faster than it ever does by itself. From setpoint to
/// setpoint of the recording a rate is bounded by those, then by how fast it may change, forwards and backwards, as time-optimal motion
/// along a given path is bounded.
/// </summary>
public sealed class ReplayLaw
{
    /// <summary>Share of the slew bound that is used: the motions that are recorded use 0.9, and the rounding of setpoints adds up to
    /// 0.2 %.</summary>
    public const double Share = 0.95;

    /// <summary>From rest to the slew bound, s, as in the motions that are recorded.</summary>
    private const double Ramp = 0.06;

    /// <summary>Nearer to the rate that was asked for than this, it counts as that.</summary>
    private const double Alike = 0.02;

    private readonly double[] _places, _times;

    /// <param name="recording">At least one setpoint.</param>
    /// <param name="robot">The arm that is to do it again.</param>
    /// <param name="factor">So many times as fast as it was recorded, above 0.</param>
    public ReplayLaw(StrokeRecording recording, RobotDescription robot, double factor)
    {
        Factor = factor;
        _places = Grid(recording);
        double[] slew = [.. robot.TrunkArm!.Gears.Select(gear => robot.ServoOf(gear).Slew),
            .. robot.TrunkArm.Gripper is { } gripper ? [robot.ServoOf(gripper.Servo).Slew] : Array.Empty<double>()];
        double[] rates = Rates(recording, slew, factor);
        IsSlowed = rates.Any(rate => rate < (1 - Alike) * factor);
        Smooth(rates, factor);
        _times = new double[_places.Length];
        for (int k = 1; k < _times.Length; k++)
        {
            _times[k] = _times[k - 1] + 2 * (_places[k] - _places[k - 1]) / (rates[k - 1] + rates[k]);
        }
    }

    /// <summary>What was asked for.</summary>
    public double Factor { get; }

    /// <summary>Somewhere it has to be slower than was asked.</summary>
    public bool IsSlowed { get; }

    /// <summary>From its first setpoint to its last, s.</summary>
    public double Seconds => _times[^1];

    /// <summary>So many times as fast as it was recorded, in the mean.</summary>
    public double MeanRate => Seconds > 0 ? _places[^1] / Seconds : Factor;

    /// <summary>The place of the recording to be at.</summary>
    /// <param name="time">s from the first setpoint.</param>
    /// <returns>Number of the setpoint before it, and the share of the way to the next.</returns>
    public (int Setpoint, double Share) At(double time)
    {
        int after = Array.BinarySearch(_times, time);
        after = after < 0 ? ~after : after;
        return after == 0 ? (0, 0) : after >= _times.Length ? (_times.Length - 1, 0)
            : (after - 1, (time - _times[after - 1]) / (_times[after] - _times[after - 1]));
    }

    /// <summary>Setpoints leave on a grid of their stream's period; what their times in a log are off it is how late the host
    /// was.</summary>
    private static double[] Grid(StrokeRecording recording)
    {
        double[] ways = [.. Enumerable.Range(1, recording.Count - 1).Select(k => recording.TimeOf(k) - recording.TimeOf(k - 1))];
        double[] places = new double[recording.Count];
        Array.Sort(ways);
        for (int k = 1; k < places.Length; k++)
        {
            double period = ways[ways.Length / 2];
            places[k] = Math.Max(places[k - 1] + period, Math.Round(recording.TimeOf(k) / period) * period);
        }

        return places;
    }

    /// <summary>The largest rate at each setpoint that keeps every output within its speed, and beyond the recorded rate within what
    /// the ramp allows.</summary>
    private double[] Rates(StrokeRecording recording, double[] slew, double factor)
    {
        double[] rates = new double[_places.Length], before = new double[slew.Length];
        Array.Fill(rates, factor);
        for (int k = 1; k < rates.Length; k++)
        {
            double seconds = _places[k] - _places[k - 1], fastest = 0, sharpest = 0;
            for (int i = 0; i < slew.Length; i++)
            {
                double speed = (Value(recording, k, i) - Value(recording, k - 1, i)) / seconds / slew[i];
                fastest = Math.Max(fastest, Math.Abs(speed));
                sharpest = Math.Max(sharpest, Math.Abs(speed - before[i]) / seconds);
                before[i] = speed;
            }

            double most = Math.Min(fastest > 0 ? Share / fastest : factor,
                sharpest > 0 ? Math.Max(1, Math.Sqrt(1 / (Ramp * sharpest))) : factor);
            (rates[k - 1], rates[k]) = (Math.Min(rates[k - 1], most), Math.Min(factor, most));
        }

        return rates;
    }

    /// <summary>The rate rises from rest and falls to it as speeds do, and in between changes no faster.</summary>
    private void Smooth(double[] rates, double factor)
    {
        double change = 2 * factor / Ramp;
        rates[0] = rates[^1] = 0;
        for (int k = 1; k < rates.Length; k++)
        {
            rates[k] = Math.Min(rates[k], Math.Sqrt(rates[k - 1] * rates[k - 1] + change * (_places[k] - _places[k - 1])));
        }

        for (int k = rates.Length - 2; k >= 0; k--)
        {
            rates[k] = Math.Min(rates[k], Math.Sqrt(rates[k + 1] * rates[k + 1] + change * (_places[k + 1] - _places[k])));
        }
    }

    private static double Value(StrokeRecording recording, int setpoint, int output)
    {
        ReadOnlySpan<double> strokes = recording.StrokesOf(setpoint);
        return output < strokes.Length ? strokes[output] : recording.GripOf(setpoint);
    }
}
