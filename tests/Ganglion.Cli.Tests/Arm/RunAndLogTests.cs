using System.Text.Json;

namespace Ganglion.Cli.Tests.Arm;

/// <summary>One run in virtual time with its log, looked at from all sides.</summary>
public sealed class RunAndLogTests : IClassFixture<RunAndLogTests.RecordedRun>
{
    private readonly RecordedRun _run;

    public RunAndLogTests(RecordedRun run) => _run = run;

    [Fact]
    public void A_run_reports_its_figures()
    {
        Assert.Equal("", _run.Outcome.Errors);
        Assert.Equal(0, _run.Outcome.ExitCode);
        JsonElement figures = _run.Outcome.Json;
        int targets = figures.GetProperty("targets").GetInt32();
        Assert.True(targets > 0);
        Assert.Equal(targets, figures.GetProperty("reached").GetInt32());
        double median = figures.GetProperty("tipErrorMm").GetProperty("median").GetDouble();
        double max = figures.GetProperty("tipErrorMm").GetProperty("max").GetDouble();
        Assert.InRange(median, 0, max);
        Assert.Equal(50, figures.GetProperty("streamHz").GetDouble(), 2);
        Assert.Equal(0, figures.GetProperty("missedFrames").GetInt32());
        Assert.Equal("spiking", figures.GetProperty("controller").GetString());
    }

    [Fact]
    public void Its_log_holds_every_frame_of_the_run()
    {
        Outcome outcome = InProcess.Run("log", _run.Log, "--json");
        Assert.Equal(0, outcome.ExitCode);
        JsonElement log = outcome.Json;
        Assert.True(log.GetProperty("complete").GetBoolean());
        Assert.Equal(new FileInfo(_run.Log).Length, log.GetProperty("bytes").GetInt64());
        var channels = log.GetProperty("channels").EnumerateArray().ToDictionary(c => c.GetProperty("topic")
            .GetString()!);
        long framesSent = _run.Outcome.Json.GetProperty("boards")[0].GetProperty("framesSent").GetInt64();
        Assert.True(channels["/board/base/tx"].GetProperty("messages").GetInt64() > framesSent);
        Assert.All(channels.Values, channel => Assert.Equal(0, channel.GetProperty("missing").GetInt32()));
        Assert.Equal("trunk10-4g", log.GetProperty("metadata").EnumerateArray()
            .Single(entry => entry.GetProperty("name").GetString() == "run").GetProperty("pairs").GetProperty("robot").GetString());
    }

    [Fact]
    public void The_tables_have_a_row_a_message()
    {
        using var scratch = new Scratch();
        Outcome outcome = InProcess.Run("log", _run.Log, "--csv", scratch.At("tables"), "--json");
        Assert.Equal(0, outcome.ExitCode);
        JsonElement log = outcome.Json;
        string[] tables = [.. log.GetProperty("csv").EnumerateArray().Select(file => file.GetString()!)];
        long rows = tables.Sum(table => File.ReadLines(table).LongCount() - 1);
        Assert.Equal(log.GetProperty("messages").GetInt64(), rows);
    }

    [Theory]
    [InlineData(0.3)]
    [InlineData(0.7)]
    [InlineData(0.99)]
    public void A_cut_log_tells_where_and_keeps_what_was_whole(double part)
    {
        using var scratch = new Scratch();
        byte[] whole = File.ReadAllBytes(_run.Log);
        int length = (int)(part * whole.Length);
        File.WriteAllBytes(scratch.At("cut.mcap"), whole[..length]);

        Outcome outcome = InProcess.Run("log", scratch.At("cut.mcap"), "--json");
        Assert.Equal(3, outcome.ExitCode);
        Assert.False(outcome.Json.GetProperty("complete").GetBoolean());
        Assert.Equal("truncated", outcome.Json.GetProperty("end").GetProperty("kind").GetString());
        long at = outcome.Json.GetProperty("end").GetProperty("atByte").GetInt64();
        Assert.InRange(at, 1, length);
        Assert.True(outcome.Json.GetProperty("messages").GetInt64() > 0);

        Outcome text = InProcess.Run("log", scratch.At("cut.mcap"));
        Assert.Equal(3, text.ExitCode);
        Assert.Contains($"cut at byte {at}", text.Output);
    }

    [Fact]
    public void A_file_that_is_no_log_is_refused()
    {
        using var scratch = new Scratch();
        Assert.Contains("not an MCAP log", InProcess.Run("log", scratch.Put("notes.txt", "some notes of mine")).Refused(1));
        Assert.Contains("no such file", InProcess.Run("log", scratch.At("nothing.mcap")).Refused(1));
    }

    [Fact]
    public void A_log_is_never_overwritten() =>
        Assert.Contains("not overwritten", GanglionProcess.Run("run", "--virtual-time", "--seconds", "1", "--log", _run.Log).Refused(1));

    public sealed class RecordedRun : IDisposable
    {
        private readonly Scratch _scratch = new();

        public RecordedRun() => Outcome = GanglionProcess.Run("run", "--virtual-time", "--seconds", "5", "--json", "--log", Log);

        public string Log => _scratch.At("run.mcap");

        internal Outcome Outcome { get; }

        public void Dispose() => _scratch.Dispose();
    }
}
