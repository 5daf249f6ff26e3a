using Ganglion.Shared.Link;
using Ganglion.Shared.Safety;
using Ganglion.VirtualBoard.Boards;

namespace Ganglion.VirtualBoard.Tests.Firmware;

/// <summary>What the repository's firmware makes of each injected fault: the state it ends in, and why.</summary>
public class FirmwareFaultTests
{
    private static ArmRig Streaming(bool imu = false)
    {
        var rig = new ArmRig(imu: imu);
        rig.Arm();
        rig.Stream(60);
        Assert.Equal(BoardState.Running, rig.Last.State);
        return rig;
    }

    [Fact]
    public void HostGoneGivesHoldThenSafeLatched()
    {
        using ArmRig rig = Streaming();
        rig.Robot.Faults.Inject("host gone for 600ms");
        long gone = rig.Robot.World.NowNanoseconds;
        double[] strokes = [];
        while (rig.Robot.World.NowNanoseconds < gone + 90_000_000)
        {
            rig.Run(10);
        }

        strokes = rig.Robot.Trunk!.Strokes.ToArray();
        rig.Run(200);
        Assert.Equal(strokes, rig.Robot.Trunk!.Strokes.ToArray()); // held from 100 ms on
        Assert.All(rig.Robot.Boards[0].Servos.Values, servo => Assert.True(servo.Powered));
        while (rig.Robot.World.NowNanoseconds < gone + 500_000_000)
        {
            rig.Run(10);
        }

        Assert.All(rig.Robot.Boards[0].Servos.Values, servo => Assert.False(servo.Powered)); // on_safe: release
        rig.Run(300);
        Assert.Equal((BoardState.Safe, Reason.HostLost, 0), rig.Last);
        rig.Stream(20);
        Assert.Equal((BoardState.Safe, Reason.HostLost, 0), rig.Last); // latched
        Assert.Contains(Reason.LatchedSafe, rig.Host.Refusals);
    }

    [Fact]
    public void ADeafChipGivesSafeWithItsIndexAndAShortNackNone()
    {
        using ArmRig rig = Streaming();
        rig.Robot.Faults.Inject("nack pwm1 for 30ms");
        rig.Stream(20);
        Assert.Equal(BoardState.Running, rig.Last.State);
        rig.Robot.Faults.Inject("nack pwm1 for 200ms");
        rig.Stream(20);
        Assert.Equal((BoardState.Safe, Reason.ChipLost, 1), rig.Last);
    }

    [Fact]
    public void AStuckBusGivesSafe()
    {
        using ArmRig rig = Streaming();
        rig.Robot.Faults.Inject("stuck-bus 1 for 500ms");
        rig.Stream(150);
        Assert.Equal((BoardState.Safe, Reason.BusStuck), (rig.Last.State, rig.Last.Reason));
        Assert.All(rig.Robot.Boards[0].Servos.Values, servo => Assert.False(servo.Powered));
    }

    [Fact]
    public void AFrozenImuGivesSafe()
    {
        using ArmRig rig = Streaming(imu: true);
        rig.Robot.Faults.Inject("imu freeze");
        rig.Stream(100);
        Assert.Equal((BoardState.Safe, Reason.SensorFrozen), (rig.Last.State, rig.Last.Reason));
    }

    [Fact]
    public void ANoisyImuIsRiddenOut()
    {
        using ArmRig rig = Streaming(imu: true);
        rig.Robot.Faults.Inject("imu noise 0.2 for 1s");
        rig.Stream(75);
        Assert.Equal((BoardState.Running, Reason.None), (rig.Last.State, rig.Last.Reason));
    }

    [Fact]
    public void AStalledServoIsNotSeenByTheBoardButByTheMeasuredPose()
    {
        using ArmRig rig = Streaming();
        double before = rig.Robot.Trunk!.Strokes[3];
        rig.Robot.Faults.Inject("servo 3 stalled");
        rig.Stream(40);
        Assert.Equal(BoardState.Running, rig.Last.State);
        Assert.Equal(before, rig.Robot.Trunk!.Strokes[3], 1e-9);
    }

    [Theory]
    [InlineData("serial drop 0.1%")]
    [InlineData("serial flip 1e-3")]
    [InlineData("serial delay 15ms")]
    public void ABadLineCostsFramesAndNotTheMotion(string fault)
    {
        using ArmRig rig = Streaming();
        rig.Robot.Faults.Inject(fault);
        rig.Stream(250);
        Assert.True(rig.Last.State is BoardState.Running or BoardState.Hold, $"state {rig.Last}");
        Assert.Equal(1, rig.Board.Boots);
        for (int gear = 0; gear < 40; gear++)
        {
            Assert.InRange(rig.Robot.Trunk!.Strokes[gear], 0.25, 0.75);
        }
    }

    [Fact]
    public void AResetGivesIdleAndNoMotion()
    {
        using ArmRig rig = Streaming();
        rig.Robot.Faults.Inject("board reset");
        double[] strokes = rig.Robot.Trunk!.Strokes.ToArray();
        rig.Stream(40); // the old session goes on sending
        Assert.Equal(strokes, rig.Robot.Trunk!.Strokes.ToArray());
        Assert.Contains(Reason.NoSession, rig.Host.Refusals);
        Assert.Equal(Esp32State.Running, rig.Board.State);
        Assert.Equal(2, rig.Board.Boots);
        rig.Arm(); // a new session may
        rig.Stream(60);
        Assert.Equal(BoardState.Running, rig.Last.State);
    }

    [Fact]
    public void APowerCycleGivesIdleNotArmedAndUnpoweredServos()
    {
        using ArmRig rig = Streaming();
        rig.Robot.Faults.Inject("board base power-cycle");
        rig.Stream(40); // the old session goes on sending
        Assert.Equal(2, rig.Board.Boots);
        Assert.All(rig.Robot.Boards[0].Servos.Values, servo => Assert.False(servo.Powered));
        Assert.Contains(Reason.NoSession, rig.Host.Refusals);
        rig.Host.Open(18);
        rig.Run(200);
        Assert.Equal(BoardState.Idle, rig.Last.State);
        Assert.Throws<InvalidOperationException>(() => rig.Host.Arm(rig.Config)); // it has no configuration any more
        rig.Run(200);
        Assert.Equal(BoardState.Idle, rig.Last.State);
        Assert.All(rig.Robot.Boards[0].Servos.Values, servo => Assert.False(servo.Powered));
    }
}
