using System.Buffers.Binary;
using System.Collections.Immutable;

namespace Ganglion.Bridge.Messages;

/// <summary>Little-endian numbers of a payload.</summary>
internal static class Payload
{
    public static int U16(ReadOnlySpan<byte> payload, int at) => BinaryPrimitives.ReadUInt16LittleEndian(payload[at..]);

    public static int I16(ReadOnlySpan<byte> payload, int at) => BinaryPrimitives.ReadInt16LittleEndian(payload[at..]);

    public static uint U32(ReadOnlySpan<byte> payload, int at) => BinaryPrimitives.ReadUInt32LittleEndian(payload[at..]);

    public static ImmutableArray<int> U8s(ReadOnlySpan<byte> payload, int at, int count)
    {
        ImmutableArray<int>.Builder all = ImmutableArray.CreateBuilder<int>(count);
        for (int i = 0; i < count; i++)
        {
            all.Add(payload[at + i]);
        }

        return all.MoveToImmutable();
    }

    public static ImmutableArray<int> U16s(ReadOnlySpan<byte> payload, int at, int count)
    {
        ImmutableArray<int>.Builder all = ImmutableArray.CreateBuilder<int>(count);
        for (int i = 0; i < count; i++)
        {
            all.Add(U16(payload, at + 2 * i));
        }

        return all.MoveToImmutable();
    }
}
