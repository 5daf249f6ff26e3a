using System.Buffers.Binary;
using Ganglion.Basics;
using Ganglion.VirtualBoard.Chips;
using Ganglion.VirtualBoard.Faults;

namespace Ganglion.VirtualBoard.Tests.Chips;

/// <summary>Oracle: InvenSense RM-MPU-6000A (registers, sensitivities) and PS-MPU-6000A (noise, offsets).</summary>
public class Mpu6050Tests
{
    private const long Ms = 1_000_000;
    private const double RadPerDegree = Math.PI / 180;

    private readonly Motion _motion = new();

    private Mpu6050 Awake(double imperfection = 0, int seed = 1)
    {
        var chip = new Mpu6050("imu0", 0x68, _motion, seed, imperfection);
        chip.Write(0x68, [0x6B, 0x00], 0);
        return chip;
    }

    private static short[] Burst(Mpu6050 chip, long ns)
    {
        byte[] bytes = new byte[14];
        chip.Write(0x68, [0x3B], ns);
        chip.Read(bytes, ns);
        return Enumerable.Range(0, 7).Select(i => BinaryPrimitives.ReadInt16BigEndian(bytes.AsSpan(2 * i))).ToArray();
    }

    private static byte Read(Mpu6050 chip, byte register, long ns)
    {
        byte[] one = new byte[1];
        chip.Write(0x68, [register], ns);
        chip.Read(one, ns);
        return one[0];
    }

    [Fact]
    public void ItSleepsAfterPowerUpAndNamesItself()
    {
        var chip = new Mpu6050("imu0", 0x68, _motion);
        Assert.Equal(0x68, Read(chip, 0x75, 0));
        Assert.Equal(0x40, Read(chip, 0x6B, 0));
        Assert.All(Burst(chip, 100 * Ms), value => Assert.Equal(0, value));
    }

    [Theory]
    [InlineData(0, 16384, 131.0)]
    [InlineData(1, 8192, 65.5)]
    [InlineData(2, 4096, 32.8)]
    [InlineData(3, 2048, 16.4)]
    public void ScalesFollowTheRangeBits(int range, int accelLsbPerG, double gyroLsbPerDegree)
    {
        Mpu6050 chip = Awake();
        chip.Write(0x68, [0x1B, (byte)(range << 3), (byte)(range << 3)], 0);
        _motion.Force = [0, -Gravity.Standard / 2, Gravity.Standard];
        _motion.Rate = [100 * RadPerDegree, 0, -50 * RadPerDegree];
        short[] burst = Burst(chip, 10 * Ms);
        Assert.Equal([0, -accelLsbPerG / 2, accelLsbPerG], burst[..3].Select(v => (int)v));
        Assert.Equal([Math.Round(100 * gyroLsbPerDegree), 0, Math.Round(-50 * gyroLsbPerDegree)], burst[4..].Select(v => (double)v));
        Assert.Equal(25.0, burst[3] / 340.0 + 36.53, 2e-3);
    }

    [Fact]
    public void ValuesBeyondTheRangeClip()
    {
        Mpu6050 chip = Awake();
        _motion.Force = [3 * Gravity.Standard, -3 * Gravity.Standard, 0];
        Assert.Equal([short.MaxValue, short.MinValue], Burst(chip, 10 * Ms)[..2]);
    }

    [Fact]
    public void SampleRateFollowsDividerAndFilter()
    {
        Mpu6050 chip = Awake();
        chip.Write(0x68, [0x19, 9, 3], 0); // 1 kHz / 10, filter on
        _motion.Ramp = true;
        Assert.Equal(0, Burst(chip, 10 * Ms - 1)[0]);
        short first = Burst(chip, 10 * Ms)[0];
        Assert.Equal(first, Burst(chip, 20 * Ms - 1)[0]);
        Assert.Equal(2 * first, Burst(chip, 20 * Ms)[0]);
        Assert.Equal(1, Read(chip, 0x3A, 30 * Ms)); // data ready, cleared by reading
        Assert.Equal(0, Read(chip, 0x3A, 30 * Ms));
    }

    [Fact]
    public void NoiseAndOffsetsAreThoseOfTheDataSheet()
    {
        const int samples = 4000;
        Mpu6050 chip = Awake(imperfection: 1, seed: 7);
        chip.Write(0x68, [0x1A, 2], 0); // 98 Hz gyroscope, 94 Hz accelerometer
        double[] rates = new double[samples], forces = new double[samples];
        for (int i = 0; i < samples; i++)
        {
            short[] burst = Burst(chip, (10 + i) * Ms);
            forces[i] = burst[0] / 16384.0;
            rates[i] = burst[4] / 131.0;
        }

        double Rms(double[] x) => Math.Sqrt(x.Sum(v => (v - x.Average()) * (v - x.Average())) / x.Length);
        Assert.Equal(0.05, Rms(rates), 0.005); // "total RMS noise, DLPFCFG = 2: 0.05 deg/s"
        Assert.Equal(400e-6 * Math.Sqrt(94), Rms(forces), 2e-4);
        Assert.InRange(Math.Abs(rates.Average()), 0.01, 20);
        Assert.InRange(Math.Abs(forces.Average()), 1e-4, 0.05);
    }

    [Fact]
    public void TheSameSeedGivesTheSameNoiseHoweverOftenItIsRead()
    {
        Mpu6050 a = Awake(1, 3), b = Awake(1, 3), c = Awake(1, 4);
        Burst(a, 5 * Ms);
        Burst(a, 17 * Ms);
        Assert.Equal(Burst(b, 40 * Ms), Burst(a, 40 * Ms));
        Assert.NotEqual(Burst(c, 40 * Ms), Burst(a, 40 * Ms));
    }

    [Fact]
    public void FrozenItRepeatsItselfAndNoisyItScatters()
    {
        Mpu6050 chip = Awake();
        _motion.Ramp = true;
        chip.FrozenWindow = new FaultWindow(50 * Ms, 80 * Ms);
        short[] before = Burst(chip, 49 * Ms);
        Assert.Equal(before, Burst(chip, 79 * Ms));
        Assert.NotEqual(before, Burst(chip, 81 * Ms));

        _motion.Ramp = false;
        chip.NoiseWindow = new FaultWindow(100 * Ms, 2000 * Ms);
        chip.ExtraNoise = 0.5;
        double[] x = Enumerable.Range(0, 1000).Select(i => Burst(chip, (101 + i) * Ms)[0] / 16384.0).ToArray();
        Assert.Equal(0.5, Math.Sqrt(x.Sum(v => v * v) / x.Length), 0.03);
    }

    private sealed class Motion : IImuMotion
    {
        public double[] Force { get; set; } = [0, 0, 0];

        public double[] Rate { get; set; } = [0, 0, 0];

        public bool Ramp { get; set; }

        public void MotionAt(long ns, Span<double> specificForce, Span<double> angularRate)
        {
            Force.CopyTo(specificForce);
            Rate.CopyTo(angularRate);
            if (Ramp)
            {
                specificForce[0] = ns * 1e-9 * Gravity.Standard;
            }
        }
    }
}
