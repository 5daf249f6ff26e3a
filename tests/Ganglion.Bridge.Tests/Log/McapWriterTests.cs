using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using Ganglion.Bridge.Log;

namespace Ganglion.Bridge.Tests.Log;

/// <summary>The bytes of a log against the MCAP format specification, by a walk of its own and .NET's zlib for checksums.</summary>
public class McapWriterTests
{
    private sealed record Record(byte Type, int Start, byte[] Content)
    {
        public int End => Start + 9 + Content.Length;
        public ulong U64(int at) => BinaryPrimitives.ReadUInt64LittleEndian(Content.AsSpan(at));
        public uint U32(int at) => BinaryPrimitives.ReadUInt32LittleEndian(Content.AsSpan(at));
        public ushort U16(int at) => BinaryPrimitives.ReadUInt16LittleEndian(Content.AsSpan(at));
    }

    private static List<Record> Records(ReadOnlySpan<byte> bytes, int from, int to)
    {
        var records = new List<Record>();
        while (from < to)
        {
            int length = checked((int)BinaryPrimitives.ReadUInt64LittleEndian(bytes[(from + 1)..]));
            records.Add(new Record(bytes[from], from, bytes.Slice(from + 9, length).ToArray()));
            from += 9 + length;
        }
        Assert.Equal(to, from);
        return records;
    }

    // RFC 1952: a gzip member ends with the CRC-32 of what it holds, and its length.
    private static uint ZlibCrc(ReadOnlySpan<byte> data)
    {
        var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(data);
        }

