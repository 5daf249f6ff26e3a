using Ganglion.VirtualBoard.Chips;
using Ganglion.VirtualBoard.Faults;
using I2cChip = Ganglion.VirtualBoard.Boards.I2cChip;
using VirtualBus = Ganglion.VirtualBoard.Boards.I2cBus;

namespace Ganglion.HostBoard.Tests.Bus;

/// <summary>What a scan says of virtual chips, and that it leaves them as they were.</summary>
public sealed class BusScanTests
{
    private readonly VirtualBus _wires = new(1);
    private readonly List<string> _log = [];

    [Fact]
    public void It_names_every_chip_by_its_registers()
    {
        var running = new Pca9685("pwm1", 0x48); // where an ADS1115 may be too
        running.Write(0x48, [0x00, 0x21], 0);
        running.Write(0x48, [0x06, 0, 0, 100, 1], 0);
        running.Stop(0);
        double pulse = running.PulseSeconds(0);
        var valve = new Mcp4728("dac0", 0x63);
        valve.Write(0x63, [0x04, 0x00, 0x08, 0x00], 0);
        Attach(new Pca9685("pwm0", 0x40), running, new Ads1115("adc0", 0x49), valve, new Mpu6050("imu0", 0x68, new Still()),
            new Mpu6050("imu1", 0x69, new Still()) { Identity = 0x71 }, new Stranger());
        Assert.Equal([(0x29, ""), (0x40, "PCA9685"), (0x48, "PCA9685"), (0x49, "ADS1115"), (0x63, "MCP4728"), (0x68, "MPU6050"),
            (0x69, "MPU6050")], Scan().Select(chip => (chip.Address, chip.Kind)));
        Assert.Equal(pulse, running.PulseSeconds(0));
        Assert.Equal([0.512, 1.024], new[] { valve.Volts(0), valve.Volts(1) });
        Assert.All(_log.Where(line => line.Contains('<', StringComparison.Ordinal)), line => Assert.Equal(2, line[(line.IndexOf('<') + 2)..]
            .Length)); // one byte: a register's number
    }

    [Fact]
    public void It_knows_a_distance_sensor_by_its_model()
    {
        Attach(new Vl53l0x("eye", new Nowhere()));
        Assert.Equal([(0x29, "VL53L0X")], Scan().Select(chip => (chip.Address, chip.Kind)));
    }

    [Fact]
    public void Nothing_on_the_bus_is_an_empty_list() => Assert.Empty(Scan());

    [Fact]
    public void A_bus_that_hangs_is_told_with_what_to_do()
    {
        _wires.StuckWindow = new FaultWindow(0, long.MaxValue);
        Assert.Contains("Switch the chips' supply off", Assert.Throws<IOException>(Scan).Message);
    }

    private IReadOnlyList<FoundChip> Scan() => BusScan.Of(new SimulatedBus(_wires, new FreeClock()), "a bus");

    private void Attach(params I2cChip[] chips)
    {
        foreach (I2cChip chip in chips)
        {
            _wires.Attach(new RecordingChip(chip, _log));
        }
    }

    private sealed class Nowhere : IDistanceSource
    {
        public double MetresAt(long ns) => double.PositiveInfinity;
    }

    /// <summary>A chip of no kind that boards know: every register holds its number.</summary>
    private sealed class Stranger() : I2cChip("sensor", 0x29)
    {
        private byte _pointer;

        public override int Write(int address, ReadOnlySpan<byte> data, long ns)
        {
            _pointer = data[0];
            return data.Length;
        }

        public override void Read(Span<byte> data, long ns)
        {
            for (int i = 0; i < data.Length; i++)
            {
                data[i] = _pointer++;
            }
        }

        public override void PowerOn(long ns)
        {
        }
    }

    private sealed class Still : IImuMotion
    {
        public void MotionAt(long ns, Span<double> specificForce, Span<double> angularRate)
        {
            specificForce.Clear();
            angularRate.Clear();
        }
    }
}
