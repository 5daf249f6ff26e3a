using Ganglion.Bridge.Messages;

namespace Ganglion.Bridge.Log;

/// <summary>What stands at the end of a log: schemas and channels once more, indexes, statistics. Gathered while the log runs.</summary>
internal sealed class McapSummary
{
    private const int ChunkIndexBytes = 1 << 20;

    private readonly RecordBuffer _schemas = new(4096);
    private readonly RecordBuffer _channels = new(4096);
    private readonly RecordBuffer _metadataIndexes = new(256);
    private uint _metadataCount, _chunkCount;
    private long _start, _end;
    private ulong _messages;

    /// <summary>Where a chunk's index is put when it is written.</summary>
    public RecordBuffer ChunkIndexes { get; } = new(ChunkIndexBytes);

    /// <summary>Schemas so far; their ids count from 1.</summary>
    public ushort SchemaCount { get; private set; }

    /// <param name="record">The whole record.</param>
    public void AddSchema(ReadOnlySpan<byte> record)
    {
        _schemas.Bytes(record);
        SchemaCount++;
    }

    /// <param name="record">The whole record.</param>
    public void AddChannel(ReadOnlySpan<byte> record) => _channels.Bytes(record);

    /// <param name="name">Of the metadata.</param>
    /// <param name="position">Where its record stands in the file.</param>
    /// <param name="length">Of the record, bytes.</param>
    public void AddMetadata(string name, long position, int length)
    {
        int index = _metadataIndexes.Begin(McapFormat.MetadataIndex);
        _metadataIndexes.U64((ulong)position);
        _metadataIndexes.U64((ulong)length);
        _metadataIndexes.String(name);
        _metadataIndexes.End(index);
        _metadataCount++;
    }

    /// <param name="logTime">Of the message, ns.</param>
    public void CountMessage(long logTime)
    {
        _start = _messages == 0 ? logTime : Math.Min(_start, logTime);
        _end = _messages == 0 ? logTime : Math.Max(_end, logTime);
        _messages++;
    }

    public void CountChunk() => _chunkCount++;

    /// <summary>Ends the data section and writes all that comes behind it, up to the closing magic bytes.</summary>
    /// <param name="output">The file.</param>
    /// <param name="channels">How many messages each channel had.</param>
    /// <param name="dataCrc">Checksum of the data section.</param>
    /// <exception cref="IOException">The disk failed.</exception>
    public void AppendTo(McapOutput output, List<McapWriterChannel> channels, uint dataCrc)
    {
        var scratch = new RecordBuffer(4096);
        int dataEnd = scratch.Begin(McapFormat.DataEnd);
        scratch.U32(dataCrc);
        scratch.End(dataEnd);
        output.Append(scratch.Written);

        long summaryStart = output.Position;
        uint crc = 0;
        var offsets = new RecordBuffer(256);
        AppendGroup(output, McapFormat.Schema, _schemas, offsets, ref crc);
        AppendGroup(output, McapFormat.Channel, _channels, offsets, ref crc);
        scratch.Clear();
        BuildStatistics(scratch, channels);
        AppendGroup(output, McapFormat.Statistics, scratch, offsets, ref crc);
        AppendGroup(output, McapFormat.ChunkIndex, ChunkIndexes, offsets, ref crc);
        AppendGroup(output, McapFormat.MetadataIndex, _metadataIndexes, offsets, ref crc);

        long offsetStart = output.Position;
        output.Append(offsets.Written);
        crc = Crc32.Append(crc, offsets.Written);

        scratch.Clear();
        int footer = scratch.Begin(McapFormat.Footer);
        scratch.U64((ulong)summaryStart);
        scratch.U64((ulong)offsetStart);
        int crcAt = scratch.Skip(4);
        scratch.End(footer);
        scratch.PatchU32(crcAt, Crc32.Append(crc, scratch.Written[..crcAt]));
        scratch.Bytes(McapFormat.Magic);
        output.Append(scratch.Written);
    }

    private static void AppendGroup(McapOutput output, byte type, RecordBuffer records, RecordBuffer offsets, ref uint crc)
    {
        if (records.Length == 0)
        {
            return;
        }

        int offset = offsets.Begin(McapFormat.SummaryOffset);
        offsets.U8(type);
        offsets.U64((ulong)output.Position);
        offsets.U64((ulong)records.Length);
        offsets.End(offset);
        crc = Crc32.Append(crc, records.Written);
        output.Append(records.Written);
    }

    private void BuildStatistics(RecordBuffer to, List<McapWriterChannel> channels)
    {
        int record = to.Begin(McapFormat.Statistics);
        to.U64(_messages);
        to.U16(SchemaCount);
        to.U32((uint)channels.Count);
        to.U32(0); // attachments
        to.U32(_metadataCount);
        to.U32(_chunkCount);
        to.U64((ulong)_start);
        to.U64((ulong)_end);
        int map = to.Skip(4);
        foreach (McapWriterChannel channel in channels)
        {
            to.U16(channel.Id);
            to.U64(channel.Messages);
        }

        to.PatchU32(map, (uint)(to.Length - map - 4));
        to.End(record);
    }
}
