using Ganglion.Arm.Adaptation;
using Ganglion.Arm.Avoidance;
using Ganglion.Arm.Body;
using Ganglion.Arm.Control;
using Ganglion.Arm.Inference;
using Ganglion.Basics.Space;
using Ganglion.Live;
using Ganglion.Live.Babbling;
using Ganglion.Live.Reaching;
using Ganglion.Live.Tests;
using Ganglion.Robots.Bodies;
using Ganglion.Robots.Robot;
using Ganglion.Robots.Scenes;
using Ganglion.Robots.Trunk;
using Ganglion.Shared.Safety;

namespace Ganglion.Sim.Tests;

/// <summary>Arms among obstacles, by the distances of the simulated bodies at every moment.</summary>
public class AvoidanceTests
{
    private static readonly RobotDescription Robot = ShippedFiles.Robot("trunk10-4g");

    private static readonly SceneDescription Posts = new("posts", 10e-3, 0,
    [
        new CapsuleObstacle("front post", new Vec3(0.16, 0.06, 0), new Vec3(0.16, 0.06, 0.5), 0.015),
        new SphereObstacle("ball", new Vec3(-0.18, 0.15, 0.33), 0.06),
        new BoxObstacle("block", new Vec3(-0.06, -0.23, 0.17), new Vec3(0.16, 0.12, 0.34), 0.5),
    ]);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Random_targets_are_reached_or_refused_and_nothing_is_touched(bool isSpiking)
    {
        KeptClearance kept = ArmSession.ClearanceOf(Robot, Posts);
        var trial = LiveTrial.Run(Robot, arm => isSpiking ? Spiking(arm, kept)
            : new LeastSquaresController(arm, 1, orientation: false, kept), new LiveTrialOptions(isSpiking ? 15 : 30, 41) { Kept = kept });
        Assert.True(trial.LeastSlack >= 0, $"{1000 * trial.LeastSlack:0.00} mm: {trial.Nearest}");
        Assert.True(trial.LeastSlack < 0.02, "nothing was near: the scene shows nothing");
        Assert.Equal(trial.Outcomes.Count, trial.Reached);
        Assert.InRange(trial.Refused, 0, isSpiking ? 4 : 8);
        Assert.All(trial.Refusals.Values, words => Assert.Contains("without touching", words));
    }

    /// <summary>Placed by a network and bent aside by gradients through its spikes, the body stays clear by kinematics, which the watch
    /// uses.</summary>
    [Fact]
    public void A_body_that_a_network_places_touches_nothing()
    {
        KeptClearance kept = ArmSession.ClearanceOf(Robot, Posts);
        KeptClearance placed = kept with { Network = BodyNetwork.Load(ShippedFiles.Model("joints/joint-4g-64"), kept.Arm) };
        var trial = LiveTrial.Run(Robot, arm => new LeastSquaresController(arm, 1, orientation: false, placed),
            new LiveTrialOptions(12, 44) { Kept = placed });
        Assert.True(trial.LeastSlack >= 0, $"{1000 * trial.LeastSlack:0.00} mm: {trial.Nearest}");
        Assert.True(trial.LeastSlack < 0.03, "nothing was near: the scene shows nothing");
        Assert.Equal(trial.Outcomes.Count, trial.Reached);
        Assert.InRange(trial.Refused, 0, 5);
    }

    /// <summary>An arm whose gripper opens and closes at the targets keeps it clear wide open.</summary>
    [Fact]
    public void A_gripper_touches_nothing()
    {
        RobotDescription robot = ShippedFiles.Robot("trunk6-3g-gripper");
        KeptClearance kept = ArmSession.ClearanceOf(robot, Posts);
        var trial = LiveTrial.Run(robot, arm => new LeastSquaresController(arm, 1, orientation: false, kept),
            new LiveTrialOptions(12, 43) { Kept = kept });
        Assert.True(trial.LeastSlack >= 0, $"{1000 * trial.LeastSlack:0.00} mm: {trial.Nearest}");
        Assert.Equal(trial.Outcomes.Count, trial.Reached);
        Assert.InRange(trial.Outcomes.Count, 8, 12);
    }

