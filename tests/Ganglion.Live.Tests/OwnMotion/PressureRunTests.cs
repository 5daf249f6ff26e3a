using Ganglion.Bridge.Messages;
using Ganglion.Bridge.Session;
using Ganglion.Live.OwnMotion;
using Ganglion.Shared.Link;
using Ganglion.Shared.Safety;
using Ganglion.VirtualBoard.Boards;
using Ganglion.VirtualBoard.Bodies;

namespace Ganglion.Live.Tests.OwnMotion;

public class PressureRunTests
{
    private static PressureRunResult Play(BoardSession board, VirtualRobot robot, PressureRunOptions options, Action<double> progress)
    {
        board.Await(board.Connect());
        board.Await(board.Configure(RobotConfiguration.Of(robot.Description, 0)));
        return PressureRun.Play(board, robot.World, robot.Description, options, (seconds, _) => progress(seconds), default);
    }

    /// <summary>The loops give the sine that was asked for, where valves that give 10 % too little behind chambers of 40 ms would
    /// give 0.9 / sqrt(1 + (2 pi 0.5 Hz 0.04 s)^2) = 0.893 of it; it is behind by a tick, and by readings that are 1 to 4 ticks old.
    /// The valves are being learned while the first half is measured.</summary>
    [Fact]
    public void What_is_measured_is_what_was_asked_for()
    {
        using var robot = new VirtualRobot(ShippedFiles.Robot("muscle-rig"), FirmwareImage.Embedded, 1,
            valves: new ValveModel(Shortfall: 0.1));
        using var board = new BoardSession("base", () => robot.Connect(0), robot.World, new Random(1));
        var truth = new List<(double Flexor, double Extensor)>();
        PressureRunResult result = Play(board, robot, new PressureRunOptions(25, 250, 80, 0.5), seconds =>
        {
            if (seconds > 15)
            {
                truth.Add((robot.Boards[0].Valves[0].KpaAt(robot.World.NowNanoseconds), robot.Boards[0].Valves[1]
                    .KpaAt(robot.World.NowNanoseconds)));
            }
        });
        Assert.Equal((2, 0L, 0L), (result.Channels.Count, result.MissedFrames, result.I2cErrors));
        Assert.All(result.Channels, channel =>
        {
            Assert.InRange(channel.Middle, 248, 252);
            Assert.InRange(channel.Swing, 76.5, 81.5);
            Assert.InRange(channel.Behind, 0.04, 0.14);
        });
        Assert.InRange(truth.Max(kpa => kpa.Flexor), 328, 332);
        Assert.InRange(truth.Min(kpa => kpa.Extensor), 168, 172);
        Assert.All(truth, kpa => Assert.Equal(500, kpa.Flexor + kpa.Extensor, 5.0));
        Assert.False(board.IsArmed);
    }

    [Fact]
    public void A_board_that_goes_safe_ends_it_with_words()
    {
        using var robot = new VirtualRobot(ShippedFiles.Robot("muscle-rig"), FirmwareImage.Embedded, 1);
        using var board = new BoardSession("base", () => robot.Connect(0), robot.World, new Random(1));
        bool injected = false;
        BoardException error = Assert.Throws<BoardException>(() => Play(board, robot, new PressureRunOptions(20, 250, 80, 0.5), seconds =>
        {
            if (!injected && seconds > 4)
            {
                robot.Faults.Inject("valve 1 leaks 90%");
            }

            injected |= seconds > 4;
        }));
        Assert.Equal((BoardState.Safe, Reason.PressureOff, 1), (board.Telemetry.State, board.Telemetry.Reason, board.Telemetry.Detail));
        Assert.Contains("channel 1 'extensor'", error.Message);
        Assert.Contains("leaks", error.Message);
        Assert.Equal((Reason.PressureOff, 1), (error.Reason, error.Detail));
    }

    [Theory]
    [InlineData("muscle-rig", 250, 80, 0.5, null)]
    [InlineData("muscle-rig", 500, 80, 0.5, "420..580 kPa are not within the limits of valve 'flexor', 0..549.6 kPa")]
    [InlineData("muscle-rig", 50, 80, 0.5, "-30..130 kPa are not within")]
    [InlineData("muscle-pair", 200, 180, 5, "5655 kPa/s and the slew bound of valve 'flexor' is 2500")]
    [InlineData("rig12", 250, 80, 0.5, "no robot with one board and valves")]
    public void What_valves_cannot_do_is_refused_before_anything_moves(string name, double middle, double swing, double hz, string? words)
    {
        string? refusal = PressureRun.Refusal(ShippedFiles.Robot(name), new PressureRunOptions(10, middle, swing, hz));
        if (words == null)
        {
            Assert.Null(refusal);
        }
        else
        {
            Assert.Contains(words, refusal);
        }
    }
}
