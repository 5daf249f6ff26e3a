using Ganglion.Shared.Link;
using Ganglion.VirtualBoard.Boards;

namespace Ganglion.VirtualBoard.Tests.Firmware;

/// <summary>Garbage collections come when the firmware asks for them, at the end of a tick, and never by themselves in the middle of one,
/// without PSRAM and with it.</summary>
public class CollectionTests
{
    private const int Frames = 1500, BinUs = 256, LateUs = 2560;

    /// <summary>A tick of forty channels works for up to 12 ms, so that a collection of 10 ms makes the next one 2 ms late, once in 0.7 s.
    /// Left to the runtime it came within a tick's work, before its outputs had left, and took a tenth of a second with PSRAM.</summary>
    [Theory]
    [InlineData(111_000)]
    [InlineData(4_000_000)]
    public void A_stream_of_forty_channels_meets_them_between_its_ticks(int heap)
    {
        using var rig = new ArmRig(timing: new BoardTiming { HeapBytes = heap });
        rig.Arm();
        rig.Stream(60);
        rig.Host.Telemetry.Clear();
        int before = rig.Board.Collections;
        byte[] first = rig.Host.Request(MessageType.GetStatistics, [], MessageType.Statistics);
        rig.Stream(Frames);
        Assert.Equal(0, rig.Board.ForcedCollections);
        Assert.InRange(rig.Board.Collections - before, Frames / 41, Frames / 25);
        Assert.InRange(rig.Board.LongestCollection, 9_000_000, 11_000_000);

        int work = rig.Host.Telemetry.Max(telemetry => BitConverter.ToUInt16(telemetry, 10));
        Assert.True(work < 13_500, $"the longest tick worked for {work} us");
        byte[] last = rig.Host.Request(MessageType.GetStatistics, [], MessageType.Statistics);
        Assert.Equal(0, Since(MessageLayout.StatisticsOverrunsAt));
        int late = Enumerable.Range(0, MessageLayout.StatisticsJitterCount)
            .Last(bin => Since(MessageLayout.StatisticsJitterAt + 2 * bin) > 0);
        Assert.True((late + 1) * BinUs <= LateUs, $"a tick began {late * BinUs} us late or more");

        int Since(int at) => BitConverter.ToUInt16(last, at) - BitConverter.ToUInt16(first, at);
    }

    /// <summary>Converters and valves that are read back leave other garbage.</summary>
    [Fact]
    public void Pressure_loops_meet_them_between_their_ticks_too()
    {
        using var rig = new MuscleRig();
        rig.Arm();
        rig.Stream(0.4, 0.2, 20_000);
        Esp32Board board = rig.Robot.Boards[0].Board;
        Assert.Equal(0, board.ForcedCollections);
        Assert.True(board.Collections > 20);
    }
}
