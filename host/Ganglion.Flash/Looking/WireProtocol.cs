using System.Buffers.Binary;
using Ganglion.Flash.Image;

namespace Ganglion.Flash.Looking;

/// <summary>
/// As much of nanoFramework's debugger protocol as it takes to know the debugger: a ping, and the marker that each of its packets begins
/// with. The layout is that of nf-interpreter's WireProtocol.h (WP_Packet) at release 1.x; little endian throughout. A ping tells the
/// runtime that somebody is there and stops nothing.
/// </summary>
internal static class WireProtocol
{
    /// <summary>Speed of the debugger on every target that <see cref="Writing.FlashTarget"/> knows, bit/s.</summary>
    public const int Baud = 921600;

    private const int Header = 32, HeaderChecksumAt = 8, DataChecksumAt = 12, FlagsAt = 24, SizeAt = 28, PayloadLength = 8;

    /// <summary>WP_Flags_c_NoCaching; c_Ping_Source_Host.</summary>
    private const uint NoCaching = 0x2000, FromHost = 0x0001_0002;

    private static ReadOnlySpan<byte> PacketMarker => "NFPKTV1\0"u8;

    private static ReadOnlySpan<byte> BootMarker => "NFDBGV1\0"u8;

    /// <summary>Monitor_Ping, which every runtime and its booter answer.</summary>
    public static byte[] Ping()
    {
        byte[] packet = new byte[Header + PayloadLength];
        PacketMarker.CopyTo(packet);
        BinaryPrimitives.WriteUInt32LittleEndian(packet.AsSpan(FlagsAt), NoCaching);
        BinaryPrimitives.WriteUInt32LittleEndian(packet.AsSpan(SizeAt), PayloadLength);
        BinaryPrimitives.WriteUInt32LittleEndian(packet.AsSpan(Header), FromHost);
        BinaryPrimitives.WriteUInt32LittleEndian(packet.AsSpan(DataChecksumAt), NanoChecksum.Of(packet.AsSpan(Header)));
        BinaryPrimitives.WriteUInt32LittleEndian(packet.AsSpan(HeaderChecksumAt), NanoChecksum.Of(packet.AsSpan(..Header)));
        return packet;
    }

    /// <summary>Whether the debugger speaks in these bytes.</summary>
    public static bool IsIn(ReadOnlySpan<byte> heard) => heard.IndexOf(PacketMarker) >= 0 || heard.IndexOf(BootMarker) >= 0;
}
