using Ganglion.Nano;

namespace System;

/// <summary>nanoFramework's view of a part of a byte array (mscorlib there): a ref struct, so it lives in locals and arguments
/// only.</summary>
public readonly ref struct SpanByte
{
    private readonly byte[]? _array;
    private readonly int _start;
    private readonly int _length;

    public SpanByte(byte[]? array)
    {
        LibraryCost.SpanOfArray.Spend();
        _array = array;
        _start = 0;
        _length = array == null ? 0 : array.Length;
    }

    /// <exception cref="ArgumentOutOfRangeException">The range does not lie in the array.</exception>
    public SpanByte(byte[]? array, int start, int length)
    {
        LibraryCost.SpanOfRange.Spend();
        int available = array == null ? 0 : array.Length;
        if (start < 0 || length < 0 || start + length > available)
        {
            throw new ArgumentOutOfRangeException();
        }

        _array = array;
        _start = start;
        _length = length;
    }

    internal int Length => _length;

    public byte this[int index]
    {
        get => AsSpan()[Checked(index)];
        set => AsSpan()[Checked(index)] = value;
    }

    public static implicit operator SpanByte(byte[]? array) => new SpanByte(array);

    internal Span<byte> AsSpan() => new Span<byte>(_array, _start, _length);

    private int Checked(int index)
    {
        LibraryCost.SpanIndex.Spend();
        return index < _length ? index : throw new ArgumentOutOfRangeException();
    }
}
