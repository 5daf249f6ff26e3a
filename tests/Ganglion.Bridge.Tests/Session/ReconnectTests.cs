using Ganglion.Bridge.Messages;
using Ganglion.Bridge.Operations;
using Ganglion.Bridge.Session;
using Ganglion.Shared.Link;
using Ganglion.Shared.Safety;

namespace Ganglion.Bridge.Tests.Session;

public class ReconnectTests
{
    [Fact]
    public void A_pulled_cable_is_survived_and_the_board_taken_over_where_it_stands()
    {
        var bench = Bench.Armed();
        SetpointStream stream = bench.Stream(1);
        int[] position = [.. bench.Board.Core.Channels.Command];
        bench.Wire.Plugged = false;
        bench.Poll(60);
        Assert.Equal(SessionPhase.Lost, bench.Session.Phase);
        Assert.Contains(bench.Events, e => e.Kind == BoardEventKind.LinkLost && e.Words.Contains("device is gone"));
        bench.Wire.Plugged = true;
        bench.Poll(200);

        Assert.Equal(SessionPhase.Ready, bench.Session.Phase);
        Assert.InRange(bench.Session.LastReconnect!.Value.TotalMilliseconds, 60, 200);
        Assert.Equal(0, bench.Board.Core.Statistics.Overruns);
        Assert.Equal((BoardState.Hold, Reason.SessionReplaced), (bench.Board.Core.Safety.State, bench.Board.Core.Safety.Reason));
        Assert.False(bench.Session.IsArmed);
        Assert.True(bench.Session.CanRearm);
        Assert.Contains(bench.Events, e => e.Kind == BoardEventKind.Reconnected && e.Words.Contains("Rearm to go on from there"));

        // A stream goes nowhere, arming from idle is refused, and rearming goes on without a jump.
        stream.Step();
        bench.Poll(40);
        Assert.Equal(BoardState.Hold, bench.Board.Core.Safety.State);
        Assert.Contains("Rearm", Assert.Throws<BoardException>(() => bench.Session.Arm()).Message);
        int[] held = [.. bench.Board.Core.Channels.Command];
        bench.Session.Await(bench.Session.Rearm());
        Assert.Equal(held, bench.Board.Core.Channels.Command);
        Assert.All(held.Zip(position), p => Assert.InRange(p.First - p.Second, -4000, 4000));
        stream.Start();
        for (int i = 0; i < 10; i++)
        {
            stream.Step();
        }

        Assert.Equal(BoardState.Running, bench.Board.Core.Safety.State);
    }

    [Fact]
    public void A_cable_pulled_for_long_leaves_the_board_safe_and_says_so()
    {
        var bench = Bench.Armed();
        bench.Stream(1);
        bench.Wire.Plugged = false;
        bench.Poll(2000);
        Assert.Single(bench.Events, e => e.Kind == BoardEventKind.LinkLost);
        bench.Wire.Plugged = true;
        bench.Poll(200);
        Assert.Equal(BoardState.Safe, bench.Session.State);
        Assert.Contains(bench.Events, e => e.Kind == BoardEventKind.Reconnected && e.Words.Contains("the host was lost"));
        Assert.False(bench.Session.CanRearm);
        Assert.Equal(Reason.LatchedSafe, Assert.Throws<BoardException>(() => bench.Session.Await(bench.Session.Arm())).Reason);
        bench.Session.Await(bench.Session.Disarm());
        bench.Session.Await(bench.Session.Arm());
        Assert.True(bench.Session.IsArmed);
    }

    [Fact]
    public void A_reset_board_is_configured_again_and_not_armed()
    {
        var bench = Bench.Armed();
        SetpointStream stream = bench.Stream(1);
        bench.Board.Reset(bench.Time.NowNanoseconds, bootMilliseconds: 250);
        long lost = bench.Time.NowNanoseconds;
        while (bench.Session.LastReconnect == null && bench.Time.NowNanoseconds < lost + 2_000_000_000)
        {
            stream.Step();
        }

        Assert.InRange((bench.Time.NowNanoseconds - lost) * 1e-6, 250, 1000);
        Assert.Contains(bench.Events, e => e.Kind == BoardEventKind.Reconnected);
        Assert.Equal(BitwiseChecksum.Of(BoardConfigEncoder.Encode(Bench.Servos(40))), bench.Board.Core.Store.Hash);

        for (int i = 0; i < 50; i++)
        {
            stream.Step();
        }

        Assert.Equal(BoardState.Idle, bench.Board.Core.Safety.State);
        Assert.False(bench.Board.Hardware.On);
        Assert.False(bench.Session.IsArmed);
        Assert.False(bench.Session.CanRearm);

        // The stream may simply go on: it waits for the clock, which began anew.
        bench.Session.Await(bench.Session.Arm());
        for (int i = 0; i < 25; i++)
        {
            stream.Step();
        }

        Assert.Equal(BoardState.Running, bench.Board.Core.Safety.State);
        Assert.DoesNotContain(bench.Events, e => e.Kind == BoardEventKind.SetpointsRefused);
        Assert.Equal(0, bench.Board.Core.Statistics.LateFrames + bench.Board.Core.Statistics.RefusedFrames);
    }

