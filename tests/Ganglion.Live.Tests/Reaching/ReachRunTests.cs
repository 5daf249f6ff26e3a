using Ganglion.Arm.Control;
using Ganglion.Arm.Inference;
using Ganglion.Basics.Space;
using Ganglion.Bridge.Session;
using Ganglion.Live.Reaching;
using Ganglion.Robots.Robot;
using Ganglion.Sim;

namespace Ganglion.Live.Tests.Reaching;

public class ReachRunTests
{
    private static ArmSession Open(VirtualArm arm)
    {
        var session = new ArmSession(arm.Robot.Description, arm.Ports, arm.Clock, new Random(1));
        session.Open();
        return session;
    }

    private static ReachRunResult Run(string name, ReachRunOptions options)
    {
        RobotDescription robot = ShippedFiles.Robot(name);
        using var virtualArm = VirtualArm.InVirtualTime(robot, 1);
        using ArmSession session = Open(virtualArm);
        return ReachRun.Execute(session, new LeastSquaresController(session.Arm, 1), virtualArm, options, _ => { }, default);
    }

    [Fact]
    public void The_ten_joint_arm_reaches_its_targets_through_the_board()
    {
        ReachRunResult result = Run("trunk10-4g", new ReachRunOptions(double.PositiveInfinity, 10, 1));
        Assert.Equal(10, result.Tried);
        Assert.Equal(10, result.Reached);
        Assert.Equal(0, result.MissedFrames);
        Assert.InRange(result.TipError.Median, 0, 0.05e-3);
        Assert.InRange(result.NearestRounding.Max, 0.2e-3, 2 * result.Limit.MaxError);
        Assert.InRange(result.Stream.StreamHz, 49.9, 50.1);
    }

    /// <summary>The arm curled under its base, all joints at the same full tilt: the learned model, which saw little of that, leads
    /// nowhere, and the exact geometry takes over, in words.</summary>
    [Fact]
    public void A_corner_that_the_learned_model_does_not_know_is_reached_all_the_same()
    {
        using var arm = VirtualArm.InVirtualTime(ShippedFiles.Robot("trunk6-3g"), 2);
        using ArmSession session = Open(arm);
        var model = SpikingPoseModel.Load(ShippedFiles.Model("trunk6-3g-128"), session.Arm);
        var controller = new SpikingController(model, 2, orientation: false);
        ReachRun.Warm(session, controller);
        session.ArmOutputs(arm);
        var loop = new ReachLoop(session, controller, arm);
        loop.GoTo(new Pose(new Vec3(0, -0.012, -0.205), Quat.Identity));
        ReachOutcome? outcome = null;
        while (outcome == null)
        {
            outcome = loop.Step();
        }

        Assert.True(outcome.Reached, $"{1000 * outcome.TipError:0.00} mm");
        Assert.Contains("the exact geometry took over", outcome.Fallback);
        Assert.InRange(outcome.MotionSeconds, 0, 5);
    }

    /// <summary>Without a tracker the servos are trusted: each target is driven to, ends, and leaves the gears at rest; how near the tip
    /// comes is what counts leave. The true pose of the simulated tip judges, which the run does not see.</summary>
    [Theory]
    [InlineData("trunk10-4g", 1)]
    [InlineData("trunk10-4g", 2)]
    [InlineData("trunk10-4g", 3)]
    [InlineData("trunk10-4g", 4)]
    [InlineData("trunk6-3g", 1)]
    public void Without_a_tracker_every_target_is_driven_to(string name, int seed)
    {
        using var arm = VirtualArm.InVirtualTime(ShippedFiles.Robot(name), seed);
        using ArmSession session = Open(arm);
        long start = arm.Clock.NowNanoseconds;
        ReachRunResult result = ReachRun.Execute(session, new LeastSquaresController(session.Arm, seed), poses: null,
            new ReachRunOptions(6, int.MaxValue, seed), progress =>
            {
                if (progress.Last is { } outcome)
                {
                    Assert.True(arm.TryMeasure(out Pose tip, out _));
                    Assert.InRange((tip.Position - outcome.Target.Position).Length, 0, 3e-3);
                    Assert.True(double.IsNaN(outcome.TipError) && !outcome.Reached);
                }
            }, default);
        Assert.InRange((arm.Clock.NowNanoseconds - start) * 1e-9, 6, 15);
        Assert.InRange(result.Tried, 8, 25);
    }

