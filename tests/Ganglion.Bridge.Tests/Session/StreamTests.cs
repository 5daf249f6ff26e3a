using Ganglion.Bridge.Messages;
using Ganglion.Bridge.Session;
using Ganglion.Shared.Link;
using Ganglion.Shared.Motion;
using Ganglion.Shared.Safety;

namespace Ganglion.Bridge.Tests.Session;

public class StreamTests
{
    [Fact]
    public void A_minute_of_forty_channels_without_a_missed_or_late_frame()
    {
        var bench = Bench.Armed(40);
        SetpointStream stream = bench.Stream(60);
        bench.Poll(200);
        StreamStatistics statistics = stream.GetStatistics();
        BoardStreamStatistics board = statistics.Boards[0];
        Assert.Equal((3000, 3000), (statistics.Steps, board.FramesSent));
        Assert.Equal((0, 0, 0, 0), (board.MissedFrames, board.LateFrames, board.RefusedFrames, board.FramesSkipped));
        Assert.Equal((0, 0), (statistics.LateDeadlines, statistics.SkippedDeadlines));
        Assert.Equal(0, bench.Board.Core.Statistics.MissedFrames + bench.Board.Core.Statistics.LateFrames
            + bench.Board.Core.Parser.ChecksumErrors);
        Assert.InRange(board.BytesPerSecondSent, 92 * 50, 92 * 50 + 200);
        Assert.InRange(board.ShortestRoundTrip, 0.003, 0.006);
        Assert.InRange(board.MeanRoundTrip, 0.010, 0.018);
        Assert.InRange(board.LongestRoundTrip, 0.020, 0.046); // when answers to the configuration were ahead of it
    }

