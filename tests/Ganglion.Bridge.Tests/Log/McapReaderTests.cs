using System.IO.Pipes;
using Ganglion.Bridge.Log;
namespace Ganglion.Bridge.Tests.Log;

public class McapReaderTests
{
    private static readonly List<SampleLog.Entry> Entries = SampleLog.Entries(24);
    private static readonly byte[] Whole = SampleLog.Bytes(Entries);

    // Where each message's record ends in the file, found by its data, which occurs once.
    private static readonly int[] Ends = [.. Entries.Select(e => Whole.AsSpan().IndexOf(e.Data) + e.Data.Length)];

    [Fact]
    public void A_whole_log_gives_back_what_was_written()
    {
        using var reader = new McapReader(new MemoryStream(Whole), "sample");
        while (reader.ReadMessage()) { }
        Assert.Equal(LogEndKind.Complete, reader.End!.Kind);
        Assert.Equal(Whole.Length, reader.End.At);
        Assert.Equal("42", Assert.Single(reader.Metadata).Pairs["seed"]);
        McapChannel tip = reader.Channels[1], sent = reader.Channels[2];
        Assert.Equal(("/arm/tip", "json"), (tip.Topic, tip.MessageEncoding));
        Assert.Equal(("ganglion.Tip", "jsonschema"), (reader.Schemas[tip.SchemaId].Name, reader.Schemas[tip.SchemaId].Encoding));
        Assert.Equal(SampleLog.Schema, System.Text.Encoding.UTF8.GetString(reader.Schemas[tip.SchemaId].Data));
        Assert.Equal((0, "921600"), (sent.SchemaId, sent.Metadata["baud"]));
        SampleLog.AssertSame(Entries, SampleLog.Read(Whole).Entries);
    }

    /// <summary>Such as a log that a shell reads from another machine: a pipe cannot tell its length.</summary>
    [Fact]
    public void A_pipe_is_refused_in_words()
    {
        using var pipe = new AnonymousPipeServerStream(PipeDirection.Out);
        string path = $"/proc/self/fd/{pipe.GetClientHandleAsString()}";
        Assert.Contains("a pipe or a device", Assert.Throws<IOException>(() => McapReader.Open(path)).Message);
    }

    [Fact]
    public void A_log_cut_at_any_byte_yields_exactly_the_whole_messages_before_the_cut()
    {
        for (int cut = 0; cut < Whole.Length; cut++)
        {
            (List<SampleLog.Entry> read, LogEnd end) = SampleLog.Read(Whole[..cut]);
            Assert.Equal(LogEndKind.Truncated, end.Kind);
            Assert.InRange(end.At, 0, cut);
            Assert.StartsWith($"Truncated at byte {end.At}: ", end.ToString());
            Assert.Equal(Ends.Count(e => e <= cut), read.Count);
            SampleLog.AssertSame(Entries.Take(read.Count), read);
        }
    }

    [Fact]
    public void A_wrong_byte_anywhere_is_noticed_and_never_throws()
    {
        for (int at = 8; at < Whole.Length; at++)
        {
            foreach (byte flip in new byte[] { 0x01, 0x80, 0xFF })
            {
                byte[] bytes = [.. Whole];
                bytes[at] ^= flip;
                (List<SampleLog.Entry> read, LogEnd end) = SampleLog.Read(bytes);
                Assert.True(end.Kind != LogEndKind.Complete, $"byte {at} ^ {flip:X2} went unnoticed");
                Assert.True(read.Count <= Entries.Count);
            }
        }
    }

    [Fact]
    public void Behind_a_damaged_chunk_reading_goes_on()
    {
        byte[] bytes = [.. Whole];
        int victim = 2;
        bytes[Ends[victim] - 1] ^= 0x10;
        (List<SampleLog.Entry> read, LogEnd end) = SampleLog.Read(bytes);
        Assert.Equal(LogEndKind.Damaged, end.Kind);
        Assert.Contains("checksum", end.What);
        Assert.InRange(end.At, 8, Ends[victim]);
        // One chunk of 8 messages (15 ms apart, 100 ms a chunk) is lost, no more.
        SampleLog.AssertSame(Entries.Skip(8), read);
    }

    [Fact]
    public void Random_bytes_behind_the_magic_never_throw()
    {
        var random = new Random(5);
        for (int run = 0; run < 2000; run++)
        {
            byte[] bytes = new byte[random.Next(8, 400)];
            random.NextBytes(bytes);
            Whole.AsSpan(0, 8).CopyTo(bytes);
            // Plausible types and small lengths reach further than noise alone.
            for (int at = 8; run % 2 == 0 && at + 9 < bytes.Length; at += 9 + bytes[at + 1])
            {
                bytes[at] = (byte)random.Next(1, 0x10);
                bytes.AsSpan(at + 2, 7).Clear();
                bytes[at + 1] &= 0x3F;
            }
            Assert.NotEqual(LogEndKind.Complete, SampleLog.Read(bytes).End.Kind);
        }
    }

    [Fact]
    public void Other_files_are_named_as_no_log()
    {
        NotALogException error = Assert.Throws<NotALogException>(() => new McapReader(new MemoryStream("joint,angle\n1,2\n"u8.ToArray()),
            "notes.csv"));
        Assert.StartsWith("notes.csv: this is not an MCAP log", error.Message);
    }

    [Fact]
    public void A_log_can_be_read_while_it_is_written()
    {
        string folder = Directory.CreateTempSubdirectory("ganglion-log").FullName;
        try
        {
            string path = Path.Combine(folder, "live.mcap");
            using var writer = McapWriter.Create(path);
            SampleLog.Write(writer, Entries);
            writer.Flush();
            var summary = LogSummary.Of(path);
            Assert.Equal(Entries.Count, summary.Messages);
            Assert.Equal((LogEndKind.Truncated, summary.FileBytes), (summary.End.Kind, summary.End.At));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
