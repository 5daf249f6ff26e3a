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
        conditions: [{ name: none, adapt: 0, tegotae: 0 }, { name: own, gait: clock12 }]
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
        Assert.Equal<TrialCondition>([new TrialCondition("none", 0, 0, null), new TrialCondition("own", null, null, null, Gait: "clock12")],
            trial.Conditions);
    }

    private const string Ordered = """
        kind: trial
        name: ordered
        robot: walker12
        gait: walk
        terrain: { type: rough, height_mm: 30, side_deg: 8, patches: [{ from_mm: 500, to_mm: 900, friction: 0.3 }] }
        seconds: 20
        seeds: 2147483646-2147483647
        turn_deg_per_s: 4
        load: { mass_kg: 5, up_mm: 300 }
        commands: [{ at_s: 5, speed_mm_per_s: -60 }, { at_s: 9, do: stand }, { at_s: 12, turn_deg_per_s: -4 }]
        conditions: [{ name: slow, speed_mm_per_s: 40 }]
        """;

    [Fact]
    public void Orders_loads_and_what_is_wrong_with_the_ground_are_read()
    {
        TrialDescription trial = TrialFile.Parse(Encoding.UTF8.GetBytes(Ordered), "ordered.yaml");
        Assert.Equal((2147483646, 2147483647), (trial.FirstSeed, trial.LastSeed));
        Assert.Equal(new TrialLoad(5, 0, 0, 0.3), trial.Load);
        Assert.Equal(8 * Math.PI / 180, trial.Terrain.Side);
        Assert.Equal((0.5, 0.9, 0.3), Assert.Single(trial.Terrain.Patches));
        Assert.Equal(0.2, Assert.IsType<RoughGround>(trial.Terrain).Cell);
        Assert.Equal<TrialCommand>([new(5, true, -0.06, null), new(9, false, null, null), new(12, true, null, -4 * Math.PI / 180)],
            trial.Commands);
        Assert.Equal(0.04, Assert.Single(trial.Conditions).Speed);
    }

    [Theory]
    [InlineData("do: stand", "do: stand, speed_mm_per_s: 5", "who stands has no speed")]
    [InlineData("to_mm: 900", "to_mm: 500", "ends behind its beginning")]
    [InlineData("at_s: 9", "at_s: 5", "does not come after")]
    [InlineData("2147483646-", "1-", "are more than 10000")]
    [InlineData("2147483646-2147483647", "2147483648", "seeds")]
    public void What_is_wrong_with_orders_is_said(string good, string bad, string message)
    {
        RobotFileException error = Assert.Throws<RobotFileException>(() =>
            TrialFile.Parse(Encoding.UTF8.GetBytes(Ordered.Replace(good, bad)), "ordered.yaml"));
        Assert.Contains(message, error.Message);
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
