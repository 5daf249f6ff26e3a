using System.Buffers.Binary;
using Ganglion.VirtualBoard.Boards;
using Ganglion.VirtualBoard.Faults;

namespace Ganglion.VirtualBoard.Chips;

/// <summary>
/// ST VL53L0X (DS11555): a register file in two pages, which measures back to back or once when it is started. ST documents no
/// registers; names are those of its API (STSW-IMG005). After power-up it needs the value of its register 0x91 written back on the private
/// page before each start, and two calibrations, without which its measurements say so. Noise and range as in the data sheet's tables for
/// a white target indoors; it sees along a ray where the real one sees a cone of 25 degrees.
/// </summary>
public sealed class Vl53l0x : I2cChip
{
    private const int Start = 0x00;
    private const int Sequence = 0x01;
    private const int InterruptConfig = 0x0A;
    private const int InterruptClear = 0x0B;
    private const int InterruptStatus = 0x13;
    private const int Result = 0x14;
    private const int MemoryStrobe = 0x83;
    private const int StopVariable = 0x91;
    private const int SoftReset = 0xBF;
    private const int Model = 0xC0;
    private const int Page = 0xFF;
    private const byte StopValue = 0x3C;

    private const byte NewSample = 0x04;
    private const byte BackToBack = 0x02;
    private const byte Single = 0x01;
    private const int NoVoltage = 3, NoTarget = 4, Complete = 11;

    /// <summary>What it tells of the distance where it sees nothing, mm.</summary>
    private const int NothingMm = 8190;

    /// <summary>Default timing of a measurement, and a guess at a calibration's, which ends within the sleep of any driver.</summary>
    private const long MeasurementNs = 33_000_000, CalibrationNs = 4_000_000;

    // Table "Ranging accuracy", white target indoors at 1.2 m, 33 ms: 4 %. Nearer than 25 mm the rounding to 1 mm has the last word.
    private const double RelativeNoise = 0.04, LeastNoise = 0.001;

    // In units of 2^-7 million counts a second: of a white target at a metre, of the room's light, and their noise.
    private const double SignalAtMetre = 500, MostSignal = 8000, AmbientLight = 60, RateNoise = 0.05;

    private readonly byte[][] _pages = [new byte[256], new byte[256]];
    private readonly SampleNoise _noise;
    private readonly double _imperfection;
    private readonly IDistanceSource _source;
    private int _pointer;
    private byte _stopWritten;
    private bool _isVoltageKnown, _isPhaseKnown;
    private long _startedNs, _periodNs, _taken;
    private bool _isOnce;

    /// <param name="name">Name in fault commands.</param>
    /// <param name="source">What is before it.</param>
    /// <param name="seed">Seed of its noise.</param>
    /// <param name="imperfection">Scale of the distance's noise: 0 ideal, 1 as in the data sheet.</param>
    public Vl53l0x(string name, IDistanceSource source, int seed = 1, double imperfection = 1)
        : base(name, Robots.Boards.Vl53l0x.OnlyAddress)
    {
        (_source, _imperfection, _noise) = (source, imperfection, new SampleNoise(seed, 1));
        PowerOn(0);
    }

    /// <summary>What it answers as its model.</summary>
    public byte Identity { get; set; } = 0xEE;

    /// <summary>When it tells the same result over and over, as a new one.</summary>
    public FaultWindow FrozenWindow { get; set; }

    /// <summary>When it measures the same distance whatever is before it.</summary>
    public FaultWindow StuckWindow { get; set; }

    /// <summary>That distance, m.</summary>
    public double StuckAt { get; set; }

    public override int Write(int address, ReadOnlySpan<byte> data, long ns)
    {
        Run(ns);
        _pointer = data[0];
        foreach (byte value in data[1..])
        {
            WriteRegister(_pointer, value, ns);
            _pointer = (_pointer + 1) & 0xFF;
        }

        return data.Length;
    }

    public override void Read(Span<byte> data, long ns)
    {
        Run(ns);
        bool isReset = _pages[0][SoftReset] == 0;
        for (int i = 0; i < data.Length; i++)
        {
            data[i] = isReset ? (byte)0 : _pointer == Model ? Identity : Registers(_pointer)[_pointer];
            _pointer = (_pointer + 1) & 0xFF;
        }
    }

