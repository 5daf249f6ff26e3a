using Ganglion.Shared.Link;

namespace Ganglion.Shared.Tests.Link;

/// <summary>The parser's search against the rule of PROTOCOL.md, "Finding frames", carried out byte by byte.</summary>
public class FrameSearchTests
{
    private static readonly TableChecksum Crc = new();

    /// <summary>Skip to a sync byte whose check fits, wait for the whole, compare the checksum, go on by one byte.</summary>
    private static (List<string> Frames, int ChecksumErrors) Find(List<byte> bytes)
    {
        var frames = new List<string>();
        int errors = 0;
        byte[] all = [.. bytes];
        for (int at = 0; all.Length - at >= 10;)
        {
            int length = all[at + 2];
            if (all[at] != 0xA5 || all[at + 1] != (length ^ all[at + 3] ^ 0x5A))
            {
                at++;
                continue;
            }

            if (all.Length - at < length + 10)
            {
                break;
            }

            if (Crc.Compute(all, at + 1, length + 5) == BitConverter.ToUInt32(all, at + 6 + length))
            {
                frames.Add(Convert.ToHexString(all, at, length + 10));
                at += length + 10;
            }
            else
            {
                errors++;
                at++;
            }
        }

        return (frames, errors);
    }

    /// <summary>Frames between garbage of every density of sync bytes and fitting headers, whole, cut, doubled and flipped, in pieces of
    /// any size. A board that has a session finds all that concerns it, but behind garbage not what it would only refuse.</summary>
    [Theory]
    [InlineData(-1)]
    [InlineData(17)]
    public void Finds_what_the_rule_finds(int session)
    {
        var random = new Random(20261129);
        int found = 0, errors = 0;
        for (int trial = 0; trial < 3000; trial++)
        {
            var stream = new List<byte>();
            double syncs = random.NextDouble() * random.NextDouble();
            while (stream.Count < 1500)
            {
                byte[] next = Piece(random, syncs);
                int kind = random.Next(8);
                if (kind == 0)
                {
                    next[random.Next(next.Length)] ^= (byte)(1 << random.Next(8));
                }

                stream.AddRange(kind == 1 ? next[..random.Next(next.Length)] : next);
            }

            var parser = new FrameParser(Crc, 1024) { Expected = session };
            var frames = new List<string>();
            for (int at = 0; at < stream.Count;)
            {
                int count = Math.Min(Math.Min(1 + random.Next(700), parser.Prepare()), stream.Count - at);
                Frames.Feed(parser, stream.GetRange(at, count).ToArray());
                at += count;
                for (int turn = 0; turn < (at == stream.Count ? 200 : random.Next(3)); turn++)
                {
                    while (parser.TryNext())
                    {
                        frames.Add(Convert.ToHexString(parser.Buffer, parser.PayloadOffset - 6, parser.PayloadLength + 10));
                    }
                }
            }

            (List<string> expected, int wrong) = Find(stream);
            if (session < 0)
            {
                Assert.Equal(expected, frames);
                Assert.Equal(wrong, parser.ChecksumErrors);
            }
            else
            {
                // At the end of the stream the rule may still wait where the board does not.
                List<string> own = [.. expected.Where(Concerns)];
                Assert.Equal(own, frames.Where(Concerns).Take(own.Count));
            }

            found += frames.Count;
            errors += wrong;
        }

        Assert.True(found > 20_000 && errors > 20_000, $"{found} frames and {errors} wrong checksums were met");

        bool Concerns(string frame) =>
            Convert.FromHexString(frame) is var bytes && (bytes[3] == MessageType.Hello || bytes[4] == 0 || bytes[4] == session);
    }

    private static byte[] Piece(Random random, double syncs)
    {
        byte[] bytes = new byte[1 + random.Next(random.Next(2) == 0 ? 12 : 120)];
        random.NextBytes(bytes);
        switch (random.Next(3))
        {
            case 0:
                return Frames.Make(bytes[0] & 0x7F, random.Next(3) switch { 0 => 17, 1 => 0, _ => bytes[0] }, random.Next(256), bytes);
            case 1:
                for (int i = 0; i + 3 < bytes.Length; i++)
                {
                    // A header that fits, and announces little, so that it is not waited for.
                    if (random.NextDouble() < syncs)
                    {
                        (bytes[i], bytes[i + 2], bytes[i + 3]) = (0xA5, (byte)random.Next(30), (byte)random.Next(256));
                        bytes[i + 1] = (byte)(bytes[i + 2] ^ bytes[i + 3] ^ 0x5A);
                        i += 3;
                    }
                }

                return bytes;
            default:
                for (int i = 0; i < bytes.Length; i++)
                {
                    bytes[i] = random.NextDouble() < syncs ? (byte)0xA5 : bytes[i];
                }

                return bytes;
        }
    }
}
