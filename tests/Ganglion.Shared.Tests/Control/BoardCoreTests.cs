using Ganglion.Shared.Config;
using Ganglion.Shared.Link;
using Ganglion.Shared.Motion;
using Ganglion.Shared.Safety;
using Ganglion.Shared.Sensing;
using Ganglion.Shared.Tests.Link;

namespace Ganglion.Shared.Tests.Control;

public class BoardCoreTests
{
    private static short[] All(int channels, short value) => Enumerable.Repeat(value, channels).ToArray();

    [Fact]
    public void Nothing_reaches_the_outputs_before_arming()
    {
        var bench = new BoardBench();
        bench.Open();
        Assert.Equal(0, bench.Configure(Configs.Servos(40)));
        for (int i = 0; i < 50; i++)
        {
            bench.Tick(bench.SetpointFrame(40000, All(40, 9000)));
        }

        Assert.Equal(0, bench.Hardware.Writes);
        Assert.False(bench.Hardware.On);
        Assert.All(bench.Answers.Where(a => a.Of == MessageType.Setpoint), a => Assert.Equal(Reason.WrongState, a.Reason));
    }

    [Fact]
    public void Arms_at_park_and_follows_the_stream()
    {
        var bench = BoardBench.Armed(Configs.Servos(40));
        Assert.True(bench.Hardware.On);
        Assert.All(bench.Core.Channels.Command, c => Assert.Equal(8192, c));
        for (int i = 0; i < 40; i++)
        {
            bench.Tick(bench.SetpointFrame(40000, All(40, 9000)));
        }

        Assert.Equal(BoardState.Running, bench.Core.Safety.State);
        Assert.All(bench.Core.Channels.Command, c => Assert.Equal(9000, c));
        Assert.Equal(0, bench.Core.Statistics.MissedFrames + bench.Core.Statistics.LateFrames + bench.Core.Statistics.RefusedFrames);
    }

    /// <summary>Host killed: hold within 100 ms, safe within 500 ms, latched until disarmed.</summary>
    [Fact]
    public void A_lost_host_means_hold_then_safe_latched()
    {
        BoardBench bench = Streaming(Configs.Servos(40));
        bench.Run(100);
        Assert.Equal((BoardState.Hold, Reason.StreamStarved), (bench.Core.Safety.State, bench.Core.Safety.Reason));
        Assert.True(bench.Hardware.On);
        bench.Run(400);
        Assert.Equal((BoardState.Safe, Reason.HostLost), (bench.Core.Safety.State, bench.Core.Safety.Reason));
        Assert.False(bench.Hardware.On);

        bench.Tick(bench.SetpointFrame(40000, All(40, 9000)));
        Assert.Equal(BoardState.Safe, bench.Core.Safety.State);
        Assert.Equal(Reason.LatchedSafe, bench.Arm());
        Assert.Equal(0, bench.Command(MessageType.Disarm));
        Assert.Equal(0, bench.Arm());
    }

    /// <summary>PROTOCOL.md, reasons: of LatchedSafe the detail is the latched reason, of WrongState the state, whichever command is
    /// refused.</summary>
    [Fact]
    public void Who_is_refused_for_the_boards_state_is_told_that_state_or_what_latched_it()
    {
        var bench = BoardBench.Armed(Configs.Servos(12, rhythmChannels: 12));
        bench.Run(500);
        Assert.Equal((BoardState.Safe, Reason.HostLost), (bench.Core.Safety.State, bench.Core.Safety.Reason));
        Assert.Equal((Reason.LatchedSafe, Reason.HostLost), bench.Refusal(MessageType.RhythmStart));
        Assert.Equal((Reason.LatchedSafe, Reason.HostLost), bench.Refusal(MessageType.Arm, new byte[MessageLayout.ArmLength]));
        Assert.Equal((Reason.WrongState, (int)BoardState.Safe), bench.Refusal(MessageType.ConfigBegin));
        Assert.Equal(0, bench.Command(MessageType.Disarm));
        Assert.Equal((Reason.WrongState, (int)BoardState.Idle), bench.Refusal(MessageType.RhythmStart));
    }

