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

/// <summary>A board's spiking cells that drive a pendulum and feel its angle by an analog input, in virtual time.</summary>
public class PendulumRunTests
{
    private static readonly RobotDescription Robot = ShippedFiles.Robot("pendulum");

    private static readonly RhythmDescription Rhythm = RhythmFile.Load(ShippedFiles.Rhythm("pendulum"), Robot);

    /// <summary>Alone the cells are 39 % faster than the pendulum. Feeling it they go with it, and swing it; feeling nothing they do
    /// not: as in the half-center paper's study (host/Ganglion.Rhythm/Pendulum/LegStudy.cs).</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Cells_that_feel_a_pendulum_go_with_it(bool feel)
    {
        RhythmDescription rhythm = feel ? Rhythm
            : Rhythm with { Cells = [.. Rhythm.Cells.Select(pair => pair with { Feedback = null })] };
        double alone = 1 / RhythmPreview.Play(rhythm, Robot).Oscillators[0].Period;
        Assert.InRange(alone, 0.68, 0.71);
        using var robot = new VirtualRobot(Robot, FirmwareImage.Embedded, 1);
        RhythmRunResult result = Play(robot, rhythm, 100);
        Assert.Equal((0L, 0L), (result.Overruns, result.I2cErrors));
        double cells = 1 / result.Channels[0].Period;
        if (feel)
        {
            Assert.InRange(cells, 0.475, 0.525);
            Assert.InRange(result.Pendulum!.Frequency / cells, 0.99, 1.01);
            Assert.InRange(result.Pendulum.Amplitude, 0.1, 1.2);
        }
        else
        {
            Assert.InRange(cells / alone, 0.99, 1.01);
        }
    }

    [Theory]
    [InlineData("nack sensors")]
    [InlineData("angle 0 unplugged")]
    public void Without_its_angle_the_board_goes_safe_and_the_muscles_vent(string fault)
    {
        using var robot = new VirtualRobot(Robot, FirmwareImage.Embedded, 1);
        using BoardSession board = Connected(robot, Rhythm);
        bool broken = false;
        BoardException stopped = Assert.Throws<BoardException>(() => RhythmRun.Play(board, robot.World, Rhythm,
            new RhythmRunOptions(30, 1, 1), (seconds, _) =>
            {
                if (seconds > 8 && !broken)
                {
                    broken = true;
                    robot.Faults.Inject(fault);
                }
            }, default));
        Assert.Contains("the required sensor chip 1 'sensors'", stopped.Message);
        Assert.Contains("beyond its reach", stopped.Message);
        Assert.Equal((BoardState.Safe, Reason.SensorLost, 1),
            (board.Telemetry.State, board.Telemetry.Reason, board.Telemetry.Detail));
        robot.World.WaitUntil(robot.World.NowNanoseconds + 1_000_000_000);
        Assert.All(robot.Boards[0].Valves.Values, valve => Assert.Equal(0, valve.KpaAt(robot.World.NowNanoseconds), 0.1));
        Assert.Equal(BoardState.Safe, board.State);
    }

    /// <summary>A silent host is waited for as long as the rhythm says; then the muscles vent.</summary>
    [Fact]
    public void Without_its_host_it_goes_on_for_its_timeout()
    {
        using var robot = new VirtualRobot(Robot, FirmwareImage.Embedded, 1);
        using (BoardSession board = Connected(robot, Rhythm with { Timeout = 3 }))
        {
            board.Await(board.Arm());
            board.Await(board.StartRhythm());
        }

        robot.World.WaitUntil(robot.World.NowNanoseconds + 2_500_000_000);
        Assert.Contains(robot.Boards[0].Valves.Values, valve => valve.KpaAt(robot.World.NowNanoseconds) > 10);
        robot.World.WaitUntil(robot.World.NowNanoseconds + 2_500_000_000);
        Assert.All(robot.Boards[0].Valves.Values, valve => Assert.Equal(0, valve.KpaAt(robot.World.NowNanoseconds), 0.1));
    }

    private static RhythmRunResult Play(VirtualRobot robot, RhythmDescription rhythm, double seconds)
    {
        using BoardSession board = Connected(robot, rhythm);
        return RhythmRun.Play(board, robot.World, rhythm, new RhythmRunOptions(seconds, 1, 1) { Pendulum = Robot.Pendulum }, (_, _) => { },
            default);
    }

    private static BoardSession Connected(VirtualRobot robot, RhythmDescription rhythm)
    {
        var board = new BoardSession("base", () => robot.Connect(0), robot.World, new Random(1));
        board.Await(board.Connect());
        board.Await(board.Configure(RobotConfiguration.Of(Robot, 0).With(rhythm)));
        return board;
    }
}
