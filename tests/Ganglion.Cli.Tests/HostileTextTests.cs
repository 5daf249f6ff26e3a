using System.Text;
using Ganglion.Bridge.Log;

namespace Ganglion.Cli.Tests;

/// <summary>Logs and tables with text that no program of ours wrote: half surrogate pairs, Latin-1, what steers a terminal. They are read,
/// or refused in one line; nothing of them reaches the terminal as it is.</summary>
public sealed class HostileTextTests : IDisposable
{
    private readonly Scratch _scratch = new();

    [Theory]
    [InlineData("""{"\ud800a":1}""")]
    [InlineData("""{"strokes":[0],"position_mm":[0,0,500],"note":"\ud800"}""")]
    [InlineData("""{"token":"\udfff","position_mm":[0,0,500]}""")]
    [InlineData("{\"position_mm\":[0,0,500],\"note\":\"caf\u00e9\"}")]
    [InlineData("{\"caf\u00e9\":1}")]
    [InlineData("""{"a":"\u001b]0;owned\u0007"}""")]
    [InlineData("""{"strokes":[1e999],"position_mm":[0,0,500]}""")]
    [InlineData("[1,2")]
    public void A_log_is_exported_and_not_learned_from(string json)
    {
        string log = _scratch.At("hostile.mcap");
        using (var writer = McapWriter.Create(log))
        {
            ushort channel = writer.AddChannel("/arm/pose", "json"), other = writer.AddChannel("/\u001b[31m\u202ered", "json");
            for (uint i = 0; i < 30; i++)
            {
                // Latin-1: what is beyond ASCII is no UTF-8.
                writer.Write(channel, i, i, i, Encoding.Latin1.GetBytes(json));
                writer.Write(other, i, i, i, Encoding.Latin1.GetBytes(json));
            }
        }

        Outcome read = GanglionProcess.Run("log", log, "--csv", _scratch.At("tables"));
        Assert.Equal((0, ""), (read.ExitCode, read.Errors));
        Assert.DoesNotContain('\u001b', read.Output);
        Assert.DoesNotContain('\u202e', read.Output);
        Assert.All(Directory.GetFiles(_scratch.At("tables")), table => Assert.Equal(31, File.ReadLines(table).Count()));

        string told = GanglionProcess.Run("train", "trunk6-3g", "--hidden", "8", "--updates", "1", "--data", log, "--out",
            _scratch.At("m.safetensors")).Refused(1);
        Assert.Contains("hostile.mcap, pose 0 of /arm/pose", told);
        Assert.DoesNotContain("fault of the program", told);
        Assert.DoesNotContain('\u001b', told);
        Assert.False(File.Exists(_scratch.At("m.safetensors")));
    }

    [Theory]
    [InlineData("stroke_1_1,\u001b[31mred\n0,0\n")]
    [InlineData("caf\u00e9\n1\n")]
    [InlineData("")]
    public void A_table_is_refused_in_one_line(string text)
    {
        string table = _scratch.At("\u001b[31mposes.csv");
        File.WriteAllBytes(table, Encoding.Latin1.GetBytes(text));
        string told = GanglionProcess.Run("train", "trunk6-3g", "--hidden", "8", "--updates", "1", "--data", table, "--out",
            _scratch.At("m.safetensors")).Refused(1);
        Assert.Contains("the header is not that of 6 3-geared joints", told);
        Assert.DoesNotContain('\u001b', told);
    }

    public void Dispose() => _scratch.Dispose();
}
