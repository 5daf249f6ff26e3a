using Ganglion.Bridge.Messages;
using Ganglion.Bridge.Operations;
using Ganglion.Bridge.Session;
using Ganglion.Bridge.Timing;
using Ganglion.Live.OwnMotion;
using Ganglion.Live.Teleop;
using Ganglion.Rhythm.Shown;
using Ganglion.Robots.Rhythms;
using Ganglion.Robots.Robot;

namespace Ganglion.Live.Rhythms;

/// <summary>A shown rhythm on a board: each start gives the board the rhythm as it is set then, unless it would be refused there. What is
/// set meanwhile waits for the next start. Released, its amplitude dies away.</summary>
/// <param name="show">Where it is set.</param>
/// <param name="board">Connected.</param>
/// <param name="robot">Whose first board that is.</param>
/// <param name="clock">The session's clock; the show runs beside it in a loop of its own.</param>
public sealed class ShownMotion(RhythmShow show, BoardSession board, RobotDescription robot, IClock clock) : OperatedMotion
{
    /// <summary>What a stop may take beyond its ramp, s.</summary>
    private const double StopAllowance = 5;

    /// <summary>So long it waits for what was set to count, ns: fifty periods of the show.</summary>
    private const long LongestBehind = 50 * RhythmShow.Period;

    private RhythmDescription? _played;
    private long _sent = -1;

    /// <summary>Number of the settings that the board was given last; -1: it was given none yet. From any thread.</summary>
    public long Sent => Volatile.Read(ref _sent);

    public override TeleopBounds Bounds { get; } = TeleopBounds.OfShown();

    public override string Does => "plays the rhythm";

    internal override bool TellsPositions => true;

    internal override double LongestStop => (_played?.Ramp ?? 0) + StopAllowance;

    /// <summary>Judges the rhythm as it is set, and gives it to the board. What was set just before the start counts already.</summary>
    internal override string? Prepare(CancellationToken atOnce)
    {
        for (long until = clock.NowNanoseconds + LongestBehind; show.IsBehind && clock.NowNanoseconds < until;)
        {
            clock.WaitUntil(clock.NowNanoseconds + RhythmShow.Period / 4);
        }

        if (show.IsBehind)
        {
            return "what was set last is not computed yet: this computer is too busy. Start it again.";
        }

        if (show.Playable is not { } now)
        {
            return "no board plays this kind.";
        }

        ShownVerdict verdict = ShownNetwork.Judge(now.Rhythm, robot);
        if (verdict.Refusal.Length > 0)
        {
            return verdict.Refusal;
        }

        board.Await(board.Configure(RobotConfiguration.Of(robot, 0).With(now.Rhythm)), atOnce);
        _played = now.Rhythm;
        Volatile.Write(ref _sent, now.Settings);
        return null;
    }

    internal override BoardOperation Start() => board.StartRhythm();

    internal override BoardOperation Stop() => board.StopRhythm();

    private protected override (double Speed, double Turn, double Frequency, double Amplitude) Wanted(in TeleopInput input, bool held) =>
        (0, 0, 1, held ? 1 : 0);

    private protected override BoardOperation Tell() => board.ModulateRhythm(Told.Frequency, Told.Amplitude);
}
