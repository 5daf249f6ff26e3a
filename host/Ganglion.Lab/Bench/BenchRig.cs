using Ganglion.Bridge.Messages;
using Ganglion.Bridge.Session;
using Ganglion.Robots.Robot;
using Ganglion.VirtualBoard.Boards;
using Ganglion.VirtualBoard.Bodies;
using Ganglion.VirtualBoard.Time;

namespace Ganglion.Lab.Bench;

/// <summary>The first board of a robot, virtual, with a session in virtual time: connected, configured and armed.</summary>
public sealed class BenchRig : IDisposable
{
    private const long Millisecond = 1_000_000;
    private const long TickNs = 20 * Millisecond;

    /// <param name="robot">A robot with a board of 20 ms ticks.</param>
    /// <param name="image">Its firmware.</param>
    /// <param name="add">Adds what the board can do by itself to its configuration; null: nothing.</param>
    /// <param name="seed">Seed of the virtual board.</param>
    public BenchRig(RobotDescription robot, FirmwareImage image, Func<BoardConfiguration, BoardConfiguration>? add = null, int seed = 1)
    {
        Robot = new VirtualRobot(robot, image, seed);
        Session = new BoardSession(robot.Boards[0].Id, () => Robot.Connect(0), Robot.World, new Random(seed));
        Boards = new BoardGroup(Robot.World, Session);
        BoardConfiguration configuration = RobotConfiguration.Of(robot, 0);
        Boards.Each(board => board.Connect());
        Boards.Each(board => board.Configure(add == null ? configuration : add(configuration)));
        Boards.Arm();

        // Arming takes longer than a tick and moves the ticks: the next telemetry is of a steady board.
        long telemetry = Session.Telemetry.Received;
        while (Session.Telemetry.Received < telemetry + 2)
        {
            Run(0.01);
        }
    }

    public VirtualRobot Robot { get; }

    public VirtualWorld World => Robot.World;

    public Esp32Board Board => Robot.Boards[0].Board;

    public BoardSession Session { get; }

    public BoardGroup Boards { get; }

    /// <summary>Runs and polls for a time.</summary>
    public void Run(double seconds) => Boards.PollUntil(World.NowNanoseconds + (long)(seconds * 1e9));

    /// <summary>World time at which the board's next tick is due, ns: by the time stamp of its last telemetry.</summary>
    public long NextTick()
    {
        // The board was switched on when the world began, so the two clocks agree; a tick starts up to 40 us after its deadline.
        long tick = Session.Telemetry.BoardTime * 1000L;
        return tick + ((World.NowNanoseconds - tick) / TickNs + 1) * TickNs;
    }

    /// <summary>Starts a stream of one frame a tick, sent in the middle between two ticks.</summary>
    public SetpointStream StartStream()
    {
        Boards.WaitForClocks();
        var stream = new SetpointStream(Boards);
        Boards.PollUntil(NextTick() + TickNs / 2);
        stream.Start();
        return stream;
    }

    /// <summary>
    /// The values of frame <paramref name="frame"/>: for half of every four seconds a swing within the limits, for the other
    /// half jumps beyond both limits, so that every channel is limited and slewed.
    /// </summary>
    public static void SetValues(SetpointStream stream, int channels, int frame)
    {
        bool swing = frame / 100 % 2 == 0;
        for (int i = 0; i < channels; i++)
        {
            stream.Set(0, i, swing ? 0.5 + 0.2 * Math.Sin(0.05 * frame + 0.3 * i) : (frame / 10 + i) % 2 == 0 ? 1.25 : -0.25);
        }
    }

    public void Dispose()
    {
        Boards.Dispose();
        Robot.Dispose();
    }
}