    /// <summary>A target that stands still moves no gear any more once the arm is there.</summary>
    [Fact]
    public void A_followed_target_that_stands_still_moves_nothing()
    {
        using var arm = VirtualArm.InVirtualTime(ShippedFiles.Robot("trunk10-4g"), 1);
        using ArmSession session = Open(arm);
        session.ArmOutputs(poses: null);
        var loop = new ReachLoop(session, new LeastSquaresController(session.Arm, 1, orientation: false), poses: null);
        var target = new Pose(new Vec3(-0.16, 0.05, 0.5), Quat.Identity);
        for (int i = 0; i < 200; i++)
        {
            loop.Follow(target);
            loop.Step();
        }

        double[] there = loop.Strokes.ToArray();
        for (int i = 0; i < 50; i++)
        {
            loop.Follow(target);
            loop.Step();
            Assert.Equal(there, loop.Strokes.ToArray());
        }
    }

    /// <summary>Three boards, one arm of 25 joints: a minute at 50 Hz without a missed frame.</summary>
    [Fact]
    public void The_largest_arm_streams_for_a_minute_without_a_missed_frame()
    {
        ReachRunResult result = Run("trunk25-4g", new ReachRunOptions(60, int.MaxValue, 1));
        Assert.True(result.Stream.Steps >= 3000, $"{result.Stream.Steps} steps");
        Assert.All(result.Stream.Boards, board =>
            Assert.Equal((0L, 0L, 0L, 0L), (board.MissedFrames, board.LateFrames, board.RefusedFrames, board.FramesSkipped)));
        Assert.Equal(0, result.MissedFrames);
        Assert.Equal(result.Tried, result.Reached);
    }

    /// <summary>The learned controller, closed over the board by measured poses: a tenth of a millimetre in the median.</summary>
    [Fact]
    public void A_spiking_model_steers_the_arm_through_the_board()
    {
        RobotDescription robot = ShippedFiles.Robot("trunk10-4g");
        using var virtualArm = VirtualArm.InVirtualTime(robot, 1);
        using ArmSession session = Open(virtualArm);
        var model = SpikingPoseModel.Load(ShippedFiles.Model("trunk10-4g-128"), session.Arm);
        var controller = new SpikingController(model, 1, orientation: false);
        ReachRunResult result = ReachRun.Execute(session, controller, virtualArm, new ReachRunOptions(double.PositiveInfinity, 8, 3), _ =>
            { }, default);
        Assert.Equal((8, 0L), (result.Tried, result.MissedFrames));
        Assert.InRange(result.Reached, 7, 8);
        Assert.InRange(result.TipError.Median, 0, 0.1e-3);
    }

    [Theory]
    [InlineData("trunk6-3g")]
    [InlineData("trunk20-3g")]
    public void Three_geared_arms_reach_too(string name)
    {
        ReachRunResult result = Run(name, new ReachRunOptions(double.PositiveInfinity, 4, 2));
        Assert.Equal((4, 4, 0L), (result.Tried, result.Reached, result.MissedFrames));
    }

