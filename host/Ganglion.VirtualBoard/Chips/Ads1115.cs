using Ganglion.VirtualBoard.Boards;

namespace Ganglion.VirtualBoard.Chips;

/// <summary>
/// Texas Instruments ADS1115 (SBAS444): a 16-bit converter with an input multiplexer, a programmable range, and single or
/// continuous conversions that take their time. The comparator's ALERT pin leads nowhere.
/// </summary>
public sealed class Ads1115 : I2cChip
{
    public const int Inputs = 4;

    private const int Conversion = 0;
    private const int Config = 1;
    private const ushort DefaultConfig = 0x8583;
    private const ushort StartBit = 0x8000;
    private const ushort SingleShot = 0x0100;

    /// <summary>Power-up before a single conversion (8.4.2.1).</summary>
    private const long WakeNs = 25_000;

    private static readonly double[] FullScaleVolts = [6.144, 4.096, 2.048, 1.024, 0.512, 0.256, 0.256, 0.256];
    private static readonly int[] SamplesPerSecond = [8, 16, 32, 64, 128, 250, 475, 860];

    private readonly IVoltageSource?[] _inputs = new IVoltageSource?[Inputs];
    private readonly ushort[] _registers = new ushort[4];
    private readonly double _clock;
    private int _pointer;
    private bool _converting;
    private long _conversionStart;

    /// <param name="name">Name in fault commands.</param>
    /// <param name="address">0x48 to 0x4B.</param>
    /// <param name="clock">The chip's oscillator over its nominal frequency: 0.9 to 1.1.</param>
    public Ads1115(string name, int address, double clock = 1.0)
        : base(name, address)
    {
        if (clock is < 0.9 or > 1.1)
        {
            throw new ArgumentOutOfRangeException(nameof(clock), clock, "The ADS1115's oscillator is within 10 % of nominal.");
        }

        _clock = clock;
        PowerOn(0);
    }

    /// <summary>Connects AIN0..AIN3; an open input reads 0 V.</summary>
    public void Attach(int input, IVoltageSource source) => _inputs[input] = source;

    public override int Write(int address, ReadOnlySpan<byte> data, long ns)
    {
        _pointer = data[0] & 3;
        if (data.Length < 3 || _pointer == Conversion)
        {
            return data.Length;
        }

        ushort value = (ushort)(data[1] << 8 | data[2]);
        if (_pointer == Config)
        {
            WriteConfig(value, ns);
        }
        else
        {
            _registers[_pointer] = value;
        }

        return data.Length;
    }

    public override void Read(Span<byte> data, long ns)
    {
        FinishConversions(ns);
        ushort value = _registers[_pointer];
        if (_pointer == Config)
        {
            value = (ushort)(_converting ? value & ~StartBit : value | StartBit);
        }

        for (int i = 0; i < data.Length; i++)
        {
            data[i] = (byte)(i % 2 == 0 ? value >> 8 : value);
        }
    }

    public override void PowerOn(long ns)
    {
        _registers[Conversion] = 0;
        _registers[Config] = DefaultConfig;
        _registers[2] = 0x8000;
        _registers[3] = 0x7FFF;
        _pointer = 0;
        _converting = false;
    }

    private void WriteConfig(ushort value, long ns)
    {
        FinishConversions(ns);
        bool single = (value & SingleShot) != 0;
        bool busy = _converting && (_registers[Config] & SingleShot) != 0;
        _registers[Config] = value;
        if (!single)
        {
            _converting = true;
            _conversionStart = ns;
        }
        else if (busy)
        {
            return; // a conversion under way is not restarted
        }
        else
        {
            _converting = (value & StartBit) != 0;
            _conversionStart = ns + WakeNs;
        }
    }

    /// <summary>Brings the conversion register to <paramref name="ns"/>.</summary>
    private void FinishConversions(long ns)
    {
        if (!_converting)
        {
            return;
        }

        ushort config = _registers[Config];
        long period = (long)(1e9 / (SamplesPerSecond[config >> 5 & 7] * _clock));
        long finished = (ns - _conversionStart) / period;
        if (finished < 1)
        {
            return;
        }

        bool single = (config & SingleShot) != 0;
        long end = _conversionStart + (single ? 1 : finished) * period;
        _registers[Conversion] = Convert(config, end);
        _converting = !single;
        _conversionStart = end;
    }

    private ushort Convert(ushort config, long ns)
    {
        int mux = config >> 12 & 7;
        (int plus, int minus) = mux switch
        {
            0 => (0, 1),
            1 => (0, 3),
            2 => (1, 3),
            3 => (2, 3),
            _ => (mux - 4, -1),
        };
        double volts = VoltsAt(plus, ns) - (minus < 0 ? 0 : VoltsAt(minus, ns));
        double code = Math.Round(volts / FullScaleVolts[config >> 9 & 7] * 32768);
        return (ushort)(short)Math.Clamp(code, short.MinValue, short.MaxValue);
    }

    private double VoltsAt(int input, long ns) => _inputs[input]?.VoltsAt(ns) ?? 0;
}
