using Ganglion.Arm.Control;
using Ganglion.Arm.Inference;
using Ganglion.Basics.Space;
using Ganglion.Bridge.Timing;
using Ganglion.Live.Reaching;
using Ganglion.Sim;

namespace Ganglion.Live.Tests.Reaching;

/// <summary>A machine on which a period's computing takes longer than a period.</summary>
public class WorkShareTests
{
    private const double Period = 0.02;

    /// <summary>It would take two periods: the controller is given less until deadlines are kept but for one now and then, the boards
    /// stay with the stream, and the tip comes to its target.</summary>
    [Fact]
    public void A_slow_machine_plans_longer_and_keeps_its_deadlines()
    {
        using var arm = VirtualArm.InVirtualTime(ShippedFiles.Robot("trunk10-4g"), 1);
        using var session = new ArmSession(arm.Robot.Description, arm.Ports, arm.Clock, new Random(1));
        session.Open();
        SpikingController spiking = new(SpikingPoseModel.Load(ShippedFiles.Model("trunk10-4g-128"), session.Arm), 1, orientation: false);
        var slow = new Slow(spiking, arm.Clock, 2 * Period);
        session.ArmOutputs(arm);
        var loop = new ReachLoop(session, slow, arm);
        var target = new Pose(new Vec3(0.1, 0, 0.45), Quat.Identity);
        loop.GoTo(target);
        ReachOutcome? outcome = null;
        for (int i = 0; i < 100; i++)
        {
            outcome ??= loop.Step();
        }

        long settling = session.Stream.SkippedDeadlines;
        Assert.InRange(settling, 2, 12);
        Assert.InRange(slow.Share, 0.3, 0.6);
        foreach (Vec3 next in (Vec3[])[new(-0.1, 0.05, 0.45), new(0.1, 0.05, 0.45), new(0, -0.1, 0.45)])
        {
            loop.GoTo(new Pose(next, Quat.Identity));
            for (int i = 0; i < 400; i++)
            {
                outcome = loop.Step() ?? outcome;
            }

            Assert.True(outcome?.Reached, $"{outcome}");
        }

        // One look in some seventy periods of computing whether there is room again.
        Assert.InRange(session.Stream.SkippedDeadlines - settling, 2, 10);
    }

    [Fact]
    public void A_machine_that_keeps_up_gives_all()
    {
        using var arm = VirtualArm.InVirtualTime(ShippedFiles.Robot("trunk10-4g"), 1);
        using var session = new ArmSession(arm.Robot.Description, arm.Ports, arm.Clock, new Random(1));
        session.Open();
        var quick = new Slow(new LeastSquaresController(session.Arm, 1, orientation: false), arm.Clock, 0);
        session.ArmOutputs(arm);
        var loop = new ReachLoop(session, quick, arm);
        loop.GoTo(new Pose(new Vec3(0.1, 0, 0.45), Quat.Identity));
        for (int i = 0; i < 100; i++)
        {
            loop.Step();
            Assert.Equal(1, quick.Share);
        }
    }

    /// <summary>Computing that takes its time.</summary>
    /// <param name="controller">Does the work.</param>
    /// <param name="clock">Passes meanwhile.</param>
    /// <param name="seconds">What all of a period's work takes.</param>
    private sealed class Slow(IArmController controller, IClock clock, double seconds) : IArmController
    {
        /// <summary>What it was given last.</summary>
        public double Share { get; private set; }

        public string Name => controller.Name;

        public bool Orientation => controller.Orientation;

        public bool Ready => controller.Ready;

        public ControllerResult Plan => controller.Plan;

        public ReadOnlySpan<double> Goal => controller.Goal;

        public double Residual => controller.Residual;

        public void Begin(in Pose target, ReadOnlySpan<double> from, Pose? measured) => controller.Begin(target, from, measured);

        public void Shift(in Pose target) => controller.Shift(target);

        public void Work(double share)
        {
            Share = share;
            controller.Work(share);
            clock.WaitUntil(clock.NowNanoseconds + (long)(1e9 * share * seconds));
        }

        public void Observe(ReadOnlySpan<double> strokes, in Pose measured, double doubt, in Vec3 timing) =>
            controller.Observe(strokes, measured, doubt, timing);

        public double TipJacobian(Span<double> jacobian) => controller.TipJacobian(jacobian);
    }
}
