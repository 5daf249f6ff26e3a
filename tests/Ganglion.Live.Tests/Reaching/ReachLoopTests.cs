using Ganglion.Arm.Control;
using Ganglion.Arm.Inference;
using Ganglion.Basics.Space;
using Ganglion.Live.Reaching;
using Ganglion.Sim;

namespace Ganglion.Live.Tests.Reaching;

public class ReachLoopTests
{
    /// <summary>A target that moves at 100 mm/s on a circle; gears stay below their slew bound whatever it does. Where a board's tick
    /// lies between two frames is as it comes: half a tick is 1 mm.</summary>
    [Theory]
    [InlineData("ik", 1)]
    [InlineData("spiking", 5)]
    public void The_tip_follows_a_target_that_moves(string name, double medianMm)
    {
        using var arm = VirtualArm.InVirtualTime(ShippedFiles.Robot("trunk10-4g"), 1);
        using var session = new ArmSession(arm.Robot.Description, arm.Ports, arm.Clock, new Random(1));
        session.Open();
        IArmController controller = name == "ik"
            ? new LeastSquaresController(session.Arm, 1, orientation: false)
            : new SpikingController(SpikingPoseModel.Load(ShippedFiles.Model("trunk10-4g-128"), session.Arm), 1, orientation: false);
        session.ArmOutputs(arm);
        var loop = new ReachLoop(session, controller, arm);
        do
        {
            loop.Follow(At(0));
            loop.Step();
        }
        while (loop.Planning);
        for (int i = 0; i < 75; i++)
        {
            loop.Follow(At(0));
            loop.Step();
        }

        var errors = new List<double>();
        double[] last = loop.Strokes.ToArray();
        double fastest = 0;
        for (int i = 0; i < 300; i++)
        {
            double time = 0.02 * i;
            loop.Follow(At(time + loop.Delay));
            Assert.Null(loop.Step());
            errors.Add((arm.Robot.Trunk!.Tip.Position - At(time).Position).Length);
            for (int k = 0; k < last.Length; k++)
            {
                fastest = Math.Max(fastest, Math.Abs(loop.Strokes[k] - last[k]) / 0.02);
            }

            last = loop.Strokes.ToArray();
        }

        errors.Sort();
        Assert.InRange(errors[150], 0, 1e-3 * medianMm);
        Assert.InRange(fastest, 0, session.Slew().Max());

        static Pose At(double time) => new(new Vec3(0.1 * Math.Cos(time), 0.1 * Math.Sin(time), 0.45), Quat.Identity);
    }

    /// <summary>A pose that is none is refused, and what was under way goes on.</summary>
    [Fact]
    public void A_target_that_is_not_finite_changes_nothing()
    {
        using var arm = VirtualArm.InVirtualTime(ShippedFiles.Robot("trunk10-4g"), 1);
        using var session = new ArmSession(arm.Robot.Description, arm.Ports, arm.Clock, new Random(1));
        session.Open();
        session.ArmOutputs(arm);
        var loop = new ReachLoop(session, new LeastSquaresController(session.Arm, 1, orientation: false), arm);
        var target = new Pose(new Vec3(0.1, 0.05, 0.45), Quat.Identity);
        loop.GoTo(target);
        loop.Step();
        Assert.Contains("not finite", Assert.Throws<ArgumentException>(() =>
            loop.GoTo(new Pose(new Vec3(double.NaN, 0, 0), Quat.Identity))).Message);
        ReachOutcome? outcome = null;
        for (int i = 0; i < 300 && outcome == null; i++)
        {
            outcome = loop.Step();
        }

        Assert.Equal(target, outcome!.Target);
        Assert.InRange(outcome.TipError, 0, 0.1e-3);
        Assert.InRange(outcome.ReachedAfter, outcome.TravelSeconds, outcome.MotionSeconds);
    }

    /// <summary>Out of the spiking model's reach: the arm holds while it plans, and then says so.</summary>
    [Fact]
    public void An_unreachable_target_is_refused_by_the_learned_model_too()
    {
        using var arm = VirtualArm.InVirtualTime(ShippedFiles.Robot("trunk10-4g"), 1);
        using var session = new ArmSession(arm.Robot.Description, arm.Ports, arm.Clock, new Random(1));
        session.Open();
        session.ArmOutputs(arm);
        var loop = new ReachLoop(session, new SpikingController(SpikingPoseModel.Load(ShippedFiles.Model("trunk10-4g-128"), session.Arm),
            1, orientation: false), arm);
        loop.GoTo(new Pose(new Vec3(1.5, 0, 0.5), Quat.Identity));
        double[] park = session.ParkStrokes();
        UnreachableTargetException error = Assert.Throws<UnreachableTargetException>(() =>
        {
            for (int i = 0; i < 500; i++)
            {
                Assert.Null(loop.Step());
            }
        });
        Assert.Contains("out of reach", error.Message);
        Assert.DoesNotContain("orientation", error.Message);
        Assert.Equal(park, loop.Strokes.ToArray());
        Assert.False(loop.UnderWay);
    }
}
