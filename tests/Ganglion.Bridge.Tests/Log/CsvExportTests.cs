using Ganglion.Basics.Text;
using Ganglion.Bridge.Log;
namespace Ganglion.Bridge.Tests.Log;

public sealed class CsvExportTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("ganglion-csv").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string LogFile(Action<McapWriter> write)
    {
        string path = Path.Combine(_folder, "run.mcap");
        using var writer = McapWriter.Create(path);
        write(writer);
        return path;
    }

    [Fact]
    public void Each_channel_becomes_a_table()
    {
        string log = LogFile(writer =>
        {
            ushort tip = writer.AddChannel("/arm/tip", "json"), sent = writer.AddChannel("/board/0/sent", "application/octet-stream");
            writer.AddChannel("/never", "json");
            writer.Write(tip, 0, 10, 9, """{"error_mm":1.50,"joints":[0.1,-2e-3],"ok":true}"""u8);
            writer.Write(sent, 0, 11, 11, [0x00, 0xAB, 0xFF]);
            writer.Write(tip, 1, 20, 19, """{"error_mm":null,"imu":{"note":"a \"b\", c\nd"},"joints":[3]}"""u8);
            writer.Write(tip, 2, 30, 29, "not json"u8);
        });
        (IReadOnlyList<string> files, LogEnd end) = CsvExport.Write(log, Path.Combine(_folder, "tables"));

        Assert.Equal(LogEndKind.Complete, end.Kind);
        Assert.Equal(["arm-tip.1.csv", "board-0-sent.2.csv"], files.Select(Path.GetFileName));
        Assert.Equal(
            "log_time_ns,publish_time_ns,sequence,error_mm,joints.0,joints.1,ok,imu.note,invalid_json\r\n"
            + "10,9,0,1.50,0.1,-2e-3,true,,\r\n"
            + "20,19,1,,3,,,\"a \"\"b\"\", c\nd\",\r\n"
            + "30,29,2,,,,,,not json\r\n",
            File.ReadAllText(files[0]));
        Assert.Equal("log_time_ns,publish_time_ns,sequence,bytes,data_hex\r\n11,11,0,3,00abff\r\n", File.ReadAllText(files[1]));
        Assert.Equal(2, Directory.GetFiles(Path.Combine(_folder, "tables")).Length);
    }

    /// <summary>Half a surrogate pair in a key or a text, bytes that are no UTF-8, and what steers a terminal: every message gets its row,
    /// and a file's name is made of letters.</summary>
    [Fact]
    public void Hostile_text_is_a_row_like_any_other()
    {
        string log = LogFile(writer =>
        {
            ushort odd = writer.AddChannel("/../\u001b[2J/etc\ud800", "json");
            foreach ((int i, byte[] data) in Hostile.Index())
            {
                writer.Write(odd, (uint)i, i, i, data);
            }
        });
        (IReadOnlyList<string> files, LogEnd end) = CsvExport.Write(log, Path.Combine(_folder, "tables"));
        Assert.Equal(LogEndKind.Complete, end.Kind);
        string file = Path.GetFileName(Assert.Single(files));
        Assert.Matches("^[A-Za-z0-9_.-]+$", file);
        Assert.Equal(Path.Combine(_folder, "tables"), Path.GetDirectoryName(files[0]));
        Assert.Equal(1 + Hostile.Length, File.ReadAllLines(files[0]).Length);
    }

    private static byte[][] Hostile =>
    [
        """{"\ud800a":1}"""u8.ToArray(), """{"a":"\ud800"}"""u8.ToArray(), """{"a":"\udc00\ud800"}"""u8.ToArray(),
        [.. "{\"a\":\""u8, 0xE9, 0xFF, .. "\"}"u8], [.. "{\""u8, 0xE9, .. "\":1}"u8], """{"a":"\u001b]0;owned\u0007"}"""u8.ToArray(),
        [0xED, 0xA0, 0x80], [], "\u0000"u8.ToArray(), [.. Enumerable.Repeat((byte)'[', 5000)],
    ];

    [Fact]
    public void A_cut_log_gives_the_rows_it_has_and_says_that_it_is_cut()
    {
        string log = Path.Combine(_folder, "cut.mcap");
        byte[] whole = SampleLog.Bytes(SampleLog.Entries(24));
        File.WriteAllBytes(log, whole[..(whole.Length / 2)]);
        (IReadOnlyList<string> files, LogEnd end) = CsvExport.Write(log, _folder);
        Assert.Equal(LogEndKind.Truncated, end.Kind);
        int rows = files.Sum(f => File.ReadAllLines(f).Length - 1);
        Assert.Equal(SampleLog.Read(whole[..(whole.Length / 2)]).Entries.Count, rows);
        Assert.True(rows > 0);
    }

    [Fact]
    public void What_is_no_log_leaves_no_tables()
    {
        string path = Path.Combine(_folder, "notes.mcap");
        File.WriteAllText(path, "just some notes");
        Assert.Throws<NotALogException>(() => CsvExport.Write(path, Path.Combine(_folder, "tables")));
        Assert.Empty(Directory.GetFiles(Path.Combine(_folder, "tables")));
    }

    // RFC 4180, section 2, rules 5 to 7.
    [Theory]
    [InlineData("aaa", "aaa")]
    [InlineData("", "")]
    [InlineData("b\r\nbb", "\"b\r\nbb\"")]
    [InlineData("b,b", "\"b,b\"")]
    [InlineData("b\"bb", "\"b\"\"bb\"")]
    public void Fields_are_quoted_as_RFC_4180_has_it(string field, string quoted) => Assert.Equal(quoted, CsvText.Quote(field));
}
