using System.Buffers.Binary;
using Ganglion.Basics;
using Ganglion.VirtualBoard.Boards;
using Ganglion.VirtualBoard.Faults;

namespace Ganglion.VirtualBoard.Chips;

/// <summary>
/// InvenSense MPU-6050 (PS-MPU-6000A, RM-MPU-6000A): accelerometer, gyroscope and thermometer behind a register file that
/// reads in bursts. It sleeps after power-up. Offsets and noise follow the data sheet's figures, drawn from a seed.
/// </summary>
public sealed class Mpu6050 : I2cChip
{
    private const int SampleRateDivider = 0x19;
    private const int Config = 0x1A;
    private const int GyroConfig = 0x1B;
    private const int AccelConfig = 0x1C;
    private const int AccelConfig2 = 0x1D;
    private const int InterruptStatus = 0x3A;
    private const int FirstData = 0x3B;
    private const int DataCount = 14;
    private const int Power = 0x6B;
    private const int WhoAmI = 0x75;
    private const byte Original = 0x68;
    private const int Registers = 0x76;

    private const byte DeviceReset = 0x80;
    private const byte SleepBit = 0x40;

    private const double RadPerDegree = Math.PI / 180;

    // Gyroscope: 0.005 deg/s/rtHz, zero-rate offset +-20 deg/s. Accelerometer: 400 ug/rtHz, zero-g offset 50 mg (x, y), 80 mg (z).
    private const double GyroNoise = 0.005 * RadPerDegree;
    private const double GyroOffset = 20 * RadPerDegree;
    private const double AccelNoise = 400e-6 * Gravity.Standard;

    private static readonly double[] AccelOffset = [0.050 * Gravity.Standard, 0.050 * Gravity.Standard, 0.080 * Gravity.Standard];
    private static readonly double[] GyroLsbPerDegree = [131, 65.5, 32.8, 16.4];
    private static readonly double[] AccelLsbPerG = [16384, 8192, 4096, 2048];
    private static readonly double[] AccelBandwidthHz = [260, 184, 94, 44, 21, 10, 5, 260];
    private static readonly double[] GyroBandwidthHz = [256, 188, 98, 42, 20, 10, 5, 256];

    private readonly byte[] _registers = new byte[Registers];
    private readonly double[] _accelBias = new double[3];
    private readonly double[] _gyroBias = new double[3];
    private readonly SampleNoise _noise;
    private readonly IImuMotion _motion;
    private int _pointer;
    private long _awakeSinceNs;
    private long _lastSample = -1;

    /// <param name="name">Name in fault commands.</param>
    /// <param name="address">0x68 or 0x69.</param>
    /// <param name="motion">What the chip is fixed to.</param>
    /// <param name="seed">Seed of its offsets and noise.</param>
    /// <param name="imperfection">Scale of offsets and noise: 0 ideal, 1 as in the data sheet (offsets with three sigma at the
    /// limits).</param>
    public Mpu6050(string name, int address, IImuMotion motion, int seed = 1, double imperfection = 1)
        : base(name, address)
    {
        _motion = motion;
        _noise = new SampleNoise(seed, imperfection);
        for (int axis = 0; axis < 3; axis++)
        {
            _accelBias[axis] = _noise.At(-1, axis) * AccelOffset[axis] / 3;
            _gyroBias[axis] = _noise.At(-1, 3 + axis) * GyroOffset / 3;
        }

        Identity = Original;
        PowerOn(0);
    }

    /// <summary>What it answers to WHO_AM_I. Chips of the family other than the original have the low-pass of the accelerometer in a
    /// register of its own.</summary>
    public byte Identity
    {
        get => _registers[WhoAmI];
        set => _registers[WhoAmI] = value;
    }

    /// <summary>When the data registers stand still although the chip answers.</summary>
    public FaultWindow FrozenWindow { get; set; }

    /// <summary>When extra noise is on the sensors.</summary>
    public FaultWindow NoiseWindow { get; set; }

