using System.Buffers.Binary;
using Ganglion.Bridge.Messages;

namespace Ganglion.Bridge.Log;

/// <summary>
/// Reads an MCAP log from front to back, also one that was cut off anywhere or is still being written: every whole message
/// comes out, and <see cref="End"/> says how the file ended. Checksums are verified where the file has them. Reads any
/// uncompressed MCAP; a compressed chunk is reported as damage with the way to unpack it.
/// </summary>
public sealed class McapReader : IDisposable
{
    private const long MostRecordBytes = 1 << 28; // taken into memory; chunks of other writers have some megabytes

    private readonly Stream _stream;
    private readonly long _length;
    private readonly McapContents _contents = new();

    private byte[] _record = new byte[128 * 1024];
    private long _position; // of the next record in the file
    private uint _crc; // of all bytes before _position, restarted after the DataEnd record
    private bool _inSummary, _sawFooter;

    // The part of _record that holds the rest of an opened chunk, and where _record's first byte lies in the file.
    private int _chunkAt, _chunkEnd;
    private long _recordStart;
    private bool _chunkIsCut;

    private LogEnd? _damage;

    /// <summary>Reads from a stream that can tell its length.</summary>
    /// <param name="stream">From its present position, taken as the file's start; owned by the reader from then on.</param>
    /// <param name="name">For messages to people.</param>
    /// <exception cref="NotALogException">The magic bytes are not there.</exception>
    public McapReader(Stream stream, string name)
    {
        _stream = stream;
        _length = stream.Length - stream.Position;
        ReadOnlySpan<byte> magic = McapFormat.Magic;
        int present = (int)Math.Min(_length, magic.Length);
        _stream.ReadExactly(_record, 0, present);
        // A file cut within its magic is a cut log, and nothing else can be told of it.
        if (!_record.AsSpan(0, present).SequenceEqual(magic[..present]))
        {
            stream.Dispose();
            throw new NotALogException(name);
        }
        _crc = Crc32.Compute(_record.AsSpan(0, present));
        if (present < magic.Length)
        {
            End = new LogEnd(LogEndKind.Truncated, 0, "the file stops within its first eight bytes");
        }

        _position = present;
    }

    /// <summary>Opens a log, also while it is being written.</summary>
    /// <exception cref="NotALogException">It is no MCAP file.</exception>
    /// <exception cref="IOException">It cannot be read, or is a pipe or a device, which cannot tell their length.</exception>
    public static McapReader Open(string path)
    {
        var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 64 * 1024);
        if (file.CanSeek)
        {
            return new McapReader(file, path);
        }

