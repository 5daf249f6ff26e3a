using Ganglion.VirtualBoard.Boards;

namespace Ganglion.VirtualBoard.Chips;

/// <summary>
/// NXP PCA9685 (datasheet rev. 4): 16 PWM outputs of 12 bits, registers with auto-increment, All-Call and sub-addresses,
/// software reset, sleep and restart, /OE, and an internal oscillator that is rarely the nominal 25 MHz.
/// </summary>
public sealed class Pca9685 : I2cChip
{
    public const int Channels = 16;

    /// <summary>Nominal frequency of the internal oscillator, Hz; real chips lie within 23 to 27 MHz.</summary>
    public const double NominalOscillatorHz = 25e6;

    private const int Mode1 = 0x00;
    private const int Mode2 = 0x01;
    private const int SubAddress1 = 0x02;
    private const int AllCallAddress = 0x05;
    private const int Led0 = 0x06;
    private const int LastLed = 0x45;
    private const int AllLed = 0xFA;
    private const int Prescale = 0xFE;

    private const byte Restart = 0x80;
    private const byte ExternalClock = 0x40;
    private const byte AutoIncrement = 0x20;
    private const byte Sleep = 0x10;
    private const byte AllCall = 0x01;
    private const byte Invert = 0x10;
    private const byte Full = 0x10;

    /// <summary>The oscillator needs this long after SLEEP is cleared (7.3.1.1).</summary>
    private const long OscillatorStartNs = 500_000;

    private const int GeneralCall = 0x00;
    private const byte SoftwareReset = 0x06;

    private readonly byte[] _registers = new byte[256];
    private readonly IPulseInput?[] _loads = new IPulseInput?[Channels];
    private readonly double[] _pulses = new double[Channels];
    private int _pointer;
    private bool _outputsDisabled;
    private bool _ledWritten;
    private long _runsFromNs;

    /// <param name="name">Name in fault commands.</param>
    /// <param name="address">0x40 to 0x7F without 0x70 (All-Call) and 0x78 to 0x7B.</param>
    /// <param name="oscillatorHz">The chip's real oscillator, 23e6 to 27e6.</param>
    public Pca9685(string name, int address, double oscillatorHz = NominalOscillatorHz)
        : base(name, address)
    {
        if (oscillatorHz is < 23e6 or > 27e6)
        {
            throw new ArgumentOutOfRangeException(nameof(oscillatorHz), oscillatorHz, "A PCA9685 oscillates at 23 to 27 MHz.");
        }

        OscillatorHz = oscillatorHz;
        PowerOn(0);
    }

    public double OscillatorHz { get; }

    /// <summary>Length of one PWM period, s.</summary>
    public double PeriodSeconds => 4096.0 * (_registers[Prescale] + 1) / OscillatorHz;

    /// <summary>Pulse length that an output was last told, s; 0 where it gives no pulses.</summary>
    public double PulseSeconds(int channel) => _pulses[channel];

    /// <summary>Connects a load to an output.</summary>
    public void Attach(int channel, IPulseInput load)
    {
        if (_loads[channel] != null)
        {
            throw new ArgumentException($"Output {channel} of {Name} already drives something: choose another output.", nameof(channel));
        }

        _loads[channel] = load;
    }

    /// <summary>Takes the load off an output, as when a plug is pulled.</summary>
    public void Detach(int channel) => _loads[channel] = null;

    /// <summary>Level of the /OE pin: high switches all outputs off, whatever the registers say.</summary>
    public void SetOutputEnablePin(bool high, long ns)
    {
        _outputsDisabled = high;
        UpdateOutputs(ns);
    }

    public override bool Answers(int address, bool read)
    {
        if (address == Address)
        {
            return true;
        }

        if (read)
        {
            return false;
        }

        byte mode = _registers[Mode1];
        if (address == GeneralCall)
        {
            return true;
        }

        if ((mode & AllCall) != 0 && address == _registers[AllCallAddress] >> 1)
        {
            return true;
        }

        for (int i = 0; i < 3; i++)
        {
            if ((mode & (8 >> i)) != 0 && address == _registers[SubAddress1 + i] >> 1)
            {
                return true;
            }
        }

        return false;
    }

    public override int Write(int address, ReadOnlySpan<byte> data, long ns)
    {
        if (address == GeneralCall)
        {
            if (data[0] != SoftwareReset)
            {
                return 0;
            }

            PowerOn(ns);
            return 1;
        }

        _pointer = data[0];
        foreach (byte value in data[1..])
        {
            WriteRegister(_pointer, value, ns);
            Increment();
        }

        return data.Length;
    }

