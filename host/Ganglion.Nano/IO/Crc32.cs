using Ganglion.Nano;

namespace System.IO.Hashing;

/// <summary>CRC-32 of IEEE 802.3 (reflected polynomial 0xEDB88320), native code on the board.</summary>
public class Crc32
{
    private const uint InitialState = 0xFFFF_FFFF;

    private static readonly uint[] Table = BuildTable();

    public static uint HashToUInt32(SpanByte source)
    {
        LibraryCost.Checksum.Spend(source.Length * LibraryCost.ChecksumTenthsPerByte / 10);
        uint state = InitialState;
        foreach (byte value in source.AsSpan())
        {
            state = (state >> 8) ^ Table[(byte)(state ^ value)];
        }

        return state ^ InitialState;
    }

    private static uint[] BuildTable()
    {
        uint[] table = new uint[256];
        for (uint i = 0; i < table.Length; i++)
        {
            uint entry = i;
            for (int bit = 0; bit < 8; bit++)
            {
                entry = (entry & 1) != 0 ? (entry >> 1) ^ 0xEDB88320 : entry >> 1;
            }

            table[i] = entry;
        }

        return table;
    }
}
