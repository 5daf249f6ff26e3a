using System.Security.Cryptography;
using System.Text.Json;

namespace Ganglion.Cli.Tests.Arm;

public sealed class TrackTests : IDisposable
{
    private const string Columns = "t_s,x_mm,y_mm,z_mm\n";

    private readonly Scratch _scratch = new();

    private static string Shipped(string name) => Path.Combine(Path.GetDirectoryName(Repository.Robots)!, "paths", name + ".csv");

    [Fact]
    public void A_shipped_path_is_followed_and_drawn()
    {
        string picture = _scratch.At("track.svg"), log = _scratch.At("track.mcap");
        Outcome outcome = GanglionProcess.Run("track", Shipped("lemniscate"), "--virtual-time", "--controller", "ik", "--json", "--picture",
            picture, "--log", log);
        Assert.Equal("", outcome.Errors);
        Assert.Equal(0, outcome.ExitCode);
        JsonElement figures = outcome.Json;

        // Where a board's tick lies between two frames is as it comes, and half a tick is half a millimetre of the way.
        Assert.InRange(figures.GetProperty("trackingErrorMm").GetProperty("median").GetDouble(), 0, 0.5);
        Assert.InRange(figures.GetProperty("trackingErrorMm").GetProperty("p95").GetDouble(), 0, 1);
        Assert.InRange(figures.GetProperty("lagMs").GetDouble(), -20, 20);
        Assert.Equal(12, figures.GetProperty("pathSeconds").GetDouble());
        Assert.Equal(0, figures.GetProperty("missedFrames").GetInt32());
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(Shipped("lemniscate")))), figures.GetProperty("fileSha256")
            .GetString());
        Assert.Contains("<polyline", File.ReadAllText(picture));
        Assert.Contains("/arm/pose", InProcess.Run("log", log).Output);
    }

    [Fact]
    public void The_same_seed_gives_the_same_figures()
    {
        string path = _scratch.Put("path.csv", Columns + "0,40,0,490\n2,40,60,480\n");
        string[] call = ["track", path, "--virtual-time", "--json"];
        JsonElement first = GanglionProcess.Run(call).Json, second = GanglionProcess.Run(call).Json;
        Assert.Equal("spiking", first.GetProperty("controller").GetString());
        foreach (string key in (string[])["trackingErrorMm", "crossErrorMm", "lagMs", "samples"])
        {
            Assert.Equal(first.GetProperty(key).ToString(), second.GetProperty(key).ToString());
        }
    }

    [Fact]
    public void What_is_out_of_reach_is_named_by_line_before_anything_moves()
    {
        string path = _scratch.Put("far.csv", Columns + "0,0,0,490\n1,0,0,900\n2,60,0,480\n3,600,0,100\n"), log = _scratch.At("far.mcap");
        string told = GanglionProcess.Run("track", path, "--virtual-time", "--log", log).Refused(1);
        Assert.Contains("far.csv: trunk10-4g cannot reach line 2 from ", told);
        Assert.Contains("mm behind it on", told);
        Assert.Contains("; line 3 (", told);
        Assert.Contains("; line 5 (", told);
        Assert.Contains("Nothing was moved", told);
        Assert.Equal(0, InProcess.Run("log", log, "--json").Json.GetProperty("messages").GetInt32());
    }

    [Fact]
    public void What_is_too_fast_is_told_and_the_arm_lags()
    {
        string path = _scratch.Put("fast.csv", Columns + "0,-100,0,470\n0.05,100,0,470\n1,100,0,470.1\n");
        Outcome outcome = GanglionProcess.Run("track", path, "--virtual-time", "--controller", "ik", "--json");
        Assert.Equal(0, outcome.ExitCode);
        Assert.Contains("fast.csv: behind line 2 a gear would have to move at", outcome.Errors);
        Assert.True(outcome.Json.GetProperty("trackingErrorMm").GetProperty("max").GetDouble() > 20);
    }

    [Theory]
    [InlineData(":3:3: x_mm is 'NaN'", Columns + "0,0,0,490\n1,NaN,0,490\n")]
    [InlineData(":1:1: the file is empty", "")]
    [InlineData(":3:1: t_s is 0, and line 2", Columns + "0,0,0,490\n0,1,0,490\n")]
    public void Faults_of_the_file_are_told_with_their_place(string told, string text) =>
        Assert.Contains("path.csv" + told, GanglionProcess.Run("track", _scratch.Put("path.csv", text), "--virtual-time").Refused(1));

    [Fact]
    public void A_file_that_is_not_there_is_told() =>
        Assert.Contains("nowhere.csv", InProcess.Run("track", _scratch.At("nowhere.csv")).Refused(1));

    public void Dispose() => _scratch.Dispose();
}