        return BinaryPrimitives.ReadUInt32LittleEndian(packed.ToArray().AsSpan()[^8..]);
    }

    [Fact]
    public void A_log_has_the_layout_of_the_specification()
    {
        List<SampleLog.Entry> entries = SampleLog.Entries(40);
        byte[] bytes = SampleLog.Bytes(entries);
        byte[] magic = [0x89, 0x4D, 0x43, 0x41, 0x50, 0x30, 0x0D, 0x0A];
        Assert.Equal(magic, bytes[..8]);
        Assert.Equal(magic, bytes[^8..]);

        List<Record> records = Records(bytes, 8, bytes.Length - 8);
        Assert.Equal(0x01, records[0].Type);
        Assert.Equal(0x02, records[^1].Type);
        Record dataEnd = records.Single(r => r.Type == 0x0F);
        Assert.Equal(ZlibCrc(bytes.AsSpan(0, dataEnd.Start)), dataEnd.U32(0));

        // Footer: summary right behind DataEnd, offsets behind the summary, CRC up to its own field.
        Record footer = records[^1];
        Assert.Equal((ulong)dataEnd.End, footer.U64(0));
        Assert.Equal((ulong)records.First(r => r.Type == 0x0E).Start, footer.U64(8));
        Assert.Equal(ZlibCrc(bytes.AsSpan(dataEnd.End, footer.Start + 9 + 16 - dataEnd.End)), footer.U32(16));

        // Every summary record is in the group that a summary offset names, and the groups hold one type each.
        List<Record> summary = [.. records.Where(r => r.Start >= dataEnd.End && r.Type is not (0x0E or 0x02))];
        List<Record> offsets = [.. records.Where(r => r.Type == 0x0E)];
        Assert.Equal(summary.Select(r => r.Type).Distinct(), offsets.Select(r => r.Content[0]));
        foreach (Record offset in offsets)
        {
            int start = (int)offset.U64(1), end = start + (int)offset.U64(9);
            Assert.All(Records(bytes, start, end), r => Assert.Equal(offset.Content[0], r.Type));
        }
        Assert.Equal(summary.Count, offsets.Sum(o => Records(bytes, (int)o.U64(1), (int)(o.U64(1) + o.U64(9))).Count));
    }

    [Fact]
    public void Chunks_and_their_indexes_lead_to_every_message()
    {
        List<SampleLog.Entry> entries = SampleLog.Entries(40);
        byte[] bytes = SampleLog.Bytes(entries);
        List<Record> records = Records(bytes, 8, bytes.Length - 8);
        List<Record> chunkIndexes = [.. records.Where(r => r.Type == 0x08)];
        Assert.Equal(records.Where(r => r.Type == 0x06).Select(r => (ulong)r.Start), chunkIndexes.Select(i => i.U64(16)));
        Assert.True(chunkIndexes.Count > 3);

        var found = new List<string>();
        foreach (Record index in chunkIndexes)
        {
            Record chunk = records.Single(r => r.Start == (int)index.U64(16));
            Assert.Equal((ulong)(chunk.End - chunk.Start), index.U64(24));
            Assert.Equal(0u, chunk.U32(28)); // compression: ""
            byte[] inside = chunk.Content[40..];
            Assert.Equal((ulong)inside.Length, chunk.U64(16));
            Assert.Equal((ulong)inside.Length, chunk.U64(32));
            Assert.Equal(ZlibCrc(inside), chunk.U32(24));
            List<Record> messages = Records(inside, 0, inside.Length);
            Assert.Equal(messages.Min(m => m.U64(6)), chunk.U64(0));
            Assert.Equal(messages.Max(m => m.U64(6)), chunk.U64(8));
            Assert.Equal((chunk.U64(0), chunk.U64(8)), (index.U64(0), index.U64(8)));
            Assert.InRange(messages.Max(m => m.U64(6)) - messages.Min(m => m.U64(6)), 0u, 115_000_000u);

            // chunk index: map of u16 channel -> u64 offset of its message index
            int mapBytes = (int)index.U32(32);
            int indexed = 0;
            for (int at = 36; at < 36 + mapBytes; at += 10)
            {
                Record messageIndex = records.Single(r => r.Start == (int)index.U64(at + 2));
                Assert.Equal(0x07, messageIndex.Type);
                Assert.Equal(index.U16(at), messageIndex.U16(0));
                for (int entry = 6; entry < 6 + (int)messageIndex.U32(2); entry += 16, indexed++)
                {
                    Record message = messages.Single(m => m.Start == (int)messageIndex.U64(entry + 8));
                    Assert.Equal(0x05, message.Type);
                    Assert.Equal(messageIndex.U16(0), message.U16(0));
                    Assert.Equal(messageIndex.U64(entry), message.U64(6));
                    found.Add($"{message.U64(6)} {message.U64(14)} {message.U32(2)} {Convert.ToHexString(message.Content[22..])}");
                }
            }
            Assert.Equal(messages.Count, indexed);
        }
        found.Sort(StringComparer.Ordinal);
        Assert.Equal(entries.Select(e => $"{e.LogTime} {e.PublishTime} {e.Sequence} {Convert.ToHexString(e.Data)}"), found);
    }

    [Fact]
    public void Statistics_count_what_is_there()
    {
        List<SampleLog.Entry> entries = SampleLog.Entries(40);
        byte[] bytes = SampleLog.Bytes(entries);
        List<Record> records = Records(bytes, 8, bytes.Length - 8);
        Record statistics = records.Single(r => r.Type == 0x0B);
        Assert.Equal(40ul, statistics.U64(0));
        Assert.Equal(1, statistics.U16(8)); // schemas
        Assert.Equal(2u, statistics.U32(10)); // channels
        Assert.Equal(0u, statistics.U32(14)); // attachments
        Assert.Equal(1u, statistics.U32(18)); // metadata
        Assert.Equal((uint)records.Count(r => r.Type == 0x06), statistics.U32(22));
        Assert.Equal((ulong)entries[0].LogTime, statistics.U64(26));
        Assert.Equal((ulong)entries[^1].LogTime, statistics.U64(34));
        Assert.Equal(20u, statistics.U32(42));
        Assert.Equal((1, 20ul, 2, 20ul), (statistics.U16(46), statistics.U64(48), statistics.U16(56), statistics.U64(58)));

        Record metadataIndex = records.Single(r => r.Type == 0x0D);
        Record metadata = records.Single(r => r.Type == 0x0C);
        Assert.Equal(((ulong)metadata.Start, (ulong)(metadata.End - metadata.Start)), (metadataIndex.U64(0), metadataIndex.U64(8)));
    }

    [Fact]
    public void A_log_without_messages_is_whole()
    {
        byte[] bytes = SampleLog.Bytes([]);
        (List<SampleLog.Entry> read, LogEnd end) = SampleLog.Read(bytes);
        Assert.Empty(read);
        Assert.Equal(LogEndKind.Complete, end.Kind);
    }

    [Fact]
    public void Messages_reach_the_file_after_100_ms_of_log_time()
    {
        var stream = new MemoryStream();
        using var writer = new McapWriter(stream);
        ushort channel = writer.AddChannel("/t", "application/octet-stream");
        long before = stream.Length;
        writer.Write(channel, 0, 1_000, 0, [1]);
        writer.Write(channel, 1, 1_000 + 99_999_999, 0, [2]);
        Assert.Equal(before, stream.Length);
        writer.Write(channel, 2, 1_000 + 100_000_000, 0, [3]);
        Assert.Equal([1, 2, 3], SampleLog.Read(stream.ToArray()).Entries.Select(e => (int)e.Data[0]));
        writer.Write(channel, 3, 1_000 + 100_000_001, 0, [4]);
        writer.Flush();
        Assert.Equal([1, 2, 3, 4], SampleLog.Read(stream.ToArray()).Entries.Select(e => (int)e.Data[0]));
    }

    [Fact]
    public void Messages_reach_the_file_before_64_kB_and_larger_ones_alone()
    {
        var stream = new MemoryStream();
        byte[] data = new byte[1000];
        using var writer = new McapWriter(stream);
        ushort channel = writer.AddChannel("/t", "application/octet-stream");
        for (uint i = 0; i < 200; i++)
        {
            long flushed = stream.Length;
            writer.Write(channel, i, 5, 5, data);
            Assert.True(stream.Length - flushed <= McapWriter.ChunkBytes * 2);
        }
        writer.Write(channel, 200, 5, 5, new byte[300_000]);
        writer.Write(channel, 201, 5, 5, data);
        writer.Dispose();
        byte[] bytes = stream.ToArray();
        List<Record> chunks = [.. Records(bytes, 8, bytes.Length - 8).Where(r => r.Type == 0x06)];
        Assert.Equal([63, 63, 63, 11, 1, 1], chunks.Select(c => Records(c.Content.AsSpan(40), 0, c.Content.Length - 40).Count));
        Assert.Equal(202, SampleLog.Read(bytes).Entries.Count);
    }

    // Takes so many bytes, then has no room, as a full disk.
    private sealed class SmallDisk(int room) : MemoryStream
    {
        public override void Write(ReadOnlySpan<byte> buffer)
        {
            int fits = (int)Math.Min(buffer.Length, room - Length);
            base.Write(buffer[..fits]);
            if (fits < buffer.Length)
            {
                throw new IOException("No space left on device.");
            }
        }
    }

    [Fact]
    public void A_full_disk_is_told_once_with_a_remedy_and_what_fitted_stays_readable()
    {
        List<SampleLog.Entry> entries = SampleLog.Entries(200);
        var disk = new SmallDisk(3000);
        var writer = new McapWriter(disk);
        IOException failure = Assert.Throws<IOException>(() => SampleLog.Write(writer, entries));
        Assert.Contains("No space left on device", failure.Message);
        Assert.Contains("disk has room", failure.Message);
        Assert.Throws<IOException>(() => writer.Write(1, 0, 0, 0, [1]));
        writer.Dispose();

        (List<SampleLog.Entry> read, LogEnd end) = SampleLog.Read(disk.ToArray());
        Assert.Equal(LogEndKind.Truncated, end.Kind);
        Assert.NotEmpty(read);
        SampleLog.AssertSame(entries.Take(read.Count), read);
    }

    [Fact]
    public void A_log_is_not_overwritten()
    {
        string folder = Directory.CreateTempSubdirectory("ganglion-log").FullName;
        try
        {
            string path = Path.Combine(folder, "runs", "a.mcap");
            McapWriter.Create(path).Dispose();
            Assert.Contains("already", Assert.Throws<IOException>(() => McapWriter.Create(path)).Message);
            using var reader = McapReader.Open(path);
            Assert.False(reader.ReadMessage());
            Assert.Equal(LogEndKind.Complete, reader.End!.Kind);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void Wrong_use_is_refused()
    {
        var writer = new McapWriter(new MemoryStream());
        ushort channel = writer.AddChannel("/t", "json");
        Assert.Throws<ArgumentOutOfRangeException>(() => writer.Write(0, 0, 0, 0, []));
        Assert.Throws<ArgumentOutOfRangeException>(() => writer.Write(2, 0, 0, 0, []));
        Assert.Throws<ArgumentOutOfRangeException>(() => writer.Write(channel, 0, -1, 0, []));
        Assert.Throws<ArgumentOutOfRangeException>(() => writer.AddChannel("/u", "json", schema: 1));
        writer.Dispose();
        Assert.Throws<ObjectDisposedException>(() => writer.Write(channel, 0, 0, 0, []));
    }

    [Fact]
    public void Several_threads_may_write()
    {
        var stream = new MemoryStream();
        using (var writer = new McapWriter(stream))
        {
            ushort[] channels = [.. Enumerable.Range(0, 4).Select(i => writer.AddChannel($"/board/{i}", "application/octet-stream"))];
            Parallel.ForEach(channels, channel =>
            {
                for (uint i = 0; i < 500; i++)
                {
                    writer.Write(channel, i, i * 2_000_000L, 0, Encoding.ASCII.GetBytes($"{channel}:{i}"));
                }
            });
        }
        (List<SampleLog.Entry> read, LogEnd end) = SampleLog.Read(stream.ToArray());
        Assert.Equal(LogEndKind.Complete, end.Kind);
        Assert.Equal(2000, read.Count);
        foreach (IGrouping<string, SampleLog.Entry> board in read.GroupBy(e => e.Topic))
        {
            Assert.Equal(Enumerable.Range(0, 500).Select(i => (uint)i), board.Select(e => e.Sequence));
        }
    }
}
