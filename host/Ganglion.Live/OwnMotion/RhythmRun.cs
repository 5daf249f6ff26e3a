using Ganglion.Bridge.Messages;
using Ganglion.Bridge.Session;
using Ganglion.Bridge.Timing;
using Ganglion.Robots.Rhythms;
using Ganglion.Shared.Safety;

namespace Ganglion.Live.OwnMotion;

/// <summary>What to play and for how long.</summary>
/// <param name="Seconds">Host time from start to stop; infinite: until cancelled.</param>
/// <param name="Frequency">Factor on the rhythm's frequency.</param>
/// <param name="Amplitude">Factor on its amplitude.</param>
public sealed record RhythmRunOptions(double Seconds, double Frequency, double Amplitude);

/// <summary>What a channel did while the rhythm was at full level.</summary>
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

    /// <summary>After the start ramp the network and the modulation settle for this long before anything is measured, s.</summary>
    private const double Settling = 2;

    /// <summary>Plays, and leaves the board disarmed in every case that it can be reached.</summary>
    /// <param name="board">Connected and configured with the rhythm.</param>
    /// <param name="clock">The session's clock.</param>
    /// <param name="rhythm">What it was configured with.</param>
    /// <param name="options">How to play it.</param>
    /// <param name="progress">Is told the time and the positions of all channels (fractions of travel).</param>
    /// <param name="cancellation">Ends it early, with the stop ramp.</param>
    /// <exception cref="BoardException">The board refuses, or goes safe while it plays.</exception>
    public static RhythmRunResult Play(
        BoardSession board, IClock clock, RhythmDescription rhythm, RhythmRunOptions options,
        Action<double, double[]> progress, CancellationToken cancellation)
    {
        board.Await(board.Arm());
        board.Await(board.ModulateRhythm(options.Frequency, options.Amplitude));
        board.Await(board.StartRhythm());

        // The board counts since its boot; taking over a configuration and arming take longer than a tick.
        int overrunsBefore = board.Await(board.GetStatistics()).Overruns;
        long start = clock.NowNanoseconds;
        var times = new List<double>();
        var positions = new List<double[]>();
        double Elapsed() => (clock.NowNanoseconds - start) * 1e-9;
        while (Elapsed() < options.Seconds && !cancellation.IsCancellationRequested)
        {
            long next = clock.NowNanoseconds + LookPeriod;
            double[] now = board.Await(board.GetPositions());
            ThrowIfStopped(board);
            if (Elapsed() > rhythm.Ramp + Settling)
            {
                times.Add(Elapsed());
                positions.Add(now);
            }

            progress(Elapsed(), now);
            clock.WaitUntil(next);
        }

        board.Await(board.StopRhythm());
        while (board.State == BoardState.Running)
        {
            board.Await(board.GetPositions());
            ThrowIfStopped(board);
            clock.WaitUntil(clock.NowNanoseconds + LookPeriod);
        }

        double seconds = Elapsed();
        BoardStatistics statistics = board.Await(board.GetStatistics());
        board.Await(board.Disarm());
        ChannelMotion[] channels = [.. rhythm.Map.Select(entry => Measure(entry.Channel, times, positions))];
        return new RhythmRunResult(seconds, channels, (statistics.Overruns - overrunsBefore) & 0xFFFF, board.Telemetry.I2cErrors);
    }

    private static void ThrowIfStopped(BoardSession board)
    {
        if (board.State == BoardState.Safe || board.Phase != SessionPhase.Ready)
        {
            throw new BoardException(board.Name, board.Describe(), "The rhythm has ended.");
        }
    }

    /// <summary>Period from interpolated upward crossings of the middle; positions come at uneven times.</summary>
    private static ChannelMotion Measure(int channel, List<double> times, List<double[]> positions)
    {
        if (positions.Count < 2)
        {
            return new ChannelMotion(channel, double.NaN, double.NaN);
        }

        double low = positions.Min(p => p[channel]), high = positions.Max(p => p[channel]), middle = (low + high) / 2;
        double first = double.NaN, last = double.NaN;
        int crossings = 0;
        for (int i = 1; i < positions.Count; i++)
        {
            double before = positions[i - 1][channel] - middle, after = positions[i][channel] - middle;
            if (before >= 0 || after < 0)
            {
                continue;
            }

            last = times[i - 1] + (times[i] - times[i - 1]) * before / (before - after);
            if (crossings++ == 0)
            {
                first = last;
            }
        }

        return new ChannelMotion(channel, crossings > 1 ? (last - first) / (crossings - 1) : double.NaN, high - low);
    }
}
