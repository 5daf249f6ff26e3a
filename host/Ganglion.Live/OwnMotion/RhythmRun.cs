using Ganglion.Bridge.Session;
using Ganglion.Bridge.Timing;
using Ganglion.Live.Viewing;
using Ganglion.Robots.Rhythms;

namespace Ganglion.Live.OwnMotion;

/// <summary>What to play and for how long.</summary>
/// <param name="Seconds">Host time from start to stop; infinite: until cancelled.</param>
/// <param name="Frequency">Factor on the rhythm's frequency.</param>
/// <param name="Amplitude">Factor on its amplitude.</param>
public sealed record RhythmRunOptions(double Seconds, double Frequency, double Amplitude);

/// <summary>What a channel did in the last minute while the rhythm was at full level.</summary>
/// <param name="Channel">The board's own number.</param>
/// <param name="Period">Measured from the board's commands, s; NaN where it stood still.</param>
/// <param name="PeakToPeak">Measured, fraction of travel.</param>
public sealed record ChannelMotion(int Channel, double Period, double PeakToPeak);

/// <summary>How the rhythm went.</summary>
/// <param name="Seconds">From start to rest.</param>
/// <param name="Channels">Driven channels.</param>
/// <param name="Overruns">Deadlines that the board missed while it played.</param>
/// <param name="I2cErrors">Transfers that failed.</param>
public sealed record RhythmRunResult(double Seconds, IReadOnlyList<ChannelMotion> Channels, long Overruns, long I2cErrors);

/// <summary>
/// Lets one board play a rhythm by itself: the host starts, modulates and stops it, and meanwhile only asks where the
/// channels are.
/// </summary>
public static class RhythmRun
{
    /// <summary>How often the positions are asked for, ns.</summary>
    private const long LookPeriod = 20_000_000;

    /// <summary>What is measured is the latest minute: a play may go on for days.</summary>
    private const int MostLooks = 3000;

    /// <summary>After the start ramp the network and the modulation settle for this long before anything is measured, s.</summary>
    private const double Settling = 2;

    /// <summary>What a stop may take beyond its ramp, s.</summary>
    private const double StopAllowance = 5;

    /// <summary>Plays, and leaves the board disarmed in every case that it can be reached; one that went safe stays so.</summary>
    /// <param name="board">Connected and configured with the rhythm.</param>
    /// <param name="clock">The session's clock.</param>
    /// <param name="rhythm">What it was configured with.</param>
    /// <param name="options">How to play it.</param>
    /// <param name="progress">Is told the time and the positions of all channels (fractions of travel).</param>
    /// <param name="end">Ends it early: well with the stop ramp, or at once.</param>
    /// <param name="viewer">Shows it; null: nobody looks.</param>
    /// <exception cref="BoardException">The board refuses, goes safe while it plays, or could not be disarmed.</exception>
    /// <exception cref="OperationCanceledException">Ended at once; the board is disarmed.</exception>
    public static RhythmRunResult Play(
        BoardSession board, IClock clock, RhythmDescription rhythm, RhythmRunOptions options,
        Action<double, double[]> progress, EndRequest end, OwnMotionViewer? viewer = null)
    {
        var play = new BoardPlay(board, clock, end);
        var looks = new Queue<(double Time, double[] Positions)>();
        (double seconds, long overruns) = play.Own(Begin, Look, board.StopRhythm, rhythm.Ramp + StopAllowance,
            options.Seconds, LookPeriod);
        ChannelMotion[] channels = [.. rhythm.Map.Select(entry => Measure(entry.Channel, [.. looks]))];
        return new RhythmRunResult(seconds, channels, overruns, board.Telemetry.I2cErrors);

        void Begin()
        {
            play.Await(board.ModulateRhythm(options.Frequency, options.Amplitude));
            play.Await(board.StartRhythm());
        }

        void Look(bool playing)
        {
            double[] now = play.Ask(board.GetPositions());
            if (viewer != null)
            {
                now.CopyTo(viewer.Positions, 0);
                viewer.Show(isMoving: true);
            }

            play.ThrowIfStopped("The rhythm has ended.");
            if (!playing)
            {
                return;
            }

            if (play.Seconds > rhythm.Ramp + Settling)
            {
                looks.Enqueue((play.Seconds, now));
                if (looks.Count > MostLooks)
                {
                    looks.Dequeue();
                }
            }

            progress(play.Seconds, now);
        }
    }

    /// <summary>Period from interpolated upward crossings of the middle; positions come at uneven times.</summary>
    private static ChannelMotion Measure(int channel, (double Time, double[] Positions)[] looks)
    {
        if (looks.Length < 2)
        {
            return new ChannelMotion(channel, double.NaN, double.NaN);
        }

        double low = looks.Min(look => look.Positions[channel]), high = looks.Max(look => look.Positions[channel]);
        double middle = (low + high) / 2;
        double first = double.NaN, last = double.NaN;
        int crossings = 0;
        for (int i = 1; i < looks.Length; i++)
        {
            double before = looks[i - 1].Positions[channel] - middle, after = looks[i].Positions[channel] - middle;
            if (before >= 0 || after < 0)
            {
                continue;
            }

            last = looks[i - 1].Time + (looks[i].Time - looks[i - 1].Time) * before / (before - after);
            if (crossings++ == 0)
            {
                first = last;
            }
        }

        return new ChannelMotion(channel, crossings > 1 ? (last - first) / (crossings - 1) : double.NaN, high - low);
    }
}
