using Ganglion.Bridge.Messages;
using Ganglion.Bridge.Operations;
using Ganglion.Bridge.Session;
using Ganglion.Bridge.Tests.Session;
using Ganglion.Bridge.Words;
using Ganglion.Robots.Robot;
using Ganglion.Shared.Link;
using Ganglion.Shared.Rhythms;
using Ganglion.Shared.Safety;

namespace Ganglion.Bridge.Tests.Operations;

public class EnquiryTests
{
    private static BoardReport Ask(Bench bench) => BoardEnquiry.Ask("base", bench.Wire.Open(), bench.Time);

    [Fact]
    public void A_fresh_board_says_what_it_is()
    {
        BoardReport report = Ask(new Bench());
        Assert.Equal((new Version(1, 2), 1, BoardState.Idle), (report.Identity.Firmware, report.Identity.Profile, report.Identity.State));
        Assert.Equal(0, report.Session);
        Assert.Null(report.Configuration);
        Assert.Null(report.Telemetry);
        Assert.Equal(report.Statistics.Ticks, (uint)report.Statistics.Jitter.Sum());
    }

    [Fact]
    public void Its_configuration_and_positions_are_read_back()
    {
        var bench = Bench.Armed();
        bench.Stream(1);
        BoardReport report = Ask(bench);
        Assert.Equal(
            BoardConfigEncoder.Encode(Bench.Servos(40)), BoardConfigEncoder.Encode(report.Configuration!));
        Assert.Equal(bench.Board.Core.Channels.Command, report.Positions.Select(value => (int)(value * 16384)));

        // All frames of the session but the hello that opened it; the questions do not count.
        Assert.Equal(bench.Session.LinkStatistics.FramesSent - 1, report.Statistics.Frames);
    }

    /// <summary>A board that lost its host half a second ago; asking does not bring the host back, and the reason is told.</summary>
    [Fact]
    public void A_lost_host_is_told_and_stays_lost()
    {
        var bench = Bench.Armed();
        bench.Stream(1);
        bench.Time.WaitUntil(bench.Time.NowNanoseconds + 500_000_000);
        BoardReport report = Ask(bench);
        Assert.Equal((BoardState.Safe, Reason.HostLost), (report.Identity.State, report.Identity.Reason));
        Assert.Contains("the host was lost: no frame for 400 ms", StateWords.Describe(
            "base", report.Identity.State, 0, report.Identity.Reason, report.Identity.Detail, report.Configuration));
    }

    [Fact]
    public void A_running_board_goes_on_as_if_nobody_had_asked()
    {
        // Few channels, so that the enquiry ends before the session, which nobody polls meanwhile, takes its link for lost.
        var bench = Bench.Armed(16);
        bench.Stream(0.5);
        BoardReport report = Ask(bench);
        Assert.Equal(BoardState.Running, report.Identity.State);
        Assert.Equal(DriveMode.Stream, report.Telemetry!.Mode);
        Assert.NotEqual(0, report.Session);

        // The enquiry took longer than the hold timeout: it kept nothing alive, and the session goes on by itself.
        bench.Stream(0.5);
        Assert.Equal(BoardState.Running, bench.Board.Core.Safety.State);
        Assert.True(bench.Session.IsArmed);
    }

    [Theory]
    [InlineData(0, Reason.WrongProtocol)]
    [InlineData(3, Reason.WrongDefinition)]
    public void A_board_of_another_definition_is_refused_and_asked_no_more(int flipped, byte reason)
    {
        var bench = new Bench();
        bench.Wire.ToHost.Rewrite = WireFrames.Rewriter(MessageType.Identity, payload => payload[flipped] ^= 2);
        var sent = new List<byte>();
        bench.Wire.ToBoard.Rewrite = bytes =>
        {
            sent.Add(bytes[3]);
            return bytes;
        };
        Assert.Equal(reason, Assert.Throws<BoardException>(() => Ask(bench)).Reason);
        Assert.All(sent, type => Assert.Equal(MessageType.Hello, type));
    }

    [Fact]
    public void Lost_and_damaged_bytes_are_asked_for_again()
    {
        var bench = Bench.Connected();
        bench.Wire.ToBoard.Faults = WireFrames.Noise(4, 0.002, 0.002);
        bench.Wire.ToHost.Faults = WireFrames.Noise(5, 0.002, 0.002);
        Assert.Equal(40, Ask(bench).Positions.Length);
    }

    public static TheoryData<string> ShippedRobots() =>
        [.. Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "robots"), "*.yaml").Select(file => Path.GetFileName(file))];

    [Theory]
    [MemberData(nameof(ShippedRobots))]
    public void Decoding_is_the_inverse_of_encoding(string file)
    {
        RobotDescription robot = RobotFile.Load(Path.Combine(AppContext.BaseDirectory, "robots", file));
        for (int board = 0; board < robot.Boards.Length; board++)
        {
            byte[] bytes = BoardConfigEncoder.Encode(RobotConfiguration.Of(robot, board));
            Assert.Equal(bytes, BoardConfigEncoder.Encode(BoardConfigDecoder.Decode(bytes)));
        }
    }

    [Fact]
    public void A_rhythm_is_decoded_too_and_a_block_of_another_length_is_refused()
    {
        BoardConfiguration walker = Bench.Servos(4) with
        {
            RhythmTimeout = 12,
            Oscillators = [new(0.25, 0.5, 1.5, 2.5, 2.25, 1), new(0.25, 0.5, 1.5, 2.5, 2.25)],
            Couplings = [new(1, 0, -1.5)],
            RhythmMap = [new(2, 1, RhythmOutput.Flexor, 0.5, 0.25)],
        };
        byte[] bytes = BoardConfigEncoder.Encode(walker);
        BoardConfiguration decoded = BoardConfigDecoder.Decode(bytes);
        Assert.Equal(walker.Oscillators.AsEnumerable(), decoded.Oscillators);
        Assert.Equal(walker.Couplings.AsEnumerable(), decoded.Couplings);
        Assert.Equal(walker.RhythmMap.AsEnumerable(), decoded.RhythmMap);
        Assert.Equal(12, decoded.RhythmTimeout);
        Assert.Throws<BoardException>(() => BoardConfigDecoder.Decode(bytes.AsSpan(0, bytes.Length - 1)));
        Assert.Throws<BoardException>(() => BoardConfigDecoder.Decode(bytes.AsSpan(0, 23)));
    }
}
