using System.Numerics;
using Ganglion.Basics;
using Ganglion.VirtualBoard.Chips;
using Iot.Device.Imu;
using Driver = Iot.Device.Imu.Mpu6050;
using Mpu6050 = Ganglion.VirtualBoard.Chips.Mpu6050;

namespace Ganglion.HostBoard.Tests.Chips;

/// <summary>
/// dotnet/iot's own drivers of the MPU-6050 and, for the boards that carry the newer chip under its name, of the MPU-6500 on our virtual
/// chip, ideal and still.
/// </summary>
public sealed class Mpu6050OracleTests
{
    private const double RadPerDegree = Math.PI / 180;

    /// <summary>The driver takes this for standard gravity.</summary>
    private const double DriversGravity = 9.807;

    private static readonly (AccelerometerRange Range, double G)[] AccelerometerRanges =
    [
        (AccelerometerRange.Range02G, 2), (AccelerometerRange.Range04G, 4), (AccelerometerRange.Range08G, 8),
        (AccelerometerRange.Range16G, 16),
    ];

    private static readonly (GyroscopeRange Range, double Degrees)[] GyroscopeRanges =
    [
        (GyroscopeRange.Range0250Dps, 250), (GyroscopeRange.Range0500Dps, 500), (GyroscopeRange.Range1000Dps, 1000),
        (GyroscopeRange.Range2000Dps, 2000),
    ];

    private readonly Motion _motion = new();
    private readonly Mpu6050 _chip;

    public Mpu6050OracleTests() => _chip = new Mpu6050("imu0", 0x68, _motion, imperfection: 0);

    [Fact]
    public void It_recognises_the_chip_and_reads_acceleration_in_every_range()
    {
        using var driver = new Driver(ChipBench.Device(_chip));
        foreach ((AccelerometerRange range, double g) in AccelerometerRanges)
        {
            driver.AccelerometerRange = range;
            _motion.Force = [0.5 * g * Gravity.Standard, -0.25 * g * Gravity.Standard, 0.9 * g * Gravity.Standard];
            Near([0.5 * g * DriversGravity, -0.25 * g * DriversGravity, 0.9 * g * DriversGravity], driver.GetAccelerometer(),
                g * DriversGravity / 32768);
        }
    }

    [Fact]
    public void It_reads_angular_rates_in_every_range()
    {
        using var driver = new Driver(ChipBench.Device(_chip));
        foreach ((GyroscopeRange range, double degrees) in GyroscopeRanges)
        {
            driver.GyroscopeRange = range;
            _motion.Rate = [0.5 * degrees * RadPerDegree, -0.25 * degrees * RadPerDegree, 0.9 * degrees * RadPerDegree];

            // The data sheet rounds its sensitivities (131 for 131.07 LSB a degree a second, and the like); the driver divides 32768.
            Near([0.5 * degrees, -0.25 * degrees, 0.9 * degrees], driver.GetGyroscopeReading(), 1e-3 * degrees);
        }
    }

    [Fact]
    public void Bandwidths_and_the_divider_read_back_as_they_were_set()
    {
        using var driver = new Driver(ChipBench.Device(_chip));
        foreach (GyroscopeBandwidth bandwidth in (GyroscopeBandwidth[])[GyroscopeBandwidth.Bandwidth0184Hz,
            GyroscopeBandwidth.Bandwidth0092Hz, GyroscopeBandwidth.Bandwidth0041Hz, GyroscopeBandwidth.Bandwidth0005Hz])
        {
            driver.GyroscopeBandwidth = bandwidth; // throws where the chip says another one
            Assert.Equal(bandwidth, driver.GyroscopeBandwidth);
        }

        driver.SampleRateDivider = 9;
        Assert.Equal(9, driver.SampleRateDivider);
    }

    /// <summary>A difference that is the driver's: it takes the MPU-6500's thermometer for the MPU-6050's, whose register map
    /// (RM-MPU-6000A section 4.18) says raw / 340 + 36.53 degrees.</summary>
    [Fact]
    public void Its_temperature_is_that_of_another_chip()
    {
        using var driver = new Driver(ChipBench.Device(_chip));
        double raw = (driver.GetTemperature().DegreesCelsius - 21) * 333.87 + 21;
        Assert.Equal(25, raw / 340 + 36.53, 0.01);
    }

    [Fact]
    public void A_chip_of_another_family_is_refused()
    {
        _chip.Identity = 0x71;
        Assert.Throws<IOException>(() => new Driver(ChipBench.Device(_chip)));
    }

    [Fact]
    public void The_newer_chip_that_is_sold_under_its_name_reads_the_same()
    {
        _chip.Identity = 0x70;
        using var driver = new Mpu6500(ChipBench.Device(_chip)) { AccelerometerRange = AccelerometerRange.Range04G };
        driver.AccelerometerBandwidth = AccelerometerBandwidth.Bandwidth0041Hz;
        _motion.Force = [Gravity.Standard, 0, -Gravity.Standard];
        Near([DriversGravity, 0, -DriversGravity], driver.GetAccelerometer(), 4 * DriversGravity / 32768);
    }

    private static void Near(double[] expected, Vector3 read, double tolerance)
    {
        Assert.Equal(expected[0], read.X, tolerance);
        Assert.Equal(expected[1], read.Y, tolerance);
        Assert.Equal(expected[2], read.Z, tolerance);
    }

    private sealed class Motion : IImuMotion
    {
        public double[] Force { get; set; } = [0, 0, 0];

        public double[] Rate { get; set; } = [0, 0, 0];

        public void MotionAt(long ns, Span<double> specificForce, Span<double> angularRate)
        {
            Force.CopyTo(specificForce);
            Rate.CopyTo(angularRate);
        }
    }
}
