using Ganglion.Bridge.Messages;
using Ganglion.Shared.Link;

namespace Ganglion.Bridge.Tests.Protocol;

public class TestVectorTests
{
    [Fact]
    public void The_file_is_what_the_definition_says()
    {
        string expected = VectorSource.Json();
        string actual = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "test-vectors.json"));
        string made = Path.Combine(AppContext.BaseDirectory, "test-vectors.made.json");
        File.WriteAllText(made, expected);
        Assert.True(expected == actual, $"shared/Link/test-vectors.json is not what the definition gives; that is in {made}.");
    }

    [Fact]
    public void There_are_vectors_for_every_message()
    {
        Assert.True(VectorSource.Frames.Count >= 25);
        Assert.Equal(
            ProtocolText.Instance.Messages.Keys.Order(),
            VectorSource.Frames.Select(frame => frame.Message.Name).Distinct().Order());
    }

    [Fact]
    public void The_parser_finds_each_frame_with_its_meaning()
    {
        var parser = new FrameParser(new Crc32Checksum(), 1024);
        foreach (Vector vector in VectorSource.Frames)
        {
            Feed(parser, vector.Frame);
            Assert.True(parser.TryNext(), vector.Name);
            Assert.Equal((vector.Message.Type, vector.Session, vector.Sequence), ((byte)parser.Type, parser.Session, parser.Sequence));
            Dictionary<string, long[]> fields = vector.Message.Decode(parser.Buffer.AsSpan(parser.PayloadOffset, parser.PayloadLength));
            foreach (Field field in vector.Message.Fields.Where(field => field.Type != "f32"))
            {
                Assert.Equal(vector.Fields[field.Name], fields[field.Name]);
            }

            Assert.False(parser.TryNext());
        }
        Assert.Equal(0, parser.GarbageBytes);
    }

    [Fact]
    public void The_writer_makes_each_frame()
    {
        foreach (Vector vector in VectorSource.Frames)
        {
            var writer = new FrameWriter(new Crc32Checksum(), 512) { Session = vector.Session };
            for (int i = 0; i < vector.Sequence; i++)
            {
                writer.Finish(writer.Begin(MessageType.Stop, 0));
                writer.Clear();
            }
            byte[] payload = vector.Payload;
            int at = writer.Begin(vector.Message.Type, payload.Length);
            payload.CopyTo(writer.Buffer, at);
            writer.Finish(at);
            Assert.Equal(Convert.ToHexString(vector.Frame), Convert.ToHexString(writer.Buffer.AsSpan(writer.PendingOffset,
                writer.PendingCount)));
        }
    }

    public static TheoryData<string, int> StreamsInPieces()
    {
        var data = new TheoryData<string, int>();
        foreach (VectorStream stream in VectorSource.Streams)
        {
            foreach (int piece in (int[])[1, 7, 64, 1000])
            {
                data.Add(stream.Name, piece);
            }
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(StreamsInPieces))]
    public void The_parser_finds_the_frames_of_each_stream(string name, int piece)
    {
        VectorStream stream = VectorSource.Streams.Single(s => s.Name == name);
        var parser = new FrameParser(new Crc32Checksum(), 1024);
        var found = new List<string>();
        for (int at = 0; at < stream.Bytes.Length; at += piece)
        {
            Feed(parser, stream.Bytes.AsSpan(at, Math.Min(piece, stream.Bytes.Length - at)));

            // A call examines a bounded number of candidates; several are several ticks.
            for (int tick = 0; tick < 10; tick++)
            {
                while (parser.TryNext())
                {
                    found.Add(NameOf(parser));
                }
            }
        }
        Assert.Equal(stream.Frames, found);
        Assert.Equal(stream.Garbage, parser.GarbageBytes);
    }

    private static string NameOf(FrameParser parser)
    {
        byte[] frame = parser.Buffer.AsSpan(parser.PayloadOffset - 6, parser.PayloadLength + 10).ToArray();
        return VectorSource.Frames.Single(vector => vector.Frame.AsSpan().SequenceEqual(frame)).Name;
    }

    private static void Feed(FrameParser parser, ReadOnlySpan<byte> bytes)
    {
        Assert.True(parser.Prepare() >= bytes.Length);
        bytes.CopyTo(parser.Buffer.AsSpan(parser.WriteOffset));
        parser.Written(bytes.Length);
    }
}
