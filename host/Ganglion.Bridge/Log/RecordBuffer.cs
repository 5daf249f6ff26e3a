using System.Buffers.Binary;
using System.Text;

namespace Ganglion.Bridge.Log;

/// <summary>Bytes of MCAP records under construction. Grows when it must and keeps what it grew to.</summary>
internal sealed class RecordBuffer(int capacity)
{
    private byte[] _bytes = new byte[capacity];

    public int Length { get; private set; }

    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, Length);

    public void Clear() => Length = 0;

    /// <summary>Starts a record; <see cref="End"/> fills in its length.</summary>
    /// <returns>What to give to <see cref="End"/>.</returns>
    public int Begin(byte type)
    {
        U8(type);
        return Skip(8);
    }

    public void End(int begun) => PatchU64(begun, (ulong)(Length - begun - 8));

    /// <summary>Leaves room to be patched later.</summary>
    /// <returns>Where the room is.</returns>
    public int Skip(int bytes)
    {
        int at = Length;
        Take(bytes).Clear();
        return at;
    }

    public void U8(byte value) => Take(1)[0] = value;

    public void U16(ushort value) => BinaryPrimitives.WriteUInt16LittleEndian(Take(2), value);

    public void U32(uint value) => BinaryPrimitives.WriteUInt32LittleEndian(Take(4), value);

    public void U64(ulong value) => BinaryPrimitives.WriteUInt64LittleEndian(Take(8), value);

    public void PatchU32(int at, uint value) => BinaryPrimitives.WriteUInt32LittleEndian(_bytes.AsSpan(at), value);

    public void PatchU64(int at, ulong value) => BinaryPrimitives.WriteUInt64LittleEndian(_bytes.AsSpan(at), value);

    public void Bytes(ReadOnlySpan<byte> value) => value.CopyTo(Take(value.Length));

    public void String(string value)
    {
        int bytes = Encoding.UTF8.GetByteCount(value);
        U32((uint)bytes);
        Encoding.UTF8.GetBytes(value, Take(bytes));
    }

    public void Map(IEnumerable<KeyValuePair<string, string>> map)
    {
        int length = Skip(4);
        foreach ((string key, string value) in map)
        {
            String(key);
            String(value);
        }
        PatchU32(length, (uint)(Length - length - 4));
    }

    private Span<byte> Take(int bytes)
    {
        int end = checked(Length + bytes);
        if (end > _bytes.Length)
        {
            Array.Resize(ref _bytes, (int)Math.Min(Math.Max(end, 2L * _bytes.Length), Array.MaxLength));
        }

        Span<byte> room = _bytes.AsSpan(Length, bytes);
        Length = end;
        return room;
    }
}