    [Fact]
    public void A_paused_stream_goes_on_from_hold_without_a_jump()
    {
        BoardBench bench = Streaming(Configs.Servos(2));
        for (int i = 0; i < 40; i++)
        {
            bench.Tick(bench.Frame(MessageType.Ping, 0, 0, 0, 0));
        }

        Assert.Equal(BoardState.Hold, bench.Core.Safety.State);
        int before = bench.Core.Channels.Command[0];
        bench.Tick(bench.SetpointFrame(40000, All(2, 16000)));
        Assert.Equal(BoardState.Running, bench.Core.Safety.State);
        Assert.InRange(bench.Core.Channels.Command[0] - before, 0, bench.Core.Channels.Slew[0]);
    }

    [Theory]
    [InlineData(OnSafe.Release, false)]
    [InlineData(OnSafe.Hold, true)]
    [InlineData(OnSafe.Park, true)]
    public void Safe_does_what_each_channel_says(byte onSafe, bool powered)
    {
        BoardBench bench = Streaming(Configs.Servos(3, onSafe));
        bench.Tick(bench.SetpointFrame(0, All(3, 12000)));
        int before = bench.Core.Channels.Command[0];
        Assert.Equal(0, bench.Command(MessageType.Stop));
        bench.Run(1000);
        Assert.Equal((BoardState.Safe, Reason.StoppedByHost), (bench.Core.Safety.State, bench.Core.Safety.Reason));
        Assert.Equal(powered, bench.Hardware.On);
        int expected = onSafe == OnSafe.Park ? 8192 : before;
        Assert.Equal(expected, bench.Core.Channels.Command[0]);
        if (onSafe == OnSafe.Release)
        {
            Assert.Equal(0x1000, bench.Hardware.Count(0));
        }
    }

    /// <summary>Disarm, Arm and Stop in one tick: between two looks at the state the board was powered again.</summary>
    [Fact]
    public void Safe_twice_in_a_row_releases_twice()
    {
        BoardBench bench = Streaming(Configs.Servos(3));
        Assert.Equal(0, bench.Command(MessageType.Stop));
        Assert.False(bench.Hardware.On);
        bench.Tick(bench.Frame(MessageType.Disarm), bench.Frame(MessageType.Arm, BitConverter.GetBytes(bench.Core.Store.Hash)),
            bench.Frame(MessageType.Stop));
        Assert.Equal((BoardState.Safe, Reason.StoppedByHost), (bench.Core.Safety.State, bench.Core.Safety.Reason));
        Assert.False(bench.Hardware.On);
        Assert.Equal(0x1000, bench.Hardware.Count(0));
    }

    [Fact]
    public void A_second_host_stops_motion_and_must_arm()
    {
        BoardBench bench = Streaming(Configs.Servos(2));
        bench.Tick(Frames.Make(MessageType.Hello, 43, 0, BoardBench.Hello));
        Assert.Equal((BoardState.Hold, Reason.SessionReplaced), (bench.Core.Safety.State, bench.Core.Safety.Reason));
        bench.Tick(bench.SetpointFrame(40000, All(2, 16000))); // the old host
        Assert.Equal(Reason.NoSession, bench.Answers[^1].Reason);
        bench.Tick(Frames.Setpoint(43, 1, (bench.NowUs + 60000) >> 7 & 0xFFFF, 16000, 16000));
        Assert.Equal(BoardState.Hold, bench.Core.Safety.State);
        Assert.Equal(9000, bench.Core.Channels.Command[0]);
    }

    [Fact]
    public void A_lost_chip_trips_after_three_failures()
    {
        BoardBench bench = Streaming(Configs.Servos(40));
        bench.Hardware.OnWrite = h => h.Health.Failed(2, false);
        for (int i = 0; i < 2; i++)
        {
            bench.Tick(bench.SetpointFrame(40000, All(40, 9000)));
        }

        Assert.Equal(BoardState.Running, bench.Core.Safety.State);
        bench.Tick(bench.SetpointFrame(40000, All(40, 9000)));
        bench.Tick(bench.SetpointFrame(40000, All(40, 9000)));
        Assert.Equal((BoardState.Safe, Reason.ChipLost, 2), (bench.Core.Safety.State, bench.Core.Safety.Reason, bench.Core.Safety.Detail));
    }

