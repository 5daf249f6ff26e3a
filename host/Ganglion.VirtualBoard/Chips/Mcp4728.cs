using Ganglion.VirtualBoard.Boards;

namespace Ganglion.VirtualBoard.Chips;

/// <summary>
/// Microchip MCP4728 (DS22187E): four 12-bit DACs with reference, gain and power-down bits and an EEPROM behind them. The
/// /LDAC pin is tied low, so outputs follow the registers.
/// </summary>
public sealed class Mcp4728 : I2cChip
{
    public const int Channels = 4;

    /// <summary>Internal reference, V.</summary>
    public const double ReferenceVolts = 2.048;

    private const int GeneralCall = 0x00;

    /// <summary>An EEPROM write takes 25 ms (typical); other writes are ignored meanwhile.</summary>
    private const long EepromWriteNs = 25_000_000;

    private readonly ushort[] _registers = new ushort[Channels];
    private readonly ushort[] _eeprom = new ushort[Channels];
    private readonly double[] _volts = new double[Channels];
    private readonly IVoltageInput?[] _loads = new IVoltageInput?[Channels];
    private readonly double _supplyVolts;
    private long _busyUntilNs;

    /// <param name="name">Name in fault commands.</param>
    /// <param name="address">0x60 to 0x67.</param>
    /// <param name="supplyVolts">V_DD: the other reference, and the highest output.</param>
    public Mcp4728(string name, int address, double supplyVolts = 3.3)
        : base(name, address)
    {
        _supplyVolts = supplyVolts;
        // As delivered: code 0; the reference is the internal one here, gain 1, outputs on.
        Array.Fill(_eeprom, (ushort)0x8000);
        PowerOn(0);
    }

    /// <summary>What somebody wrote into every output's EEPROM before it came to this board; in force from the next power-on.</summary>
    /// <param name="register">As the register: bit 15 internal reference, 14..13 power-down, 12 gain 2, 11..0 code.</param>
    public void Program(ushort register) => Array.Fill(_eeprom, register);

    /// <summary>Voltage at an output.</summary>
    public double Volts(int channel) => _volts[channel];

    /// <summary>Connects a load to an output.</summary>
    public void Attach(int channel, IVoltageInput load)
    {
        _loads[channel] = load;
        load.VoltageChanged(_volts[channel], 0);
    }

    public override bool Answers(int address, bool read) => address == Address || (address == GeneralCall && !read);

    public override int Write(int address, ReadOnlySpan<byte> data, long ns)
    {
        if (address == GeneralCall)
        {
            return GeneralCallCommand(data[0], ns);
        }

        if (ns < _busyUntilNs)
        {
            return data.Length;
        }

        switch (data[0] >> 5)
        {
            case 0b000 or 0b001:
                FastWrite(data);
                break;
            case 0b010:
                WriteRegisters(data, ns);
                break;
            case 0b100:
                SetBits(0x8000, data[0]);
                break;
            case 0b110:
                SetBits(0x1000, data[0]);
                break;
            case 0b101 when data.Length >= 2:
                SetPowerDown(data[0], data[1]);
                break;
        }

        UpdateOutputs(ns);
        return data.Length;
    }

    /// <summary>24 bytes: for each channel the input register with its status byte, then the EEPROM's.</summary>
    public override void Read(Span<byte> data, long ns)
    {
        for (int i = 0; i < data.Length; i++)
        {
            int channel = i / 6 % Channels;
            ushort value = i % 6 < 3 ? _registers[channel] : _eeprom[channel];
            int ready = ns >= _busyUntilNs ? 0x80 : 0;
            data[i] = (i % 3) switch
            {
                0 => (byte)(ready | 0x40 | channel << 4 | (Address & 7)),
                1 => (byte)(value >> 8),
                _ => (byte)value,
            };
        }
    }

    public override void PowerOn(long ns)
    {
        _eeprom.CopyTo(_registers, 0);
        _busyUntilNs = 0;
        UpdateOutputs(ns);
    }

    private int GeneralCallCommand(byte command, long ns)
    {
        switch (command)
        {
            case 0x06: // reset: EEPROM to registers
                PowerOn(ns);
                return 1;
            case 0x08: // update: with /LDAC low there is nothing left to update
                return 1;
            case 0x09: // wake up
                SetPowerDown(0, 0);
                UpdateOutputs(ns);
                return 1;
            default:
                return 0;
        }
    }

    /// <summary>Two bytes a channel from A on: power-down bits and code; reference and gain stay.</summary>
    private void FastWrite(ReadOnlySpan<byte> data)
    {
        for (int channel = 0; channel < Channels && 2 * channel + 1 < data.Length; channel++)
        {
            int high = data[2 * channel];
            int code = (high & 0x0F) << 8 | data[2 * channel + 1];
            int powerDown = (high & 0x30) << 9;
            _registers[channel] = (ushort)((_registers[channel] & 0x9000) | powerDown | code);
        }
    }

    /// <summary>Multi-write (01000), sequential write (01010) and single write (01011); the last two write the EEPROM too.</summary>
    private void WriteRegisters(ReadOnlySpan<byte> data, long ns)
    {
        int kind = data[0] >> 3 & 3;
        int channel = data[0] >> 1 & 3;
        if (kind == 0b00)
        {
            for (int at = 0; at + 2 < data.Length; at += 3)
            {
                _registers[data[at] >> 1 & 3] = (ushort)(data[at + 1] << 8 | data[at + 2]);
            }

            return;
        }

        int last = kind == 0b11 ? channel : Channels - 1;
        for (int at = 1; channel <= last && at + 1 < data.Length; at += 2, channel++)
        {
            _registers[channel] = (ushort)(data[at] << 8 | data[at + 1]);
            _eeprom[channel] = _registers[channel];
            _busyUntilNs = ns + EepromWriteNs;
        }
    }

    /// <summary>One bit of every channel, from the low nibble of the command: A is its highest bit.</summary>
    private void SetBits(ushort bit, byte command)
    {
        for (int channel = 0; channel < Channels; channel++)
        {
            bool on = (command >> (3 - channel) & 1) != 0;
            _registers[channel] = (ushort)(on ? _registers[channel] | bit : _registers[channel] & ~bit);
        }
    }

    private void SetPowerDown(byte first, byte second)
    {
        int bits = first << 8 | second; // 101x A1 A0 B1 B0 | C1 C0 D1 D0 xxxx
        for (int channel = 0; channel < Channels; channel++)
        {
            int powerDown = bits >> (10 - 2 * channel) & 3;
            _registers[channel] = (ushort)((_registers[channel] & ~0x6000) | powerDown << 13);
        }
    }

    private void UpdateOutputs(long ns)
    {
        for (int channel = 0; channel < Channels; channel++)
        {
            double volts = VoltsOf(_registers[channel]);
            if (volts == _volts[channel])
            {
                continue;
            }

            _volts[channel] = volts;
            _loads[channel]?.VoltageChanged(volts, ns);
        }
    }

    private double VoltsOf(ushort register)
    {
        if ((register & 0x6000) != 0)
        {
            return 0;
        }

        double fraction = (register & 0xFFF) / 4096.0;
        if ((register & 0x8000) == 0)
        {
            return _supplyVolts * fraction;
        }

        double gain = (register & 0x1000) != 0 ? 2 : 1;
        return Math.Min(_supplyVolts, ReferenceVolts * gain * fraction);
    }
}
