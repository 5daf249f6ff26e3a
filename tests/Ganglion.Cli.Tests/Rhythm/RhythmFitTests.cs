namespace Ganglion.Cli.Tests.Rhythm;

/// <summary>`ganglion rhythm fit` as a user calls it.</summary>
public sealed class RhythmFitTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("ganglion-fit-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>A table of the user's own is fitted, drawn, and played by a virtual board.</summary>
    [Fact]
    public void A_table_of_ones_own_is_fitted_and_played()
    {
        string table = Path.Combine(_folder, "own.csv"), rhythm = Path.Combine(_folder, "own.yaml");
        string svg = Path.Combine(_folder, "own.svg"), csv = Path.Combine(_folder, "out.csv");
        File.WriteAllText(table, "speed,swing,stance\n0.2,0.30,1.11\n0.5,0.245,0.576\n0.8,0.226,0.395\n1.2,0.214,0.275\n");
        Outcome fit = GanglionProcess.Run("rhythm", "fit", table, "--coupling", "none", "--out", rhythm, "--svg", svg, "--csv", csv,
            "--json");
        Assert.Equal((0, ""), (fit.ExitCode, fit.Errors));
        Assert.InRange(fit.Json.GetProperty("stanceRSquared").GetDouble(), 0.99, 1);
        Assert.Equal(4, fit.Json.GetProperty("rows").GetInt32());
        Assert.Equal(5, File.ReadAllLines(csv).Length);
        Assert.StartsWith("<svg", File.ReadAllText(svg));
        Outcome play = GanglionProcess.Run("rhythm", "play", rhythm, "--virtual-time", "--seconds", "8", "--json");
        Assert.Equal((0, ""), (play.ExitCode, play.Errors));

        // Without coupling the cycle at 0.8 m/s, the middle speed, is swing + stance.
        Assert.Equal(0.226 + 0.395, play.Json.GetProperty("channels")[0].GetProperty("periodS").GetDouble(), 0.03);
    }

    [Fact]
    public void A_table_with_decimal_commas_is_refused_with_its_line()
    {
        string table = Path.Combine(_folder, "komma.csv");
        File.WriteAllText(table, "speed;swing;stance\n0.2;0.30;1.11\n0.5;0,245;0.576\n0.8;0.226;0.395\n");
        Assert.Contains("komma.csv:3: swing is '0,245', which is no number: decimals follow a point (0.245)",
            InProcess.Run("rhythm", "fit", table).Refused(1));
    }
}
