using Ganglion.Arm.Control;
using Ganglion.Arm.Inference;
using Ganglion.Basics.Space;
using Ganglion.Bridge.Session;
using Ganglion.Live.Reaching;
using Ganglion.Shared.Safety;
using Ganglion.Sim;

namespace Ganglion.Live.Tests;

public class LostBoardTests
{
    /// <summary>One of three boards is reset while the arm moves: the message names it, the others hold for as long as the host is there,
    /// and nothing moves on.</summary>
    [Theory]
    [InlineData("ik")]
    [InlineData("spiking")]
    public void A_board_that_is_lost_in_motion_ends_it_in_words(string name)
    {
        using var arm = VirtualArm.InVirtualTime(ShippedFiles.Robot("trunk25-4g"), 1);
        using var session = new ArmSession(arm.Robot.Description, arm.Ports, arm.Clock, new Random(1));
        session.Open();
        IArmController controller = name == "ik"
            ? new LeastSquaresController(session.Arm, 1, orientation: false)
            : new SpikingController(SpikingPoseModel.Load(ShippedFiles.Model("trunk25-4g-512"), session.Arm), 1, orientation: false);
        BoardException error = Assert.Throws<BoardException>(() => session.Steer<bool>(() =>
        {
            session.ArmOutputs(arm);
            var loop = new ReachLoop(session, controller, arm);
            loop.GoTo(new Pose(new Vec3(0.5, 0.2, 0.7), Quat.Identity));
            double[] park = session.ParkStrokes();
            while (loop.Strokes.SequenceEqual(park))
            {
                loop.Step();
            }

            arm.Robot.Faults.Inject("board middle reset");
            for (int i = 0; i < 200; i++)
            {
                loop.Step();
            }

            return true;
        }));
        Assert.StartsWith("middle: ", error.Message);
        Assert.Contains("nothing moves on", error.Message);

        session.Boards.PollUntil(arm.Clock.NowNanoseconds + 1_000_000_000);
        double[] before = arm.Robot.Trunk!.Strokes.ToArray();
        session.Boards.PollUntil(arm.Clock.NowNanoseconds + 1_000_000_000);
        Assert.Equal(before, arm.Robot.Trunk!.Strokes.ToArray());
        Assert.Equal([BoardState.Hold, BoardState.Idle, BoardState.Hold], session.Boards.Boards.Select(board => board.State));
    }
}
