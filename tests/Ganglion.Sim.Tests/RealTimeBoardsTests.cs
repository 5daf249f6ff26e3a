using Ganglion.Bridge.Serial;
using Ganglion.Bridge.Timing;
using Ganglion.Live.Tests;
using Ganglion.VirtualBoard.Boards;
using Ganglion.VirtualBoard.Bodies;

namespace Ganglion.Sim.Tests;

[Trait("Ports", "Real")]
public class RealTimeBoardsTests
{
    /// <summary>What a session says of a silence goes by it: of a board with a fault the machine need not be the cause.</summary>
    [Fact]
    public void A_board_is_ours_until_a_fault_is_injected()
    {
        using var robot = new VirtualRobot(ShippedFiles.Robot("rig12"), FirmwareImage.Embedded, 1);
        using var boards = new RealTimeBoards(robot, new MonotonicClock());
        using (ISerialLink behindItsPort = SerialPorts.Open(boards.PortNames[0], robot.Description.Boards[0].Baud))
        {
            Assert.False(behindItsPort.IsOurs);
        }

        using ISerialLink ours = boards.Open(0);
        Assert.True(ours.IsOurs);
        Assert.Throws<ArgumentException>(() => boards.Inject("nack nosuchchip"));
        Assert.True(ours.IsOurs);
        boards.Inject("serial drop 1%");
        Assert.False(ours.IsOurs);
    }
}
