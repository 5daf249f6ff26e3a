using Ganglion.Gait.Trials;
using Ganglion.Physics;
using Ganglion.Robots.Gaits;
using Ganglion.Robots.Robot;
using Ganglion.Robots.Trials;
using Ganglion.Sim.Walking;

namespace Ganglion.Sim.Tests.Walking;

public class BoardTrialTests
{
    internal static TrialPlan Plan(string trial)
    {
        string folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Ganglion.slnx")))
        {
            folder = Path.GetDirectoryName(folder)!;
        }

        string hardware = Path.Combine(folder, "hardware");
        TrialDescription description = TrialFile.Load(
            Directory.GetFiles(Path.Combine(hardware, "trials"), trial + ".yaml", SearchOption.AllDirectories).Single());
        RobotDescription robot = RobotFile.Load(Path.Combine(hardware, "robots", description.Robot + ".yaml"));
        return new TrialPlan(description, robot, GaitFile.Load(Path.Combine(hardware, "gaits", description.Gait + ".yaml"), robot));
    }

    private static TrialRun Run(string trial, double seconds, double? speed = null, List<WalkSample>? samples = null,
        List<WalkerPose>? poses = null)
    {
        TrialPlan plan = Plan(trial);
        plan = plan with { Trial = plan.Trial with { Seconds = seconds, Speed = speed } };
        using BoardTrial run = plan.Prepare(plan.Trial.Conditions[0], 1);
        return run.Run(samples, poses);
    }

    [Fact]
    public void A_board_walks_its_body_and_stops_standing()
    {
        var samples = new List<WalkSample>();
        var poses = new List<WalkerPose>();
        TrialRun run = Run("flat", 12, null, samples, poses);
        Assert.True(run.Walked, run.Outcome);
        Assert.Contains("stopped and stands", run.Outcome, StringComparison.Ordinal);
        Assert.InRange(run.Measures.Distance, 0.3, 8.0);
        Assert.Equal(0, run.I2cErrors);

        // The filter's pitch follows the torso's once the gyroscope's offsets are known.
        Assert.All(samples.Where(sample => sample.Time > 4), sample => Assert.Equal(sample.Pitch, sample.EstimatedPitch, 0.1));
        Assert.InRange(samples.Count, 598, 602);
        Assert.True(poses.Count > samples.Count);
    }

    /// <summary>Every fault of the trials ends in words, whatever the legs do.</summary>
    [Theory]
    [InlineData("fault-imu-freeze", "repeats the same values")]
    [InlineData("fault-imu-lost", "stopped answering")]
    [InlineData("fault-board-reset", "the board was reset")]
    [InlineData("fault-host-gone", "the host was gone")]
    [InlineData("fault-servo-dead", "it fell")]
    public void Faults_end_in_words(string trial, string words)
    {
        TrialRun run = Run(trial, 15);
        Assert.Contains(words, run.Outcome, StringComparison.Ordinal);
        Assert.False(run.Walked);
    }

    [Theory]
    [InlineData("fault-imu-tilted")]
    [InlineData("fault-imu-late")]
    [InlineData("fault-slippery")]
    public void Lesser_faults_do_not_stop_a_walk(string trial) => Assert.True(Run(trial, 12).Walked);

    [Fact]
    public void Muscles_walk()
    {
        TrialRun run = Run("muscles", 10, 0.1);
        Assert.True(run.Walked, run.Outcome);
    }

    /// <summary>The reflex's effect (Kimura-CPG biped, section 4.3): ankles that take over half of 15 degrees let the walker fall at
    /// the ramp's foot, and Tegotae brings it up. The ramp begins after 1.2 m, some 20 s.</summary>
    [Theory]
    [InlineData("half-ankle", false)]
    [InlineData("half-ankle+tegotae", true)]
    public void Tegotae_makes_up_for_half_an_ankle(string condition, bool walks)
    {
        TrialPlan plan = Plan("reflexes-15");
        plan = plan with { Trial = plan.Trial with { Seconds = 40 } };
        var results = new List<TrialRun>();
        foreach (int seed in new[] { 1, 2, 3, 4, 5 })
        {
            using BoardTrial run = plan.Prepare(plan.Trial.Conditions.Single(c => c.Name == condition), seed);
            results.Add(run.Run());
            if (walks)
            {
                Assert.True(results[^1].Measures.LargestSlope > 12 * Math.PI / 180, "It did not come to the ramp.");
            }
        }

        Assert.All(results, result => Assert.Equal(walks, result.Walked));
    }

    /// <summary>A condition changes what it names and nothing else.</summary>
    [Fact]
    public void Conditions_override_the_gaits_reflexes()
    {
        TrialPlan plan = Plan("reflexes-15");
        GaitDescription own = plan.Gait, half = plan.Under(new TrialCondition("half", 0.5, null, null));
        Assert.Equal(0.5f, half.Reflexes.Adapt);
        Assert.Equal(own.Reflexes.Tegotae, half.Reflexes.Tegotae);
        Assert.Equal(own.Reflexes.HipPitchRate, half.Reflexes.HipPitchRate);
        Assert.NotSame(own.Reflexes, half.Reflexes);
    }
}
