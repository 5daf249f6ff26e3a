using System.Reflection;
using Ganglion.Bridge.Messages;

namespace Ganglion.Bridge.Log;

/// <summary>
/// Writes an MCAP log: append-only, uncompressed, in chunks of at most 64 kB or 100 ms of log time, closed by the indexes and
/// statistics that let Foxglove open it without reading it all (MCAP format specification, mcap.dev/spec).
/// <para>
/// The file carries its own name from the first byte, unlike everything else we write, which appears under its name only once
/// it is complete: a log matters most when the program did not come to its end, and each chunk on the disk can be read
/// without what should have followed.
/// </para>
/// <para>
/// Times are nanoseconds, of the Unix epoch where Foxglove should show dates. Writing a message allocates nothing, apart from
/// the chunk index in memory, which doubles now and then (about 100 bytes a chunk, 1 MB to start with). May be called from
/// several threads. When the disk fails, the call that noticed and all later ones throw IOException; the file stays readable
/// up to there.
/// </para>
/// </summary>
public sealed class McapWriter : IDisposable
{
    /// <summary>A chunk is flushed before its records pass this size.</summary>
    public const int ChunkBytes = 64 * 1024;

    /// <summary>A chunk is flushed once its messages span this much log time.</summary>
    public const long ChunkNanoseconds = 100_000_000;

    private const int ChunkIndexBytes = 1 << 20;

    private readonly Lock _gate = new();
    private readonly Stream _stream;
    private readonly McapChunk _chunk = new(ChunkBytes);
    private readonly RecordBuffer _scratch = new(4096);
    // The summary's groups grow here while the log runs.
    private readonly RecordBuffer _schemas = new(4096);
    private readonly RecordBuffer _channelRecords = new(4096);
    private readonly RecordBuffer _chunkIndexes = new(ChunkIndexBytes);
    private readonly RecordBuffer _metadataIndexes = new(256);
    private readonly List<McapWriterChannel> _channels = [];
    private ushort _schemaCount;
    private uint _metadataCount, _chunkCount;
    private long _position, _start, _end;
    private ulong _messages;
    private uint _dataCrc;
    private IOException? _failure;
    private bool _closed;

    /// <summary>Starts a log on a stream, which it owns from then on.</summary>
    /// <param name="stream">Written from its present position on, taken as the file's start; need not be seekable.</param>
    public McapWriter(Stream stream)
    {
        _stream = stream;
        Version version = Assembly.GetExecutingAssembly().GetName().Version!;
        _scratch.Bytes(McapFormat.Magic);
        int header = _scratch.Begin(McapFormat.Header);
        _scratch.String(""); // profile: none of the well-known ones
        _scratch.String($"ganglion {version.ToString(3)}");
        _scratch.End(header);
        AppendToData(_scratch.Written);
    }

