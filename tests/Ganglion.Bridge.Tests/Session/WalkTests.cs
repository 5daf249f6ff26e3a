using Ganglion.Bridge.Messages;
using Ganglion.Bridge.Operations;
using Ganglion.Bridge.Session;
using Ganglion.Bridge.Tests.Messages;
using Ganglion.Shared.Legs;
using Ganglion.Shared.Link;
using Ganglion.Shared.Safety;
using Ganglion.Shared.Walking;

namespace Ganglion.Bridge.Tests.Session;

/// <summary>The walk as a board's mode: who may start it, what ends it, and what the host hears of it.</summary>
public class WalkTests
{
    private static Bench Armed(Action<WalkDefinition>? change = null)
    {
        var bench = new Bench();
        BoardConfiguration configuration = WalkEncodingTests.Walker() with { RhythmTimeout = 3 };
        change?.Invoke(configuration.Walk!);
        bench.Session.Await(bench.Session.Connect());
        bench.Session.Await(bench.Session.Configure(configuration));
        bench.Session.Await(bench.Session.Arm());
        return bench;
    }

    private static Bench Walking(Action<WalkDefinition>? change = null)
    {
        Bench bench = Armed(change);
        bench.Session.Await(bench.Session.StartWalk());
        bench.Poll(4000);
        return bench;
    }

    [Fact]
    public void The_board_walks_where_it_is_told_and_ends_armed()
    {
        Bench bench = Walking();
        Assert.Equal((BoardState.Running, DriveMode.Walk, WalkStage.Walking), (bench.Session.State, bench.Session.Telemetry.Mode,
            bench.Session.Walk.Stage));
        Assert.Contains(bench.Events, e => e.Words == "Board base walks.");
        bench.Session.Await(bench.Session.ModulateWalk(0.2, -0.1, 1.1, 0.9));
        bench.Poll(4000);
        WalkTelemetry told = bench.Session.Walk;
        Walker walker = bench.Board.Core.Own.Walk.Walker;
        Assert.Equal((0.2, -0.1, 1.0), (told.Speed, told.Turn, told.Level));
        Assert.Equal(1.1f, bench.Board.Core.Own.Walk.Timing.Network.Frequency, 1e-3f);
        Assert.InRange(Math.Abs(told.LeftPhase - told.RightPhase), 0.4, 0.6);
        Assert.All(told.Angles.Zip(walker.Angles), pair => Assert.Equal(pair.Second, pair.First, 0.2));

        // As often as telemetry, which is not kept away by questions either.
        long before = told.Received, telemetry = bench.Session.Telemetry.Received;
        for (int i = 0; i < 50; i++)
        {
            bench.Session.Await(bench.Session.GetPositions());
        }

        Assert.InRange(told.Received - before, 5, 60);
        Assert.InRange(bench.Session.Telemetry.Received - telemetry, 5, 60);

        bench.Session.Await(bench.Session.StopWalk());
        bench.Poll(3500);
        Assert.Equal((BoardState.Armed, WalkStage.Stopping), (bench.Session.State, told.Stage));
        Assert.True(bench.Session.IsArmed);
        bench.Session.Await(bench.Session.StartRhythm());
        bench.Poll(300);
        Assert.Equal(DriveMode.Rhythm, bench.Session.Telemetry.Mode);
    }

    [Fact]
    public void While_it_walks_nothing_else_drives_the_channels()
    {
        Bench bench = Walking();
        var stream = new SetpointStream(bench.Group);
        stream.Start();
        stream.Step();
        bench.Poll(100);
        Assert.Contains(bench.Events, e => e.Kind == BoardEventKind.SetpointsRefused);
        Assert.Equal(Reason.WrongState, Refusal(bench, bench.Session.StartRhythm));
        Assert.Equal((BoardState.Running, DriveMode.Walk), (bench.Board.Core.Safety.State, bench.Board.Core.Safety.Mode));
        Assert.Equal(Reason.WrongState, Refusal(bench, bench.Session.StartWalk));
        Assert.Equal(WalkStage.Walking, bench.Board.Core.Own.Walk.Stage);
    }

