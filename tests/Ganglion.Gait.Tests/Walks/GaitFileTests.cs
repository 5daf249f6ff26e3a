using System.Text;
using Ganglion.Gait.Planned;
using Ganglion.Gait.Search;
using Ganglion.Gait.Tests.Planned;
using Ganglion.Robots.Gaits;
using Ganglion.Robots.Robot;
using Ganglion.Robots.Walkers;
using Ganglion.Robots.Yaml;
using Ganglion.Shared.Legs;
using Ganglion.Shared.Reflexes;
using Ganglion.Shared.Walking;

namespace Ganglion.Gait.Tests.Walks;

/// <summary>Gait files: what a search found comes back as a board would walk it, and what no board could walk is refused.</summary>
public class GaitFileTests
{
    private static readonly RobotDescription Robot = RobotFile.Load(InRepository("hardware/robots/walker12.yaml"));

    internal static readonly Lazy<string> Tuned = new(() =>
    {
        GaitTuning tuning = PopulationTests.Tune(new CmaSearch(GaitGenes.Count, 1), 100);
        return GaitWriter.Write("found", tuning.BestGenes, GaitProblem.Of(Robot), new GaitOrigin("0.1.0", "cma", 1, tuning.Evaluations,
            tuning.Best), Robot);
    });

    [Fact]
    public void ATunedGaitWalksAsItWasTuned()
    {
        GaitDescription gait = Parse(Tuned.Value);
        Assert.Equal(WalkHash.Of(Robot), gait.RobotHash);
        WalkPlayer walk = BoardWalk.Build(gait, Robot);
        Assert.Equal(WalkReason.None, walk.Walker.SetCommand(gait.Walk.MaxSpeed, 0, 1));
        walk.Walker.Start();
        double x = 0;
        var landings = new List<double>();
        bool left = true, right = true;
        int standing = 0, ticks = 0;
        for (int n = 0; n < 60 / 0.02; n++)
        {
            walk.Timing.Network.Step();
            Assert.True(walk.Walker.Step(walk.Timing.Network));
            x += walk.Walker.Speed * 0.02;
            if (n < 20 / 0.02)
            {
                continue;
            }

            ticks++;
            standing += (walk.Walker.Left.Swinging ? 0 : 1) + (walk.Walker.Right.Swinging ? 0 : 1);
            if (!walk.Walker.Left.Swinging && !left)
            {
                landings.Add(x + walk.Walker.Left.X);
            }

            if (!walk.Walker.Right.Swinging && !right)
            {
                landings.Add(x + walk.Walker.Right.X);
            }

            (left, right) = (!walk.Walker.Left.Swinging, !walk.Walker.Right.Swinging);
        }
        double step = (landings[^1] - landings[0]) / (landings.Count - 1);
        Assert.Equal(gait.Walk.MaxSpeed * gait.Walk.Cycle / 2, step, 1e-3);
        Assert.InRange(step, 0.25, 0.34);
        Assert.Equal(gait.Walk.Duty, standing / (2.0 * ticks), 0.01);
    }

    [Theory]
    [InlineData("sha256: ", "sha256: 0", "when its legs, body, joints or tick were others")]
    [InlineData("name: walker12", "name: walker10", "was made for 'walker10', not for 'walker12'")]
    [InlineData("inhibition: ", "inhibition: 1", "does not oscillate")]
    [InlineData("height_mm: ", "height_mm: 690 #", "further from its hip")]
    [InlineData("lift_mm: ", "lift_mm: 4", "too close to its hip")]
    [InlineData("duty: ", "duty: nan #", "duty")]
    [InlineData("timeout_s: ", "timeout_s: 0 #", "timeout_s")]
    [InlineData("slope_time_ms: ", "adapt: 2\n  slope_time_ms: ", "adapt is 2; it must be within 0..1.5")]
    [InlineData("corner_hz: ", "joints: ", "unknown key 'joints'")]
    public void WhatCannotBeWalkedIsRefusedWithPlaceAndReason(string key, string damaged, string reason)
    {
        int at = Tuned.Value.IndexOf(key, StringComparison.Ordinal);
        string text = Tuned.Value[..at] + damaged + Tuned.Value[(at + key.Length)..];
        if (key == "sha256: ")
        {
            text = text.Replace(WalkHash.Of(Robot), WalkHash.Of(Robot)[..^1], StringComparison.Ordinal);
        }

        RobotFileException error = Assert.Throws<RobotFileException>(() => Parse(text));
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
        Assert.Matches(@"\D\d+\D", error.Message);
    }