    /// <summary>A ball where a finger of an open gripper is: the arm without one comes there, the arm with one is told no.</summary>
    [Theory]
    [InlineData("trunk6-3g", false)]
    [InlineData("trunk6-3g-gripper", true)]
    public void What_only_a_gripper_would_touch_is_refused_where_there_is_one(string name, bool isRefused)
    {
        RobotDescription robot = ShippedFiles.Robot(name);
        var arm = TrunkArm.FromDescription(robot);
        double[] inputs = [.. Enumerable.Range(0, arm.InputCount).Select(i => 0.5 + 0.2 * Math.Sin(i))];
        double[] from = [.. Enumerable.Repeat(0.5, arm.InputCount)];
        Pose target = arm.Forward(inputs);
        Vec3 beside = target.Position + target.Orientation.ToMatrix() * new Vec3(0, 0.033, -0.01);
        SceneDescription scene = new("ball", 5e-3, 0, [new SphereObstacle("ball", beside, 0.008)]);
        ControllerResult plan = new LeastSquaresController(arm, 1, orientation: true, ArmSession.ClearanceOf(robot, scene))
            .Solve(target, from, inputs);
        Assert.Equal(isRefused, !plan.Reachable);
        Assert.Equal(isRefused, plan.Touches?.Contains("gripper and the ball") ?? false);
    }

    /// <summary>In a shaft in which it only just stands an arm finds no posture: it says so, parked, and does not draw for ever.</summary>
    [Fact]
    public void An_arm_without_room_does_not_babble()
    {
        SceneDescription shaft = new("shaft", 5e-3, null,
        [
            .. new[] { (1, 0), (-1, 0), (0, 1), (0, -1) }.Select(side => new BoxObstacle($"wall {side}", new Vec3(0.07 * side.Item1,
                0.07 * side.Item2, 0.3), new Vec3(0.02 + 0.18 * Math.Abs(side.Item2), 0.02 + 0.18 * Math.Abs(side.Item1), 0.6), 0)),
        ]);
        using var body = VirtualArm.InVirtualTime(Robot, 44, scene: shaft);
        using var session = new ArmSession(Robot, body.Ports, body.Clock, new Random(44));
        session.Open();
        session.KeepClear(ArmSession.ClearanceOf(Robot, shaft));
        BabbleException told = Assert.Throws<BabbleException>(() => MotorBabble.Run(session, body, 5, 44, _ => { }, default));
        Assert.Contains("Give it room", told.Message, StringComparison.Ordinal);
        session.Boards.PollUntil(body.Clock.NowNanoseconds + 100_000_000);
        Assert.All(session.Boards.Boards, board => Assert.Equal(BoardState.Idle, board.State));
    }

    /// <summary>The same targets without anything minded come through the obstacles: the watch sees it.</summary>
    [Fact]
    public void An_arm_that_minds_nothing_is_seen_to_touch()
    {
        using var body = VirtualArm.InVirtualTime(Robot, 41);
        var watch = new BodyWatch(body, new BodyClearance(TrunkArm.FromDescription(Robot), Posts));
        using var session = new ArmSession(Robot, body.Ports, body.Clock, new Random(41));
        session.Open();
        ReachRun.Execute(session, new LeastSquaresController(session.Arm, 1, orientation: false), body,
            new ReachRunOptions(double.PositiveInfinity, 10, 41), _ => { }, default);
        Assert.True(watch.Least < -0.01);
    }

    /// <summary>An arm that is not built as described, and is told nothing but where its tip is, touches a post by the described body
    /// and none by what it learns.</summary>
    [Fact]
    public void The_body_that_is_there_is_kept_clear_and_not_the_described_one()
    {
        KeptClearance kept = ArmSession.ClearanceOf(Robot, Posts);
        TrunkBodyDescription body = MadeUpArm.Draw(kept.Arm.Design, kept.Arm.Joints, 9221, sags: false);
        RobotDescription built = Robot with { TrunkArm = Robot.TrunkArm! with { Body = body } };
        LiveTrial learned = Try(kept), described = Try(kept with { Body = null });
        Assert.True(learned.LeastSlack >= 0, $"{1000 * learned.LeastSlack:0.00} mm: {learned.Nearest}");
        Assert.True(described.LeastSlack < -5e-3, $"{1000 * described.LeastSlack:0.00} mm: the described body is right enough");
        Assert.Equal(learned.Outcomes.Count, learned.Reached);
        Assert.InRange(learned.Refused, 0, 6);

        LiveTrial Try(KeptClearance own) => LiveTrial.Run(built, arm => new LeastSquaresController(arm, 1, orientation: false, own),
            new LiveTrialOptions(25, 9221) { Kept = own, TargetsOf = body.Dimensions });
    }

