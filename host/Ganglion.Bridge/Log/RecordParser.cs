using System.Buffers.Binary;
using System.Text;

namespace Ganglion.Bridge.Log;

/// <summary>Takes fields off the front of a record's content. Past the end it yields zeros and remembers that it failed.</summary>
internal ref struct RecordParser(ReadOnlySpan<byte> content)
{
    private ReadOnlySpan<byte> _rest = content;

    public bool Failed { get; private set; }

    public readonly ReadOnlySpan<byte> Rest => _rest;

    public ushort U16() => BinaryPrimitives.ReadUInt16LittleEndian(Fixed(2));

    public uint U32() => BinaryPrimitives.ReadUInt32LittleEndian(Fixed(4));

    public ulong U64() => BinaryPrimitives.ReadUInt64LittleEndian(Fixed(8));

    public ReadOnlySpan<byte> Bytes() => Take(U32());

    public string String() => Encoding.UTF8.GetString(Bytes());

    public Dictionary<string, string> Map()
    {
        var map = new Dictionary<string, string>();
        var pairs = new RecordParser(Bytes());
        while (pairs._rest.Length > 0 && !pairs.Failed)
        {
            string key = pairs.String();
            map[key] = pairs.String();
        }
        Failed |= pairs.Failed;
        return map;
    }

    private ReadOnlySpan<byte> Fixed(int bytes)
    {
        ReadOnlySpan<byte> field = Take((uint)bytes);
        return Failed ? "\0\0\0\0\0\0\0\0"u8 : field;
    }

    private ReadOnlySpan<byte> Take(uint bytes)
    {
        if (Failed || bytes > _rest.Length)
        {
            Failed = true;
            return [];
        }
        ReadOnlySpan<byte> taken = _rest[..(int)bytes];
        _rest = _rest[(int)bytes..];
        return taken;
    }
}