        file.Dispose();
        throw new IOException($"{path}: it is no file but a pipe or a device: write the log to a file, and give that.");
    }

    /// <summary>How the log ended; null until <see cref="ReadMessage"/> has returned false.</summary>
    public LogEnd? End { get; private set; }

    /// <summary>Bytes in the file.</summary>
    public long Length => _length;

    /// <summary>Schemas met so far, by id.</summary>
    public IReadOnlyDictionary<ushort, McapSchema> Schemas => _contents.Schemas;

    /// <summary>Channels met so far, by id.</summary>
    public IReadOnlyDictionary<ushort, McapChannel> Channels => _contents.Channels;

    /// <summary>Metadata met so far, in order.</summary>
    public IReadOnlyList<McapMetadata> Metadata => _contents.Metadata;

    /// <summary>The message that <see cref="ReadMessage"/> found.</summary>
    /// <exception cref="InvalidOperationException">There is none.</exception>
    public McapMessage Current => _contents.Message(_record);

    /// <summary>Goes to the next message, in the order of the file.</summary>
    /// <returns>False when there are no more; then <see cref="End"/> says why.</returns>
    public bool ReadMessage()
    {
        _contents.PassMessage();
        while (true)
        {
            while (_chunkAt < _chunkEnd)
            {
                NextInChunk();
                if (_contents.HasMessage)
                {
                    return true;
                }
            }
            if (End != null || !NextRecord())
            {
                return false;
            }

            if (_contents.HasMessage)
            {
                return true;
            }
        }
    }

    public void Dispose() => _stream.Dispose();

    // Loads the next record of the file and acts on it. False: the log ended.
    private bool NextRecord()
    {
        if (_chunkIsCut)
        {
            return Truncated(_position, "the file stops within a chunk");
        }

        if (_sawFooter)
        {
            return CheckClosingMagic();
        }

        Span<byte> header = stackalloc byte[McapFormat.RecordHeaderBytes];
        long left = _length - _position;
        if (left < header.Length)
        {
            return Truncated(_position, left == 0 ? "the file was not closed" : "the file stops within a record");
        }

        _stream.ReadExactly(header);
        byte type = header[0];
        ulong length = BinaryPrimitives.ReadUInt64LittleEndian(header[1..]);
        left -= header.Length;
        if (type == 0)
        {
            return Stop(LogEndKind.Damaged, _position, "no record type is 0");
        }

        bool cut = length > (ulong)left;
        if (cut && type != McapFormat.Chunk)
        {
            return Truncated(_position, "the file stops within a record");
        }

        int available = (int)Math.Min((ulong)Math.Min(left, MostRecordBytes), length);
        if (!cut && (ulong)available < length)
        {
            return Stop(LogEndKind.Damaged, _position, $"a record of {length} bytes is more than this reader holds");
        }

        if (_record.Length < available)
        {
            _record = new byte[available];
        }

        _stream.ReadExactly(_record, 0, available);
        _recordStart = _position + header.Length;
        ReadOnlySpan<byte> content = _record.AsSpan(0, available);
        long start = _position;
        _position = _recordStart + available;

        _chunkIsCut = cut;
        if (cut)
        {
            return OpenChunk(start, content);
        }

        uint before = _crc;
        _crc = Crc32.Append(Crc32.Append(_crc, header), content);
        switch (type)
        {
            case McapFormat.Chunk or McapFormat.Message when _inSummary:
                return Damage(start, "the summary holds messages");
            case McapFormat.Chunk:
                return OpenChunk(start, content);
            case McapFormat.DataEnd:
                CheckCrc(start, content, before, "the data section");
                _crc = 0;
                _inSummary = true;
                return true;
            case McapFormat.Footer:
                uint upToCrc = Crc32.Append(Crc32.Append(before, header), content[..Math.Min(McapFormat.FooterCheckedBytes, available)]);
                if (!_inSummary)
                {
                    Damage(start, "the record that ends the data section is missing");
                }
                else if (available == McapFormat.FooterBytes)
                {
                    CheckCrc(start, content[McapFormat.FooterCheckedBytes..], upToCrc, "the summary");
                }

                _sawFooter = true;
                return true;
            default:
                return Damage(start, _contents.Take(type, _record, 0, available));
        }
    }

    // Makes the chunk's records the next to be read; those of a cut chunk as far as they go.
    private bool OpenChunk(long start, ReadOnlySpan<byte> content)
    {
        var fields = new RecordParser(content[Math.Min(McapFormat.ChunkFieldsBytes - 4, content.Length)..]);
        uint crc = fields.U32();
        string compression = fields.String();
        ulong length = fields.U64();
        ReadOnlySpan<byte> records = fields.Rest;
        if (fields.Failed)
        {
            return _chunkIsCut || Damage(start, "a chunk's header is too short");
        }

        if (compression.Length > 0)
        {
            return Damage(start, $"a chunk is packed with {compression}, which is not read here; "
                + "unpack the log with `mcap compress --compression none` from the MCAP tools");
        }
        if (!_chunkIsCut && length != (ulong)records.Length)
        {
            return Damage(start, "a chunk's length does not fit its record");
        }

        if (!_chunkIsCut && crc != 0 && crc != Crc32.Compute(records))
        {
            return Damage(start, "a chunk's checksum is wrong");
        }

        _chunkAt = content.Length - records.Length;
        _chunkEnd = content.Length;
        return true;
    }

    private void NextInChunk()
    {
        int at = _chunkAt, content = at + McapFormat.RecordHeaderBytes;
        if (content <= _chunkEnd)
        {
            ulong length = BinaryPrimitives.ReadUInt64LittleEndian(_record.AsSpan(at + 1));
            if (length <= (ulong)(_chunkEnd - content))
            {
                _chunkAt = content + (int)length;
                Damage(_recordStart + at, _contents.Take(_record[at], _record, content, _chunkAt));
                return;
            }
        }
        _chunkAt = _chunkEnd;
        if (_chunkIsCut)
        {
            Truncated(_recordStart + at, "the file stops within a record");
        }
        else
        {
            Damage(_recordStart + at, "a record reaches past the end of its chunk");
        }
    }

    private void CheckCrc(long start, ReadOnlySpan<byte> stored, uint computed, string of)
    {
        uint crc = stored.Length >= 4 ? BinaryPrimitives.ReadUInt32LittleEndian(stored) : 0;
        if (crc != 0 && crc != computed)
        {
            Damage(start, $"the checksum of {of} is wrong");
        }
    }

    private bool CheckClosingMagic()
    {
        ReadOnlySpan<byte> magic = McapFormat.Magic;
        int present = (int)Math.Min(_length - _position, magic.Length);
        _stream.ReadExactly(_record, 0, present);
        if (!_record.AsSpan(0, present).SequenceEqual(magic[..present]))
        {
            return Stop(LogEndKind.Damaged, _position, "the closing magic bytes are wrong");
        }

        if (present < magic.Length)
        {
            return Truncated(_position, "the file stops within its last eight bytes");
        }

        long end = _position + present, more = _length - end;
        return more == 0 ? Stop(LogEndKind.Complete, end, "")
            : Stop(LogEndKind.Damaged, end, $"{more} bytes follow the log's end, such as another log; only what comes before was read");
    }

    private bool Truncated(long at, string what) => Stop(LogEndKind.Truncated, at, what);

    // The first trouble is the one to tell. Returns false, as all that ends the reading.
    private bool Stop(LogEndKind kind, long at, string what)
    {
        End = _damage ?? new LogEnd(kind, at, what);
        return false;
    }

    // Reading goes on behind what is damaged, and where nothing is (null). Returns true for that reason.
    private bool Damage(long at, string? what)
    {
        _damage ??= what == null ? null : new LogEnd(LogEndKind.Damaged, at, what);
        return true;
    }
}
