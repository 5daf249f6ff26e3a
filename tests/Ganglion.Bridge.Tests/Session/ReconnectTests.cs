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

    /// <summary>Whoever waits for an answer, and whoever asks before it is back, is told what became of the link; a board that was reset is
    /// off, and nobody says of it that it could not be disarmed.</summary>
    [Theory]
    [InlineData("reset", "it was reset and is disarmed. Check its supply")]
    [InlineData("dead", "it has been silent for 300 ms. Check its power and cable")]
    [InlineData("unplugged", "its port test0 is gone")]
    [InlineData("taken over", "another program took it over")]
    public void Who_asks_over_a_broken_link_is_told_what_became_of_it(string what, string told)
    {
        var bench = Bench.Armed();
        Break(bench, what);
        BoardOperation question = bench.Session.GetStatistics();
        Assert.Contains(told, Assert.Throws<BoardException>(() => bench.Session.Await(question)).Message);
        Assert.Contains(told, Assert.Throws<BoardException>(() => bench.Session.GetPositions()).Message);
        Assert.Equal(what is "dead" or "unplugged", bench.Group.Release(_ => true) != null);
    }

    /// <summary>Servos that get their first pulses together pull a weak supply down: the board is reset by being armed.</summary>
    [Fact]
    public void A_board_that_is_reset_by_being_armed_or_disarmed_says_so()
    {
        var bench = Bench.Connected();
        BoardOperation arm = bench.Session.Arm();
        Break(bench, "reset");
        Assert.Contains("it was reset and is disarmed", Assert.Throws<BoardException>(() => bench.Session.Await(arm)).Message);
        bench.Poll(400);
        bench.Session.Await(bench.Session.Arm());
        bench.Board.Reset(bench.Time.NowNanoseconds, bootMilliseconds: 1);
        Assert.Null(bench.Group.Release(_ => true));
    }

    [Fact]
    public void Clocks_are_waited_for_no_longer_than_the_link_lasts()
    {
        var bench = Bench.Armed();
        bench.Session.Clock.Restart();
        bench.Board.Dead = true;
        Assert.Contains("it has been silent for 300 ms", Assert.Throws<BoardException>(() => bench.Group.WaitForClocks()).Message);
    }

    /// <summary>A Disarm that failed and is tried again on the way out is told once.</summary>
    [Fact]
    public void That_a_board_could_not_be_disarmed_is_told_once()
    {
        BoardException first = new BoardException("base", "no answer to Disarm", "Check the cable.").After(null);
        string told = new BoardException("base", "no answer to Disarm", "Check the cable.").After(first).Message;
        Assert.Equal(first.Message, told);
        Assert.Contains("After that", new BoardException("tip", "no answer to Disarm", "Check the cable.").After(first).Message);
    }

    private static void Break(Bench bench, string what)
    {
        bench.Board.Dead = what == "dead";
        bench.Wire.Plugged = what != "unplugged";
        if (what == "reset")
        {
            bench.Board.Reset(bench.Time.NowNanoseconds, bootMilliseconds: 1);
        }
        else if (what == "taken over")
        {
            BoardSession second = bench.NewSession("base", seed: 99);
            second.Connect();
            second.Poll();
            bench.Time.Advance(40);
        }
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
}
