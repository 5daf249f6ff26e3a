using System.Xml.Linq;
using Ganglion.Arm.Learning;
using Ganglion.Lab.Pictures;
using Ganglion.Lab.Reports;
using Ganglion.Lab.Reports.Trunk;
using Ganglion.Robots.Robot;
using Ganglion.Robots.Trunk;

namespace Ganglion.Lab.Tests.Reports;

/// <summary>The reproduction as a computation, on networks that are small enough to be quick: what is computed does not matter here, that
/// all of it is does.</summary>
public sealed class TrunkReproductionTests : IDisposable
{
    private const string Version = "0.1.0";

    private static readonly TrunkPlan Small = new(Quick: true, Seed: 3)
    {
        Targets = 12,
        Length = 12,
        OptimiserRuns = 2,
        OptimiserLength = 12,
        Updates = 3,
        PaperUpdates = 4,
        Hidden = 8,
        SolverTargets = 2,
        LargeSolverTargets =
            1,
        Postures = 5,
        PredictedPoses = 30,
    };

    private static readonly ShippedModel[] Models = [Untrained("trunk10-4g"), Untrained("trunk25-4g"), Untrained("trunk6-3g"),
        Untrained("trunk20-3g"), Untrained("trunk6-3g", hidden: 12)];

    private static readonly TrainingSettings Paper = TrainingSettings.Default with
    {
        Hidden = 8,
        Form = new TargetForm(PositionTarget.Next, OrientationTarget.Raw),
        Recipe = TrainingSettings.Default.Recipe with { Updates = 50_000, BatchSize = 16, TrainingSet = 32 },
    };

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("ganglion-lab-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void An_interrupted_run_goes_on_to_the_same_figures_whatever_the_threads()
    {
        using TrunkReproduction whole = Open("whole", 1, (_, _, _) => { });
        whole.Run(default);

        using var stop = new CancellationTokenSource();
        using (TrunkReproduction first = Open("broken", 2, (done, total, _) =>
        {
            if (done > total / 2)
            {
                stop.Cancel();
            }
        }))
        {
            Assert.ThrowsAny<OperationCanceledException>(() => first.Run(stop.Token));
            Assert.Empty(first.Arms);
        }

        int computed = 0;
        using TrunkReproduction second = Open("broken", 2, (_, _, _) => computed++);
        Assert.InRange(second.Resumed, 10, 200);
        second.Run(default);
        Assert.Equal(whole.Arms.Count, second.Arms.Count);
        foreach ((TrunkArmRun a, TrunkArmRun b) in whole.Arms.Zip(second.Arms))
        {
            Assert.Equal(a.Paper.Errors, b.Paper.Errors);
            Assert.Equal(a.Elsewhere.Errors, b.Elsewhere.Errors);
            Assert.Equal(a.Pose.Angles, b.Pose.Angles);
            Assert.Equal(a.Position.MedianCurve, b.Position.MedianCurve);
            Assert.Equal(a.Rounding.Together, b.Rounding.Together);
        }

        Assert.Equal(whole.Optimisers.Select(row => row.Trial.MedianErrors), second.Optimisers.Select(row => row.Trial.MedianErrors));
        Assert.Equal(12, second.Arms[0].Paper.Poses);
        Assert.Equal((4, 30, 12), (second.Paper!.Settings.Recipe.Updates, second.Paper.Prediction.Poses, second.Paper.Inference.Poses));
        ShippedModel six = Models[2];
        Assert.All(second.Played!.Strokes.Zip(second.Sequences[six].Inputs), pair =>
        {
            double[] inferred = new double[six.Arm.StrokeCount];
            six.Arm.InputsToStrokes(pair.Second, inferred);
            Assert.All(pair.First.Zip(inferred), gear => Assert.Equal(gear.Second, gear.First, 0.01));
        });
        Assert.Equal(whole.Paper!.Inference.Errors, second.Paper.Inference.Errors);
        Page_is_one_well_formed_file(second);
    }

    private static void Page_is_one_well_formed_file(TrunkReproduction run)
    {
        string page = TrunkReport.Render(run, Version);
        Assert.DoesNotContain("http", page.Replace("http://www.w3.org/2000/svg", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.DoesNotContain("NaN", page, StringComparison.Ordinal);
        string[] pictures =
            [.. page.Split("<svg").Skip(1).Select(part => "<svg" + part[..(part.IndexOf("</svg>", StringComparison.Ordinal) + 6)])];
        Assert.Equal(16, pictures.Length);
        Assert.All(pictures, picture => XDocument.Parse(picture));
        foreach (string figure in (string[])["Figure 3", "Figure 4", "Figure 5", "Figure 6", "Figure 7", "Figure 8", "Figure 9",
            "Figure 10", "Figure 11", "least squares on the exact model"])
        {
            Assert.Contains(figure, page, StringComparison.Ordinal);
        }

        Assert.Contains("The paper has 50000 updates; 4 were made here", page, StringComparison.Ordinal);

        // Of two models of its arm, Figure 7 has the larger one.
        Assert.Contains("trunk6-3g-12: step 0.01", page, StringComparison.Ordinal);
        Assert.DoesNotContain("trunk6-3g-8: step 0.01", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Finished_parts_of_another_run_are_refused()
    {
        using (var store = new PartStore(Path.Combine(_folder.FullName, "parts.json"), "one"))
        {
            Assert.Equal(4, store.Part("a", () => 4));
        }

        using (var again = new PartStore(Path.Combine(_folder.FullName, "parts.json"), "one"))
        {
            Assert.Equal(4, again.Part("a", () => 5));
        }

        string told = Assert.Throws<InvalidDataException>(() => new PartStore(Path.Combine(_folder.FullName, "parts.json"), "two")).Message;
        Assert.Contains("delete its folder", told, StringComparison.Ordinal);
        File.WriteAllText(Path.Combine(_folder.FullName, "parts.json"), "{\"Subject\":\"one\"}");
        Assert.Throws<InvalidDataException>(() => new PartStore(Path.Combine(_folder.FullName, "parts.json"), "one"));
    }

    [Fact]
    public void A_missing_arm_is_named() => Assert.Contains(
        "25-joint 4-geared", Assert.Throws<InvalidDataException>(() => new TrunkReproduction(Small, [Models[0], Models[2], Models[3]],
            Paper, Version, _folder.FullName, 1, (_, _, _) => { })).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData(0, 3.0, 3.0, 3.0)]
    [InlineData(1, 1.0, 2.0, 3.0, 4.0, 3.0, 2.0)]
    [InlineData(2, 1.0, 5.0, 1.0, 1.0, 4.0, 1.0)]
    [InlineData(2, 5.0, 1.0, 1.0, 4.0, 1.0, 1.0)]
    [InlineData(1, 1.0, 9.0, 8.5, 8.9, 5.0, 1.0)]
    public void Peaks_are_counted_around_the_cycle(int peaks, params double[] profile) => Assert.Equal(peaks, SpikeRaster.PeaksOf(profile));

    [Fact]
    public void Errors_are_taken_at_round_numbers_and_at_the_end()
    {
        int[] marks = TrunkPlan.Marks(5000);
        Assert.Equal(marks.Order().Distinct(), marks);
        Assert.Superset(new HashSet<int> { 0, 1, 200, 500, 1000, 5000 }, marks.ToHashSet());
        Assert.InRange(marks.Length, 30, 70);
    }

    private TrunkReproduction Open(string folder, int threads, Action<int, int, string> progress) =>
        new(Small, Models, Paper, Version, Path.Combine(_folder.FullName, folder), threads, progress);

    private static ShippedModel Untrained(string built, int hidden = 8)
    {
        RobotDescription robot = Shipped.Robot(built);
        var arm = TrunkArm.FromDescription(robot);
        TrainingSettings settings = TrainingSettings.Default with { Hidden = hidden };
        using var training = new ArmTraining(arm, settings, new TrainingBudget());
        string name = $"{built}-{hidden}";
        return new ShippedModel(name, new string('0', 64), robot, arm, settings.Form, training.Model(name, new PoseErrors(1, 1, 1, 1, 1)));
    }
}
