using System.Text;

namespace Ganglion.Flash.Looking;

/// <summary>
/// The boot loader in the ROM of an ESP32, as Espressif's serial protocol describes it (esptool's documentation, "Serial Protocol"): what
/// it prints when it starts, and its answer to SYNC. It finds the speed by itself; its text comes at 115200.
/// </summary>
internal static class BootRom
{
    /// <summary>Speed of its text, bit/s.</summary>
    public const int Baud = 115200;

    private const int ShortestText = 8;

    /// <summary>Command 8 in a SLIP packet: direction, command, length, checksum, and the 36 bytes by which it finds the speed.</summary>
    public static byte[] Sync() => [0xC0, 0, 8, 36, 0, 0, 0, 0, 0, 7, 7, 0x12, 0x20, .. Enumerable.Repeat((byte)0x55, 32), 0xC0];

    /// <summary>Whether it waits for a program to be sent: it says so, or it answered a SYNC.</summary>
    public static bool Waits(ReadOnlySpan<byte> heard) => heard.IndexOf("waiting for download"u8) >= 0
        || heard.IndexOf((ReadOnlySpan<byte>)[0xC0, 1, 8]) >= 0;

    /// <summary>Whether it found nothing in the flash to start: a board as it comes out of its bag, or an erased one.</summary>
    public static bool FoundNothing(ReadOnlySpan<byte> heard) => heard.IndexOf("invalid header"u8) >= 0;

    /// <summary>The longest piece of text in what came, at most 60 characters; empty where there is none of eight.</summary>
    public static string TextIn(ReadOnlySpan<byte> heard)
    {
        const int longest = 60;
        string best = "";
        var piece = new StringBuilder();
        foreach (byte one in (byte[])[.. heard, 0])
        {
            if (one is >= (byte)' ' and <= (byte)'~')
            {
                piece.Append((char)one);
                continue;
            }

            best = piece.Length > best.Length ? piece.ToString() : best;
            piece.Clear();
        }

        return best.Length < ShortestText ? "" : best.Length > longest ? best[..longest] : best;
    }
}
