using System.Reflection;
using Ganglion.Basics;
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
public sealed class McapWriter : IMessageSink, IDisposable
{
    /// <summary>A chunk is flushed before its records pass this size.</summary>
    public const int ChunkBytes = 64 * 1024;

    /// <summary>A chunk is flushed once its messages span this much log time.</summary>
    public const long ChunkNanoseconds = 100_000_000;

    private readonly Lock _gate = new();
    private readonly McapOutput _output;
    private readonly McapChunk _chunk = new(ChunkBytes);
    private readonly RecordBuffer _scratch = new(4096);
    private readonly McapSummary _summary = new();
    private readonly List<McapWriterChannel> _channels = [];
    private uint _dataCrc;
    private bool _closed;

    /// <summary>Starts a log on a stream, which it owns from then on.</summary>
    /// <param name="stream">Written from its present position on, taken as the file's start; need not be seekable.</param>
    public McapWriter(Stream stream)
    {
        _output = new McapOutput(stream);
        Version version = Assembly.GetExecutingAssembly().GetName().Version!;
        _scratch.Bytes(McapFormat.Magic);
        int header = _scratch.Begin(McapFormat.Header);
        _scratch.String(""); // profile: none of the well-known ones
        _scratch.String($"ganglion {version.ToString(3)}");
        _scratch.End(header);
        AppendToData(_scratch.Written);
    }

    /// <summary>Starts a log in a new file, or in a pipe or device that is there; folders on the way are made.</summary>
    /// <exception cref="IOException">There is a file of that name already, or it cannot be written.</exception>
    public static McapWriter Create(string path)
    {
        if (OutputPlace.IsStream(path))
        {
            return new McapWriter(new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0));
        }

        if (File.Exists(path))
        {
            throw new IOException($"{path}: there is a log of that name already, and logs are not overwritten. Give another name.");
        }

        string target = OutputPlace.Behind(path);
        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        return new McapWriter(new FileStream(target, FileMode.CreateNew, FileAccess.Write, FileShare.Read, bufferSize: 0));
    }

    /// <inheritdoc/>
    public ushort AddSchema(string name, string encoding, ReadOnlySpan<byte> data)
    {
        lock (_gate)
        {
            ThrowIfUnusable();
            ushort id = checked((ushort)(_summary.SchemaCount + 1));
            _scratch.Clear();
            int record = _scratch.Begin(McapFormat.Schema);
            _scratch.U16(id);
            _scratch.String(name);
            _scratch.String(encoding);
            _scratch.U32((uint)data.Length);
            _scratch.Bytes(data);
            _scratch.End(record);
            AppendToData(_scratch.Written);
            _summary.AddSchema(_scratch.Written);
            return id;
        }
    }

    /// <inheritdoc/>
    public ushort AddChannel(string topic, string messageEncoding, ushort schema = 0,
        IEnumerable<KeyValuePair<string, string>>? metadata = null)
    {
        lock (_gate)
        {
            ThrowIfUnusable();
            ArgumentOutOfRangeException.ThrowIfGreaterThan(schema, _summary.SchemaCount);
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
            _summary.AddChannel(_scratch.Written);
            _channels.Add(channel);
            return channel.Id;
        }
    }

    /// <inheritdoc/>
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
            _summary.AddMetadata(name, _output.Position, _scratch.Length);
            AppendToData(_scratch.Written);
        }
    }

    /// <inheritdoc/>
    public bool IsWanted(ushort channel) => true;

    /// <inheritdoc/>
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
            _summary.CountMessage(logTime);
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
            using (_output)
            {
                if (_output.HasFailed)
                {
                    return;
                }

                FlushChunk();
                _summary.AppendTo(_output, _channels, _dataCrc);
                _output.Flush();
            }
        }
    }

    private void FlushChunk()
    {
        if (_chunk.Messages == 0)
        {
            return;
        }

        AppendToData(_chunk.Seal(_output.Position, _channels, _summary.ChunkIndexes));
        _chunk.Clear();
        _summary.CountChunk();
    }

    private void AppendToData(ReadOnlySpan<byte> bytes)
    {
        _dataCrc = Crc32.Append(_dataCrc, bytes);
        _output.Append(bytes);
    }

    private void ThrowIfUnusable()
    {
        ObjectDisposedException.ThrowIf(_closed, this);
        _output.ThrowIfFailed();
    }
}
