using Ganglion.Bridge.Session;
using Ganglion.Shared.Link;
using Ganglion.Sim;

namespace Ganglion.Live.Tests;

/// <summary>The boards "middle" and "tip" of the longest arm are alike, chip for chip.</summary>
public class SwappedPortsTests
{
    private static ArmSession Session(VirtualArm arm, params int[] order) =>
        new(arm.Robot.Description, [.. order.Select(i => arm.Ports[i])], arm.Clock, new Random(1));

    [Theory]
    [InlineData(0, 2, 1)]
    [InlineData(1, 0, 2)]
    [InlineData(2, 0, 1)]
    public void Boards_flashed_with_their_names_are_refused_in_another_order(params int[] order)
    {
        using var arm = VirtualArm.InVirtualTime(ShippedFiles.Robot("trunk25-4g"), 1);
        using ArmSession session = Session(arm, order);
        BoardException error = Assert.Throws<BoardException>(() => session.Open());
        Assert.Equal(Reason.WrongBoard, error.Reason);
        Assert.Contains("the ports are in another order than the boards: ", error.Message);
        string[] ids = ["base", "middle", "tip"];
        Assert.All(Enumerable.Range(0, 3), i => Assert.Equal(order[i] != i,
            error.Message.Contains($"{session.Boards.Boards[i].PortName} is 'trunk25-4g/{ids[order[i]]}'")));
        Assert.All(session.Boards.Boards, board => Assert.Equal(0, board.Identity!.ConfigLength));
    }

    [Fact]
    public void Boards_without_names_are_taken_in_the_order_given_and_known_from_then_on()
    {
        using var arm = VirtualArm.InVirtualTime(ShippedFiles.Robot("trunk25-4g"), 1, named: false);
        using (ArmSession first = Session(arm, 0, 1, 2))
        {
            first.Open();
            Assert.Equal(["base", "middle", "tip"], first.Nameless.Select(board => board.Name));
        }

        using (ArmSession swapped = Session(arm, 0, 2, 1))
        {
            string told = Assert.Throws<BoardException>(() => swapped.Open()).Message;
            Assert.Contains("the ports are in another order than the boards: ", told);
            Assert.Contains("switch their supply off and on", told);
        }

        using ArmSession again = Session(arm, 0, 1, 2);
        again.Open();
        Assert.Empty(again.Nameless);
    }

    [Fact]
    public void One_board_alone_needs_no_name()
    {
        using var arm = VirtualArm.InVirtualTime(ShippedFiles.Robot("trunk10-4g"), 1, named: false);
        using ArmSession session = Session(arm, 0);
        session.Open();
        Assert.Empty(session.Nameless);
    }
}