    /// <summary>Starts a log in a new file; folders on the way are made.</summary>
    /// <exception cref="IOException">There is a file of that name already, or it cannot be written.</exception>
    public static McapWriter Create(string path)
    {
        if (File.Exists(path))
        {
            throw new IOException($"{path}: there is a log of that name already, and logs are not overwritten. Give another name.");
        }

        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        return new McapWriter(new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.Read, bufferSize: 0));
    }

    /// <summary>Adds a schema.</summary>
    /// <param name="name">Name of the message type, such as ganglion.Telemetry.</param>
    /// <param name="encoding">One of MCAP's well-known schema encodings, such as jsonschema.</param>
    /// <param name="data">The schema itself.</param>
    /// <returns>Its id, for <see cref="AddChannel"/>.</returns>
    public ushort AddSchema(string name, string encoding, ReadOnlySpan<byte> data)
    {
        lock (_gate)
        {
            ThrowIfUnusable();
            ushort id = checked((ushort)(_schemaCount + 1));
            _scratch.Clear();
            int record = _scratch.Begin(McapFormat.Schema);
            _scratch.U16(id);
            _scratch.String(name);
            _scratch.String(encoding);
            _scratch.U32((uint)data.Length);
            _scratch.Bytes(data);
            _scratch.End(record);
            AppendToData(_scratch.Written);
            _schemas.Bytes(_scratch.Written);
            _schemaCount = id;
            return id;
        }
    }

    /// <summary>Adds a channel: a stream of messages under one topic.</summary>
    /// <param name="topic">Such as /board/0/telemetry.</param>
    /// <param name="messageEncoding">json, or any name for bytes that readers pass on as they are.</param>
    /// <param name="schema">From <see cref="AddSchema"/>; 0 for none, which goes with opaque bytes.</param>
    /// <param name="metadata">Pairs that belong to the channel.</param>
    /// <returns>Its id, for <see cref="Write"/>.</returns>
    public ushort AddChannel(string topic, string messageEncoding, ushort schema = 0, IEnumerable<KeyValuePair<string,
        string>>? metadata = null)
    {
        lock (_gate)
        {
            ThrowIfUnusable();
            ArgumentOutOfRangeException.ThrowIfGreaterThan(schema, _schemaCount);
            var channel = new McapWriterChannel(checked((ushort)(_channels.Count + 1)));
            _scratch.Clear();
            int record = _scratch.Begin(McapFormat.Channel);
            _scratch.U16(channel.Id);
            _scratch.U16(schema);
            _scratch.String(topic);
            _scratch.String(messageEncoding);
            _scratch.Map(metadata ?? []);
            _scratch.End(record);
            AppendToData(_scratch.Written);
            _channelRecords.Bytes(_scratch.Written);
            _channels.Add(channel);
            return channel.Id;
        }
    }

    /// <summary>Adds named pairs that belong to the whole log: version, seed, hashes of inputs.</summary>
    public void AddMetadata(string name, IEnumerable<KeyValuePair<string, string>> pairs)
    {
        lock (_gate)
        {
            ThrowIfUnusable();
            _scratch.Clear();
            int record = _scratch.Begin(McapFormat.Metadata);
            _scratch.String(name);
            _scratch.Map(pairs);
            _scratch.End(record);
            int index = _metadataIndexes.Begin(McapFormat.MetadataIndex);
            _metadataIndexes.U64((ulong)_position);
            _metadataIndexes.U64((ulong)_scratch.Length);
            _metadataIndexes.String(name);
            _metadataIndexes.End(index);
            AppendToData(_scratch.Written);
            _metadataCount++;
        }
    }

    /// <summary>Adds a message.</summary>
    /// <param name="channel">From <see cref="AddChannel"/>.</param>
    /// <param name="sequence">Counts up by one a message, so that readers see gaps; 0 on every message where there is no count.</param>
    /// <param name="logTime">When it was written down, ns, 0 or later.</param>
    /// <param name="publishTime">When it came about (a board's time on the log's scale), ns, 0 or later; the log time where
    /// unknown.</param>
    /// <param name="data">In the channel's encoding.</param>
    /// <exception cref="IOException">The disk failed.</exception>
    public void Write(ushort channel, uint sequence, long logTime, long publishTime, ReadOnlySpan<byte> data)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(logTime);
        ArgumentOutOfRangeException.ThrowIfNegative(publishTime);
        lock (_gate)
        {
            ThrowIfUnusable();
            ArgumentOutOfRangeException.ThrowIfZero(channel);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(channel, _channels.Count);
            int bytes = McapFormat.RecordHeaderBytes + McapFormat.MessageFieldsBytes + data.Length;
            if (_chunk.Messages > 0 && _chunk.RecordBytes + bytes > ChunkBytes)
            {
                FlushChunk();
            }

            McapWriterChannel state = _channels[channel - 1];
            _chunk.Add(state, sequence, logTime, publishTime, data);
            _start = _messages == 0 ? logTime : Math.Min(_start, logTime);
            _end = _messages == 0 ? logTime : Math.Max(_end, logTime);
            _messages++;
            state.Messages++;

            if (_chunk.End - _chunk.Start >= ChunkNanoseconds)
            {
                FlushChunk();
            }
        }
    }

    /// <summary>Writes down what is gathered, for a pause in which no message will push it out.</summary>
    public void Flush()
    {
        lock (_gate)
        {
            ThrowIfUnusable();
            FlushChunk();
        }
    }

    /// <summary>Flushes, writes indexes and statistics, and closes the file.</summary>
    /// <exception cref="IOException">The disk failed just now; a failure that an earlier call told of is not told again.</exception>
    public void Dispose()
    {
        lock (_gate)
        {
            if (_closed)
            {
                return;
            }

            _closed = true;
            using (_stream)
            {
                if (_failure != null)
                {
                    return;
                }

                FlushChunk();
                AppendSummary();
                _stream.Flush();
            }
        }
    }

    private void FlushChunk()
    {
        if (_chunk.Messages == 0)
        {
            return;
        }

        AppendToData(_chunk.Seal(_position, _channels, _chunkIndexes));
        _chunk.Clear();
        _chunkCount++;
    }

    private void AppendSummary()
    {
        _scratch.Clear();
        int dataEnd = _scratch.Begin(McapFormat.DataEnd);
        _scratch.U32(_dataCrc);
        _scratch.End(dataEnd);
        Append(_scratch.Written);

        long summaryStart = _position;
        uint crc = 0;
        var offsets = new RecordBuffer(256);
        AppendGroup(McapFormat.Schema, _schemas, offsets, ref crc);
        AppendGroup(McapFormat.Channel, _channelRecords, offsets, ref crc);
        _scratch.Clear();
        BuildStatistics(_scratch);
        AppendGroup(McapFormat.Statistics, _scratch, offsets, ref crc);
        AppendGroup(McapFormat.ChunkIndex, _chunkIndexes, offsets, ref crc);
        AppendGroup(McapFormat.MetadataIndex, _metadataIndexes, offsets, ref crc);

        long offsetStart = _position;
        Append(offsets.Written);
        crc = Crc32.Append(crc, offsets.Written);

        _scratch.Clear();
        int footer = _scratch.Begin(McapFormat.Footer);
        _scratch.U64((ulong)summaryStart);
        _scratch.U64((ulong)offsetStart);
        int crcAt = _scratch.Skip(4);
        _scratch.End(footer);
        _scratch.PatchU32(crcAt, Crc32.Append(crc, _scratch.Written[..crcAt]));
        _scratch.Bytes(McapFormat.Magic);
        Append(_scratch.Written);
    }

    private void AppendGroup(byte type, RecordBuffer records, RecordBuffer offsets, ref uint crc)
    {
        if (records.Length == 0)
        {
            return;
        }

        int offset = offsets.Begin(McapFormat.SummaryOffset);
        offsets.U8(type);
        offsets.U64((ulong)_position);
        offsets.U64((ulong)records.Length);
        offsets.End(offset);
        crc = Crc32.Append(crc, records.Written);
        Append(records.Written);
    }

    private void BuildStatistics(RecordBuffer to)
    {
        int record = to.Begin(McapFormat.Statistics);
        to.U64(_messages);
        to.U16(_schemaCount);
        to.U32((uint)_channels.Count);
        to.U32(0); // attachments
        to.U32(_metadataCount);
        to.U32(_chunkCount);
        to.U64((ulong)_start);
        to.U64((ulong)_end);
        int map = to.Skip(4);
        foreach (McapWriterChannel channel in _channels)
        {
            to.U16(channel.Id);
            to.U64(channel.Messages);
        }
        to.PatchU32(map, (uint)(to.Length - map - 4));
        to.End(record);
    }

    private void AppendToData(ReadOnlySpan<byte> bytes)
    {
        _dataCrc = Crc32.Append(_dataCrc, bytes);
        Append(bytes);
    }

    private void Append(ReadOnlySpan<byte> bytes)
    {
        try
        {
            _stream.Write(bytes);
            _position += bytes.Length;
        }
        catch (IOException e)
        {
            _failure = new IOException($"The log could not be written at byte {_position}: {e.Message} What came before is readable. "
                + "See that the disk has room, then start a new log.", e);
            throw _failure;
        }
    }

    private void ThrowIfUnusable()
    {
        ObjectDisposedException.ThrowIf(_closed, this);
        if (_failure != null)
        {
            throw new IOException(_failure.Message, _failure);
        }
    }
}
