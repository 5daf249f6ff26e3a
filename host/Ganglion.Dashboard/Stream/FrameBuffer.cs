using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Ganglion.Dashboard.Stream;

/// <summary>The parts of a frame, by their numbers in STREAM.md.</summary>
internal enum Section : ushort
{
    Status = 1,
    Measured = 2,
    Told = 3,
    Target = 4,
    Channels = 5,
    Spikes = 6,
    Thresholds = 7,
    Boards = 8,
    Motion = 9,
    Pressures = 10,
    Run = 11,
    Samples = 12,
}

/// <summary>
/// One frame of the stream as it goes out (STREAM.md), written once and sent to every viewer from the same bytes. Not to be written while
/// anybody sends it; <see cref="FrameExchange"/> sees to that.
/// </summary>
internal sealed class FrameBuffer
{
    /// <summary>First bytes of every frame.</summary>
    public const uint Magic = 0x31474E47;

    public const int HeaderSize = 24, SectionHeaderSize = 8, Alignment = 8;

    private byte[] _bytes = new byte[16_384];
    private int _length, _sections;

    /// <summary>How many are sending it or keep it as the newest; under the exchange's lock.</summary>
    internal int Users { get; set; }

    /// <summary>The whole frame.</summary>
    public ReadOnlyMemory<byte> Memory => _bytes.AsMemory(0, _length);

    /// <summary>Begins a frame anew.</summary>
    /// <param name="number">Counts frames from 0.</param>
    /// <param name="seconds">Host clock, s.</param>
    public void Begin(uint number, double seconds)
    {
        (_length, _sections) = (HeaderSize, 0);
        BinaryPrimitives.WriteUInt32LittleEndian(_bytes, Magic);
        BinaryPrimitives.WriteUInt32LittleEndian(_bytes.AsSpan(4), number);
        BinaryPrimitives.WriteDoubleLittleEndian(_bytes.AsSpan(8), seconds);
    }

    /// <summary>Adds a section of bytes and returns where they go; the span is valid until the next call.</summary>
    /// <param name="section">Which.</param>
    /// <param name="count">How many things it holds, 0..65535.</param>
    /// <param name="bytes">Its length.</param>
    public Span<byte> Add(Section section, int count, int bytes)
    {
        int body = _length + SectionHeaderSize, end = body + (bytes + Alignment - 1) / Alignment * Alignment;
        if (end > _bytes.Length)
        {
            Array.Resize(ref _bytes, Math.Max(end, 2 * _bytes.Length));
        }

        Span<byte> all = _bytes;
        BinaryPrimitives.WriteUInt16LittleEndian(all[_length..], (ushort)section);
        BinaryPrimitives.WriteUInt16LittleEndian(all[(_length + 2)..], checked((ushort)count));
        BinaryPrimitives.WriteInt32LittleEndian(all[(_length + 4)..], bytes);
        all[(body + bytes)..end].Clear();
        _length = end;
        _sections++;
        return all.Slice(body, bytes);
    }

    /// <summary>Adds a section of numbers of 32 bits.</summary>
    /// <param name="section">Which.</param>
    /// <param name="count">How many things it holds.</param>
    /// <param name="numbers">How many numbers.</param>
    public Span<float> AddNumbers(Section section, int count, int numbers) =>
        MemoryMarshal.Cast<byte, float>(Add(section, count, numbers * sizeof(float)));

    /// <summary>Completes the frame.</summary>
    public void End()
    {
        BinaryPrimitives.WriteInt32LittleEndian(_bytes.AsSpan(16), _length);
        BinaryPrimitives.WriteInt32LittleEndian(_bytes.AsSpan(20), _sections);
    }
}
