using Ganglion.Nano;

namespace System;

/// <summary>nanoFramework's view of a part of a byte array (mscorlib there): a ref struct, so it lives in locals and arguments only.</summary>
public readonly ref struct SpanByte
{
    private readonly byte[]? _array;
    private readonly int _start;
    private readonly int _length;

    public SpanByte(byte[]? array)
    {
        InstructionCounter.Add(LibraryCost.SpanOfArray);
        _array = array;
        _start = 0;
        _length = array == null ? 0 : array.Length;
    }

    /// <exception cref="ArgumentOutOfRangeException">The range does not lie in the array.</exception>
    public SpanByte(byte[]? array, int start, int length)
    {
        InstructionCounter.Add(LibraryCost.SpanOfRange);
        int available = array == null ? 0 : array.Length;
        if (start < 0 || length < 0 || start + length > available)
            throw new ArgumentOutOfRangeException();

        _array = array;
        _start = start;
        _length = length;
    }

    public static SpanByte Empty => default;

    public int Length => _length;

    public bool IsEmpty => _length == 0;

    public byte this[int index]
    {
        get
        {
            InstructionCounter.Add(LibraryCost.SpanIndex);
            if (index >= _length)
                throw new ArgumentOutOfRangeException();

            return _array![_start + index];
        }

        set
        {
            InstructionCounter.Add(LibraryCost.SpanIndex);
            if (index >= _length)
                throw new ArgumentOutOfRangeException();

            _array![_start + index] = value;
        }
    }

    public static implicit operator SpanByte(byte[]? array) => new SpanByte(array);

    public void CopyTo(SpanByte destination)
    {
        if (destination._length < _length)
            throw new ArgumentException("The destination is shorter than the source.", nameof(destination));

        InstructionCounter.Add(_length * LibraryCost.SpanCopyPerByte);
        AsSpan().CopyTo(destination.AsSpan());
    }

    public SpanByte Slice(int start) => Slice(start, _length - start);

    public SpanByte Slice(int start, int length)
    {
        InstructionCounter.Add(LibraryCost.SpanIndex);
        if (start < 0 || length < 0 || start + length > _length)
            throw new ArgumentOutOfRangeException();

        return new SpanByte(_array, _start + start, length);
    }

    public byte[] ToArray()
    {
        InstructionCounter.Add(_length * LibraryCost.SpanCopyPerByte);
        return AsSpan().ToArray();
    }

    internal Span<byte> AsSpan() => new Span<byte>(_array, _start, _length);
}
