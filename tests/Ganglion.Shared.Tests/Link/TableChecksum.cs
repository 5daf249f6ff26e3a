using Ganglion.Shared.Link;

namespace Ganglion.Shared.Tests.Link;

/// <summary>CRC-32 by table, written from the definition of the polynomial; independent of what host and board use.</summary>
internal sealed class TableChecksum : Checksum
{
    private static readonly uint[] Table = BuildTable();

    public override uint Compute(byte[] buffer, int offset, int count)
    {
        uint crc = 0xFFFFFFFF;
        for (int i = offset; i < offset + count; i++)
        {
            crc = Table[(byte)(crc ^ buffer[i])] ^ (crc >> 8);
        }

        return ~crc;
    }

    private static uint[] BuildTable()
    {
        uint[] table = new uint[256];
        for (uint n = 0; n < 256; n++)
        {
            uint c = n;
            for (int k = 0; k < 8; k++)
            {
                c = (c & 1) != 0 ? 0xEDB88320 ^ (c >> 1) : c >> 1;
            }

            table[n] = c;
        }

        return table;
    }
}

public class ChecksumTests
{
    [Fact]
    public void Matches_the_published_check_value() =>
        Assert.Equal(0xCBF43926u, new TableChecksum().Compute("123456789"u8.ToArray(), 0, 9));
}
