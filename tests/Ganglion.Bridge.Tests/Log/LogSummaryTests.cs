using Ganglion.Bridge.Log;
namespace Ganglion.Bridge.Tests.Log;

public class LogSummaryTests
{
    private static LogSummary Summarise(Action<McapWriter> write)
    {
        var stream = new MemoryStream();
        using (var writer = new McapWriter(stream))
        {
            write(writer);
        }

        using var reader = new McapReader(new MemoryStream(stream.ToArray()), "sample");
        return LogSummary.Of(reader);
    }

    [Fact]
    public void Counts_rates_bytes_and_gaps_of_each_channel()
    {
        LogSummary summary = Summarise(writer =>
        {
            ushort stream = writer.AddChannel("/board/0/sent", "application/octet-stream");
            ushort rare = writer.AddChannel("/a/figures", "json");
            writer.AddChannel("/never", "json");
            // 50 Hz for two seconds, with frames 30 to 34 lost.
            for (uint i = 0; i <= 100; i++)
            {
                if (i is < 30 or > 34)
                {
                    writer.Write(stream, i, 1_000_000_000 + i * 20_000_000L, 0, new byte[88]);
                }
            }
            writer.Write(rare, 0, 500_000_000, 0, "{}"u8);
        });
        Assert.Equal(LogEndKind.Complete, summary.End.Kind);
        Assert.Equal(97, summary.Messages);
        Assert.Equal(2.5, summary.DurationSeconds, 12);
        Assert.Equal(["/a/figures", "/board/0/sent", "/never"], summary.Channels.Select(c => c.Topic));

        ChannelSummary sent = summary.Channels[1];
        Assert.Equal((96L, 96 * 88L, 5L, 120_000_000L), (sent.Messages, sent.Bytes, sent.Missing, sent.LongestGapNs));
        Assert.Equal(95 / 2.0, sent.RateHz, 9);
        Assert.Equal((1L, 0.0), (summary.Channels[0].Messages, summary.Channels[0].RateHz));
        Assert.Equal((0L, 0.0, 0L), (summary.Channels[2].Messages, summary.Channels[2].RateHz, summary.Channels[2].Missing));
    }

    [Fact]
    public void Sequence_numbers_wrap_and_restart_without_counting_as_loss()
    {
        LogSummary summary = Summarise(writer =>
        {
            ushort wraps = writer.AddChannel("/wraps", "x"), restarts = writer.AddChannel("/restarts", "x"), none =
                writer.AddChannel("/uncounted", "x");
            uint[] counts = [uint.MaxValue - 1, uint.MaxValue, 0, 1, 4];
            uint[] restarted = [7, 8, 0, 1, 2];
            for (int i = 0; i < 5; i++)
            {
                writer.Write(wraps, counts[i], i, i, []);
                writer.Write(restarts, restarted[i], i, i, []);
                writer.Write(none, 0, i, i, []);
            }
        });
        Assert.Equal([("/restarts", 0L), ("/uncounted", 0L), ("/wraps", 2L)], summary.Channels.Select(c => (c.Topic, c.Missing)));
    }

    [Fact]
    public void An_empty_log_has_no_duration()
    {
        LogSummary summary = Summarise(_ => { });
        Assert.Equal((0L, 0.0), (summary.Messages, summary.DurationSeconds));
    }
}