    [Fact]
    public void The_channels_go_where_they_are_told()
    {
        var bench = Bench.Armed(4);
        var stream = new SetpointStream(bench.Group);
        stream.Start();
        stream.Set(0, 0, 0.25);
        stream.Set(0, 1, 0.75);
        stream.Set(0, 2, 1.9);
        stream.Set(0, 3, -1.9);
        for (int i = 0; i < 50; i++)
        {
            stream.Step();
        }

        Assert.Equal([4096, 12288, FixedPoint.One, 0], bench.Board.Core.Channels.Command);
        Assert.Throws<ArgumentOutOfRangeException>(() => stream.Set(0, 0, double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>(() => stream.Set(0, 0, 2.1));
    }

    /// <summary>The bars: hold within 100 ms, safe within 500 ms of board time; latched; refused in words until disarmed.</summary>
    [Fact]
    public void A_killed_host_makes_the_board_hold_and_go_safe()
    {
        var bench = Bench.Armed();
        double holdAt = 0, safeAt = 0;
        bench.Stream(2);
        double killed = bench.Board.Time(bench.Time.NowNanoseconds);
        bench.Board.AfterTick = now =>
        {
            if (holdAt == 0 && bench.Board.Core.Safety.State == BoardState.Hold)
            {
                holdAt = bench.Board.Time(now);
            }

            if (safeAt == 0 && bench.Board.Core.Safety.State == BoardState.Safe)
            {
                safeAt = bench.Board.Time(now);
            }
        };
        bench.Time.Advance(1000); // nobody polls
        Assert.InRange(holdAt - killed, 1, 120_000); // of which up to 20 ms are the last frame waiting for its tick
        Assert.InRange(safeAt - killed, 1, 500_000);
        Assert.Equal(Reason.HostLost, bench.Board.Core.Safety.Reason);
        Assert.False(bench.Board.Hardware.On);

        BoardSession next = bench.NewSession("base", seed: 7);
        BoardIdentity identity = next.Await(next.Connect());
        Assert.Equal((BoardState.Safe, Reason.HostLost), (identity.State, identity.Reason));
        Assert.Contains("host was lost", next.Describe());
        next.Await(next.Configure(Bench.Servos(40)));
        BoardException error = Assert.Throws<BoardException>(() => next.Await(next.Arm()));
        Assert.Equal(Reason.LatchedSafe, error.Reason);
        Assert.Contains("the host was lost: no frame for 400 ms", error.Message);
        Assert.Contains("Disarm first", error.Message);
        next.Await(next.Disarm());
        next.Await(next.Arm());
        Assert.Equal(BoardState.Armed, bench.Board.Core.Safety.State);
    }

    /// <summary>From the tick that took the last frame to the tick that holds: the board's own figure.</summary>
    [Fact]
    public void Hold_comes_within_100_ms_of_the_last_frame_taken()
    {
        var bench = Bench.Armed();
        long frames = 0;
        double lastFrame = 0, hold = 0;
        bench.Board.AfterTick = now =>
        {
            if (bench.Board.Core.Statistics.Frames != frames)
            {
                (frames, lastFrame) = (bench.Board.Core.Statistics.Frames, bench.Board.Time(now));
            }

            if (hold == 0 && bench.Board.Core.Safety.State == BoardState.Hold)
            {
                hold = bench.Board.Time(now) - lastFrame;
            }
        };
        bench.Stream(1);
        bench.Time.Advance(300);
        Assert.InRange(hold, 60_000, 100_000);
    }

    [Fact]
    public void A_pause_of_the_stream_holds_and_goes_on_by_itself()
    {
        var bench = Bench.Armed();
        SetpointStream stream = bench.Stream(1);
        bench.Poll(300); // pings keep the session alive
        Assert.Equal((BoardState.Hold, Reason.StreamStarved), (bench.Session.State, bench.Session.Telemetry.Reason));
        Assert.Contains(bench.Events, e => e.Words.Contains("holds its last position: the setpoints paused: none for 80 ms"));
        Assert.True(bench.Session.IsArmed);
        for (int i = 0; i < 10; i++)
        {
            stream.Step();
        }

        Assert.Equal(BoardState.Running, bench.Board.Core.Safety.State);
    }

    [Fact]
    public void An_armed_board_without_a_stream_is_kept_alive()
    {
        var bench = Bench.Armed();
        bench.Poll(10_000);
        Assert.Equal(BoardState.Armed, bench.Board.Core.Safety.State);
    }

    [Fact]
    public void Stop_makes_the_board_safe_and_the_stream_ends_quietly()
    {
        var bench = Bench.Armed();
        SetpointStream stream = bench.Stream(1);
        bench.Session.Await(bench.Session.Stop());
        stream.Step();
        bench.Poll(100);
        Assert.Equal((BoardState.Safe, Reason.StoppedByHost), (bench.Session.State, bench.Session.Telemetry.Reason));
        Assert.Equal(1, stream.GetStatistics().Boards[0].FramesSkipped);
    }

    [Fact]
    public void A_host_that_oversleeps_skips_deadlines_and_does_not_burst()
    {
        var bench = Bench.Armed(4);
        SetpointStream stream = bench.Stream(1);
        bench.Time.WakeUpDelay = 50_000_000;
        stream.Step();
        bench.Time.WakeUpDelay = 0;
        for (int i = 0; i < 25; i++)
        {
            stream.Step();
        }

        StreamStatistics statistics = stream.GetStatistics();
        Assert.Equal(2, statistics.SkippedDeadlines);
        Assert.Equal(1, statistics.LateDeadlines);
        Assert.InRange(statistics.LongestLateness, 0.04, 0.06);
        Assert.Equal(BoardState.Running, bench.Board.Core.Safety.State);
        Assert.Equal(0, bench.Board.Core.Statistics.MissedFrames);
    }

    [Fact]
    public void Noise_on_the_line_costs_frames_and_nothing_else()
    {
        var bench = Bench.Armed();
        bench.Wire.ToBoard.Faults = WireFrames.Noise(11, 2e-4, 2e-4);
        bench.Wire.ToHost.Faults = WireFrames.Noise(12, 2e-4, 2e-4);
        int notRunning = 0;
        bench.Board.AfterTick = _ => notRunning += bench.Board.Core.Safety.State == BoardState.Running ? 0 : 1;
        bench.Stream(10);
        bench.Wire.ToBoard.Faults = null;
        bench.Wire.ToHost.Faults = null;
        long missed = bench.Board.Core.Statistics.MissedFrames;
        bench.Stream(1);
        bench.Poll(60);
        Assert.InRange(missed, 5, 60);
        Assert.InRange(bench.Session.Telemetry.MissedFrames, missed, missed + 2);
        Assert.Equal(SessionPhase.Ready, bench.Session.Phase);
        Assert.True(bench.Session.IsArmed);
        Assert.InRange(notRunning, 0, 40); // the start, until the first frame
    }

    /// <summary>Three boards with clocks of their own execute one schedule: each stands where a straight line in host time says.</summary>
    [Fact]
    public void Boards_of_one_arm_execute_the_same_instant()
    {
        var time = new VirtualTime();
        Bench[] benches =
        [
            new(time, 80, name: "base", clockStart: 5_000_000, seed: 1),
            new(time, -60, name: "middle", clockStart: 4_294_000_000, seed: 2), // its 32-bit clock wraps in the middle
            new(time, 0, name: "tip", clockStart: 1_234_567, seed: 3),
        ];
        var group = new BoardGroup(time, [.. benches.Select(b => b.Session)]);
        group.Each(board => board.Connect());
        group.Each(board => board.Configure(Bench.Servos(34)));
        group.Arm();
        var stream = new SetpointStream(group);
        stream.Start();

        const double slope = 0.1; // travel per second
        long start = stream.ExecutionTime;
        double[] errors = new double[3];
        for (int i = 0; i < 3; i++)
        {
            int which = i;
            benches[i].Board.AfterTick = now =>
            {
                double at = (now - start) * 1e-9;
                if (at is > 0.2 and < 4.8)
                {
                    errors[which] = Math.Max(errors[which], Math.Abs(benches[which].Board.Core.Channels.Command[0] / 16384.0
                        - (0.2 + slope * at)) / slope);
                }
            };
        }
        for (int step = 0; step < 260; step++)
        {
            for (int b = 0; b < 3; b++)
            {
                for (int c = 0; c < 34; c++)
                {
                    stream.Set(b, c, 0.2 + slope * (stream.ExecutionTime - start) * 1e-9);
                }
            }

            stream.Step();
        }
        Assert.All(errors, e => Assert.InRange(e, 0, 0.004));
        Assert.All(stream.GetStatistics().Boards, b => Assert.Equal((260, 0, 0), (b.FramesSent, b.MissedFrames, b.LateFrames)));
    }

    [Fact]
    public void One_board_that_refuses_to_arm_leaves_none_armed()
    {
        var time = new VirtualTime();
        Bench[] benches = [new(time, name: "base", seed: 1), new(time, name: "tip", seed: 2)];
        var group = new BoardGroup(time, [.. benches.Select(b => b.Session)]);
        group.Each(board => board.Connect());
        group.Each(board => board.Configure(Bench.Servos(8)));
        benches[1].Board.Hardware.MissingChip = 0;
        BoardException error = Assert.Throws<BoardException>(group.Arm);
        Assert.Equal(("tip", Reason.ChipMissing), (error.Board, error.Reason));
        Assert.All(benches, b => Assert.Equal(BoardState.Idle, b.Board.Core.Safety.State));
        Assert.False(benches[0].Board.Hardware.On);
    }
}
