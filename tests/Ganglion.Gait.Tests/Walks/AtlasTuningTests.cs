using System.Text;
using Ganglion.Gait.Trials;
using Ganglion.Gait.Walks;
using Ganglion.Physics;
using Ganglion.Ranks;
using Ganglion.Robots.Gaits;
using Ganglion.Robots.Robot;
using Ganglion.Robots.Walkers;
using Ganglion.Robots.Yaml;

namespace Ganglion.Gait.Tests.Walks;

/// <summary>A gait's atlas: the search that finds it, the file that keeps it, and the slope that is walked with it and not
/// without.</summary>
public class AtlasTuningTests
{
    private static readonly RobotDescription Robot = RobotFile.Load(GaitFileTests.InRepository("hardware/robots/walker12.yaml"));

    private static readonly string LongPath = GaitFileTests.InRepository("hardware/gaits/longstep12.yaml");

    private static readonly GaitDescription Long = GaitFile.Load(LongPath, Robot);

    private static readonly AtlasProblem Problem = new(WalkHash.Of(Robot), Long.FileHash,
        [new(8.9 * Math.PI / 180, 0.2), new(-8.9 * Math.PI / 180, 0.2)], ["adapt", "foot_x_m"], 0.1, 4, 1, 10, 0, [1], [3]);

    /// <summary>Twenty degrees down are walked with the shipped atlas, and with the gait from which it comes they are not.</summary>
    [Theory]
    [InlineData("atlas12", true)]
    [InlineData("longstep12", false)]
    public void TheShippedAtlasWalksWhereItsGaitFalls(string name, bool walks)
    {
        GaitDescription gait = GaitFile.Load(GaitFileTests.InRepository($"hardware/gaits/{name}.yaml"), Robot);
        var conditions = new TrialConditions(Terrain.Belt(new BeltSlope(0, -20 * Math.PI / 180)), 12) { Push = 2 };
        using var trial = new WalkTrial(Robot, conditions);
        Assert.Equal(walks, trial.Run(gait with { Speed = 0.1 }, 41).Fell == null);
    }

    [Fact]
    public void ASearchIsTheSameOnThreadsAndRanksAndAfterABreakAndEndsASideWhereItFalls()
    {
        using var whole = new AtlasTuning(Problem, Robot, Long, 1, 2);
        while (whole.Step())
        {
        }

        using var first = new AtlasTuning(Problem, Robot, Long, 1, 1);
        Assert.True(first.Step());
        string path = Path.Combine(AppContext.BaseDirectory, "atlas-checkpoint.json");
        first.Save().Save(path);
        using var second = new AtlasTuning(Problem, Robot, Long, 1, 1);
        second.Load(AtlasCheckpoint.Load(path, Problem, 1));
        while (second.Step())
        {
        }

        Assert.Equal(2, whole.Results.Count);
        Assert.Equal(whole.Results.Select(one => (one.Ground, one.Walked, one.Speed)),
            second.Results.Select(one => (one.Ground, one.Walked, one.Speed)));
        Assert.Equal(whole.Results.SelectMany(one => one.Values), second.Results.SelectMany(one => one.Values));
        Assert.Equal((2, 2), whole.Progress);
        ThreadRanks.Run(2, ranks =>
        {
            using var ranked = new AtlasTuning(Problem, Robot, Long, 1, 1, ranks);
            if (ranks.Rank > 0)
            {
                ranked.Serve();
                return;
            }

            while (ranked.Step())
            {
            }

            Assert.Equal(whole.Results.SelectMany(one => one.Values), ranked.Results.SelectMany(one => one.Values));
        });
        Assert.Throws<InvalidDataException>(() => AtlasCheckpoint.Load(path, Problem with { Push = 1 }, 1));

        // What lies beyond a fall is not looked at.
        AtlasResult fallen = whole.Results[0] with { Walked = 0 };
        second.Load(new AtlasCheckpoint(Problem.Hash, 1, [fallen], null));
        Assert.Equal(-8.9, second.Next!.Value.Slope * 180 / Math.PI, 9);
        AtlasProblem steep = Problem with { Grounds = [Problem.Grounds[0], new(0.26, 0.1)] };
        using var third = new AtlasTuning(steep, Robot, Long, 1, 1);
        third.Load(new AtlasCheckpoint(steep.Hash, 1, [fallen], null));
        Assert.Null(third.Next);
        Assert.Empty(third.Gait.Atlas);
    }

    [Fact]
    public void AFileKeepsAllElseAndItsNewAtlasComesBack()
    {
        GaitDescription gait = Long with
        {
            Atlas = [GaitAtlasKeys.Own(Long.Walk, Long.Reflexes, -0.2), GaitAtlasKeys.Own(Long.Walk, Long.Reflexes, 0)],
        };
        (gait.Atlas[0].Adapt, gait.Atlas[0].FootX, gait.Atlas[0].Lean) = (0.9f, 0.03f, 0.02f);
        string text = GaitEdit.WithAtlas(File.ReadAllText(LongPath), "other", gait);
        Assert.Equal(text, GaitEdit.WithAtlas(text, "other", gait));
        Assert.Contains("# Tuned sideways", text, StringComparison.Ordinal);
        GaitDescription back = GaitFile.Parse(Encoding.UTF8.GetBytes(text), "other.yaml", Robot);
        Assert.Empty(back.Speeds);
        string made = GaitText.Of(back, "version: 0.1.0, search: cma, seed: 1, evaluations: 1, fitness: 0, step_mm: 0", "A test.");
        foreach (GaitDescription read in new[] { back, GaitFile.Parse(Encoding.UTF8.GetBytes(made), "other.yaml", Robot) })
        {
            Assert.Equal(2, read.Atlas.Length);
            Assert.Equal(-0.2, read.Atlas[0].Slope, 5);
            Assert.Equal((0.9f, 0.03f), (read.Atlas[0].Adapt, read.Atlas[0].FootX));
            Assert.Equal(0.02, read.Atlas[0].Lean, 5);
            Assert.Equal((Long.Reflexes.Adapt, Long.Walk.Height), (read.Atlas[1].Adapt, read.Atlas[0].Height), (a, b) =>
                Math.Abs(a.Item1 - b.Item1) + Math.Abs(a.Item2 - b.Item2) < 1e-6);
        }
    }

    [Theory]
    [InlineData("adapt: 0.9", "adapt: 1.6", "within")]
    [InlineData("adapt: 0.9", "courage: 1", "courage")]
    [InlineData("slope_deg: 0", "slope_deg: -12", "atlas is not sorted")]
    [InlineData("adapt: 0.9", "height_mm: 720", "the legs reach")]
    public void AListThatIsNoAtlasIsRefusedAtItsLine(string good, string bad, string reason)
    {
        GaitDescription gait = Long with
        {
            Atlas = [GaitAtlasKeys.Own(Long.Walk, Long.Reflexes, -0.2), GaitAtlasKeys.Own(Long.Walk, Long.Reflexes, 0)],
        };
        gait.Atlas[0].Adapt = 0.9f;
        string text = GaitEdit.WithAtlas(File.ReadAllText(LongPath), "other", gait);
        Assert.Contains(good, text, StringComparison.Ordinal);
        RobotFileException error = Assert.Throws<RobotFileException>(() => GaitFile.Parse(
            Encoding.UTF8.GetBytes(text.Replace(good, bad, StringComparison.Ordinal)), "other.yaml", Robot));
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
    }
}
