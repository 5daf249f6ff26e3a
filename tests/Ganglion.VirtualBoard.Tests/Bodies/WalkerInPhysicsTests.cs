using Ganglion.Bridge.Messages;
using Ganglion.Bridge.Session;
using Ganglion.Live.Tests;
using Ganglion.Physics;
using Ganglion.Robots.Robot;
using Ganglion.Shared.Safety;
using Ganglion.VirtualBoard.Boards;
using Ganglion.VirtualBoard.Bodies;

namespace Ganglion.VirtualBoard.Tests.Bodies;

public class WalkerInPhysicsTests
{
    /// <summary>The firmware stands on legs in physics: its servos carry the weight, its filter sees the torso, its converter the
    /// feet.</summary>
    [Theory]
    [InlineData("walker12")]
    [InlineData("walker10")]
    public void A_board_stands_on_its_legs(string name)
    {
        using Standing walker = new(name);
        walker.Run(4);
        Assert.False(walker.Physics.Fallen);
        Assert.Equal((int)BoardState.Armed, walker.Board.State);
        Assert.Equal(0, walker.Board.Telemetry.I2cErrors);

        // The chip's offsets are all that is wrong with the filter's angles: 50 mg and, for half a second, 20 deg/s at three sigma.
        Assert.Equal(walker.Physics.Pitch, walker.Board.Telemetry.Pitch, 0.1);
        Assert.Equal(walker.Physics.Roll, walker.Board.Telemetry.Roll, 0.1);
        double weight = walker.Robot.Boards[0].FootCells.Sum(cell => cell.Newtons);
        Assert.Equal(walker.Physics.Mass * 9.81, weight, 1.0);
        double volts = walker.Board.Telemetry.Analog.Sum(), full = walker.Robot.Boards[0].FootCells[0].Sensor.FullScale;
        Assert.Equal(weight / full, volts / FootCell.FullVolts, 0.02);
    }

    [Fact]
    public void A_dead_knee_lets_it_fall()
    {
        using Standing walker = new("walker12");
        walker.Run(1);
        walker.Robot.Faults.Inject("servo 3 dead");
        walker.Robot.Faults.Inject("servo 9 dead");
        walker.Physics.Push(new(-20, 0, 0));
        walker.Run(3);
        Assert.True(walker.Physics.Fallen);
    }

    /// <summary>The same seed gives the same trial, bit for bit.</summary>
    [Fact]
    public void A_trial_repeats()
    {
        static (double, double) Trial()
        {
            using Standing walker = new("walker12");
            walker.Run(1);
            walker.Physics.Push(new(30, 10, 0));
            walker.Run(0.5);
            return (walker.Physics.Hips.X, walker.Physics.Work);
        }

        Assert.Equal(Trial(), Trial());
    }

    /// <summary>A walker on its armed board, let go by the gantry.</summary>
    private sealed class Standing : IDisposable
    {
        public Standing(string name)
        {
            RobotDescription description = ShippedFiles.Robot(name);
            Physics = new MuJoCoWalker(description.Walker!, Terrain.Flat());
            Robot = new VirtualRobot(description, FirmwareImage.Embedded, 1, physics: Physics);
            Board = new BoardSession(description.Boards[0].Id, () => Robot.Connect(0), Robot.World, new Random(1));
            Board.Await(Board.Connect());
            Board.Await(Board.Configure(RobotConfiguration.Of(description, 0)));
            Board.Await(Board.Arm());
            Robot.World.WaitUntil(Robot.World.NowNanoseconds + 100_000_000);
            Robot.Walker!.Release(Robot.World.NowNanoseconds);
        }

        public IWalkerPhysics Physics { get; }

        public VirtualRobot Robot { get; }

        public BoardSession Board { get; }

        public void Run(double seconds)
        {
            long until = Robot.World.NowNanoseconds + (long)(seconds * 1e9);
            while (Robot.World.NowNanoseconds < until)
            {
                Robot.World.WaitUntil(Math.Min(until, Board.NextPoll));
                Board.Poll();
            }
        }

        public void Dispose()
        {
            Board.Dispose();
            Robot.Dispose();
            Physics.Dispose();
        }
    }
}