    public override void PowerOn(long ns)
    {
        Array.Clear(_pages[0]);
        Array.Clear(_pages[1]);
        (_pages[0][SoftReset], _pages[0][Sequence], _pages[0][0xC1], _pages[0][0xC2]) = (1, 0xFF, 0xAA, 0x10);
        _pages[1][StopVariable] = StopValue;
        (_isVoltageKnown, _isPhaseKnown, _periodNs, _pointer) = (false, false, 0, 0);
        _stopWritten = 0;
    }

    /// <summary>Page, power and reset are on every page.</summary>
    private byte[] Registers(int register) =>
        _pages[register is Page or 0x80 or SoftReset || register >= Model && register <= 0xC2 ? 0 : _pages[0][Page] & 1];

    private void WriteRegister(int register, byte value, long ns)
    {
        if (register == SoftReset)
        {
            PowerOn(ns);
            _pages[0][SoftReset] = value;
            return;
        }

        byte[] registers = Registers(register);
        if (register is >= InterruptStatus and < Result + 12 && registers == _pages[0])
        {
            return;
        }

        // What is written to 0x91 is compared with what it held, and not kept.
        if (register == StopVariable && registers == _pages[1])
        {
            _stopWritten = value;
            return;
        }

        // Its memory is read at once: what was asked for stands there, all zeros, as soon as somebody waits for it.
        registers[register] = register == MemoryStrobe && value == 0 ? (byte)1 : value;
        if (registers != _pages[0])
        {
            return;
        }

        if (register == InterruptClear && (value & 1) != 0)
        {
            _pages[0][InterruptStatus] = 0;
        }
        else if (register == Start)
        {
            Command(value, ns);
        }
    }

    private void Command(byte value, long ns)
    {
        bool calibrates = _pages[0][Sequence] is 1 or 2;
        bool starts = (value & (BackToBack | Single)) != 0 && (calibrates || _stopWritten == StopValue);
        _isOnce = (value & BackToBack) == 0;
        _periodNs = !starts ? 0 : calibrates ? CalibrationNs : MeasurementNs;
        (_startedNs, _taken) = (ns, 0);
    }

    /// <summary>Ends what has come to its end by <paramref name="ns"/>.</summary>
    private void Run(long ns)
    {
        long done = _periodNs == 0 ? 0 : (ns - _startedNs) / _periodNs;
        if (done <= _taken)
        {
            return;
        }

        _taken = _isOnce ? 1 : done;
        long end = _startedNs + _taken * _periodNs;
        switch (_pages[0][Sequence])
        {
            case 1:
                _isVoltageKnown = true;
                break;
            case 2:
                _isPhaseKnown = true;
                break;
            default:
                Measure(end, end / MeasurementNs);
                break;
        }

        _pages[0][InterruptStatus] = (byte)(_pages[0][InterruptConfig] & NewSample);
        if (_isOnce)
        {
            _periodNs = 0;
            _pages[0][Start] &= 0xFE;
        }
    }

    /// <summary>Writes the result of a measurement: light is gathered over its whole length, so it tells what was at its middle.</summary>
    private void Measure(long ns, long sample)
    {
        if (FrozenWindow.Contains(ns))
        {
            return;
        }

        double metres = StuckWindow.Contains(ns) ? StuckAt : _source.MetresAt(ns - MeasurementNs / 2);
        bool sees = metres <= Robots.Boards.Vl53l0x.Range;
        double signal = sees ? Math.Min(MostSignal, SignalAtMetre / Math.Max(metres * metres, 1e-4)) : 0.02 * AmbientLight;
        double noise = _imperfection * Math.Max(RelativeNoise * metres, LeastNoise) * _noise.At(sample, 0);
        int status = !_isVoltageKnown || !_isPhaseKnown ? NoVoltage : sees ? Complete : NoTarget;
        _pages[0][Result] = (byte)(status << 3 | 1);
        Put(2, 256 * Math.Clamp(16 * metres / 0.1, 5, 160));
        Put(6, signal * (1 + RateNoise * _noise.At(sample, 1)) + _noise.At(sample, 3));
        Put(8, AmbientLight * (1 + RateNoise * _noise.At(sample, 2)));
        Put(10, status == Complete ? 1000 * (metres + noise) : NothingMm);
    }

    private void Put(int offset, double value) => BinaryPrimitives.WriteUInt16BigEndian(_pages[0].AsSpan(Result + offset),
        (ushort)Math.Clamp(Math.Round(value), 0, ushort.MaxValue));
}
