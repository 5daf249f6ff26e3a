using Ganglion.Bridge.Messages;
using Ganglion.Bridge.Operations;
using Ganglion.Bridge.Session;
using Ganglion.Bridge.Tests.Session;
using Ganglion.Shared.Link;
using Ganglion.Shared.Safety;

namespace Ganglion.Bridge.Tests.Operations;

public class ConfigurationTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(40)]
    [InlineData(120)]
    public void A_configuration_is_pushed_and_read_back_byte_by_byte(int channels)
    {
        var bench = Bench.Connected(channels);
        byte[] expected = BoardConfigEncoder.Encode(Bench.Servos(channels));
        Assert.Equal(BitwiseChecksum.Of(expected), bench.Board.Core.Store.Hash);
        Assert.Equal(channels, bench.Session.Identity!.Channels);
        Assert.Equal(expected, bench.Session.Await(bench.Session.ReadConfiguration()));
    }

    [Fact]
    public void Forty_channels_are_pushed_in_a_few_ticks()
    {
        var bench = new Bench();
        bench.Session.Await(bench.Session.Connect());
        long before = bench.Time.NowNanoseconds;
        bench.Session.Await(bench.Session.Configure(Bench.Servos(40)));
        Assert.InRange((bench.Time.NowNanoseconds - before) * 1e-6, 40, 120);
    }

    [Fact]
    public void What_the_board_has_already_is_not_sent_again()
    {
        var bench = Bench.Connected();
        long before = bench.Session.LinkStatistics.FramesSent;
        BoardOperation again = bench.Session.Configure(Bench.Servos(40));
        Assert.True(again.IsDone);
        Assert.Equal(before, bench.Session.LinkStatistics.FramesSent);
    }

    /// <summary>Over a line that loses and flips bytes the board has the old configuration or the new one, and at last the new
    /// one.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public void All_or_nothing_over_a_bad_line(int seed)
    {
        var bench = Bench.Connected(8);
        uint old = bench.Board.Core.Store.Hash;
        byte[] wanted = BoardConfigEncoder.Encode(Bench.Servos(40));
        uint hash = BitwiseChecksum.Of(wanted);
        bench.Board.AfterTick = _ =>
        {
            Assert.True(bench.Board.Core.Store.Hash == old || bench.Board.Core.Store.Hash == hash);
            Assert.Equal(bench.Board.Core.Store.Hash == old ? 8 : 40, bench.Board.Core.Channels.Count);
        };
        bench.Wire.ToBoard.Faults = WireFrames.Noise(seed, 0.001, 0.0005);
        bench.Wire.ToHost.Faults = WireFrames.Noise(seed + 100, 0.001, 0.0005);
        bench.Session.Await(bench.Session.Configure(Bench.Servos(40)));
        Assert.Equal(hash, bench.Board.Core.Store.Hash);
        Assert.Equal(hash, bench.Session.Identity!.ConfigHash);
        Assert.True(bench.Board.Core.Parser.GarbageBytes + bench.Session.LinkStatistics.BytesSent > 0);
    }

    [Theory]
    [InlineData(MessageType.ConfigBegin)]
    [InlineData(MessageType.ConfigBlock)]
    [InlineData(MessageType.ConfigCommit)]
    public void A_lost_message_is_made_good(byte type)
    {
        var bench = new Bench();
        bench.Session.Await(bench.Session.Connect());
        bench.Wire.ToBoard.Rewrite = WireFrames.Loser(type, 1);
        bench.Session.Await(bench.Session.Configure(Bench.Servos(40)));
        Assert.Equal(40, bench.Board.Core.Channels.Count);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(10)]
    public void Lost_answers_are_made_good(int count)
    {
        var bench = new Bench();
        bench.Session.Await(bench.Session.Connect());
        bench.Wire.ToHost.Rewrite = WireFrames.Loser(MessageType.Ack, count);
        bench.Session.Await(bench.Session.Configure(Bench.Servos(40)));
        Assert.Equal(40, bench.Board.Core.Channels.Count);
    }

    /// <summary>A board that says nonsense of what it has: no number it sends may break the host, and it is not armed.</summary>
    [Theory]
    [InlineData(0xFFFFFFFFu, "it says that it has 4294967295 bytes of a configuration of ")]
    [InlineData(0x80000000u, "it says that it has 2147483648 bytes of a configuration of ")]
    public void Nonsense_in_an_acknowledgement_is_told_in_words(uint value, string told)
    {
        var bench = new Bench();
        bench.Session.Await(bench.Session.Connect());
        bench.Wire.ToHost.Rewrite = Acknowledging(MessageType.ConfigBlock, value);
        BoardException error = Assert.Throws<BoardException>(() => bench.Session.Await(bench.Session.Configure(Bench.Servos(40))));
        Assert.Contains(told, error.Message);
        bench.Wire.ToHost.Rewrite = null;
        Assert.Throws<BoardException>(() => bench.Session.Await(bench.Session.Arm()));
    }

    /// <summary>Of a commit the value is the hash: a board that acknowledges another one has not got what was sent.</summary>
    [Fact]
    public void A_nonsense_hash_is_no_configuration()
    {
        var bench = new Bench();
        bench.Session.Await(bench.Session.Connect());
        bench.Wire.ToHost.Rewrite = Acknowledging(MessageType.ConfigCommit, 0xFFFFFFFF);
        BoardException error = Assert.Throws<BoardException>(() => bench.Session.Await(bench.Session.Configure(Bench.Servos(40))));
        Assert.Contains("Push it again", error.Message);
    }

    private static Func<byte[], byte[]> Acknowledging(byte type, uint value) => WireFrames.Rewriter(MessageType.Ack, payload =>
    {
        if (payload[0] == type)
        {
            BitConverter.GetBytes(value).CopyTo(payload, 2);
        }
    });

    [Fact]
    public void A_push_that_ends_in_the_middle_leaves_the_old_configuration()
    {
        var bench = Bench.Connected(8);
        uint old = bench.Board.Core.Store.Hash;
        bench.Wire.ToBoard.Rewrite = WireFrames.Loser(MessageType.ConfigCommit, int.MaxValue);
        BoardException error = Assert.Throws<BoardException>(() => bench.Session.Await(bench.Session.Configure(Bench.Servos(40))));
        Assert.Contains("still has its old configuration", error.Message);
        Assert.Equal(old, bench.Board.Core.Store.Hash);
        Assert.Equal(8, bench.Board.Core.Channels.Count);

        // The host wants the new one, so it must not arm with the old one either.
        bench.Wire.ToBoard.Rewrite = null;
        Assert.Equal(Reason.ConfigChecksum, Assert.Throws<BoardException>(() => bench.Session.Await(bench.Session.Arm())).Reason);
    }

    [Fact]
    public void A_configuration_for_another_kind_of_board_is_refused_in_words()
    {
        var bench = new Bench();
        bench.Session.Await(bench.Session.Connect());
        BoardException error = Assert.Throws<BoardException>(() =>
            bench.Session.Await(bench.Session.Configure(Bench.Servos(4, profile: 2))));
        Assert.Equal((Reason.ConfigInvalid, ConfigField.Profile), (error.Reason, error.Aspect));
        Assert.Contains("pin profile", error.Message);
        Assert.Null(bench.Board.Core.Store.Config);
    }

    [Fact]
    public void An_armed_board_keeps_its_configuration()
    {
        var bench = Bench.Armed(8);
        uint old = bench.Board.Core.Store.Hash;
        BoardException error = Assert.Throws<BoardException>(() => bench.Session.Await(bench.Session.Configure(Bench.Servos(40))));
        Assert.Equal((Reason.WrongState, (int)BoardState.Armed), (error.Reason, error.Detail));
        Assert.Equal(old, bench.Board.Core.Store.Hash);
    }

    [Fact]
    public void A_missing_chip_is_named()
    {
        var bench = Bench.Connected();
        bench.Board.Hardware.MissingChip = 2;
        BoardException error = Assert.Throws<BoardException>(() => bench.Session.Await(bench.Session.Arm()));
        Assert.Contains("chip 2 'pwm2' (address 0x42, bus 1) does not answer", error.Message);
        Assert.False(bench.Board.Hardware.On);
    }

    /// <summary>The driver gives a blocked bus up after a second, and until then the board is deaf.</summary>
    [Fact]
    public void A_chip_that_blocks_its_bus_is_named_and_not_taken_for_a_lost_board()
    {
        var bench = Bench.Connected();
        bench.Board.Hardware.MissingChip = 1;
        bench.Board.Hardware.ProbeStalls = 1_000_000_000;
        BoardException error = Assert.Throws<BoardException>(() => bench.Session.Await(bench.Session.Arm()));
        Assert.Equal((Reason.ChipMissing, 1), (error.Reason, error.Detail));
        Assert.Equal(SessionPhase.Ready, bench.Session.Phase);
        Assert.DoesNotContain(bench.Events, e => e.Kind == BoardEventKind.LinkLost);
    }

    [Fact]
    public void Arming_needs_a_configuration_of_this_session()
    {
        var bench = new Bench();
        bench.Session.Await(bench.Session.Connect());
        Assert.Equal(Reason.NotConfigured, Assert.Throws<BoardException>(() => bench.Session.Arm()).Reason);
    }

    [Theory]
    [InlineData(MessageType.Arm, true)]
    [InlineData(MessageType.Ack, false)]
    public void Arming_works_once_also_when_command_or_answer_is_lost(byte type, bool toBoard)
    {
        var bench = Bench.Connected();
        (toBoard ? bench.Wire.ToBoard : bench.Wire.ToHost).Rewrite = WireFrames.Loser(type, 1);
        bench.Session.Await(bench.Session.Arm());
        Assert.True(bench.Session.IsArmed);
        Assert.Equal(BoardState.Armed, bench.Board.Core.Safety.State);
    }

    [Fact]
    public void Statistics_and_positions_are_read()
    {
        var bench = Bench.Armed();
        bench.Stream(1.0);
        BoardStatistics statistics = bench.Session.Await(bench.Session.GetStatistics());
        Assert.InRange(statistics.Frames, 55u, 100u);
        Assert.Equal(3, statistics.ChipErrors.Length);
        Assert.Equal(statistics.Ticks, (uint)statistics.Jitter.Sum());
        bench.Poll(300); // holds: nothing moves any more
        double[] positions = bench.Session.Await(bench.Session.GetPositions());
        Assert.Equal(Array.ConvertAll(bench.Board.Core.Channels.Command, c => c / 16384.0), positions);
    }
}
