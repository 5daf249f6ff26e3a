using Ganglion.Shared.Link;

namespace Ganglion.Shared.Tests.Link;

/// <summary>Frames for tests, byte by byte from the description of the format.</summary>
internal static class Frames
{
    private static readonly TableChecksum Crc = new();

    public static byte[] Make(int type, int session, int sequence, params byte[] payload)
    {
        byte[] frame = new byte[10 + payload.Length];
        frame[0] = 0xA5;
        frame[1] = (byte)(payload.Length ^ type ^ 0x5A);
        frame[2] = (byte)payload.Length;
        frame[3] = (byte)type;
        frame[4] = (byte)session;
        frame[5] = (byte)sequence;
        payload.CopyTo(frame, 6);
        BitConverter.GetBytes(Crc.Compute(frame, 1, 5 + payload.Length)).CopyTo(frame, 6 + payload.Length);
        return frame;
    }

    public static byte[] Setpoint(int session, int sequence, int time, params short[] values) =>
        Make(MessageType.Setpoint, session, sequence, [.. BitConverter.GetBytes((ushort)time),
            .. values.SelectMany(BitConverter.GetBytes)]);

    /// <summary>Appends bytes to a parser in pieces as a serial port would; returns false if it has no room.</summary>
    public static void Feed(FrameParser parser, ReadOnlySpan<byte> bytes)
    {
        Assert.True(parser.Prepare() >= bytes.Length, "the parser has no room");
        bytes.CopyTo(parser.Buffer.AsSpan(parser.WriteOffset));
        parser.Written(bytes.Length);
    }
}
