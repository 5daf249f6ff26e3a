using Ganglion.Bridge.Messages;
using Ganglion.Bridge.Session;
using Ganglion.Live.OwnMotion;
using Ganglion.Rhythm;
using Ganglion.Robots.Rhythms;
using Ganglion.Robots.Robot;
using Ganglion.VirtualBoard.Boards;
using Ganglion.VirtualBoard.Bodies;

namespace Ganglion.Live.Tests.OwnMotion;

public class RhythmRunTests
{
    /// <summary>The board plays what the host's preview promises: published period of the network (shared/README.md A4, q = 0.7,
    /// 0.7403 s, less Heun's step error at 20 ms), each channel's range, and rest at the end.</summary>
    [Theory]
    [InlineData(1, 1)]
    [InlineData(0.5, 0.6)]
    public void The_board_plays_what_the_preview_promises(double frequency, double amplitude)
    {
        RobotDescription description = ShippedFiles.Robot("rig12");
        RhythmDescription rhythm = Load(description);
        using var robot = new VirtualRobot(description, FirmwareImage.Embedded, 1);
        using var board = new BoardSession("base", () => robot.Connect(0), robot.World, new Random(1));
        board.Await(board.Connect());
        board.Await(board.Configure(RobotConfiguration.Of(description, 0).With(rhythm)));
        RhythmRunResult result = RhythmRun.Play(board, robot.World, rhythm, new RhythmRunOptions(25, frequency, amplitude), (_, _) =>
            { }, default);

        var preview = RhythmPreview.Play(rhythm, description, 0, frequency, amplitude);
        Assert.Equal((0L, 0L), (result.Overruns, result.I2cErrors));
        Assert.Equal(12, result.Channels.Count);
        foreach ((ChannelMotion measured, ChannelPreview expected, RhythmChannel entry) in result.Channels.Zip(preview.Channels,
            rhythm.Map))
        {
            Assert.InRange(measured.Period, 0.7403 / frequency * 0.98, 0.7403 / frequency * 1.01);
            Assert.InRange(measured.PeakToPeak, (expected.High - expected.Low) * 0.96, (expected.High - expected.Low) * 1.01);
            Assert.Equal(entry.Offset, robot.Boards[0].Servos[entry.Channel].PositionAt(robot.World.NowNanoseconds), 2);
        }
    }

    /// <summary>A host that dies does not stop a rhythm at once; its own timeout does, and the servos are let go.</summary>
    [Fact]
    public void A_rhythm_ends_by_itself_when_its_host_is_gone()
    {
        RobotDescription description = ShippedFiles.Robot("rig12");
        RhythmDescription rhythm = Load(description) with { Timeout = 3 };
        using var robot = new VirtualRobot(description, FirmwareImage.Embedded, 1);
        using (var board = new BoardSession("base", () => robot.Connect(0), robot.World, new Random(1)))
        {
            board.Await(board.Connect());
            board.Await(board.Configure(RobotConfiguration.Of(description, 0).With(rhythm)));
            board.Await(board.Arm());
            board.Await(board.StartRhythm());
        }

        robot.World.WaitUntil(robot.World.NowNanoseconds + 2_500_000_000);
        Assert.True(robot.Boards[0].Servos[2].Powered);
        robot.World.WaitUntil(robot.World.NowNanoseconds + 1_000_000_000);
        robot.Boards[0].Servos[2].PositionAt(robot.World.NowNanoseconds);
        Assert.False(robot.Boards[0].Servos[2].Powered);
    }

    private static RhythmDescription Load(RobotDescription robot)
    {
        string folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Ganglion.slnx")))
        {
            folder = Path.GetDirectoryName(folder)!;
        }

        return RhythmFile.Load(Path.Combine(folder, "hardware", "rhythms", "walk7.yaml"), robot);
    }
}