    [Fact]
    public void A_missing_chip_refuses_arming_and_stays_dark()
    {
        var bench = new BoardBench();
        bench.Open();
        bench.Configure(Configs.Servos(40));
        bench.Hardware.MissingChip = 1;
        Assert.Equal(Reason.ChipMissing, bench.Arm());
        Assert.False(bench.Hardware.On);
        Assert.Equal(BoardState.Idle, bench.Core.Safety.State);
    }

    [Fact]
    public void A_frozen_imu_that_is_required_trips()
    {
        BoardBench bench = Streaming(Configs.Servos(2, imu: true), h => h.Imu[2] += 1);
        Assert.Equal(BoardState.Running, bench.Core.Safety.State);
        bench.Hardware.Sense = r => r.ImuFresh = true;
        for (int i = 0; i < 30; i++)
        {
            bench.Tick(bench.SetpointFrame(40000, All(2, 9000)));
        }

        Assert.Equal((BoardState.Safe, Reason.SensorFrozen, 1), (bench.Core.Safety.State, bench.Core.Safety.Reason,
            bench.Core.Safety.Detail));
    }

    [Fact]
    public void Missed_deadlines_in_a_row_trip()
    {
        BoardBench bench = Streaming(Configs.Servos(2));
        for (int i = 0; i < 5; i++)
        {
            bench.Core.Tick(bench.NowUs += 20000, bench.NowUs / 1000, 25000);
        }

        Assert.Equal((BoardState.Safe, Reason.TickOverrun), (bench.Core.Safety.State, bench.Core.Safety.Reason));
    }

    [Fact]
    public void A_rhythm_runs_is_modulated_and_ends_at_rest()
    {
        var bench = BoardBench.Armed(Configs.Servos(12, rhythmChannels: 12));
        Assert.Equal(0, bench.Command(MessageType.RhythmStart));
        var seen = new List<int>();
        int[] before = new int[12];
        for (int i = 0; i < 300; i++)
        {
            bench.Core.Channels.Command.CopyTo(before, 0);
            bench.Tick(i % 10 == 0 ? [bench.Frame(MessageType.Ping, 0, 0, 0, 0)] : []);
            seen.Add(bench.Core.Channels.Command[0]);
            for (int c = 0; c < 12; c++)
            {
                Assert.InRange(Math.Abs(bench.Core.Channels.Command[c] - before[c]), 0, bench.Core.Channels.Slew[c]);
            }
        }

        Assert.True(seen.Max() - seen.Min() > 2000, $"it moved {seen.Max() - seen.Min()}");
        Assert.Equal(0, bench.Command(MessageType.RhythmModulate, [.. BitConverter.GetBytes((short)2048),
            .. BitConverter.GetBytes((short)4096)]));
        Assert.Equal(Reason.OutOfRange, bench.Command(MessageType.RhythmParameter, [0, 0, .. BitConverter.GetBytes(float.NaN)]));
        Assert.Equal(Reason.OutOfRange, bench.Command(MessageType.RhythmParameter, [0, 99, .. BitConverter.GetBytes(0.2f)]));
        Assert.Equal(0, bench.Command(MessageType.RhythmParameter, [0, 3, .. BitConverter.GetBytes(0.15f)]));
        Assert.Equal(0, bench.Command(MessageType.RhythmStop));
        for (int i = 0; i < 70; i++)
        {
            bench.Tick(bench.Frame(MessageType.Ping, 0, 0, 0, 0));
        }

        Assert.Equal(BoardState.Armed, bench.Core.Safety.State);
        Assert.All(bench.Core.Channels.Command, c => Assert.InRange(c, 8190, 8194));
    }

    [Fact]
    public void A_rhythm_outlives_the_host_only_as_long_as_configured()
    {
        var bench = BoardBench.Armed(Configs.Servos(12, rhythmChannels: 12, rhythmTimeoutS: 3));
        Assert.Equal(0, bench.Command(MessageType.RhythmStart));
        bench.Run(2900);
        Assert.Equal(BoardState.Running, bench.Core.Safety.State);
        bench.Run(200);
        Assert.Equal((BoardState.Safe, Reason.HostLost), (bench.Core.Safety.State, bench.Core.Safety.Reason));
        Assert.False(bench.Hardware.On);
    }