    /// <summary>Extra noise, RMS: rad/s on the gyroscope and g on the accelerometer.</summary>
    public double ExtraNoise { get; set; }

    public override int Write(int address, ReadOnlySpan<byte> data, long ns)
    {
        _pointer = data[0];
        foreach (byte value in data[1..])
        {
            WriteRegister(_pointer, value, ns);
            _pointer++;
        }

        return data.Length;
    }

    public override void Read(Span<byte> data, long ns)
    {
        Sample(ns);
        for (int i = 0; i < data.Length; i++, _pointer++)
        {
            data[i] = _pointer < Registers ? _registers[_pointer] : (byte)0;
            if (_pointer == InterruptStatus)
            {
                _registers[InterruptStatus] = 0;
            }
        }
    }

    public override void PowerOn(long ns)
    {
        Array.Clear(_registers, 0, WhoAmI);
        _registers[Power] = SleepBit;
        _pointer = 0;
    }

    private void WriteRegister(int register, byte value, long ns)
    {
        if (register == Power && (value & DeviceReset) != 0)
        {
            PowerOn(ns);
            return;
        }

        if (register == Power && (_registers[Power] & SleepBit) != 0 && (value & SleepBit) == 0)
        {
            _awakeSinceNs = ns;
            _lastSample = -1;
        }

        bool readOnly = register is >= InterruptStatus and < FirstData + DataCount or WhoAmI or >= Registers;
        if (!readOnly)
        {
            _registers[register] = value;
        }
    }

    /// <summary>Brings the data registers to the newest sample before <paramref name="ns"/>.</summary>
    private void Sample(long ns)
    {
        if ((_registers[Power] & SleepBit) != 0 || FrozenWindow.Contains(ns))
        {
            return;
        }

        int filter = _registers[Config] & 7;
        long gyroPeriod = filter is 0 or 7 ? 125_000 : 1_000_000;
        long period = gyroPeriod * (1 + _registers[SampleRateDivider]);
        long sample = (ns - _awakeSinceNs) / period;
        if (sample == _lastSample)
        {
            return;
        }

        _lastSample = sample;
        _registers[InterruptStatus] |= 1;
        Convert(_awakeSinceNs + sample * period, sample, filter);
    }

    private void Convert(long ns, long sample, int filter)
    {
        Span<double> force = stackalloc double[3];
        Span<double> rate = stackalloc double[3];
        _motion.MotionAt(ns, force, rate);
        double extra = NoiseWindow.Contains(ns) ? ExtraNoise : 0;
        double forceNoise = AccelNoise * Math.Sqrt(AccelBandwidthHz[Identity == Original ? filter : _registers[AccelConfig2] & 7]);
        double rateNoise = GyroNoise * Math.Sqrt(GyroBandwidthHz[filter]);
        double perForce = AccelLsbPerG[_registers[AccelConfig] >> 3 & 3] / Gravity.Standard;
        double perRate = GyroLsbPerDegree[_registers[GyroConfig] >> 3 & 3] / RadPerDegree;
        for (int axis = 0; axis < 3; axis++)
        {
            double a = force[axis] + _accelBias[axis] + _noise.At(sample, axis) * forceNoise + _noise.Unscaled(sample, 6 + axis)
                * extra * Gravity.Standard;
            double w = rate[axis] + _gyroBias[axis] + _noise.At(sample, 3 + axis) * rateNoise + _noise.Unscaled(sample, 9 + axis) * extra;
            Put(FirstData + 2 * axis, a * perForce);
            Put(FirstData + 8 + 2 * axis, w * perRate);
        }

        Put(FirstData + 6, (25 - 36.53) * 340); // 25 deg C
    }

    private void Put(int register, double value)
    {
        short code = (short)Math.Clamp(Math.Round(value), short.MinValue, short.MaxValue);
        BinaryPrimitives.WriteInt16BigEndian(_registers.AsSpan(register), code);
    }
}
