namespace Ganglion.Bridge.Tests.Session;

/// <summary>Frames byte by byte from PROTOCOL.md, without the code under test.</summary>
internal static class WireFrames
{
    public static byte[] Make(byte type, int session, int sequence, params byte[] payload)
    {
        byte[] frame = new byte[10 + payload.Length];
        frame[0] = 0xA5;
        frame[1] = (byte)(payload.Length ^ type ^ 0x5A);
        frame[2] = (byte)payload.Length;
        frame[3] = type;
        frame[4] = (byte)session;
        frame[5] = (byte)sequence;
        payload.CopyTo(frame, 6);
        BitConverter.GetBytes(BitwiseChecksum.Of(frame.AsSpan(1, 5 + payload.Length))).CopyTo(frame, 6 + payload.Length);
        return frame;
    }

    /// <summary>Changes the payload of every frame of a type in clean bytes and makes the checksum right again.</summary>
    public static Func<byte[], byte[]> Rewriter(byte type, Action<byte[]> change) => bytes =>
    {
        for (int at = 0; at + 10 <= bytes.Length && bytes[at] == 0xA5; at += 10 + bytes[at + 2])
        {
            if (bytes[at + 3] != type)
            {
                continue;
            }

            byte[] payload = bytes.AsSpan(at + 6, bytes[at + 2]).ToArray();
            change(payload);
            Make(type, bytes[at + 4], bytes[at + 5], payload).CopyTo(bytes, at);
        }
        return bytes;
    };

    /// <summary>Loses the first frames of a type from clean bytes.</summary>
    public static Func<byte[], byte[]> Loser(byte type, int count) => bytes =>
    {
        var kept = new List<byte>();
        for (int at = 0; at < bytes.Length;)
        {
            int length = 10 + bytes[at + 2];
            if (bytes[at + 3] == type && count > 0)
            {
                count--;
            }
            else
            {
                kept.AddRange(bytes.AsSpan(at, length));
            }

            at += length;
        }
        return [.. kept];
    };

    /// <summary>Loses and flips bytes at random.</summary>
    public static Direction.Fault Noise(int seed, double loss, double flip)
    {
        var random = new Random(seed);
        return (ref byte value) =>
        {
            double draw = random.NextDouble();
            if (draw < loss)
            {
                return false;
            }

            if (draw < loss + flip)
            {
                value ^= (byte)(1 << random.Next(8));
            }

            return true;
        };
    }
}
