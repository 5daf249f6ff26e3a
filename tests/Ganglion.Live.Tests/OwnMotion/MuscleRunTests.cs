using Ganglion.Bridge.Messages;
using Ganglion.Bridge.Session;
using Ganglion.Live.OwnMotion;
using Ganglion.Rhythm;
using Ganglion.Robots.Rhythms;
using Ganglion.Robots.Robot;
using Ganglion.Shared.Link;
using Ganglion.Shared.Safety;
using Ganglion.VirtualBoard.Boards;
using Ganglion.VirtualBoard.Bodies;

namespace Ganglion.Live.Tests.OwnMotion;

/// <summary>Pneumatic muscles from end to end: rhythm, valves, chambers, sensors, converter, telemetry.</summary>
public class MuscleRunTests
{
    private const long Ms = 1_000_000;

    /// <summary>The virtual sensors: 0.2 V at 0 kPa and 1.8 V at the valves' 500 kPa.</summary>
    private static double Kpa(double volts) => (volts - 0.2) / 1.6 * 500;

    private static RhythmDescription Rhythm(RobotDescription robot)
    {
        string folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Ganglion.slnx")))
        {
            folder = Path.GetDirectoryName(folder)!;
        }

        return RhythmFile.Load(Path.Combine(folder, "hardware", "rhythms", "muscle-pair.yaml"), robot);
    }

    /// <summary>
    /// The pressures that telemetry shows alternate with the half-center's period. The board's pressure loops take out the
    /// chambers' lag of 0.1 s, which would weaken the fundamental to 1/sqrt(1 + (2 pi lag/T)^2) = 0.967: the whole swing is measured.
    /// </summary>
    [Fact]
    public void Measured_pressures_alternate_with_the_half_center()
    {
        RobotDescription description = ShippedFiles.Robot("muscle-pair");
        RhythmDescription rhythm = Rhythm(description);
        using var robot = new VirtualRobot(description, FirmwareImage.Embedded, 1);
        using var board = new BoardSession("base", () => robot.Connect(0), robot.World, new Random(1));
        board.Await(board.Connect());
        board.Await(board.Configure(RobotConfiguration.Of(description, 0).With(rhythm)));
        List<(double Flexor, double Extensor)> measured = [];
        RhythmRunResult result = RhythmRun.Play(board, robot.World, rhythm, new RhythmRunOptions(15, 1, 1), (seconds, _) =>
        {
            if (seconds > 3)
            {
                measured.Add((Kpa(board.Telemetry.Analog[0]), Kpa(board.Telemetry.Analog[1])));
            }
        }, default);

        Assert.Equal((0L, 0L), (result.Overruns, result.I2cErrors));
        double period = 2 * 1.2047; // the published period of the half-center with both time constants doubled
        Assert.All(result.Channels, channel => Assert.InRange(channel.Period, period * 0.99, period * 1.01));

        var preview = RhythmPreview.Play(rhythm, description);
        double swing = (preview.Channels[0].High - preview.Channels[0].Low) * 500;
        Assert.InRange(measured.Max(m => m.Flexor) - measured.Min(m => m.Flexor), 0.99 * swing, 1.005 * swing);
        Assert.InRange(measured.Max(m => m.Extensor) - measured.Min(m => m.Extensor), 0.99 * swing, 1.005 * swing);

        // In turn: the difference of the two changes its sign twice a period, and one is low while the other is high.
        double[] difference = [.. measured.Select(m => m.Flexor - m.Extensor)];
        int turns = Enumerable.Range(1, difference.Length - 1).Count(i => difference[i - 1] < 0 != difference[i] < 0);
        Assert.InRange(turns, (int)(2 * 12 / period) - 1, (int)(2 * 12 / period) + 1);
        double middleFlexor = measured.Average(m => m.Flexor), middleExtensor = measured.Average(m => m.Extensor);
        Assert.True(measured.Sum(m => (m.Flexor - middleFlexor) * (m.Extensor - middleExtensor)) < 0);
        Assert.All(robot.Boards[0].Pressures.Values.Take(2), chamber =>
            Assert.Equal(0, chamber.KpaAt(robot.World.NowNanoseconds + 2_000 * Ms), 1e-3));
    }

    /// <summary>No setpoints any more: the valves hold, then the board goes safe and vents, and says why when it is asked again.</summary>
    [Fact]
    public void Without_its_host_the_board_goes_safe_and_the_muscles_empty()
    {
        RobotDescription description = ShippedFiles.Robot("muscle-pair");
        using var robot = new VirtualRobot(description, FirmwareImage.Embedded, 1);
        using var board = new BoardSession("base", () => robot.Connect(0), robot.World, new Random(1));
        board.Await(board.Connect());
        board.Await(board.Configure(RobotConfiguration.Of(description, 0)));
        board.Await(board.Arm());
        using var group = new BoardGroup(robot.World, board);
        var stream = new SetpointStream(group);
        stream.Set(0, 0, 0.6);
        stream.Set(0, 1, 0.3);
        stream.Start();
        for (int frame = 0; frame < 75; frame++)
        {
            stream.Step();
        }

        Assert.Equal(BoardState.Running, board.State);
        Assert.Equal(300, Kpa(board.Telemetry.Analog[0]), 0.5);
        Assert.Equal(150, Kpa(board.Telemetry.Analog[1]), 0.5);

        robot.Faults.Inject("host gone for 600ms");
        long gone = robot.World.NowNanoseconds;
        PressureChamber flexor = robot.Boards[0].Pressures[0];
        robot.World.WaitUntil(gone + 350 * Ms);
        Assert.Equal(300, flexor.KpaAt(robot.World.NowNanoseconds), 0.5); // held
        robot.World.WaitUntil(gone + 1500 * Ms); // safe at 400 ms, and then ten time constants
        Assert.Equal(0, flexor.KpaAt(robot.World.NowNanoseconds), 0.1);
        group.PollUntil(robot.World.NowNanoseconds + 1000 * Ms);
        Assert.Equal((BoardState.Safe, Reason.HostLost), (board.Telemetry.State, board.Telemetry.Reason));
        Assert.Equal(0, Kpa(board.Telemetry.Analog[0]), 0.1);
        Assert.Equal(0, Kpa(board.Telemetry.Analog[1]), 0.1);
    }
}
