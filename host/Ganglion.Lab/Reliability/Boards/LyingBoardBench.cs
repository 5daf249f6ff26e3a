using Ganglion.Arm.Control;
using Ganglion.Basics.Space;
using Ganglion.Bridge.Messages;
using Ganglion.Bridge.Session;
using Ganglion.Live;
using Ganglion.Live.OwnMotion;
using Ganglion.Live.Reaching;
using Ganglion.Robots.Gaits;
using Ganglion.Robots.Paths;
using Ganglion.Robots.Rhythms;
using Ganglion.Robots.Robot;

namespace Ganglion.Lab.Reliability.Boards;

/// <summary>How one verb fared with one misbehaving board.</summary>
/// <param name="Lie">What the board did, the predicate of a sentence.</param>
/// <param name="Verb">Which verb.</param>
/// <param name="Fault">What was wrong with how it ended: a trace, a hang, a cause untold, a board left on; null: nothing.</param>
/// <param name="Words">What a person was told; null: it succeeded.</param>
/// <param name="Seconds">Virtual time that it took.</param>
public sealed record LyingBoardResult(string Lie, string Verb, string? Fault, string? Words, double Seconds);

/// <summary>Boards that lie against the verbs that move one: each verb ends, in words that name the cause, and leaves no board on that
/// it can reach. In virtual time; nothing is random.</summary>
/// <param name="arm">A trunk arm with one board.</param>
/// <param name="player">A robot that plays <paramref name="rhythm"/>.</param>
/// <param name="rhythm">A rhythm.</param>
/// <param name="walker">A walker.</param>
/// <param name="gait">Its gait.</param>
/// <param name="muscles">A robot with valves on one board.</param>
public sealed class LyingBoardBench(RobotDescription arm, RobotDescription player, RhythmDescription rhythm, RobotDescription walker,
    GaitDescription gait, RobotDescription muscles)
{
    /// <summary>Longer than any verb takes here with its longest waits; later it hangs, s.</summary>
    private const double Limit = 90;

    private const double Seconds = 2;

    /// <summary>What is told of a board whose session is gone, which has its own timeouts.</summary>
    private static readonly string[] Parted = ["could not be disarmed", "another program", "was reset"];

    /// <summary>The verbs.</summary>
    public static IReadOnlyList<string> Verbs { get; } = ["run", "reach", "track", "rhythm", "gait", "pressure"];

    /// <summary>Number of misbehaviours.</summary>
    public static int Lies => BoardLies.All.Count;

    /// <summary>A board that does not lie, with each verb: all end well, or the bench itself is wrong.</summary>
    public IEnumerable<LyingBoardResult> Honest() => Verbs.Select(verb =>
    {
        LyingBoardResult result = One(new BoardLie("does not lie"), verb);
        return result.Words == null ? result : result with { Fault = "an honest board fails" };
    });

    /// <summary>Every misbehaviour with every verb.</summary>
    public IEnumerable<LyingBoardResult> Run() => BoardLies.All.SelectMany(lie => Verbs.Select(verb => One(lie, verb)));

    private LyingBoardResult One(BoardLie lie, string verb)
    {
        var clock = new StepClock(Limit);
        var board = new LyingBoard(clock, lie);
        clock.Stepped = board.Live;
        string? words = null, fault = null;
        try
        {
            Do(verb, board, clock);
        }
        catch (TimeoutException)
        {
            fault = "it hangs";
        }
        catch (Exception e) when (e is IOException or InvalidDataException)
        {
            words = e.Message;
        }
        catch (Exception e)
        {
            fault = $"a trace: {e}";
        }

        double seconds = clock.NowNanoseconds * 1e-9;
        if (fault == null && lie.Told(verb) is { } told && words?.Contains(told, StringComparison.Ordinal) != true)
        {
            fault = $"'{told}' was not told";
        }

        if (fault == null && lie.IsReachable && board.IsPowered && words?.Split(Parted, StringSplitOptions.None).Length is null or 1)
        {
            fault = "the board is still on";
        }

        return new LyingBoardResult(lie.Name, verb, fault, words, seconds);
    }

    private void Do(string verb, LyingBoard board, StepClock clock)
    {
        switch (verb)
        {
            case "rhythm":
                Own(player, RobotConfiguration.Of(player, 0).With(rhythm), board, clock, session =>
                    RhythmRun.Play(session, clock, rhythm, new RhythmRunOptions(Seconds, 1, 1), (_, _) => { }, default));
                break;
            case "gait":
                Own(walker, RobotConfiguration.Of(walker, 0).With(gait, walker), board, clock, session =>
                    WalkRun.Play(session, clock, new WalkRunOptions(2 * Seconds, 0.1, 0), (_, _) => { }, default));
                break;
            case "pressure":
                Own(muscles, RobotConfiguration.Of(muscles, 0), board, clock, session =>
                    PressureRun.Play(session, clock, muscles, new PressureRunOptions(2 * Seconds, 250, 80, 0.5), (_, _) => { }, default));
                break;
            default:
                Steer(verb, board, clock);
                break;
        }
    }

    private static void Own(RobotDescription robot, BoardConfiguration configuration, LyingBoard board, StepClock clock,
        Action<BoardSession> play)
    {
        using var session = new BoardSession(robot.Boards[0].Id, () => board, clock, new Random(1));
        session.Await(session.Connect());
        session.Await(session.Configure(configuration));
        play(session);
    }

    private void Steer(string verb, LyingBoard board, StepClock clock)
    {
        using var session = new ArmSession(arm, [() => board], clock, new Random(1));
        session.Open();
        var controller = new LeastSquaresController(session.Arm, 1, orientation: false);
        double[] inputs = new double[session.Arm.InputCount];
        session.Arm.StrokesToInputs(session.ParkStrokes(), inputs);
        Pose park = session.Arm.Forward(inputs);
        Pose near = park with { Position = park.Position + new Vec3(0.03, 0.02, -0.02) };
        var targets = new ReachRunOptions(2 * Seconds, int.MaxValue, 1);
        var path = new PosePath([new PathPoint(1, 0, park), new PathPoint(2, 2 * Seconds, near)], hasOrientation: false);
        session.Steer(() => verb switch
        {
            "run" => ReachRun.Execute(session, controller, null, targets, _ => { }, default) != null,
            "track" => TrackRun.Execute(session, controller, null, path, _ => { }, default) != null,
            _ => Reach(session, controller, near),
        });
    }

    private static bool Reach(ArmSession session, LeastSquaresController controller, in Pose target)
    {
        session.ArmOutputs(poses: null);
        var loop = new ReachLoop(session, controller, poses: null);
        loop.GoTo(target);
        while (loop.Step() == null)
        {
        }

        for (double held = 0; held < 2 * Seconds; held += session.Stream.Period * 1e-9)
        {
            loop.Step();
        }

        loop.ParkAndDisarm();
        return true;
    }
}
