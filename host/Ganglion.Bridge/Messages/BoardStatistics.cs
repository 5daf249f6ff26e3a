using System.Buffers.Binary;
using System.Collections.Immutable;
using Ganglion.Shared.Control;

namespace Ganglion.Bridge.Messages;

/// <summary>How well a board keeps time and its chips answer; asked for, not streamed.</summary>
/// <param name="Ticks">Since boot.</param>
/// <param name="Frames">Valid frames received in this session.</param>
/// <param name="GarbageBytes">Received bytes that belonged to no frame, since boot.</param>
/// <param name="Overruns">Ticks that started more than a period late, since boot; modulo 65536.</param>
/// <param name="Jitter">Ticks by how late they started: bins of 256 us, the last open; each stops counting at 65535.</param>
/// <param name="ChipErrors">Failed transfers of each chip since it was configured; each stops counting at 255.</param>
public sealed record BoardStatistics(
    uint Ticks, uint Frames, uint GarbageBytes, int Overruns, ImmutableArray<int> Jitter, ImmutableArray<int> ChipErrors)
{
    /// <summary>Width of a jitter bin, us.</summary>
    public const int JitterBin = 256;

    internal const int FixedLength = 16 + 2 * TickStatistics.Bins;

    internal static BoardStatistics Read(ReadOnlySpan<byte> payload)
    {
        int[] jitter = new int[TickStatistics.Bins];
        for (int i = 0; i < jitter.Length; i++)
        {
            jitter[i] = BinaryPrimitives.ReadUInt16LittleEndian(payload[(16 + 2 * i)..]);
        }

        int[] errors = new int[BinaryPrimitives.ReadUInt16LittleEndian(payload[14..])];
        for (int i = 0; i < errors.Length; i++)
        {
            errors[i] = payload[FixedLength + i];
        }

        return new BoardStatistics(
            BinaryPrimitives.ReadUInt32LittleEndian(payload),
            BinaryPrimitives.ReadUInt32LittleEndian(payload[4..]),
            BinaryPrimitives.ReadUInt32LittleEndian(payload[8..]),
            BinaryPrimitives.ReadUInt16LittleEndian(payload[12..]),
            [.. jitter],
            [.. errors]);
    }
}