    [Fact]
    public void What_is_out_of_reach_moves_nothing()
    {
        using var virtualArm = VirtualArm.InVirtualTime(ShippedFiles.Robot("trunk6-3g"), 1);
        using ArmSession session = Open(virtualArm);
        session.ArmOutputs(virtualArm);
        var loop = new ReachLoop(session, new LeastSquaresController(session.Arm, 1), virtualArm);
        loop.GoTo(new Pose(new Vec3(5, 0, 0), Quat.Identity));
        UnreachableTargetException error = Assert.Throws<UnreachableTargetException>(() =>
        {
            for (int i = 0; i < 200; i++)
            {
                Assert.Null(loop.Step());
            }
        });
        Assert.Contains("out of reach", error.Message);
        Assert.Contains("leave the orientation free", error.Message);
        for (int i = 0; i < 25; i++)
        {
            Assert.Null(loop.Step());
        }

        Assert.All(virtualArm.Robot.Trunk!.Strokes.ToArray(), stroke => Assert.Equal(0.5, stroke, 2));
    }

    /// <summary>A controller that finds no posture for every second target costs these targets, not the run.</summary>
    [Fact]
    public void A_target_that_the_controller_refuses_is_told_and_the_run_goes_on()
    {
        using var virtualArm = VirtualArm.InVirtualTime(ShippedFiles.Robot("trunk10-4g"), 1);
        using ArmSession session = Open(virtualArm);
        var refusals = new List<(int Target, double Nearest)>();
        ReachRunResult result = ReachRun.Execute(
            session, new Fussy(new LeastSquaresController(session.Arm, 1)), virtualArm, new ReachRunOptions(double.PositiveInfinity, 5, 1),
            progress =>
            {
                if (progress.Refusal is { } refusal)
                {
                    refusals.Add((progress.Target, refusal.Best.PositionError));
                }
            },
            default);
        Assert.Equal((3, 3, 2, 0L), (result.Tried, result.Reached, result.Refused, result.MissedFrames));
        Assert.Equal([(2, 0.3), (4, 0.3)], refusals);
    }

    private sealed class Fussy(IArmController controller) : IArmController
    {
        private int _targets = -1;
        private bool _refuses;

        public string Name => controller.Name;

        public bool Orientation => controller.Orientation;

        public bool Ready => _refuses || controller.Ready;

        public ControllerResult Plan => _refuses ? new ControllerResult(false, 0.3, 0, 1) : controller.Plan;

        public ReadOnlySpan<double> Goal => controller.Goal;

        public double Residual => controller.Residual;

        public void Begin(in Pose target, ReadOnlySpan<double> from, Pose? measured)
        {
            controller.Begin(target, from, measured);
            // The first plan is that of the warm-up.
            _refuses = ++_targets > 0 && _targets % 2 == 0;
        }

        public void Shift(in Pose target) => controller.Shift(target);

        public void Work(double share) => controller.Work(share);

        public void Observe(ReadOnlySpan<double> strokes, in Pose measured, double doubt, in Vec3 timing) =>
            controller.Observe(strokes, measured, doubt, timing);

        public double TipJacobian(Span<double> jacobian) => controller.TipJacobian(jacobian);
    }

    /// <summary>A board that is reset while the arm moves: the run ends, in words, and nothing moves on.</summary>
    [Fact]
    public void A_board_that_is_reset_ends_the_run()
    {
        using var virtualArm = VirtualArm.InVirtualTime(ShippedFiles.Robot("trunk10-4g"), 1);
        using ArmSession session = Open(virtualArm);
        session.ArmOutputs(virtualArm);
        var loop = new ReachLoop(session, new LeastSquaresController(session.Arm, 1), virtualArm);
        loop.GoTo(session.Arm.Forward(new double[session.Arm.InputCount].Select((_, i) => i % 3 == 0 ? 0.6 : 0.1).ToArray()));
        for (int i = 0; i < 10; i++)
        {
            loop.Step();
        }

        virtualArm.Robot.Faults.Inject("board base reset");
        Assert.Throws<BoardException>(() =>
        {
            for (int i = 0; i < 200; i++)
            {
                loop.Step();
            }
        });
        double[] before = virtualArm.Robot.Trunk!.Strokes.ToArray();
        virtualArm.Clock.WaitUntil(virtualArm.Clock.NowNanoseconds + 2_000_000_000);
        Assert.Equal(before, virtualArm.Robot.Trunk!.Strokes.ToArray());
    }
}
