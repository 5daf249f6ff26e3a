using Ganglion.Bridge.Messages;
using Ganglion.Bridge.Operations;
using Ganglion.Bridge.Session;
using Ganglion.Robots.Rhythms;
using Ganglion.Robots.Robot;
using Ganglion.Shared.Config;
using Ganglion.Shared.Link;
using Ganglion.Shared.Motion;
using Ganglion.VirtualBoard.Boards;
using Ganglion.VirtualBoard.Bodies;
using Pca9685 = Ganglion.VirtualBoard.Chips.Pca9685;

namespace Ganglion.Live.Tests.OwnMotion;

/// <summary>Rhythms of every kind: what the virtual board with the repository's firmware tells its servo chip is what the host's copy of
/// the board's code does, count by count and tick by tick.</summary>
public class RhythmBitsTests
{
    private const long Millisecond = 1_000_000, TickNs = 20 * Millisecond;
    private const int Ticks = 400;

    [Theory]
    [InlineData("half-center", 1.25)]
    [InlineData("cat-clock", 0.75)]
    [InlineData("trot", 0.5)]
    [InlineData("izhikevich", 1.5)]
    public void Board_and_host_play_the_same_bits(string name, double frequency)
    {
        RobotDescription robot = ShippedFiles.Robot("rig12");
        RhythmDescription rhythm = RhythmFile.Load(ShippedFiles.Rhythm(name), robot);
        BoardConfiguration configuration = RobotConfiguration.Of(robot, 0).With(rhythm);
        int[][] board = OnBoard(robot, configuration, frequency), host = OnHost(configuration, frequency);

        // Both stand before the rhythm moves them; from there on each tick is the same.
        int first = Array.FindIndex(board, counts => !counts.SequenceEqual(board[0]));
        int firstOnHost = Array.FindIndex(host, counts => !counts.SequenceEqual(host[0]));
        Assert.InRange(first, 1, 20);
        for (int tick = -1; tick < Ticks - 25; tick++)
        {
            Assert.Equal(host[firstOnHost + tick], board[first + tick]);
        }

        Assert.True(host.Select(counts => counts[0]).Distinct().Count() > 20);
    }

    private static int[][] OnBoard(RobotDescription description, BoardConfiguration configuration, double frequency)
    {
        using var robot = new VirtualRobot(description, FirmwareImage.Embedded, 1);
        using var session = new BoardSession("base", () => robot.Connect(0), robot.World, new Random(1));
        session.Await(session.Connect());
        session.Await(session.Configure(configuration));
        session.Await(session.Arm());
        session.Await(session.ModulateRhythm(frequency, 0.9));
        Poll(robot.World.NowNanoseconds + 300 * Millisecond);
        Pca9685 chip = robot.Boards[0].Chips.OfType<Pca9685>().Single();
        double countTime = ((Robots.Boards.Pca9685)description.Boards[0].Chips[0]).CountTime;
        long tick = session.Telemetry.BoardTime * 1000L;

        // Two milliseconds before a tick its predecessor's outputs are out.
        long due = tick + ((robot.World.NowNanoseconds - tick) / TickNs + 2) * TickNs - 2 * Millisecond;
        Poll(due);
        BoardOperation started = session.StartRhythm();
        int[][] counts = new int[Ticks][];
        for (int i = 0; i < Ticks; i++)
        {
            counts[i] = [.. description.Channels.Select(channel => (int)Math.Round(chip.PulseSeconds(channel.Output) / countTime))];
            due += TickNs;
            Poll(due);
        }

        started.ThrowIfFailed();
        return counts;

        void Poll(long until)
        {
            while (robot.World.NowNanoseconds < until)
            {
                session.Poll();
                robot.World.WaitUntil(Math.Min(until, robot.World.NowNanoseconds + Millisecond));
            }

            session.Poll();
        }
    }

    private static int[][] OnHost(BoardConfiguration configuration, double frequency)
    {
        var host = new BoardConfig();
        byte[] bytes = BoardConfigEncoder.Encode(configuration);
        Assert.True(host.Load(bytes, bytes.Length, configuration.Profile));
        Assert.Equal(Reason.None, host.Rhythm.Modulate((short)Math.Round(frequency * 4096), (short)Math.Round(0.9 * 4096)));
        host.Channels.MoveToPark();
        int[] targets = [.. host.Channels.Command];
        host.Rhythm.Start(targets);
        byte[] image = new byte[4];
        int[][] counts = new int[Ticks][];
        for (int i = 0; i < Ticks; i++)
        {
            counts[i] = [.. Enumerable.Range(0, host.Channels.Count).Select(channel => PulseScale.ToCount(host.Channels.Command[channel],
                host.Channels.Gain[channel], host.Channels.Bias[channel]))];
            Assert.True(host.Rhythm.Step(targets));
            OutputStage.Step(host.Channels, targets, targets, 0, image);
        }

        return counts;
    }
}