    [Fact]
    public void A_tick_allocates_nothing()
    {
        BoardBench bench = Streaming(Configs.Servos(40, imu: true), r => r.Imu[0]++);
        byte[][] frames = Enumerable.Range(0, 400).Select(i => Frames.Setpoint(BoardBench.Session, i & 0xFF,
            (bench.NowUs + 20000 * i + 60000) >> 7 & 0xFFFF, All(40, (short)(8000 + i)))).ToArray();
        int ticks = 0;
        Assert.Equal(0, Allocation.Of(() =>
        {
            for (int i = 0; i < 80; i++, ticks++)
            {
                bench.Core.Parser.Prepare();
                frames[ticks].CopyTo(bench.Core.Parser.Buffer, bench.Core.Parser.WriteOffset);
                bench.Core.Parser.Written(frames[ticks].Length);
                bench.Core.Tick(bench.NowUs += 20000, bench.NowUs / 1000, 0);
                bench.Core.Writer.Clear();
            }
        }));
        Assert.Equal(frames.Length, ticks);
        Assert.Equal(BoardState.Running, bench.Core.Safety.State);
    }

    /// <summary>A million frames with valid checksum and any content: no exception, no output outside its limits, nothing
    /// driven while not powered.</summary>
    [Fact]
    public void A_million_valid_frames_of_any_content_do_no_harm()
    {
        var bench = BoardBench.Armed(Configs.Servos(24, OnSafe.Park, imu: true, rhythmChannels: 12));
        byte[] types = [0x01, 0x02, 0x03, 0x04, 0x10, 0x11, 0x12, 0x13, 0x20, 0x21, 0x22, 0x30, 0x30, 0x30, 0x30, 0x40, 0x41, 0x42, 0x43,
            0x55, 0xFF];
        int[] lengths = [0, 2, 3, 4, 4, 6, 6, 50, 50, 50, 120, 255];
        var random = new Random(1);
        bench.Hardware.OnWrite = h =>
        {
            for (int c = 0; c < h.Image.Length / 2; c++)
            {
                int count = h.Count(c);
                Assert.True(count == 0x1000 || count <= 4095, $"count {count}");
            }
        };
        byte[] payload = new byte[255];
        int armed = 0, running = 0;
        for (int sent = 0; bench.Core.Parser.Frames < 1_000_000;)
        {
            // One more than the board handles in a tick: its buffer is full most of the time, and what has no room is lost.
            for (int k = 0; k < 5; k++, sent++)
            {
                int type = types[random.Next(types.Length)];
                int length = lengths[random.Next(lengths.Length)];
                random.NextBytes(payload);
                if (type == MessageType.Arm && random.Next(2) == 0)
                {
                    (length, _) = (4, BitConverter.TryWriteBytes(payload, bench.Core.Store.Hash));
                }

                if (type == MessageType.Setpoint && random.Next(2) == 0)
                {
                    BitConverter.TryWriteBytes(payload, (ushort)(bench.NowUs + random.Next(100000) >> 7));
                }

                if (type == MessageType.Setpoint && random.Next(2) == 0)
                {
                    length = 50;
                }

                int session = type == MessageType.Hello || random.Next(20) > 0 ? BoardBench.Session : random.Next(256);
                Append(bench, type, session, sent, payload.AsSpan(0, length));
            }

            bench.Core.Tick(bench.NowUs += 20000, bench.NowUs / 1000, 0);
            bench.Core.Writer.Clear();
            byte state = bench.Core.Safety.State;
            armed += state == BoardState.Armed ? 1 : 0;
            running += state == BoardState.Running ? 1 : 0;
            if (state is BoardState.Boot or BoardState.Idle)
            {
                Assert.False(bench.Hardware.On, "powered while idle");
            }

            ChannelTable c = bench.Core.Channels!;
            for (int i = 0; i < c.Count; i++)
            {
                Assert.True(c.Command[i] >= c.Low[i] && c.Command[i] <= c.High[i]);
            }
        }

        Assert.True(armed > 100 && running > 1000, $"the fuzz reached armed {armed} and running {running} times");
    }

