using Ganglion.Bridge.Session;
using Ganglion.Shared.Link;
using Ganglion.Shared.Safety;
using Ganglion.VirtualBoard.Boards;

namespace Ganglion.VirtualBoard.Tests.Firmware;

/// <summary>The firmware's driver of the VL53L0X against the virtual chip on an arm, and what the board makes of its readings. The sensor
/// is chip 3, its stop at 150 mm.</summary>
public class DistanceTests
{
    /// <summary>At 600 mm the noise is 24 mm; the mean of 60 readings is within 4 of its deviations.</summary>
    [Fact]
    public void Telemetry_tells_how_far_the_ceiling_is()
    {
        using var rig = new DistanceRig(0.6);
        Assert.Equal(0, rig.Measured);
        rig.Arm();
        rig.Run(200);
        var read = new List<double>();
        for (int i = 0; i < 60; i++)
        {
            rig.Run(100);
            read.Add(rig.Measured);
        }

        Assert.Equal(600, read.Average(), 12.0);
        Assert.InRange(read.Max() - read.Min(), 50, 200);
    }

    [Fact]
    public void Nothing_within_range_is_told_as_such_and_stops_nothing()
    {
        using var rig = new DistanceRig(1.5);
        rig.Arm();
        rig.Stretch(0.5, 0.6, 1000);
        Assert.Equal((BoardState.Running, 65535), (rig.Last.State, rig.Measured));
    }

    [Fact]
    public void A_tick_makes_one_transfer_with_it_at_most()
    {
        using var rig = new DistanceRig(0.5);
        rig.Arm();
        I2cBus bus = rig.Robot.Boards[0].Board.Bus(2);
        long before = bus.Transactions;
        rig.Run(2000);
        Assert.InRange(bus.Transactions - before, 95, 101); // 100 ticks
    }

    [Fact]
    public void What_comes_nearer_than_the_stop_stops_the_arm_where_it_is()
    {
        using var rig = new DistanceRig(0.22);
        rig.Arm();
        rig.Stretch(0.5, 0.9, 2000);
        rig.Run(100);
        (byte state, byte reason, int detail) = rig.Last;
        Assert.Equal((BoardState.Safe, Reason.TooNear), (state, reason));
        Assert.InRange(detail, 120, 149);
        double height = rig.Robot.Trunk!.Tip.Position.Z;
        rig.Run(500);
        Assert.Equal(height, rig.Robot.Trunk.Tip.Position.Z, 1e-9);
        Assert.All(rig.Robot.Boards[0].Servos.Values, servo => Assert.True(servo.Powered));
        BoardException refused = Assert.Throws<BoardException>(rig.Arm);
        Assert.Equal(Reason.LatchedSafe, refused.Reason);
        rig.Session.Await(rig.Session.Disarm());
        rig.Arm();
        rig.Stretch(0.5, 0.45, 500);
        Assert.Equal(BoardState.Running, rig.Last.State);
    }

    /// <summary>Parked it is 120 mm from the ceiling, nearer than its stop: it may leave, and stops when it comes back.</summary>
    [Fact]
    public void An_arm_that_begins_too_near_may_go_away_and_not_nearer()
    {
        using var rig = new DistanceRig(0.12);
        rig.Arm();
        rig.Run(200);
        rig.Stretch(0.5, 0.2, 1500);
        Assert.Equal(BoardState.Running, rig.Last.State);
        rig.Stretch(0.2, 0.5, 1500);
        rig.Run(100);
        Assert.Equal((BoardState.Safe, Reason.TooNear), (rig.Last.State, rig.Last.Reason));
        rig.Session.Await(rig.Session.Disarm());
        rig.Arm();
        rig.Run(200);
        rig.Stretch(0.5, 0.9, 1500);
        rig.Run(100);
        Assert.Equal((BoardState.Safe, Reason.TooNear), (rig.Last.State, rig.Last.Reason));
        Assert.InRange(rig.Last.Detail, 60, 105);
    }

    [Theory]
    [InlineData("nack eye", Reason.SensorLost, 200)]
    [InlineData("brownout eye", Reason.SensorLost, 400)] // it answers and measures no more
    [InlineData("distance freeze", Reason.SensorFrozen, 1400)] // 25 readings of 40 ms
    [InlineData("distance stuck 100", Reason.TooNear, 200)]
    public void A_sensor_that_does_not_measure_makes_the_board_safe(string fault, byte reason, long ms)
    {
        using var rig = new DistanceRig(0.5);
        rig.Arm();
        rig.Stretch(0.5, 0.55, 500);
        rig.Robot.Faults.Inject(fault);
        rig.Stretch(0.55, 0.55, ms);
        rig.Run(100);
        Assert.Equal((BoardState.Safe, reason), (rig.Last.State, rig.Last.Reason));
        Assert.Equal(reason != Reason.TooNear, rig.Last.Detail == 3);
    }

    [Theory]
    [InlineData("nack eye")]
    [InlineData("brownout eye")]
    [InlineData("distance freeze")]
    public void One_that_is_not_required_has_no_reading_then_and_the_arm_goes_on(string fault)
    {
        using var rig = new DistanceRig(0.5, required: false);
        rig.Arm();
        rig.Stretch(0.5, 0.55, 500);
        Assert.InRange(rig.Measured, 400, 600);
        rig.Robot.Faults.Inject(fault);
        rig.Stretch(0.55, 0.55, 1500);
        Assert.Equal((BoardState.Running, 0), (rig.Last.State, rig.Measured));
    }

    [Fact]
    public void Another_chip_at_its_address_is_refused_with_its_identity()
    {
        using var rig = new DistanceRig(0.5);
        rig.Chip.Identity = 0xEA;
        BoardException refused = Assert.Throws<BoardException>(rig.Arm);
        Assert.Equal((Reason.ChipMissing, 3 | 0x80 | 0xEA << 8), (refused.Reason, refused.Detail));
    }
}
