using System.Globalization;
using System.Text.Json;

namespace Ganglion.Cli.Tests.Rhythm;

/// <summary>`ganglion rhythm spiking` as a user calls it.</summary>
public class RhythmSpikingTests
{
    [Fact]
    public void Two_speeds_one_after_the_other_held_by_the_memory_and_written_down()
    {
        string folder = Directory.CreateTempSubdirectory("ganglion-spiking-").FullName;
        try
        {
            string csv = Path.Combine(folder, "cpg.csv"), svg = Path.Combine(folder, "cpg.svg"), log = Path.Combine(folder, "cpg.mcap");
            Outcome outcome = GanglionProcess.Run("rhythm", "spiking", "--speed", "0.4", "1.1", "--seconds", "8", "--command", "changes",
                "--seed", "41", "--csv", csv, "--svg", svg, "--log", log, "--json");
            Assert.Equal((0, ""), (outcome.ExitCode, outcome.Errors));
            foreach (JsonElement speed in outcome.Json.GetProperty("speeds").EnumerateArray())
            {
                Assert.InRange(Number("swingS") / Number("catSwingS"), 0.9, 1.1);
                Assert.InRange(Number("stanceS") / Number("catStanceS"), 0.93, 1.07);
                Assert.InRange(Number("heldMS") / Number("speedMS"), 0.97, 1.03);

                double Number(string name) => speed.GetProperty(name).GetDouble();
            }

            // The table says the same: the last part's swings, counted by the flexor's rows of 5 ms.
            string[][] rows = [.. File.ReadLines(csv).Skip(1).Select(line => line.Split(','))];
            Assert.Equal(2 * 8 * 200, rows.Length);
            string[][] last = [.. rows.Where(row => double.Parse(row[0], CultureInfo.InvariantCulture) > 10)];
            int onsets = last.Zip(last.Skip(1)).Count(pair => pair.First[6] == "0" && pair.Second[6] == "1");
            JsonElement figures = outcome.Json.GetProperty("speeds")[1];
            double cycle = figures.GetProperty("swingS").GetDouble() + figures.GetProperty("stanceS").GetDouble();
            Assert.InRange(onsets, Math.Floor(6 / cycle) - 1, Math.Ceiling(6 / cycle) + 1);
            Assert.StartsWith("<svg", File.ReadAllText(svg));

            Outcome read = InProcess.Run("log", log, "--json");
            Assert.Equal((0, ""), (read.ExitCode, read.Errors));
            Assert.Contains("/rhythm/waveforms", read.Output);
            Assert.Contains("/rhythm/spikes", read.Output);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>The study's figures have the order that they must have: another network is more alike than a chess clock, and chance is
    /// not; four Hodgkin-Huxley cells cost more than 200 of the network's, and four that integrate and fire less; a new speed is reached
    /// within two steps.</summary>
    [Fact]
    public void A_study_compares_the_network_with_others()
    {
        Outcome outcome = GanglionProcess.Run("rhythm", "spiking", "--speed", "0.8", "--seconds", "2", "--seed", "42", "--study", "--json");
        Assert.Equal((0, ""), (outcome.ExitCode, outcome.Errors));
        JsonElement study = outcome.Json.GetProperty("study");
        double Number(string name) => study.GetProperty(name).GetDouble();
        Assert.InRange(Number("similarityToOtherNetwork"), 0.9, 1);
        Assert.InRange(Number("similarityToChessClock"), 0.2, 0.9);
        Assert.InRange(Number("similarityByChance"), -0.1, 0.1);
        double[] energies = [.. study.GetProperty("circuits").EnumerateArray().Select(one =>
            one.GetProperty("microjoulesPerS").GetDouble())];
        Assert.True(energies[1] < energies[0] && energies[2] > 5 * energies[0] && energies[3] > 200 * energies[0]);
        Assert.All(study.GetProperty("changes").EnumerateArray(), one =>
            Assert.InRange(one.GetProperty("cyclesToSettle").GetInt32(), 0, 2));
    }

    [Theory]
    [InlineData(1, "20 neurons of seed 1 make no steps", "--neurons", "20")]
    [InlineData(2, "--speed is 0.1 to 1.5 m/s, not 3", "--speed", "0.5", "3")]
    public void What_cannot_be_is_refused_in_one_line(int exitCode, string told, params string[] options) =>
        Assert.Contains(told, InProcess.Run(["rhythm", "spiking", .. options]).Refused(exitCode));
}
