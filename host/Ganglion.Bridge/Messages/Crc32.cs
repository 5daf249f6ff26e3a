using System.Buffers.Binary;

namespace Ganglion.Bridge.Messages;

/// <summary>
/// CRC-32 of IEEE 802.3, zlib, MCAP and nanoFramework's <c>System.IO.Hashing.Crc32</c>: polynomial 0xEDB88320 (reflected),
/// start and final XOR 0xFFFFFFFF. Check value of "123456789": 0xCBF43926.
/// Eight bytes a step ("slicing-by-8", Kounavis and Berry, "Novel Table Lookup-Based Algorithms for High-Performance CRC
/// Generation", IEEE Trans. Computers 57, 2008); the tests tie it to the bit-by-bit definition.
/// </summary>
public static class Crc32
{
    private const uint Polynomial = 0xEDB88320;

    // Row k holds the CRC of one byte followed by k zero bytes.
    private static readonly uint[] Table = BuildTable();

    /// <summary>CRC of <paramref name="data"/>; 0 for no bytes.</summary>
    public static uint Compute(ReadOnlySpan<byte> data) => Append(0, data);

    /// <summary>CRC of everything that gave <paramref name="crc"/> followed by <paramref name="data"/>.</summary>
    /// <param name="crc">A finished CRC, as this class returns it; 0 to start.</param>
    public static uint Append(uint crc, ReadOnlySpan<byte> data)
    {
        ReadOnlySpan<uint> table = Table;
        uint state = ~crc;
        while (data.Length >= 8)
        {
            uint low = BinaryPrimitives.ReadUInt32LittleEndian(data) ^ state;
            uint high = BinaryPrimitives.ReadUInt32LittleEndian(data[4..]);
            state = table[7 * 256 + (byte)low] ^ table[6 * 256 + (byte)(low >> 8)]
                ^ table[5 * 256 + (byte)(low >> 16)] ^ table[4 * 256 + (int)(low >> 24)]
                ^ table[3 * 256 + (byte)high] ^ table[2 * 256 + (byte)(high >> 8)]
                ^ table[256 + (byte)(high >> 16)] ^ table[(int)(high >> 24)];
            data = data[8..];
        }
        foreach (byte value in data)
        {
            state = (state >> 8) ^ table[(byte)(state ^ value)];
        }

        return ~state;
    }

    private static uint[] BuildTable()
    {
        uint[] table = new uint[8 * 256];
        for (int i = 0; i < 256; i++)
        {
            uint value = (uint)i;
            for (int bit = 0; bit < 8; bit++)
            {
                value = (value & 1) != 0 ? (value >> 1) ^ Polynomial : value >> 1;
            }

            table[i] = value;
        }
        for (int i = 256; i < table.Length; i++)
        {
            table[i] = (table[i - 256] >> 8) ^ table[(byte)table[i - 256]];
        }

        return table;
    }
}
