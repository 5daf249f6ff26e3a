using Ganglion.Arm.Control;
using Ganglion.Arm.Inference;
using Ganglion.Basics.Space;
using Ganglion.Live.Reaching;
using Ganglion.Live.Viewing;
using Ganglion.Shared.Safety;
using Ganglion.Shared.Tests;
using Ganglion.Sim;

namespace Ganglion.Live.Tests.Viewing;

public class ArmViewerTests
{
    private static readonly Pose Target = new(new Vec3(0.12, -0.06, 0.48), Quat.Identity);

    private static SpikingController Spiking(ArmSession session) =>
        new(SpikingPoseModel.Load(ShippedFiles.Model("trunk10-4g-128"), session.Arm), 1, orientation: false);

    [Fact]
    public void A_view_tells_what_the_loop_does_and_how_the_boards_are()
    {
        using var arm = VirtualArm.InVirtualTime(ShippedFiles.Robot("trunk10-4g"), 1);
        using var session = new ArmSession(arm.Robot.Description, arm.Ports, arm.Clock, new Random(1));
        SpikingController controller = Spiking(session);
        var viewer = new ArmViewer(session, controller, arm);
        using IDisposable watch = viewer.Exchange.Watch();
        ArmView mine = viewer.Exchange.Make();
        long last = 0;
        session.Open();
        session.ArmOutputs(arm);
        var loop = new ReachLoop(session, controller, arm);
        loop.GoTo(Target);
        var seen = new HashSet<ArmActivity>();
        ReachOutcome? outcome = null;
        double fastest = 0;
        for (int i = 0; i < 150; i++)
        {
            outcome = loop.Step() ?? outcome;
            viewer.Show(loop);
            Assert.True(viewer.Exchange.TryRead(mine, ref last));
            Assert.Equal(i + 1, mine.Frame);
            seen.Add(mine.Activity);
            fastest = Math.Max(fastest, mine.Speed);
            Assert.Equal(outcome == null, mine.HasTarget);
        }

        Assert.True(outcome!.Reached);
        Assert.Superset(new HashSet<ArmActivity> { ArmActivity.Moving, ArmActivity.Polishing, ArmActivity.Holding }, seen);
        Assert.InRange(fastest, 0.1, 2);
        var modules = new Pose[session.Arm.Joints];
        Assert.Equal(session.Arm.ForwardFromStrokes(loop.Strokes, modules), mine.Commanded);
        Assert.Equal(modules, mine.Modules.ToArray());
        Assert.Equal(loop.Strokes.ToArray(), mine.Strokes.ToArray());
        Assert.True(mine.HasMeasured && mine.Measured == arm.Robot.Trunk!.Tip);
        Assert.InRange((mine.Commanded.Position - mine.Measured.Position).Length, 0, 1e-3);

        BoardView board = Assert.Single(mine.Boards);
        Assert.True(board is { IsConnected: true, IsArmed: true, State: BoardState.Running });
        Assert.Equal((0, 0), (board.Missed, board.Overruns));
        Assert.Contains("follows the stream", board.Words);
        Assert.InRange(board.Rate, 48, 52);
        Assert.InRange(board.Sent, 150, 350); // on the way to park too
        Assert.InRange(board.ShortestRoundTrip, 1e-4, board.MeanRoundTrip);
        Assert.InRange(board.TickJitter, 0, 1e-3);
        Assert.InRange(board.TickWork, 1e-3, board.Tick);
        Assert.Contains(viewer.Events.Events, one => one.Source == "base" && one.Words.Contains("is armed"));
        loop.ParkAndDisarm();
    }

    /// <summary>The network is looked into while somebody looks, and its spikes are those of its latest run.</summary>
    [Fact]
    public void Spikes_and_thresholds_are_those_of_the_latest_run()
    {
        using var arm = VirtualArm.InVirtualTime(ShippedFiles.Robot("trunk10-4g"), 1);
        using var session = new ArmSession(arm.Robot.Description, arm.Ports, arm.Clock, new Random(1));
        SpikingController controller = Spiking(session);
        var viewer = new ArmViewer(session, controller, arm);
        ArmView mine = viewer.Exchange.Make();
        long last = 0;
        session.Open();
        session.ArmOutputs(arm);
        var loop = new ReachLoop(session, controller, arm);
        loop.GoTo(Target);
        loop.Step();
        viewer.Show(loop);
        viewer.Exchange.TryRead(mine, ref last);
        Assert.Equal(0, mine.Network!.Runs);
        using IDisposable watch = viewer.Exchange.Watch();
        loop.Step();
        viewer.Show(loop);
        viewer.Exchange.TryRead(mine, ref last);
        NetworkView network = mine.Network;
        Assert.Equal(controller.Network!.Runs, network.Runs);
        Assert.True(network is { Neurons: 128, Adaptive: 64, Steps: 120 });
        byte[] spikes = new byte[network.Neurons * network.Steps];
        controller.Network.CopySpikes(spikes);
        Assert.Equal(spikes, network.Spikes.ToArray());
        Assert.InRange(spikes.Count(spike => spike == 1), 100, 5000);
        Assert.All(network.Thresholds[..64].ToArray(), threshold => Assert.Equal(network.Thresholds[0], threshold));
        Assert.Contains(network.Thresholds[64..].ToArray(), threshold => threshold > network.Thresholds[0] + 0.01f);
    }

    [Fact]
    public void Showing_a_period_allocates_nothing()
    {
        using var arm = VirtualArm.InVirtualTime(ShippedFiles.Robot("trunk10-4g"), 1);
        using var session = new ArmSession(arm.Robot.Description, arm.Ports, arm.Clock, new Random(1));
        SpikingController controller = Spiking(session);
        var viewer = new ArmViewer(session, controller, arm);
        using IDisposable watch = viewer.Exchange.Watch();
        session.Open();
        session.ArmOutputs(arm);
        var loop = new ReachLoop(session, controller, arm);
        loop.GoTo(Target);
        long allocated = 0;
        for (int i = 0; i < 60; i++)
        {
            loop.Step();

            // In the first periods the board's state changes, and words are made.
            allocated += i < 20 ? 0 : Allocation.Of(() => viewer.Show(loop));
        }

        Assert.Equal(0, allocated);
    }
}
