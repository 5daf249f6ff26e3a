using System.Buffers.Binary;
using System.Text;
using Ganglion.Basics;

namespace Ganglion.Lab.Reliability.Readers;

/// <summary>Damages samples of a format: bits, lengths, words and whole parts, by a seed.</summary>
internal static class Mutator
{
    private const int MostDamages = 6, LongestPart = 64;

    // What readers of numbers, text and JSON have stumbled over somewhere.
    private static readonly byte[][] Words =
    [
        .. new[]
        {
            "", "0", "-1", "NaN", "Infinity", "1e308", "-1e308", "1e999", "1e-320", "0,5", "1,205", "2147483648", "-2147483649",
            "18446744073709551616", "0x", "0xFFFFFFFF", "null", "true", "{}", "[]", "\"", "\\", "\\ud800", "\"\\ud800a\":1,", "\\u0000",
            "\r\n", "\t", "\u001b[2J", "\u202e", "- ", ": ", "&a ", "*a", "!!binary ", "%YAML 9", "---\n", "...\n", "|\n", "? ", "#",
            "{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{", "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[", "qw,qx,qy,qz", "__metadata__", "data_offsets",
        }.Select(Encoding.UTF8.GetBytes),
        [0xFF], [0xFE, 0xFF], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0], [0, 0, 0, 0, 0, 0, 0, 0], [0xE9],
    ];

    /// <summary>A damaged sample.</summary>
    /// <param name="random">Advances.</param>
    /// <param name="samples">Good ones, at least one.</param>
    public static byte[] Damage(ref SeededRandom random, IReadOnlyList<byte[]> samples)
    {
        var bytes = new List<byte>(samples[random.NextBelow(samples.Count)]);
        for (int damages = 1 + random.NextBelow(MostDamages); damages > 0; damages--)
        {
            One(ref random, bytes, samples);
        }

        return [.. bytes];
    }

    private static void One(ref SeededRandom random, List<byte> bytes, IReadOnlyList<byte[]> samples)
    {
        int at = random.NextBelow(bytes.Count + 1), part = Math.Min(random.NextBelow(LongestPart), bytes.Count - at);
        switch (random.NextBelow(8))
        {
            case 0 when part > 0:
                bytes[at] ^= (byte)(1 << random.NextBelow(8));
                break;
            case 1 when part > 0:
                bytes[at] = (byte)random.NextBelow(256);
                break;
            case 2:
                bytes.RemoveRange(at, part);
                break;
            case 3:
                bytes.InsertRange(at, bytes.GetRange(at, part));
                break;
            case 4:
                bytes.RemoveRange(at, bytes.Count - at);
                break;
            case 5 when part >= sizeof(long):
                Number(ref random, bytes, at);
                break;
            case 6:
                byte[] other = samples[random.NextBelow(samples.Count)];
                int from = random.NextBelow(other.Length + 1);
                bytes.InsertRange(at, other[from..Math.Min(other.Length, from + part)]);
                break;
            default:
                bytes.InsertRange(at, Words[random.NextBelow(Words.Length)]);
                break;
        }
    }

    /// <summary>Puts a length or an offset that cannot be in the place of eight bytes.</summary>
    private static void Number(ref SeededRandom random, List<byte> bytes, int at)
    {
        long[] numbers = [0, -1, 1, int.MaxValue, int.MinValue, long.MaxValue, long.MinValue, bytes.Count, bytes.Count + 1, 1L << 40];
        byte[] number = new byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(number, numbers[random.NextBelow(numbers.Length)]);
        for (int i = 0; i < number.Length; i++)
        {
            bytes[at + i] = number[i];
        }
    }
}