    [Fact]
    public void A_lost_answer_to_the_start_is_made_good()
    {
        Bench bench = Armed();
        bench.Wire.ToHost.Rewrite = WireFrames.Loser(MessageType.Ack, 1);
        bench.Session.Await(bench.Session.StartWalk());
        Assert.Equal((BoardState.Running, DriveMode.Walk), (bench.Board.Core.Safety.State, bench.Board.Core.Safety.Mode));
    }

    [Fact]
    public void A_host_that_falls_silent_is_waited_for_as_long_as_the_configuration_says()
    {
        Bench bench = Walking();
        Expect(bench, 2900, BoardState.Running, WalkStage.Walking, Reason.None);
        Expect(bench, 200, BoardState.Running, WalkStage.Stopping, Reason.HostLost);
        Expect(bench, 3100, BoardState.Safe, WalkStage.Rest, Reason.HostLost);
        Walker walker = bench.Board.Core.Own.Walk.Walker;
        Assert.Equal(walker.Left.X, walker.Right.X, 2e-3f);

        static void Expect(Bench bench, double milliseconds, byte state, byte stage, byte reason)
        {
            bench.Time.WaitUntil(bench.Time.NowNanoseconds + (long)(milliseconds * 1e6));
            Assert.Equal((state, stage, reason), (bench.Board.Core.Safety.State, bench.Board.Core.Own.Walk.Stage,
                bench.Board.Core.Safety.Reason));
        }
    }

    [Fact]
    public void A_new_session_makes_it_hold_and_a_disarm_ends_it()
    {
        Bench bench = Walking();
        int[] held = [];
        using (BoardSession other = bench.NewSession("other", 7))
        {
            bench.Session.Dispose();
            other.Await(other.Connect());
            Assert.Equal((BoardState.Hold, WalkStage.Rest), (bench.Board.Core.Safety.State, bench.Board.Core.Own.Walk.Stage));
            held = [.. bench.Board.Core.Channels.Command];
            other.Await(other.GetStatistics());
            Assert.Equal(held, bench.Board.Core.Channels.Command);
            other.Await(other.Disarm());
        }
        Assert.False(bench.Board.Hardware.On);
    }

    [Theory]
    [InlineData(false, Reason.FootOutOfReach, "stayed out of its leg's reach")]
    [InlineData(true, Reason.RhythmDiverged, "not a number")]
    public void What_cannot_go_on_ends_safe_with_the_reason_in_words(bool notANumber, byte reason, string words)
    {
        Bench bench = Walking();
        Walker walker = bench.Board.Core.Own.Walk.Walker;
        if (notANumber)
        {
            walker.Trim[LegGeometry.HipPitch] = float.NaN;
        }
        else
        {
            walker.HipShift = 3;
        }

        bench.Poll(400);
        Assert.Equal((BoardState.Safe, reason), (bench.Session.State, bench.Session.Telemetry.Reason));
        BoardEvent safe = Assert.Single(bench.Events, e => e.State == BoardState.Safe && e.Kind == BoardEventKind.StateChanged);
        Assert.Contains(words, safe.Words, StringComparison.Ordinal);
        Assert.All(bench.Board.Core.Channels.Command, command => Assert.InRange(command, 0, 16384));
    }

    [Fact]
    public void A_board_without_a_walk_says_so()
    {
        var bench = Bench.Armed(4);
        Assert.Equal(Reason.NoWalk, Refusal(bench, bench.Session.StartWalk));
        Assert.Throws<ArgumentOutOfRangeException>(() => bench.Session.ModulateWalk(double.NaN, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => bench.Session.ModulateWalk(40, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => bench.Session.ModulateWalk(0, 0, -1));
    }

    private static byte Refusal(Bench bench, Func<BoardOperation> ask) =>
        Assert.Throws<BoardException>(() => bench.Session.Await(ask())).Reason;
}
