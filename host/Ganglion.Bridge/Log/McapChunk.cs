using Ganglion.Bridge.Messages;
namespace Ganglion.Bridge.Log;

/// <summary>
/// The messages gathered since the last flush, laid out as one uncompressed Chunk record, and behind it one Message Index
/// record for each channel that occurs. Written to the file in one piece.
/// </summary>
internal sealed class McapChunk
{
    // Where the fields of the Chunk record lie; the four bytes before the last are the (empty) name of the compression.
    private const int LengthAt = 1, StartAt = 9, EndAt = 17, SizeAt = 25, CrcAt = 33, RecordsLengthAt = 41, RecordsAt = 49;
    private const int ExpectedMessages = 2200;

    private readonly RecordBuffer _buffer;
    // One entry a message, chained by channel in the order of writing.
    private long[] _times = new long[ExpectedMessages];
    private uint[] _offsets = new uint[ExpectedMessages];
    private int[] _next = new int[ExpectedMessages];

    public McapChunk(int capacity)
    {
        // Room for the records and, behind them, 16 bytes of index a message.
        _buffer = new RecordBuffer(RecordsAt + capacity + 16 * ExpectedMessages);
        Clear();
    }

    public int Messages { get; private set; }

    /// <summary>Earliest and latest log time in the chunk; meaningful once there is a message.</summary>
    public long Start { get; private set; }

    public long End { get; private set; }

    public int RecordBytes => _buffer.Length - RecordsAt;

    public void Add(McapWriterChannel channel, uint sequence, long logTime, long publishTime, ReadOnlySpan<byte> data)
    {
        Index(channel, logTime);
        _buffer.U8(McapFormat.Message);
        _buffer.U64((ulong)(McapFormat.MessageFieldsBytes + data.Length));
        _buffer.U16(channel.Id);
        _buffer.U32(sequence);
        _buffer.U64((ulong)logTime);
        _buffer.U64((ulong)publishTime);
        _buffer.Bytes(data);
    }

    /// <summary>Completes the chunk and notes where it lies in the chunk index.</summary>
    /// <param name="at">Where in the file the bytes will be written.</param>
    /// <returns>The chunk and its message indexes, valid until the next call.</returns>
    public ReadOnlySpan<byte> Seal(long at, List<McapWriterChannel> channels, RecordBuffer chunkIndexes)
    {
        int records = RecordBytes, chunkEnd = _buffer.Length;
        FillHeader(records);

        int entry = chunkIndexes.Begin(McapFormat.ChunkIndex);
        chunkIndexes.U64((ulong)Start);
        chunkIndexes.U64((ulong)End);
        chunkIndexes.U64((ulong)at);
        chunkIndexes.U64((ulong)chunkEnd);
        int mapLength = chunkIndexes.Skip(4);
        foreach (McapWriterChannel channel in channels)
        {
            if (channel.ChunkMessages == 0)
            {
                continue;
            }

            chunkIndexes.U16(channel.Id);
            chunkIndexes.U64((ulong)(at + _buffer.Length));
            AppendMessageIndex(channel);
        }
        chunkIndexes.PatchU32(mapLength, (uint)(chunkIndexes.Length - mapLength - 4));
        chunkIndexes.U64((ulong)(_buffer.Length - chunkEnd));
        chunkIndexes.U32(0);
        chunkIndexes.U64((ulong)records);
        chunkIndexes.U64((ulong)records);
        chunkIndexes.End(entry);
        return _buffer.Written;
    }

    public void Clear()
    {
        _buffer.Clear();
        _buffer.U8(McapFormat.Chunk);
        _buffer.Skip(RecordsAt - 1);
        Messages = 0;
    }

    private void Index(McapWriterChannel channel, long logTime)
    {
        if (Messages == _times.Length)
        {
            Array.Resize(ref _times, 2 * Messages);
            Array.Resize(ref _offsets, 2 * Messages);
            Array.Resize(ref _next, 2 * Messages);
        }
        _times[Messages] = logTime;
        _offsets[Messages] = (uint)RecordBytes;
        if (channel.ChunkMessages == 0)
        {
            channel.FirstEntry = Messages;
        }
        else
        {
            _next[channel.LastEntry] = Messages;
        }

        channel.LastEntry = Messages;
        channel.ChunkMessages++;
        Start = Messages == 0 ? logTime : Math.Min(Start, logTime);
        End = Messages == 0 ? logTime : Math.Max(End, logTime);
        Messages++;
    }

    private void FillHeader(int records)
    {
        _buffer.PatchU64(LengthAt, (ulong)(RecordsAt - McapFormat.RecordHeaderBytes + records));
        _buffer.PatchU64(StartAt, (ulong)Start);
        _buffer.PatchU64(EndAt, (ulong)End);
        _buffer.PatchU64(SizeAt, (ulong)records);
        _buffer.PatchU32(CrcAt, Crc32.Compute(_buffer.Written[RecordsAt..]));
        _buffer.PatchU64(RecordsLengthAt, (ulong)records);
    }

    private void AppendMessageIndex(McapWriterChannel channel)
    {
        _buffer.U8(McapFormat.MessageIndex);
        _buffer.U64((ulong)(2 + 4 + 16 * channel.ChunkMessages));
        _buffer.U16(channel.Id);
        _buffer.U32((uint)(16 * channel.ChunkMessages));
        for (int i = 0, entry = channel.FirstEntry; i < channel.ChunkMessages; i++, entry = _next[entry])
        {
            _buffer.U64((ulong)_times[entry]);
            _buffer.U64(_offsets[entry]);
        }
        channel.ChunkMessages = 0;
    }
}

/// <summary>What the writer keeps of a channel.</summary>
internal sealed class McapWriterChannel(ushort id)
{
    public ushort Id { get; } = id;
    public ulong Messages;

    /// <summary>Messages in the open chunk, and the ends of their chain.</summary>
    public int ChunkMessages, FirstEntry, LastEntry;
}
