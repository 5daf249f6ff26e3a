using Ganglion.Bridge.Operations;
using Ganglion.Bridge.Session;
using Ganglion.Bridge.Timing;
using Ganglion.Live.Viewing;
using Ganglion.Robots.Rhythms;
using Ganglion.Robots.Robot;
using Ganglion.Shared.Rhythms;

namespace Ganglion.Live.OwnMotion;

/// <summary>What to play and for how long.</summary>
/// <param name="Seconds">Host time from start to stop; infinite: until cancelled.</param>
/// <param name="Frequency">Factor on the rhythm's frequency.</param>
/// <param name="Amplitude">Factor on its amplitude.</param>
public sealed record RhythmRunOptions(double Seconds, double Frequency, double Amplitude)
{
    /// <summary>The pendulum that the board moves, to be measured too.</summary>
    public PendulumDescription? Pendulum { get; init; }

    /// <summary>The gait that limbs as phases are to go into, see <see cref="GaitWatch.Problem"/>; null: none.</summary>
    public GaitChange? Change { get; init; }
}

/// <summary>What a channel did in the last minute while the rhythm was at full level.</summary>
/// <param name="Channel">The board's own number.</param>
/// <param name="Period">Measured from the board's commands, s; NaN where it stood still.</param>
/// <param name="PeakToPeak">Measured, fraction of travel.</param>
public sealed record ChannelMotion(int Channel, double Period, double PeakToPeak);

/// <summary>What a pendulum did in that time.</summary>
/// <param name="Frequency">By its sensor, Hz; NaN where it stood still.</param>
/// <param name="Amplitude">rad.</param>
public sealed record PendulumMotion(double Frequency, double Amplitude);

/// <summary>How the rhythm went.</summary>
/// <param name="Seconds">From start to rest.</param>
/// <param name="Channels">Driven channels.</param>
/// <param name="Pendulum">What moved with it; null where there is none.</param>
/// <param name="Change">How the limbs went into another gait; null where none was asked for.</param>
/// <param name="Overruns">Deadlines that the board missed while it played.</param>
/// <param name="I2cErrors">Transfers that failed.</param>
public sealed record RhythmRunResult(
    double Seconds, IReadOnlyList<ChannelMotion> Channels, PendulumMotion? Pendulum, GaitChangeMotion? Change, long Overruns,
    long I2cErrors);

/// <summary>
/// Lets one board play a rhythm by itself: the host starts, modulates and stops it, and meanwhile only asks where the
/// channels are.
/// </summary>
public static class RhythmRun
{
    /// <summary>How often the positions are asked for, ns.</summary>
    private const long LookPeriod = 20_000_000;

    /// <summary>What is measured is the latest minute, s: a play may go on for days.</summary>
    private const double Minute = 60;

    /// <summary>After the start ramp the network and the modulation settle for this long before anything is measured, s.</summary>
    public const double Settling = 2;

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
        Looks[] looks = [.. rhythm.Map.Select(_ => new Looks(Minute))], turns = [.. rhythm.Map.Select(_ => new Looks(Minute))];
        var angles = new Looks(Minute);
        long heard = 0;
        GaitWatch? watch = options.Change is { } asked ? new GaitWatch(rhythm, asked, options.Frequency, options.Amplitude) : null;
        bool changed = false;
        (double seconds, long overruns) = play.Own(Begin, Look, board.StopRhythm, rhythm.Ramp + StopAllowance,
            options.Seconds, LookPeriod);
        ChannelMotion[] channels = [.. rhythm.Map.Select((entry, i) =>
            new ChannelMotion(entry.Channel, turns[i].Measure().Period, looks[i].Measure().PeakToPeak))];
        (double swing, double range) = angles.Measure();
        return new RhythmRunResult(seconds, channels, options.Pendulum == null ? null : new PendulumMotion(1 / swing, range / 2),
            watch?.Measure(), overruns, board.Telemetry.I2cErrors);

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
                for (int i = 0; i < looks.Length; i++)
                {
                    looks[i].Add(play.Seconds, now[rhythm.Map[i].Channel]);
                    turns[i].Add(play.Seconds, Turn(rhythm, i, now));
                }

                if (options.Pendulum is { } pendulum && board.Telemetry.Received != heard)
                {
                    heard = board.Telemetry.Received;
                    angles.Add(play.Seconds, pendulum.AngleOf(board.Telemetry.Analog[pendulum.Input]));
                }

                watch?.Look(play.Seconds, now);
                if (options.Change is { } change && !changed && play.Seconds >= change.After)
                {
                    Tell(change);
                }
            }

            progress(play.Seconds, now);
        }

        void Tell(GaitChange change)
        {
            changed = true;
            watch!.Changed(play.Seconds);
            BoardOperation[] told = [.. rhythm.Phases.SelectMany((_, i) => new[]
            {
                board.SetPhaseParameter(PhaseParameter.Delay, i, change.To.Delays[i]),
                board.SetPhaseParameter(PhaseParameter.Duty, i, change.To.Duty),
            })];
            foreach (BoardOperation operation in told)
            {
                play.Await(operation);
            }
        }
    }

    /// <summary>What tells whose turn it is: a channel's position, and where two channels follow both cells of a pair, whose spikes stand
    /// apart, the difference of what they follow.</summary>
    private static double Turn(RhythmDescription rhythm, int index, double[] positions)
    {
        RhythmChannel entry = rhythm.Map[index];
        RhythmChannel? other = rhythm.Cells.IsEmpty || entry.Output == RhythmOutput.Signed || entry.Gain == 0 ? null
            : rhythm.Map.FirstOrDefault(one => one.Oscillator == entry.Oscillator && one.Output != entry.Output
                && one.Output != RhythmOutput.Signed && one.Gain != 0);
        return other == null ? positions[entry.Channel] : Activity(entry) - Activity(other);

        double Activity(RhythmChannel channel) => (positions[channel.Channel] - channel.Offset) / channel.Gain;
    }
}
