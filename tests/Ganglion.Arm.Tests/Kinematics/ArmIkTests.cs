using Ganglion.Arm.Kinematics;
using Ganglion.Arm.Learning;
using Ganglion.Arm.Trials;
using Ganglion.Basics.Space;
using Ganglion.Robots.Trunk;
using Ganglion.Shared.Tests;

namespace Ganglion.Arm.Tests.Kinematics;

public class ArmIkTests
{
    /// <summary>1 000 reachable edge-case poses, random starts, position and orientation: at least 99.5 % to a micrometre.</summary>
    [Theory]
    [MemberData(nameof(Arms.Names), MemberType = typeof(Arms))]
    public void Reaches_a_thousand_random_poses_to_a_micrometre(string name)
    {
        var trial = IkTrial.Run(TrunkArm.FromDescription(Arms.Shipped(name)), 1000, 11, new IkOptions());
        Assert.InRange(trial.Reached, 995, 1000);
    }

    [Theory]
    [MemberData(nameof(Arms.Names), MemberType = typeof(Arms))]
    public void Reaches_positions_alone(string name)
    {
        var trial = IkTrial.Run(TrunkArm.FromDescription(Arms.Shipped(name)), 400, 13, new IkOptions { Orientation = false });
        Assert.InRange(trial.Reached, 398, 400);
    }

    /// <summary>The solver's own word against the pose that its inputs give, and its limits: with a budget so small that it often
    /// fails.</summary>
    [Theory]
    [MemberData(nameof(Arms.Names), MemberType = typeof(Arms))]
    public void Reports_its_error_truly_and_keeps_the_limits(string name)
    {
        var arm = TrunkArm.FromDescription(Arms.Shipped(name));
        ArmIk ik = new(arm);
        PoseSampler sampler = new(arm, 15);
        Random random = new(16);
        IkOptions hurried = new() { MaxIterations = 8 };
        double[] start = new double[arm.InputCount], goal = new double[arm.InputCount], solution = new double[arm.InputCount];
        int converged = 0;
        for (int i = 0; i < 200; i++)
        {
            sampler.Sample(start);
            sampler.Sample(goal);
            Pose target = arm.Forward(goal);
            IkResult result = ik.Solve(target, start, solution, random, hurried);
            Assert.All(solution, input => Assert.InRange(input, arm.InputMin, arm.InputMax));
            Pose tip = arm.Forward(solution);
            Assert.Equal((tip.Position - target.Position).Length, result.PositionError, 1e-12);
            Assert.Equal(Quat.Angle(tip.Orientation, target.Orientation), result.OrientationError, 1e-12);
            Assert.Equal(result.PositionError <= 1e-6 && result.OrientationError <= 1e-6, result.Converged);
            if (result.Converged)
            {
                converged++;
            }
        }
        Assert.InRange(converged, 10, 190);
    }

    [Fact]
    public void A_target_at_the_start_needs_no_step()
    {
        TrunkArm arm = new(JointDesign.FourGeared, 10);
        double[] inputs = new double[30];
        new PoseSampler(arm, 1).Sample(inputs);
        double[] solution = new double[30];
        IkResult result = new ArmIk(arm).Solve(arm.Forward(inputs), inputs, solution, new Random(1), new IkOptions());
        Assert.Equal(new IkResult(true, 0, result.OrientationError, 0, 0), result);
        Assert.Equal(inputs, solution);
    }

    [Fact]
    public void A_small_move_stays_near_the_start()
    {
        TrunkArm arm = new(JointDesign.ThreeGeared, 6);
        double[] start = new double[18], solution = new double[18];
        Array.Fill(start, 0.5);
        Pose tip = arm.Forward(start);
        Pose target = tip with { Position = tip.Position + new Vec3(2e-3, -1e-3, 1e-3) };
        IkResult result = new ArmIk(arm).Solve(target, start, solution, new Random(1), new IkOptions());
        Assert.True(result is { Converged: true, Restarts: 0 });
        Assert.All(solution, value => Assert.InRange(value, 0.45, 0.55));
    }

