using System.Text;
using System.Text.Json.Nodes;
using Ganglion.Robots.Trials;
using Ganglion.Robots.Yaml;

namespace Ganglion.Robots.Tests;

public class TrialFileTests
{
    private const string Belt = """
        kind: trial
        name: belt
        robot: walker12
        gait: walk
        terrain: { type: belt, schedule: [{ at_s: 0, slope_deg: 0 }, { at_s: 10, slope_deg: 8.9 }] }
        seconds: 20
        seeds: 3-7
        cadence: 1.5
        push_ns: 2
        faults: [{ at_s: 5, fault: imu freeze for 1s }]
        conditions: [{ name: none, adapt: 0, tegotae: 0 }, { name: own }]
        """;

    private static string Folder => Path.Combine(AppContext.BaseDirectory, "hardware", "trials");

    [Fact]
    public void A_trial_is_read_in_SI_units()
    {
        TrialDescription trial = TrialFile.Parse(Encoding.UTF8.GetBytes(Belt), "belt.yaml");
        BeltGround belt = Assert.IsType<BeltGround>(trial.Terrain);
        Assert.Equal((10.0, 8.9 * Math.PI / 180), belt.Schedule[1]);
        Assert.Equal((3, 7, 2.0, 0.0), (trial.FirstSeed, trial.LastSeed, trial.Push, trial.Knock));
        Assert.Null(trial.Speed);
        Assert.Equal(1.5, trial.Cadence);
        Assert.Equal(new TrialFault(5, "imu freeze for 1s"), Assert.Single(trial.Faults));
        Assert.Equal<TrialCondition>([new TrialCondition("none", 0, 0, null), new TrialCondition("own", null, null, null)],
            trial.Conditions);
    }

    [Theory]
    [InlineData("at_s: 10", "at_s: 0", "does not come after")]
    [InlineData("name: own", "name: none", "two conditions are named 'none'")]
    [InlineData("slope_deg: 8.9", "slope_deg: 89", "within -25..25")]
    [InlineData("cadence: 1.5", "cadence: 2.5", "within 0.5..2")]
    [InlineData("seeds: 3-7", "seeds: 7-3", "must rise")]
    [InlineData("type: belt", "type: bolt", "did you mean 'belt'")]
    public void What_is_wrong_is_said(string good, string bad, string message)
    {
        RobotFileException error = Assert.Throws<RobotFileException>(() =>
            TrialFile.Parse(Encoding.UTF8.GetBytes(Belt.Replace(good, bad)), "belt.yaml"));
        Assert.Contains(message, error.Message);
    }

    [Fact]
    public void Every_shipped_trial_loads_and_fits_its_schema()
    {
        JsonNode schema = JsonNode.Parse(Shipped.Schema("trial"))!;
        string[] files = Directory.GetFiles(Folder, "*.yaml", SearchOption.AllDirectories);
        Assert.True(files.Length >= 15);
        foreach (string file in files)
        {
            Assert.Equal(Path.GetFileNameWithoutExtension(file), TrialFile.Load(file).Name);
            Assert.True(JsonSchemaSubset.Accepts(schema, YamlSource.Parse(File.ReadAllBytes(file), file).Root), file);
        }
    }
}
