using Ganglion.Bridge.Messages;
using Ganglion.Bridge.Operations;
using Ganglion.Bridge.Session;
using Ganglion.Bridge.Tests.Session;
using Ganglion.Shared.Link;
using Ganglion.Shared.Safety;

namespace Ganglion.Bridge.Tests.Operations;

/// <summary>What is ordered of a board from its port alone.</summary>
public class BoardOrderTests
{
    /// <summary>From a port alone, without a description, whatever the board does: each order is carried out, and a host that streams
    /// finds its session taken over.</summary>
    [Theory]
    [InlineData(BoardOrderKind.Disarm, BoardState.Idle)]
    [InlineData(BoardOrderKind.Stop, BoardState.Safe)]
    public void An_order_is_carried_out_while_another_host_streams(BoardOrderKind kind, byte state)
    {
        var bench = Bench.Armed();
        SetpointStream stream = bench.Stream(1);
        long start = bench.Time.NowNanoseconds;
        BoardIdentity told = BoardOrder.Give(kind, "port", bench.Wire.Open(), bench.Time, new Random(3));
        Assert.Equal((state, state), (told.State, bench.Board.Core.Safety.State));
        Assert.Equal(kind == BoardOrderKind.Stop ? Reason.StoppedByHost : Reason.SessionReplaced, told.Reason);
        Assert.InRange((bench.Time.NowNanoseconds - start) * 1e-6, 0, 130);
        for (int i = 0; i < 10; i++)
        {
            stream.Step();
        }

        Assert.False(bench.Session.IsArmed);
        Assert.Contains("another program", bench.Session.Stopped("").Message);
        Assert.Equal(state, bench.Board.Core.Safety.State);
    }

    /// <summary>What made it safe stays readable, and the next host can arm.</summary>
    [Fact]
    public void A_board_that_lost_its_host_is_disarmed_by_an_order()
    {
        var bench = Bench.Armed();
        bench.Stream(1);
        bench.Time.Advance(600);
        Assert.Equal(BoardState.Safe, bench.Board.Core.Safety.State);
        Assert.Equal(BoardState.Safe, BoardOrder.Give(BoardOrderKind.Stop, "port", bench.Wire.Open(), bench.Time).State);
        BoardIdentity told = BoardOrder.Give(BoardOrderKind.Disarm, "port", bench.Wire.Open(), bench.Time);
        Assert.Equal((BoardState.Idle, Reason.HostLost), (told.State, told.Reason));
        BoardSession next = bench.NewSession("base", seed: 7);
        next.Await(next.Connect());
        next.Await(next.Configure(Bench.Servos(40)));
        next.Await(next.Arm());
        Assert.Equal(BoardState.Idle, BoardOrder.Give(BoardOrderKind.Disarm, "port", bench.Wire.Open(), bench.Time).State);
    }

    [Fact]
    public void An_order_to_nobody_is_told()
    {
        var bench = Bench.Connected();
        bench.Board.Dead = true;
        Assert.Contains("no board answers", Assert.Throws<BoardException>(() =>
            BoardOrder.Give(BoardOrderKind.Disarm, "port", bench.Wire.Open(), bench.Time)).Message);
    }
}
