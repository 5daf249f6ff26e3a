using Ganglion.Bridge.Messages;
namespace Ganglion.Bridge.Tests.Messages;

public class Crc32Tests
{
    // The definition: one bit a step.
    private static uint Bitwise(ReadOnlySpan<byte> data)
    {
        uint state = 0xFFFFFFFF;
        foreach (byte value in data)
        {
            state ^= value;
            for (int bit = 0; bit < 8; bit++)
            {
                state = (state & 1) != 0 ? (state >> 1) ^ 0xEDB88320 : state >> 1;
            }
        }
        return ~state;
    }

    // Check values published for CRC-32/ISO-HDLC (Williams, "A Painless Guide to CRC Error Detection Algorithms";
    // RFC 3720 uses another polynomial, so its vectors do not apply) and zlib's crc32 of the same texts.
    [Theory]
    [InlineData("", 0x00000000u)]
    [InlineData("a", 0xE8B7BE43u)]
    [InlineData("123456789", 0xCBF43926u)]
    [InlineData("The quick brown fox jumps over the lazy dog", 0x414FA339u)]
    public void Published_check_values(string text, uint expected) =>
        Assert.Equal(expected, Crc32.Compute(System.Text.Encoding.ASCII.GetBytes(text)));

    [Fact]
    public void Every_length_and_alignment_agrees_with_the_bitwise_definition()
    {
        byte[] data = new byte[300];
        new Random(7).NextBytes(data);
        for (int start = 0; start < 9; start++)
        {
            for (int length = 0; start + length <= data.Length; length++)
            {
                Assert.Equal(Bitwise(data.AsSpan(start, length)), Crc32.Compute(data.AsSpan(start, length)));
            }
        }
    }

    [Fact]
    public void Appending_in_pieces_gives_the_crc_of_the_whole()
    {
        byte[] data = new byte[257];
        new Random(8).NextBytes(data);
        for (int cut = 0; cut <= data.Length; cut++)
        {
            Assert.Equal(Bitwise(data), Crc32.Append(Crc32.Compute(data.AsSpan(0, cut)), data.AsSpan(cut)));
        }
    }

    [Fact]
    public void Agrees_with_the_crc_that_dotnet_writes_into_gzip()
    {
        byte[] data = new byte[100_003];
        new Random(9).NextBytes(data);
        using var packed = new MemoryStream();
        using (var gzip = new System.IO.Compression.GZipStream(packed, System.IO.Compression.CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(data);
        }
        // RFC 1952: the member ends with CRC32 and ISIZE, little-endian.
        uint fromGzip = System.Buffers.Binary.BinaryPrimitives.ReadUInt32LittleEndian(packed.ToArray().AsSpan()[^8..]);
        Assert.Equal(fromGzip, Crc32.Compute(data));
    }
}