    private static void Append(BoardBench bench, int type, int session, int sequence, ReadOnlySpan<byte> payload)
    {
        FrameParser parser = bench.Core.Parser;
        if (parser.Prepare() < payload.Length + 10)
        {
            return;
        }

        byte[] frame = Frames.Make(type, session, sequence & 0xFF, payload.ToArray());
        Frames.Feed(parser, frame);
    }

    /// <summary>Two boards get the same stream, then silence; one is also asked everything that can be asked, all the time.</summary>
    [Fact]
    public void Questions_without_a_session_are_answered_and_change_nothing()
    {
        BoardBench asked = Streaming(Configs.Servos(8)), left = Streaming(Configs.Servos(8));
        for (int i = 0; i < 60; i++)
        {
            asked.Answers.Clear();
            (byte[] Question, byte Answer)[] questions = i % 2 == 0
                ? [(Frames.Make(MessageType.Hello, 0, 7, BoardBench.Hello), MessageType.Identity),
                    (Frames.Make(MessageType.GetStatistics, 0, 8, []), MessageType.Statistics)]
                : [(Frames.Make(MessageType.GetPositions, 0, 9, []), MessageType.Positions),
                    (Frames.Make(MessageType.ConfigRead, 0, 10, [0, 0, 24]), MessageType.ConfigData)];
            bool streams = i < 20;
            byte[][] asking = [.. questions.Select(q => q.Question)];
            asked.Tick(streams ? [asked.SetpointFrame(40000, All(8, (short)(9000 + 50 * i))), .. asking] : asking);
            left.Tick(streams ? [left.SetpointFrame(40000, All(8, (short)(9000 + 50 * i)))] : []);

            Assert.Equal(questions.Select(q => (int)q.Answer), asked.Answers.Select(a => a.Type)
                .Where(type => type != MessageType.Telemetry));
            Assert.Equal(left.Core.Channels.Command, asked.Core.Channels.Command);
            Assert.Equal((left.Core.Safety.State, left.Core.Safety.Reason), (asked.Core.Safety.State, asked.Core.Safety.Reason));
            Assert.Equal(
                (left.Core.Statistics.Frames, left.Core.Statistics.MissedFrames), (asked.Core.Statistics.Frames,
                    asked.Core.Statistics.MissedFrames));
        }

        Assert.Equal((BoardState.Safe, Reason.HostLost), (asked.Core.Safety.State, asked.Core.Safety.Reason));
    }

    [Theory]
    [InlineData(MessageType.Ping)]
    [InlineData(MessageType.Arm)]
    [InlineData(MessageType.Disarm)]
    [InlineData(MessageType.Stop)]
    [InlineData(MessageType.ConfigBegin)]
    [InlineData(MessageType.ConfigCommit)]
    [InlineData(MessageType.Setpoint)]
    [InlineData(MessageType.RhythmStart)]
    public void Without_a_session_nothing_but_questions_is_taken(byte type)
    {
        BoardBench bench = Streaming(Configs.Servos(2));
        bench.Answers.Clear();
        bench.Tick(bench.SetpointFrame(40000, All(2, 9000)), Frames.Make(type, 0, 0, new byte[4]));
        Assert.Equal((int)Reason.NoSession, Assert.Single(bench.Answers, a => a.Type == MessageType.Nack).Reason);
        Assert.Equal(BoardState.Running, bench.Core.Safety.State);
    }

    private static BoardBench Streaming(byte[] config, Action<SensorReadings>? sense = null)
    {
        var bench = BoardBench.Armed(config);
        if (sense != null)
        {
            bench.Hardware.Sense = r => { sense(r); r.ImuFresh = true; };
        }

        for (int i = 0; i < 40; i++)
        {
            bench.Tick(bench.SetpointFrame(40000, All(bench.Core.Channels.Count, 9000)));
        }

        Assert.Equal(BoardState.Running, bench.Core.Safety.State);
        return bench;
    }
}
