using Ganglion.Bridge.Doctor;
using Ganglion.Bridge.Messages;
using Ganglion.Bridge.Operations;
using Ganglion.Bridge.Session;
using Ganglion.Robots.Boards;
using Ganglion.Robots.Robot;
using Ganglion.Shared.Safety;
using Ganglion.VirtualBoard.Boards;
using Ganglion.VirtualBoard.Bodies;

namespace Ganglion.Live.Tests.Joints;

/// <summary>`ganglion doctor --port P --robot R`: chips asked for through a board, and what its own counts say.</summary>
public class ChipProbeTests
{
    private static Finding Ask(VirtualRobot robot, RobotDescription believed, out byte[] before, out byte[] after)
    {
        using var board = new BoardSession("trunk", () => robot.Connect(0), robot.World, new Random(1));
        board.Await(board.Connect());
        board.Await(board.Configure(RobotConfiguration.Of(believed, 0)));
        before = board.Await(board.ReadConfiguration());
        Finding found = ChipProbe.Ask(board, RobotConfiguration.Of(believed, 0), default);
        after = board.Await(board.ReadConfiguration());
        Assert.Equal((BoardState.Idle, false), (board.State, board.IsArmed));
        return found;
    }

    [Fact]
    public void All_chips_of_a_walker_answer_through_its_board_and_no_pulse_goes_out()
    {
        using var rig = new JointRig("walker12");
        Finding found = Ask(rig.Robot, rig.Robot.Description, out byte[] before, out byte[] after);
        Assert.Equal(FindingLevel.Good, found.Level);
        Assert.All(["'legs' (PCA9685, bus 1, 0x40)", "'imu' (MPU6050, bus 2, 0x68)", "'feet' (ADS1115, bus 2, 0x48)"],
            chip => Assert.Contains(chip, found.What));
        Assert.Empty(rig.Pulses);
        Assert.Equal(before, after);
    }

    [Fact]
    public void A_chip_at_another_address_is_found_there()
    {
        RobotDescription believed = ShippedFiles.Robot("walker12");
        BoardDescription board = believed.Boards[0];
        RobotDescription wired = believed with
        {
            Boards = [board with { Chips = board.Chips.SetItem(0, board.Chips[0] with { Address = 0x47 })
                .SetItem(2, board.Chips[2] with { Address = 0x4A }) }],
        };
        using var robot = new VirtualRobot(wired, FirmwareImage.Embedded, 1);
        Finding found = Ask(robot, believed, out byte[] before, out byte[] after);
        Assert.Equal(FindingLevel.Trouble, found.Level);
        Assert.Contains("'legs' (PCA9685, bus 1, 0x40) does not answer, and one such chip that nobody described answers at 0x47",
            found.What);
        Assert.Contains("'feet' (ADS1115, bus 2, 0x48) does not answer, and one such chip that nobody described answers at 0x4A",
            found.What);
        Assert.Contains("'imu' (MPU6050, bus 2, 0x68) answer.", found.What);
        Assert.Equal(before, after);
    }

    /// <summary>What a supply that is too weak leaves behind at the board, told from a plug that came off by what the chip failed to
    /// answer.</summary>
    [Theory]
    [InlineData("brownout base pwm0", "lost its supply for a moment", "Its supply is too weak", 0)]
    [InlineData("nack base pwm0", "stopped answering", "Check its wiring", 1)]
    public void A_supply_that_is_too_weak_is_told_afterwards(string fault, string cause, string remedy, int failing)
    {
        using var robot = new VirtualRobot(ShippedFiles.Robot("trunk10-4g"), FirmwareImage.Embedded, 1);
        BoardConfiguration described = RobotConfiguration.Of(robot.Description, 0);
        using (var board = new BoardSession("base", () => robot.Connect(0), robot.World, new Random(1)))
        {
            board.Await(board.Connect());
            board.Await(board.Configure(described));
            board.Await(board.Arm());
            robot.Faults.Inject(fault);
            var group = new BoardGroup(robot.World, board);
            group.PollUntil(robot.World.NowNanoseconds + 500_000_000);
            Assert.Equal(BoardState.Safe, board.State);
        }

        BoardReport report = BoardEnquiry.Ask("base", robot.Connect(0), robot.World);
        IReadOnlyList<Finding> findings = BoardDoctor.Examine("base", "a port", report, described);
        Assert.Equal(["board base", "chips of base", "time of base", "link of base"], findings.Select(one => one.Name));
        Assert.Contains($"chip 0 'pwm0' (address 0x40, bus 1) {cause}", findings[0].What);
        Assert.Contains(remedy, findings[0].Remedy);
        Assert.Equal(failing, findings[1].Ok ? 0 : 1);
        Assert.All(findings.Skip(2), one => Assert.True(one.Ok, one.What));
    }
}