    /// <summary>The first way is that of the body which is there: by the described one this arm, 3 targets of `bench avoidance --made-up
    /// --scenes posts`, came 0.45 mm nearer to a post than it is told to keep.</summary>
    [Fact]
    public void The_first_way_already_keeps_clear_the_body_that_is_there()
    {
        const int Seed = 9305;
        KeptClearance kept = ArmSession.ClearanceOf(Robot, ShippedFiles.Scene("posts"));
        TrunkBodyDescription body = MadeUpArm.Draw(kept.Arm.Design, kept.Arm.Joints, Seed, sags: false);
        var trial = LiveTrial.Run(Robot with { TrunkArm = Robot.TrunkArm! with { Body = body } }, arm => new SpikingController(
            SpikingPoseModel.Load(ShippedFiles.Model("trunk10-4g-128"), arm), Seed, orientation: false, kept),
            new LiveTrialOptions(3, Seed) { Kept = kept, TargetsOf = body.Dimensions });
        Assert.Equal(3, trial.Reached);
        Assert.InRange(trial.LeastSlack, 0, 0.03);
    }

    /// <summary>A target that moves into a post and out at its other side is followed as near as the clearance lets the arm, and met
    /// again.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_target_that_goes_through_a_post_is_followed_around_it(bool isSpiking)
    {
        KeptClearance kept = ArmSession.ClearanceOf(Robot, Posts);
        using var body = VirtualArm.InVirtualTime(Robot, 7);
        using var session = new ArmSession(Robot, body.Ports, body.Clock, new Random(7));
        session.Open();
        session.KeepClear(kept);
        var watch = new BodyWatch(body, kept.NewBody());
        IArmController controller = isSpiking ? Spiking(session.Arm, kept)
            : new LeastSquaresController(session.Arm, 1, orientation: false, kept);
        ReachRun.Warm(session, controller);
        session.ArmOutputs(body);
        var loop = new ReachLoop(session, controller, body);
        double nearest = double.PositiveInfinity;
        for (int i = 0; i < 700; i++)
        {
            double share = Math.Clamp((i - 150) / 400.0, 0, 1);
            loop.Follow(new Pose(new Vec3(0.16, 0.2 - 0.28 * share, 0.35), Quat.Identity));
            loop.Step();
            nearest = i > 650 ? Math.Min(nearest, loop.TipError) : nearest;
        }

        loop.ParkAndDisarm();
        Assert.Null(session.NotParked);
        Assert.True(watch.Least >= 0, $"{1000 * watch.Least:0.00} mm: {watch.Where}");
        Assert.True(nearest < 2e-3, $"{1000 * nearest:0.0} mm off at the end");
    }

    [Fact]
    public void An_arm_that_is_parked_too_near_to_something_is_refused()
    {
        using var body = VirtualArm.InVirtualTime(Robot, 1);
        using var session = new ArmSession(Robot, body.Ports, body.Clock, new Random(1));
        var scene = new SceneDescription("tight", 5e-3, 0, [new SphereObstacle("lamp", new Vec3(0.05, 0, 0.4), 0.03)]);
        IOException fault = Assert.Throws<IOException>(() => session.KeepClear(ArmSession.ClearanceOf(Robot, scene)));
        Assert.Contains("the lamp", fault.Message);
        Assert.Contains("parked", fault.Message);
    }

    private static SpikingController Spiking(TrunkArm arm, KeptClearance kept) =>
        new(SpikingPoseModel.Load(ShippedFiles.Model("trunk10-4g-128"), arm), 1, orientation: false, kept);
}
