using Ganglion.Shared.Link;
using Ganglion.Shared.Safety;
using Ganglion.VirtualBoard.Boards;

namespace Ganglion.VirtualBoard.Tests.Firmware;

/// <summary>A bus that hangs costs one timeout of the driver and not one for each chip; a lost arbitration, which the driver
/// tells by the same word at once, costs nothing.</summary>
public class BusFaultTests
{
    private const long Ms = 1_000_000;
    private const int OutputEnable = 27;

    private static ArmRig Streaming(bool imu = false)
    {
        var rig = new ArmRig(imu: imu);
        rig.Arm();
        rig.Stream(60);
        Assert.Equal(BoardState.Running, rig.Last.State);
        return rig;
    }

    /// <summary>The transfer that hangs blocks the processor for the driver's second; what comes after it is a matter of milliseconds.
    /// With three chips it used to take 3 s.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)] // the IMU's transfer comes first
    public void OutputEnableGoesOffWithTheFirstTimeoutOfAHungBus(bool imu)
    {
        using ArmRig rig = Streaming(imu);
        long hung = rig.Robot.World.NowNanoseconds;
        rig.Robot.Faults.Inject("stuck-bus 1");
        long off = 0;
        rig.Board.Pins.Wire(OutputEnable, pullUp: true, (high, ns) => off = high ? ns : off);
        rig.Robot.World.WaitUntil(hung + 1200 * Ms);
        Assert.InRange(off - hung, 1000 * Ms, 1030 * Ms);
        rig.Run(400);
        Assert.Equal((BoardState.Safe, Reason.BusStuck), (rig.Last.State, rig.Last.Reason));
        Assert.All(rig.Robot.Boards[0].Servos.Values, servo => Assert.False(servo.Powered));
    }

    /// <summary>A hung bus is tried again every 5 s, and blocks the board for one second then.</summary>
    [Fact]
    public void AHungBusLeavesTheBoardAnswering()
    {
        using ArmRig rig = Streaming();
        rig.Robot.Faults.Inject("stuck-bus 1");
        rig.Run(1500);
        int before = rig.Host.Telemetry.Count;
        rig.Run(4400);
        Assert.InRange(rig.Host.Telemetry.Count - before, 40, 46); // every 100 ms
    }

    [Fact]
    public void ADisarmOnAHungBusIsRefusedAtOnceAndCarriedOutWhenItIsWell()
    {
        using ArmRig rig = Streaming();
        rig.Robot.Faults.Inject("stuck-bus 1 for 3s");
        rig.Run(2000);
        InvalidOperationException refusal = Assert.Throws<InvalidOperationException>(
            () => rig.Host.Request(MessageType.Disarm, [], MessageType.Ack));
        Assert.Contains($"reason {Reason.ChipMissing}", refusal.Message);
        rig.Run(200);
        Assert.Equal((BoardState.Safe, Reason.BusStuck), (rig.Last.State, rig.Last.Reason));
        rig.Run(6000);
        rig.Host.Request(MessageType.Disarm, [], MessageType.Ack);
        rig.Arm();
        rig.Stream(60);
        Assert.Equal(BoardState.Running, rig.Last.State);
    }

    /// <summary>A valve has no output enable: it is told when the bus is well again, without a word of the host.</summary>
    [Fact]
    public void ValvesOnAHungBusAreVentedWhenItIsWell()
    {
        using var rig = new MuscleRig();
        rig.Arm();
        rig.Stream(0.6, 0.3, 1500);
        rig.Robot.Faults.Inject("stuck-bus 1 for 2s");
        rig.Run(8000);
        Assert.Equal(0, rig.Kpa(0), 0.1);
        Assert.Equal(0, rig.Kpa(1), 0.1);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(20)]
    [InlineData(35)]
    public void AGlitchIsRiddenOut(int ms)
    {
        using ArmRig rig = Streaming(imu: true);
        for (int i = 0; i < 10; i++)
        {
            rig.Robot.Faults.Inject($"glitch 1 for {ms}ms");
            rig.Stream(10);
            Assert.Equal((BoardState.Running, Reason.None, 0), rig.Last);
        }
    }

    [Fact]
    public void ThreeGlitchesInARowAreALostChip()
    {
        using ArmRig rig = Streaming();
        rig.Robot.Faults.Inject("glitch 1 for 100ms");
        rig.Stream(20);
        Assert.Equal((BoardState.Safe, Reason.ChipLost), (rig.Last.State, rig.Last.Reason));
        Assert.Equal(Esp32State.Running, rig.Board.State);
        rig.Host.Request(MessageType.Disarm, [], MessageType.Ack);
    }
}