    /// <summary>A board that resets so fast that it answers the next frame: it does not know the session.</summary>
    [Fact]
    public void A_quick_reset_is_noticed_by_the_refusal()
    {
        var bench = Bench.Armed();
        bench.Stream(1);
        bench.Board.Reset(bench.Time.NowNanoseconds, bootMilliseconds: 1);
        bench.Poll(400);
        BoardEvent reset = Assert.Single(bench.Events, e => e.Kind == BoardEventKind.BoardReset);
        Assert.Contains("check its supply", reset.Words);
        Assert.Contains(bench.Events, e => e.Kind == BoardEventKind.Reconnected && e.Words.Contains("it was reset"));
        Assert.Equal(BoardState.Idle, bench.Session.State);
        Assert.Equal(1, bench.Wire.Opened);
    }

    [Fact]
    public void A_silent_board_is_greeted_again_and_its_port_reopened()
    {
        var bench = Bench.Armed();
        bench.Board.Dead = true;
        bench.Poll(1500);
        Assert.Contains(bench.Events, e => e.Kind == BoardEventKind.LinkLost && e.Words.Contains("silent for 300 ms"));
        Assert.True(bench.Wire.Opened > 1);
        bench.Board.Dead = false;
        bench.Poll(800);
        Assert.Equal(SessionPhase.Ready, bench.Session.Phase);
        Assert.False(bench.Session.IsArmed);
    }

    /// <summary>At rest nothing moves: a board that a busy machine keeps from its turn is waited for, and its configuration gets through;
    /// one that is silent for longer is told as an armed one is.</summary>
    [Fact]
    public void A_board_at_rest_may_be_silent_for_longer()
    {
        var bench = new Bench();
        bench.Session.Await(bench.Session.Connect());
        BoardOperation push = bench.Session.Configure(Bench.Servos(40));
        bench.Board.Dead = true;
        bench.Poll(800);
        bench.Board.Dead = false;
        bench.Session.Await(push);
        Assert.Equal(40, bench.Board.Core.Channels.Count);
        Assert.DoesNotContain(bench.Events, e => e.Kind == BoardEventKind.LinkLost);

        bench.Board.Dead = true;
        bench.Poll(1100);
        Assert.Contains(bench.Events, e => e.Kind == BoardEventKind.LinkLost && e.Words.Contains("silent for 1000 ms"));
    }

    [Fact]
    public void Commands_under_way_when_the_link_breaks_fail_in_words()
    {
        var bench = Bench.Armed();
        BoardOperation disarm = bench.Session.Disarm();
        bench.Wire.Plugged = false;
        Assert.Contains("lost before the board answered", Assert.Throws<BoardException>(() => bench.Session.Await(disarm)).Message);
    }

    [Fact]
    public void A_second_host_makes_the_board_hold_and_the_first_let_go()
    {
        var bench = Bench.Armed();
        SetpointStream stream = bench.Stream(1);
        BoardSession second = bench.NewSession("base", seed: 99);
        BoardQuery<BoardIdentity> greeting = second.Connect();
        for (int i = 0; i < 60 && !greeting.IsDone; i++)
        {
            second.Poll();
            bench.Time.Advance(1);
        }
        Assert.Equal((BoardState.Hold, Reason.SessionReplaced), (greeting.Result.State, greeting.Result.Reason));
        Assert.Equal(BoardState.Hold, bench.Board.Core.Safety.State);

        for (int i = 0; i < 10; i++)
        {
            stream.Step();
        }

        BoardEvent taken = Assert.Single(bench.Events, e => e.Kind == BoardEventKind.TakenOver);
        Assert.Contains("Close the other program", taken.Words);
        Assert.Equal(SessionPhase.Closed, bench.Session.Phase);
        Assert.Equal(BoardState.Hold, bench.Board.Core.Safety.State);

        second.Await(second.Configure(Bench.Servos(40)));
        second.Await(second.Rearm());
        Assert.Equal(BoardState.Armed, bench.Board.Core.Safety.State);
    }

    [Fact]
    public void A_configuration_that_the_board_kept_is_not_pushed_again()
    {
        var bench = Bench.Connected();
        bench.Wire.Plugged = false;
        bench.Poll(60);
        long before = bench.Wire.ToBoard.Sent;
        bench.Wire.Plugged = true;
        bench.Poll(200);
        Assert.Equal(SessionPhase.Ready, bench.Session.Phase);
        Assert.InRange(bench.Wire.ToBoard.Sent - before, 16, 250);
    }

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