    public override void Read(Span<byte> data, long ns)
    {
        for (int i = 0; i < data.Length; i++)
        {
            // ALL_LED registers and the gap between the banks read as zero.
            data[i] = _pointer <= LastLed || _pointer >= Prescale ? _registers[_pointer] : (byte)0;
            Increment();
        }
    }

    /// <summary>MODE2.OCH = 0: outputs change on STOP.</summary>
    public override void Stop(long ns)
    {
        if (_ledWritten)
        {
            _registers[Mode1] &= unchecked((byte)~Restart); // writing a PWM register makes a restart needless (7.3.1.1)
        }

        _ledWritten = false;
        UpdateOutputs(ns);
    }

    public override void PowerOn(long ns)
    {
        Array.Clear(_registers);
        _registers[Mode1] = Sleep | AllCall;
        _registers[Mode2] = 0x04;
        _registers[SubAddress1] = 0xE2;
        _registers[SubAddress1 + 1] = 0xE4;
        _registers[SubAddress1 + 2] = 0xE8;
        _registers[AllCallAddress] = 0xE0;
        for (int channel = 0; channel < Channels; channel++)
        {
            _registers[Led0 + 4 * channel + 3] = Full;
        }

        _registers[Prescale] = 0x1E;
        _pointer = 0;
        _ledWritten = false;
        UpdateOutputs(ns);
    }

    private void WriteRegister(int register, byte value, long ns)
    {
        switch (register)
        {
            case Mode1:
                WriteMode1(value, ns);
                break;
            case <= AllCallAddress:
                _registers[register] = value;
                break;
            case <= LastLed:
                _registers[register] = value;
                _ledWritten = true;
                break;
            case >= AllLed and < Prescale:
                for (int channel = 0; channel < Channels; channel++)
                {
                    _registers[Led0 + 4 * channel + (register - AllLed)] = value;
                }

                _ledWritten = true;
                break;
            case Prescale when (_registers[Mode1] & Sleep) != 0:
                _registers[Prescale] = Math.Max(value, (byte)3);
                break;
        }
    }

    private void WriteMode1(byte value, long ns)
    {
        byte before = _registers[Mode1];
        bool sleeps = (value & Sleep) != 0;
        bool restart = (before & Restart) != 0;
        if (sleeps && (before & Sleep) == 0)
        {
            restart = AnyChannelOn();
        }
        else if (!sleeps && (before & Sleep) != 0)
        {
            _runsFromNs = ns + OscillatorStartNs;
        }

        if ((value & Restart) != 0 && !sleeps)
        {
            restart = false; // channels run again
        }

        _registers[Mode1] = (byte)((value & ~Restart) | (restart ? Restart : 0));
    }

    private bool AnyChannelOn()
    {
        for (int channel = 0; channel < Channels; channel++)
        {
            if ((_registers[Led0 + 4 * channel + 3] & Full) == 0)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Past register 69 and past 254 the pointer goes to 0 (table 4, note).</summary>
    private void Increment()
    {
        if ((_registers[Mode1] & AutoIncrement) == 0)
        {
            return;
        }

        _pointer = _pointer is LastLed or Prescale ? Mode1 : (_pointer + 1) & 0xFF;
    }

    private void UpdateOutputs(long ns)
    {
        byte mode = _registers[Mode1];
        bool off = _outputsDisabled || (mode & (Sleep | Restart | ExternalClock)) != 0;
        long from = Math.Max(ns, _runsFromNs);
        for (int channel = 0; channel < Channels; channel++)
        {
            double pulse = off ? 0 : PulseOf(channel);
            if (pulse == _pulses[channel])
            {
                continue;
            }

            _pulses[channel] = pulse;
            _loads[channel]?.PulseChanged(pulse, pulse == 0 ? ns : from);
        }
    }

    private double PulseOf(int channel)
    {
        ReadOnlySpan<byte> led = _registers.AsSpan(Led0 + 4 * channel, 4);
        if ((led[3] & Full) != 0 || (led[1] & Full) != 0)
        {
            return 0; // full off or full on: no edges either way
        }

        int on = led[0] | (led[1] & 0x0F) << 8;
        int off = led[2] | (led[3] & 0x0F) << 8;
        int high = (off - on) & 0xFFF;
        if (high != 0 && (_registers[Mode2] & Invert) != 0)
        {
            high = 4096 - high;
        }

        return high * (_registers[Prescale] + 1.0) / OscillatorHz;
    }
}
