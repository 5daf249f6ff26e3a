using Ganglion.Arm.Control;
using Ganglion.Arm.Inference;
using Ganglion.Arm.Paper;
using Ganglion.Live.Tests;
using Ganglion.Robots.Trunk;

namespace Ganglion.Sim.Tests;

/// <summary>Controllers on virtual boards in virtual time: all figures but those of computing depend on the seed alone.</summary>
public class LiveTrialTests
{
    private const string TenJoints = "trunk10-4g";

    private static IArmController Spiking(TrunkArm arm, bool orientation = false) =>
        new SpikingController(SpikingPoseModel.Load(ShippedFiles.Model("trunk10-4g-128"), arm), 1, orientation);

    private static LiveTrial Run(LiveTrialOptions options, Func<TrunkArm, IArmController>? controller = null) =>
        LiveTrial.Run(ShippedFiles.Robot(TenJoints), controller ?? (arm => Spiking(arm)), options);

    /// <summary>The bar: below a millimetre within the servos' own travel time and half a second.</summary>
    [Fact]
    public void A_target_that_moved_by_a_hundred_millimetres_is_reached_while_the_model_learns()
    {
        LiveTrial trial = Run(new LiveTrialOptions(20, 31) { Distance = 0.1 });
        Assert.Equal((20, 0, 0L), (trial.Reached, trial.Refused, trial.MissedFrames));
        Assert.InRange(trial.AfterTravel.Count(seconds => seconds <= 0.5), 19, 20);
        Assert.InRange(trial.MedianError, 0, 0.1e-3);
        Assert.InRange(trial.Delay, 0.07, 0.1);
    }

    /// <summary>The same for the largest arm, on three boards: its tip moves 20 times less along the arm than around its base, and the
    /// model says little of that.</summary>
    [Fact]
    public void Twenty_five_joints_reach_a_target_that_moved_in_time()
    {
        LiveTrial[] trials = [.. new[] { 31, 37 }.Select(seed => LiveTrial.Run(
            ShippedFiles.Robot("trunk25-4g"),
            arm => new SpikingController(SpikingPoseModel.Load(ShippedFiles.Model("trunk25-4g-512"), arm), seed, orientation: false),
            new LiveTrialOptions(20, seed) { Distance = 0.1 }))];
        Assert.All(trials, trial => Assert.Equal((20, 0, 0L), (trial.Reached, trial.Refused, trial.MissedFrames)));
        Assert.InRange(trials.Sum(trial => trial.AfterTravel.Count(seconds => seconds <= 0.5)), 36, 40);
        Assert.All(trials, trial => Assert.InRange(trial.AfterTravel[10], 0, 0.3));
        Assert.All(trials, trial => Assert.InRange(trial.MedianError, 0, 0.1e-3));
    }

    [Theory]
    [InlineData(0.1, 0.25)]
    [InlineData(0.5, 0.8)]
    [InlineData(1, 1.3)]
    public void Noise_of_the_tracker_is_averaged_out(double noise, double bound)
    {
        LiveTrial trial = Run(new LiveTrialOptions(8, 32) { Noise = 1e-3 * noise });
        Assert.Equal((8, 0), (trial.Outcomes.Count, trial.Refused));
        Assert.InRange(trial.MedianError, 0, 1e-3 * bound);
        Assert.InRange(trial.MaxError, 0, 4e-3 * bound);
    }

    /// <summary>What differs from the model is learned or made up for; nothing runs away.</summary>
    [Theory]
    [InlineData("spiking", "servo base 5 stalled", 1)]
    [InlineData("spiking", null, 1.02)]
    [InlineData("ik", "servo base 5 stalled", 1)]
    [InlineData("ik", null, 1.02)]
    public void A_stuck_gear_and_a_wrong_geometry_are_overcome(string controller, string? fault, double length)
    {
        LiveTrial trial = Run(
            new LiveTrialOptions(8, 33) { Fault = fault, TrueLength = length },
            arm => controller == "ik" ? new LeastSquaresController(arm, 1, orientation: false) : Spiking(arm));
        Assert.InRange(trial.Reached, 7, 8);
        Assert.InRange(trial.MedianError, 0, 0.3e-3);
    }

    [Fact]
    public void Orientation_is_met_where_it_is_asked_for()
    {
        LiveTrial trial = Run(new LiveTrialOptions(8, 34) { Distance = 0.1 }, arm => Spiking(arm, orientation: true));
        Assert.InRange(trial.Reached, 7, 8);
        Assert.InRange(trial.Outcomes.Count(outcome => outcome.AngleError <= 2 * Math.PI / 180), 7, 8);
    }

    /// <summary>The paper's scheme takes the time that it is given, and does not get everywhere, but most often where it was asked
    /// to.</summary>
    [Fact]
    public void The_papers_scheme_comes_near_by_poses_at_rest()
    {
        LiveTrial trial = Run(new LiveTrialOptions(10, 36), arm =>
            new PaperController(SpikingPoseModel.Load(ShippedFiles.Model("trunk10-4g-128"), arm)));
        Assert.Equal(0L, trial.MissedFrames);
        Assert.InRange(trial.MedianError, 0, 1e-3);
    }

    /// <summary>Same seed, same run; and a period never asks the network for more than its share, however large it is.</summary>
    [Fact]
    public void Three_boards_and_the_largest_arm_repeat_exactly()
    {
        LiveTrial[] trials = [.. Enumerable.Range(0, 2).Select(_ => LiveTrial.Run(
            ShippedFiles.Robot("trunk25-4g"),
            arm => new SpikingController(SpikingPoseModel.Load(ShippedFiles.Model("trunk25-4g-512"), arm), 1, orientation: false),
            new LiveTrialOptions(3, 35) { Distance = 0.1 }))];
        Assert.Equal((3, 0L), (trials[0].Reached, trials[0].MissedFrames));
        Assert.Equal(trials[0].TrueErrors, trials[1].TrueErrors);
        Assert.Equal(trials[0].AfterTravel, trials[1].AfterTravel);
    }
}
