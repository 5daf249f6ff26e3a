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
using Ganglion.Robots.Trunk;
using Ganglion.Sim;
using Ganglion.VirtualBoard.Boards;
using Ganglion.VirtualBoard.Bodies;

namespace Ganglion.Lab.Reliability.Soak;

/// <summary>How one job went on for hours.</summary>
/// <param name="Job">Which.</param>
/// <param name="Seconds">Virtual time.</param>
/// <param name="Missed">Frames that a board missed, got late or refused, deadlines that it missed, I2C transfers that failed.</param>
/// <param name="Growth">Growth of the managed memory, bytes, at any look after it had settled.</param>
/// <param name="Fault">Why it ended early or did nothing; null: neither.</param>
public sealed record SoakResult(string Job, double Seconds, long Missed, long Growth, string? Fault)
{
    /// <summary>What a job may grow by in <see cref="SoakBench.Hours"/>, bytes.</summary>
    public const long MostGrowth = 5_000_000;

    /// <summary>What is wrong with it, in words; null: nothing.</summary>
    public string? Words => Fault != null ? $"{Job}: {Fault}" : Missed > 0 ? $"{Job}: {Missed} frames, deadlines or transfers missed"
        : Growth >= MostGrowth ? $"{Job}: the memory grew by {Growth * 1e-6:0.0} MB" : null;
}

/// <summary>What people leave running for days, on virtual boards in virtual time: no frame may be missed, and the memory may not
/// grow.</summary>
/// <param name="arm">A trunk arm.</param>
/// <param name="controller">Makes what steers it, as the main job does.</param>
/// <param name="player">A robot that plays <paramref name="rhythm"/>.</param>
/// <param name="rhythm">A rhythm.</param>
/// <param name="walker">A walker.</param>
/// <param name="gait">Its gait.</param>
public sealed class SoakBench(RobotDescription arm, Func<TrunkArm, IArmController> controller, RobotDescription player,
    RhythmDescription rhythm, RobotDescription walker, GaitDescription gait)
{
    /// <summary>Of the long form.</summary>
    public const double Hours = 10;

    /// <summary>Shorter ones measure nothing, s.</summary>
    public const double Least = 20;

    /// <summary>The path of the job track: circles of this radius, m, and time, s, in lines of this many a circle, so far below the
    /// straight arm's tip, m, that it can reach them.</summary>
    private const double Radius = 0.05, Circle = 60, Sunk = 0.01;
    private const int Lines = 12;

    /// <summary>Jobs: the main job, a path, a rhythm, a walk.</summary>
    public static IReadOnlyList<string> Jobs { get; } = ["run", "track", "rhythm", "walk"];

    /// <summary>Runs one job.</summary>
    /// <param name="job">One of <see cref="Jobs"/>.</param>
    /// <param name="seconds">Virtual time, s, at least <see cref="Least"/>.</param>
    /// <param name="seed">Of boards and targets.</param>
    /// <param name="progress">Is told the virtual time so far, s.</param>
    /// <param name="cancellation">Ends it early, with a fault.</param>
    public SoakResult Run(string job, double seconds, int seed, Action<double>? progress = null, CancellationToken cancellation = default)
    {
        var memory = new MemoryWatch(seconds);
        long missed = 0;
        string? fault = null;
        try
        {
            (missed, fault) = job switch
            {
                "run" or "track" => Steer(job == "track", seconds, seed, Look, cancellation),
                "rhythm" => Own(player, RobotConfiguration.Of(player, 0).With(rhythm), seed, (board, robot) =>
                {
                    RhythmRunResult result = RhythmRun.Play(board, robot.World, rhythm, new RhythmRunOptions(seconds, 1, 1), (now, _) =>
                        Look(now), cancellation);
                    return (result.Overruns + result.I2cErrors, result.Channels.All(channel => channel.PeakToPeak > 0)
                        ? null : "a channel stood still");
                }),
                "walk" => Own(walker, RobotConfiguration.Of(walker, 0).With(gait, walker), seed, (board, robot) =>
                {
                    WalkRunResult result = WalkRun.Play(board, robot.World, new WalkRunOptions(seconds, gait.Speed, 0), (now, _) =>
                        Look(now), cancellation);
                    return (result.Overruns + result.I2cErrors, result.Distance > 0 ? null : "it got nowhere");
                }),
                _ => throw new ArgumentException($"There is no job '{job}'.", nameof(job)),
            };
        }
        catch (IOException failure)
        {
            fault = failure.Message;
        }

        return new SoakResult(job, seconds, missed, memory.Growth, cancellation.IsCancellationRequested ? "it was ended" : fault);

        void Look(double now)
        {
            memory.Look(now);
            progress?.Invoke(now);
        }
    }

    private (long Missed, string? Fault) Steer(bool along, double seconds, int seed, Action<double> look, CancellationToken cancellation)
    {
        using var body = VirtualArm.InVirtualTime(arm, seed);
        using var session = new ArmSession(arm, body.Ports, body.Clock, new Random(seed));
        session.Open(cancellation);
        if (along)
        {
            double[] inputs = new double[session.Arm.InputCount];
            session.Arm.StrokesToInputs(session.ParkStrokes(), inputs);
            Vec3 middle = session.Arm.Forward(inputs).Position + new Vec3(0, 0, -Sunk);
            var path = new PosePath([.. Enumerable.Range(0, 1 + (int)(seconds * Lines / Circle)).Select(i =>
                new PathPoint(i + 1, i * Circle / Lines, At(middle, i)))], hasOrientation: false);
            TrackResult track = session.Steer(() => TrackRun.Execute(session,
                new LeastSquaresController(session.Arm, seed, orientation: false), body, path, sample => look(sample.Time), cancellation));
            return (track.Stream.MissedFrames, track.Error.Median < Radius / 10 ? null
                : $"the tip was {1000 * track.Error.Median:0.0} mm off its path in the median");
        }

        ReachRunResult run = session.Steer(() => ReachRun.Execute(session, controller(session.Arm), body,
            new ReachRunOptions(seconds, int.MaxValue, seed), so => look(so.Seconds), cancellation));
        return (run.MissedFrames, run.Reached > run.Tried / 2 ? null : $"{run.Reached} of {run.Tried} targets were reached");
    }

    private static Pose At(Vec3 middle, int i)
    {
        (double sine, double cosine) = Math.SinCos(i * 2 * Math.PI / Lines);
        return new Pose(middle + new Vec3(Radius * cosine, Radius * sine, 0), Quat.Identity);
    }

    private static (long Missed, string? Fault) Own(RobotDescription of, BoardConfiguration configuration, int seed,
        Func<BoardSession, VirtualRobot, (long Missed, string? Fault)> play)
    {
        using var robot = new VirtualRobot(of, FirmwareImage.Embedded, seed);
        using var board = new BoardSession(of.Boards[0].Id, () => robot.Connect(0), robot.World, new Random(seed));
        board.Await(board.Connect());
        board.Await(board.Configure(configuration));
        (long missed, string? fault) = play(board, robot);
        return (missed + board.Telemetry.MissedFrames + board.Telemetry.LateFrames + board.Telemetry.RefusedFrames, fault);
    }
}
