using Ganglion.Shared.Link;
using Ganglion.Shared.Safety;
using Ganglion.VirtualBoard.Chips;

namespace Ganglion.VirtualBoard.Tests.Firmware;

/// <summary>Chips that are not as the board left them: supply lost for a moment, an EEPROM that somebody wrote, another chip of the
/// family, another chip altogether.</summary>
public class SupplyLossTests
{
    /// <summary>The chip takes every burst and makes no pulses: 16 of 40 servos went limp in state Running.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void APwmDriverThatLostItsSupplyGivesSafeAndIsNamed(int chip)
    {
        using var rig = new ArmRig();
        rig.Arm();
        rig.Stream(60);
        rig.Robot.Faults.Inject($"brownout pwm{chip}");
        rig.Stream(10); // one chip a tick, and telemetry every fifth
        Assert.Equal((BoardState.Safe, Reason.ChipLost, chip), rig.Last);
        Assert.All(rig.Robot.Boards[0].Servos.Values, servo => Assert.False(servo.Powered));
        rig.Host.Request(MessageType.Disarm, [], MessageType.Ack);
        rig.Arm();
        rig.Stream(60);
        Assert.Equal(BoardState.Running, rig.Last.State);
    }

    [Fact]
    public void AnArmedBoardNoticesItToo()
    {
        using var rig = new ArmRig();
        rig.Arm();
        rig.Robot.Faults.Inject("brownout pwm2");
        rig.Run(200);
        Assert.Equal((BoardState.Safe, Reason.ChipLost, 2), rig.Last);
    }

    /// <summary>VDD as the reference, gain 2, powered down: 200 kPa commanded became 322, 400 and nothing. The last two bear a code, which
    /// the reset at boot brings to the outputs.</summary>
    [Theory]
    [InlineData(0x0000)]
    [InlineData(0x9000)]
    [InlineData(0xE000)]
    [InlineData(0x8800)]
    [InlineData(0x1FFF)]
    public void AValveGivesWhatItIsToldWhateverItsEepromSays(int eeprom)
    {
        using var rig = new MuscleRig(loops: false, eeprom: (ushort)eeprom);
        rig.Run(1000);
        Assert.Equal(0, rig.Kpa(0), 0.1); // configured and idle
        rig.Arm();
        rig.Stream(0.4, 0.2, 1500);
        Assert.Equal(200, rig.Kpa(0), 0.5);
        Assert.Equal(100, rig.Kpa(1), 0.5);
        rig.Session.Await(rig.Session.Disarm());
        rig.Run(1000);
        Assert.Equal(0, rig.Kpa(0), 0.1);
    }

    [Theory]
    [InlineData(0x0000)]
    [InlineData(0x9000)]
    public void AValveDriverThatLostItsSupplyGivesSafeAndIsNamed(int eeprom)
    {
        using var rig = new MuscleRig(loops: false, eeprom: (ushort)eeprom);
        rig.Arm();
        rig.Stream(0.4, 0.2, 1500);
        rig.Robot.Faults.Inject("brownout valves");
        rig.Run(300);
        Assert.Equal((BoardState.Safe, Reason.ChipLost, 0), rig.Last);
        rig.Run(1000);
        Assert.Equal(0, rig.Kpa(0), 0.1);
    }

    [Theory]
    [InlineData(0x68)]
    [InlineData(0x70)]
    [InlineData(0x71)]
    [InlineData(0x72)]
    [InlineData(0x73)]
    [InlineData(0x74)]
    [InlineData(0x98)]
    [InlineData(0x12)]
    [InlineData(0xAF)]
    public void ACompatibleImuIsTaken(int identity)
    {
        using var rig = new ArmRig(imu: true);
        rig.Board.Chips.OfType<Mpu6050>().Single().Identity = (byte)identity;
        rig.Arm();
        rig.Stream(40);
        Assert.Equal(BoardState.Running, rig.Last.State);
    }

    [Theory]
    [InlineData(0x00)]
    [InlineData(0x0D)]
    [InlineData(0x69)]
    [InlineData(0xEA)]
    [InlineData(0xFF)]
    public void AnotherChipInItsPlaceIsRefusedWithItsIdentity(int identity)
    {
        using var rig = new ArmRig(imu: true);
        rig.Board.Chips.OfType<Mpu6050>().Single().Identity = (byte)identity;
        InvalidOperationException refusal = Assert.Throws<InvalidOperationException>(rig.Arm);
        Assert.Contains($"reason {Reason.ChipMissing}, aspect 0, detail {3 | 0x80 | identity << 8}", refusal.Message);
    }
}