    [Fact]
    public void EveryShippedGaitLoadsForItsRobot()
    {
        foreach (string file in Directory.GetFiles(InRepository("hardware/gaits"), "*.yaml"))
        {
            string robot = File.ReadLines(file).First(line => line.StartsWith("robot:", StringComparison.Ordinal)).Split(' ')[3]
                .TrimEnd(',');
            GaitDescription gait = GaitFile.Load(file, RobotFile.Load(InRepository($"hardware/robots/{robot}.yaml")));
            Assert.Equal(Path.GetFileNameWithoutExtension(file), gait.Name);
        }
    }

    [Fact]
    public void ReflexesAreReadInTheUnitsOfTheBoard()
    {
        string bare = Tuned.Value[..Tuned.Value.IndexOf("\nreflexes:", StringComparison.Ordinal)];
        GaitDescription gait = Parse(bare + (
            "\nreflexes: { slope_time_ms: 90, adapt: 0.5, tegotae: 0.8, hip_roll_rate_s: -0.07, heading_per_s: 1.5, contact_load: 0.1 " +
                "}\ntimeout_s: 3\n"));
        Assert.Equal((0.09f, 0.5f, 0.8f, -0.07f, 1.5f, 0.1f, 0f), (gait.Reflexes.SlopeTime, gait.Reflexes.Adapt, gait.Reflexes.Tegotae,
            gait.Reflexes.HipRollRate,
            gait.Reflexes.Heading, gait.Reflexes.ContactLoad, gait.Reflexes.AnklePitch));
        Assert.Equal(3, gait.Timeout);
        ReflexParameters none = Parse(bare + "\ntimeout_s: 2\n").Reflexes;
        Assert.Equal((0.08f, 0f, 0.05f), (none.SlopeTime, none.Adapt, none.ContactLoad));
    }

    [Theory]
    [InlineData("walker10", "was made for 'walker12', not for 'walker10'")]
    [InlineData("rig12", "'rig12' has no legs")]
    public void AGaitOfAnotherRobotIsRefused(string robot, string reason)
    {
        RobotFileException error = Assert.Throws<RobotFileException>(
            () => GaitFile.Load(InRepository("hardware/gaits/walk.yaml"), RobotFile.Load(InRepository($"hardware/robots/{robot}.yaml"))));
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AProblemHasTheRobotsLegsAndSoles()
    {
        var problem = GaitProblem.Of(Robot);
        Assert.Equal((0.33, 0.33, 0.05, 0.1), (problem.Thigh, problem.Shank, problem.Ankle, problem.Spacing));
        Assert.Equal((0.1, 0.06, 0.02), (problem.HalfLength, problem.HalfWidth, problem.Tick));
    }

    [Fact]
    public void ACheckpointComesBackAndAnotherRunsIsRefused()
    {
        string path = Path.Combine(AppContext.BaseDirectory, "tuning-checkpoint.json");
        GaitProblem problem = new();
        GaitTuning tuning = PopulationTests.Tune(new GeneticSearch(GaitGenes.Count, 9, 16), 2);
        new GaitCheckpoint(GaitCheckpoint.HashOf(problem), 9, 16, tuning.Save()).Save(path);
        TuningState state = GaitCheckpoint.Load(path, problem, 9, new GeneticSearch(GaitGenes.Count, 9, 16));
        Assert.Equal(tuning.BestGenes, state.BestGenes);
        Assert.Equal(tuning.Best, state.Best);
        Assert.Equal(tuning.Save().Search.Numbers, state.Search.Numbers);
        Assert.Throws<InvalidDataException>(() => GaitCheckpoint.Load(path, problem, 8, new GeneticSearch(GaitGenes.Count, 8, 16)));
        Assert.Throws<InvalidDataException>(() => GaitCheckpoint.Load(path, problem with { Spacing = 0.11 }, 9,
            new GeneticSearch(GaitGenes.Count, 9, 16)));
        Assert.Throws<InvalidDataException>(() => GaitCheckpoint.Load(path, problem, 9, new CmaSearch(GaitGenes.Count, 9, 16)));
        File.WriteAllText(path, File.ReadAllText(path)[..100]);
        Assert.Throws<InvalidDataException>(() => GaitCheckpoint.Load(path, problem, 9, new GeneticSearch(GaitGenes.Count, 9, 16)));
    }

    private static GaitDescription Parse(string text) => GaitFile.Parse(Encoding.UTF8.GetBytes(text), "found.yaml", Robot);

    internal static string InRepository(string path)
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder != null && !File.Exists(Path.Combine(folder.FullName, "Ganglion.slnx")))
        {
            folder = folder.Parent;
        }

        return Path.Combine(folder!.FullName, path);
    }
}
