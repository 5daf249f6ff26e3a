using System.Text;
using Ganglion.Gait.Trials;
using Ganglion.Gait.Walks;
using Ganglion.Physics;
using Ganglion.Robots.Gaits;
using Ganglion.Robots.Robot;
using Ganglion.Robots.Walkers;
using Ganglion.Robots.Yaml;

namespace Ganglion.Gait.Tests.Walks;

/// <summary>Speeds that are told and walked: the survey that measures them, the file that keeps them, and the walks that they make
/// true.</summary>
public class SpeedSurveyTests
{
    private static readonly RobotDescription Robot = RobotFile.Load(GaitFileTests.InRepository("hardware/robots/walker12.yaml"));

    private static readonly string LongPath = GaitFileTests.InRepository("hardware/gaits/longstep12.yaml");

    private static readonly GaitDescription Long = GaitFile.Load(LongPath, Robot);

    /// <summary>Seeds that measured nothing. The meter begins to count while the speed still rises: hence the long walk.</summary>
    [Theory]
    [InlineData(0, 0.3)]
    [InlineData(0, 0)]
    [InlineData(8.9, 0.4)]
    public void ItWalksAsFastAsItIsTold(double degrees, double told)
    {
        var conditions = new TrialConditions(Terrain.Belt(new BeltSlope(0, degrees * Math.PI / 180)), 18) { Push = 2, Settle = 10 };
        using var trial = new WalkTrial(Robot, conditions);
        WalkMeasures walked = trial.Run(Long with { Speed = told }, 9701);
        Assert.Null(walked.Fell);
        Assert.Equal(told, walked.Speed, Math.Max(0.02, 0.1 * told));
    }

    [Fact]
    public void ASurveyGoesOutwardUntilAWalkFallsAndGoesOnFromItsCheckpoint()
    {
        var problem = new SpeedProblem(WalkHash.Of(Robot), Long.FileHash, [0], [-0.6, -0.1, 0, 0.2], [9702], 0);
        var survey = new SpeedSurvey(problem, Robot, Long, 2);
        Assert.Equal(0, survey.Step()!.Value.Steps);
        Assert.Equal(-0.1, survey.Step()!.Value.Steps);
        string path = Path.Combine(AppContext.BaseDirectory, "speed-checkpoint.json");
        survey.Save().Save(path);

        var resumed = new SpeedSurvey(problem, Robot, Long, 1);
        resumed.Load(SpeedCheckpoint.Load(path, problem));
        Assert.Equal((2, 4), resumed.Progress);
        Assert.Equal(0.2, resumed.Step()!.Value.Steps);
        SurveyedSpeed back = resumed.Step()!.Value;
        Assert.Equal((-0.6, true), (back.Steps, double.IsNaN(back.Walked)));
        Assert.Null(resumed.Step());

        GroundSpeed[] table = resumed.Table();
        Assert.Equal([-0.1, 0, 0.2], table.Select(one => one.Steps));
        Assert.True(table[0].Walked < table[1].Walked && table[1].Walked < table[2].Walked);
        Assert.Throws<InvalidDataException>(() => SpeedCheckpoint.Load(path, problem with { Push = 1 }));
        Assert.Throws<OperationCanceledException>(() => new SpeedSurvey(problem, Robot, Long, 1).Step(new CancellationToken(true)));
    }

    [Fact]
    public void AFileKeepsAllElseAndItsNewSpeedsComeBack()
    {
        string old = File.ReadAllText(LongPath);
        GroundSpeed[] speeds = [new(0, -0.1, -0.05), new(0, 0.2, 0.2123), new(0.1, 0, 0.01), new(0.1, 0.1, 0.1)];
        string text = GaitEdit.WithSpeeds(old, "other", speeds), again = GaitEdit.WithSpeeds(text, "other", speeds);
        Assert.Equal(text, again);
        string[] others = [.. text.Split('\n').Where(line => !line.Contains("slope_deg", StringComparison.Ordinal))];
        Assert.Equal(old.Replace("name: longstep12", "name: other").Split('\n')
            .Where(line => !line.Contains("slope_deg", StringComparison.Ordinal)), others);
        GaitDescription back = GaitFile.Parse(Encoding.UTF8.GetBytes(text), "other.yaml", Robot);
        Assert.Equal(speeds.Select(one => one.Walked), back.Speeds.Select(one => one.Walked), (a, b) => Math.Abs(a - b) < 1e-9);
        Assert.Equal(speeds.Select(one => one.Slope), back.Speeds.Select(one => one.Slope), (a, b) => Math.Abs(a - b) < 1e-6);

        // The same file as the program writes it anew.
        string made = GaitText.Of(back, "version: 0.1.0, search: cma, seed: 1, evaluations: 1, fitness: 0, step_mm: 0", "A test.");
        Assert.Equal(back.Speeds, GaitFile.Parse(Encoding.UTF8.GetBytes(made), "other.yaml", Robot).Speeds,
            (a, b) => Math.Abs(a.Slope - b.Slope) + Math.Abs(a.Walked - b.Walked) < 1e-6);
    }

    [Theory]
    [InlineData("walked_mm_per_s: 212.3", "walked_mm_per_s: -60", "speeds are no table")]
    [InlineData("steps_mm_per_s: 200", "steps_mm_per_s: 900", "speeds are no table")]
    [InlineData("slope_deg: 5.7296, steps_mm_per_s: 100", "slope_deg: 6, steps_mm_per_s: 100", "speeds are no table")]
    [InlineData("slope_deg: 0, steps_mm_per_s: -100", "slope_deg: 40, steps_mm_per_s: -100", "within")]
    public void AListThatIsNoTableIsRefusedAtItsLine(string good, string bad, string reason)
    {
        GroundSpeed[] speeds = [new(0, -0.1, -0.05), new(0, 0.2, 0.2123), new(0.1, 0, 0.01), new(0.1, 0.1, 0.1)];
        string text = GaitEdit.WithSpeeds(File.ReadAllText(LongPath), "other", speeds);
        Assert.Contains(good, text, StringComparison.Ordinal);
        text = text.Replace(good, bad, StringComparison.Ordinal);
        RobotFileException error = Assert.Throws<RobotFileException>(
            () => GaitFile.Parse(Encoding.UTF8.GetBytes(text), "other.yaml", Robot));
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
        Assert.Contains("speeds", error.Message, StringComparison.Ordinal);
    }
}
