namespace Ganglion.Flash.Image;

/// <summary>
/// The checksum in the header of nanoFramework's assemblies: CRC-32 with the polynomial 0x04C11DB7, the highest bit first, from 0 and
/// without a last inversion. It is not the CRC-32 of zip files and of our frames.
/// </summary>
internal static class NanoChecksum
{
    private const uint Polynomial = 0x04C11DB7;

    /// <summary>Of these bytes; 0 of none.</summary>
    public static uint Of(ReadOnlySpan<byte> bytes)
    {
        uint remainder = 0;
        foreach (byte one in bytes)
        {
            remainder ^= (uint)one << 24;
            for (int bit = 0; bit < 8; bit++)
            {
                remainder = (remainder << 1) ^ ((remainder & 0x8000_0000) != 0 ? Polynomial : 0);
            }
        }

        return remainder;
    }
}
