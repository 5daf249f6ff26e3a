using System.Text;
using Ganglion.Bridge.Log;

namespace Ganglion.Bridge.Tests.Log;

/// <summary>A log as a robot would write it: figures in JSON and raw frames, in several chunks.</summary>
internal static class SampleLog
{
    public const long Start = 1_700_000_000_000_000_000;
    public const string Schema = """{"type":"object","properties":{"tip_error_mm":{"type":"number"}}}""";

    public sealed record Entry(string Topic, uint Sequence, long LogTime, long PublishTime, byte[] Data);

    /// <summary>Messages 15 ms apart, alternately a figure and a frame whose bytes occur nowhere else in the file.</summary>
    public static List<Entry> Entries(int count)
    {
        var entries = new List<Entry>();
        for (int i = 0; i < count; i++)
        {
            long time = Start + i * 15_000_000L;
            entries.Add(i % 2 == 0
                ? new Entry("/arm/tip", (uint)(i / 2), time, time - 1000,
                    Encoding.UTF8.GetBytes($$"""{"tip_error_mm":{{i}}.25,"note":"figure {{i}}"}"""))
                : new Entry("/board/0/sent", (uint)(i / 2), time, time, [0xA5, 0x5A, (byte)i, (byte)(i >> 8), 0xC3, (byte)~i]));
        }
        return entries;
    }

    public static void Write(McapWriter writer, IEnumerable<Entry> entries)
    {
        writer.AddMetadata("ganglion", [new("seed", "42"), new("robot", "trunk-10x4")]);
        ushort schema = writer.AddSchema("ganglion.Tip", "jsonschema", Encoding.UTF8.GetBytes(Schema));
        ushort tip = writer.AddChannel("/arm/tip", "json", schema);
        ushort sent = writer.AddChannel("/board/0/sent", "application/octet-stream", metadata: [new("baud", "921600")]);
        foreach (Entry e in entries)
        {
            writer.Write(e.Topic == "/arm/tip" ? tip : sent, e.Sequence, e.LogTime, e.PublishTime, e.Data);
        }
    }

    public static byte[] Bytes(IEnumerable<Entry> entries)
    {
        var stream = new MemoryStream();
        using (var writer = new McapWriter(stream))
        {
            Write(writer, entries);
        }

        return stream.ToArray();
    }

    public static (List<Entry> Entries, LogEnd End) Read(byte[] bytes)
    {
        using var reader = new McapReader(new MemoryStream(bytes), "sample");
        var entries = new List<Entry>();
        while (reader.ReadMessage())
        {
            Assert.Null(reader.End);
            McapMessage m = reader.Current;
            entries.Add(new Entry(m.Channel.Topic, m.Sequence, m.LogTime, m.PublishTime, m.Data.ToArray()));
        }
        Assert.False(reader.ReadMessage());
        return (entries, reader.End!);
    }

    public static void AssertSame(IEnumerable<Entry> expected, IEnumerable<Entry> actual) =>
        Assert.Equal(expected.Select(Text), actual.Select(Text));

    private static string Text(Entry e) => $"{e.Topic} {e.Sequence} {e.LogTime} {e.PublishTime} {Convert.ToHexString(e.Data)}";
}