    [Fact]
    public void Out_of_reach_hands_back_the_stretched_arm()
    {
        TrunkArm arm = new(JointDesign.ThreeGeared, 6);
        double[] start = new double[18], solution = new double[18];
        Array.Fill(start, 0.4);
        Pose target = new(new Vec3(0, 0, 5), Quat.Identity);
        IkResult result = new ArmIk(arm).Solve(target, start, solution, new Random(1), new IkOptions
        {
            Orientation = false,
            MaxIterations = 2000
        });
        Assert.False(result.Converged);
        double reach = 6 * (82.875e-3 + 53.75e-3) + 216.85e-3;
        Assert.Equal(5 - reach, result.PositionError, 1e-6);
        Assert.InRange(result.Iterations, 2000, 2000);
    }

    [Fact]
    public void Cancelled_it_hands_back_the_best_so_far()
    {
        TrunkArm arm = new(JointDesign.FourGeared, 10);
        double[] solution = new double[30];
        using CancellationTokenSource cancelled = new();
        cancelled.Cancel();
        Pose target = new(new Vec3(0.2, 0.1, 0.3), Quat.Identity);
        IkResult result = new ArmIk(arm).Solve(target, new double[30], solution, new Random(1), new IkOptions(), cancelled.Token);
        Assert.False(result.Converged);
        Assert.Equal(0, result.Iterations);
        Assert.Equal((arm.Forward(solution).Position - target.Position).Length, result.PositionError);
    }

    [Fact]
    public void Same_seed_same_solution()
    {
        var arm = TrunkArm.FromDescription(Arms.Shipped("trunk20-3g"));
        double[] start = new double[60], goal = new double[60], first = new double[60], second = new double[60];
        PoseSampler sampler = new(arm, 21);
        for (int i = 0; i < 20; i++)
        {
            sampler.Sample(start);
            sampler.Sample(goal);
            IkResult a = new ArmIk(arm).Solve(arm.Forward(goal), start, first, new Random(5), new IkOptions());
            IkResult b = new ArmIk(arm).Solve(arm.Forward(goal), start, second, new Random(5), new IkOptions());
            Assert.Equal(a, b);
            Assert.Equal(first, second);
        }
    }

    [Fact]
    public void A_search_allocates_nothing()
    {
        var arm = TrunkArm.FromDescription(Arms.Shipped("trunk20-3g"));
        ArmIk ik = new(arm);
        PoseSampler sampler = new(arm, 31);
        Random random = new(32);
        IkOptions options = new();
        double[] start = new double[60], goal = new double[60], solution = new double[60];
        long allocated = 0;
        int restarts = 0;
        for (int i = 0; i < 50; i++)
        {
            sampler.Sample(start);
            sampler.Sample(goal);
            Pose target = arm.Forward(goal);
            allocated += Allocation.Of(() => restarts += ik.Solve(target, start, solution, random, options).Restarts);
        }
        Assert.True(restarts > 0);
        Assert.Equal(0, allocated);
    }

    [Fact]
    public void Nonsense_is_refused_in_words()
    {
        TrunkArm arm = new(JointDesign.FourGeared, 2);
        ArmIk ik = new(arm);
        double[] six = new double[6];
        Pose somewhere = new(new Vec3(0, 0, 0.1), Quat.Identity);
        Assert.Contains("not finite", Assert.Throws<ArgumentException>(() =>
            ik.Solve(new Pose(new Vec3(double.NaN, 0, 0), Quat.Identity), six, six, new Random(1), new IkOptions())).Message);
        Assert.Contains("not finite", Assert.Throws<ArgumentException>(() =>
            ik.Solve(new Pose(default, default), six, six, new Random(1), new IkOptions())).Message);
        Assert.Contains("needs 6", Assert.Throws<ArgumentException>(() => ik.Solve(somewhere, new double[5], six, new Random(1),
            new IkOptions())).Message);
        Assert.Contains("no limits", Assert.Throws<ArgumentException>(() =>
            new ArmIk(new TrunkArm(JointDesign.FourGeared, 2, paperCompatible: true))).Message);
    }
}
