using Ganglion.Bridge.Messages;
using Ganglion.Shared.Config;
using Ganglion.Shared.Control;
using Ganglion.Shared.Link;

namespace Ganglion.Lab.Reliability.Core;

/// <summary>A board's chips as arrays, two bytes a channel, with what fuzz does to them: a chip is deaf, a bus hangs, an IMU repeats
/// itself, a pressure sensor lies.</summary>
internal sealed class FuzzHardware : BoardHardware
{
    /// <summary>After so many ticks a bus that hung is tried again (PROTOCOL.md, section States).</summary>
    public const int RetryTicks = 250;

    private readonly bool[] _stuck = new bool[3];
    private readonly int[] _retry = new int[3];
    private byte[] _types = [], _buses = [], _chipOf = [];
    private bool[] _off = [];

    // Channels stand in the order of their chips: those of a chip from its own entry to the next.
    private int[] _given = [], _first = [];
    private int _noise;

    /// <summary>True while the outputs are let through.</summary>
    public bool On { get; private set; }

    /// <summary>Which chips do not answer.</summary>
    public bool[] Deaf { get; private set; } = [];

    /// <summary>Which buses hold every transfer up until the driver's timeout; by bus id.</summary>
    public bool[] Hangs { get; } = new bool[3];

    /// <summary>Transfers of this tick that ran into that timeout, of a second each.</summary>
    public int HeldUp { get; set; }

    /// <summary>The IMU answers, and always the same.</summary>
    public bool Frozen { get; set; }

    /// <summary>The chambers behind the valves; null without pressure loops.</summary>
    public FuzzChambers? Chambers { get; set; }

    /// <summary>What a channel's output shall be told, counts.</summary>
    public int Count(int channel) => Image[2 * channel] | Image[2 * channel + 1] << 8;

    /// <summary>What a channel's chip has acknowledged last, counts.</summary>
    public int Given(int channel) => _given[channel];

    /// <summary>What means off to a channel's chip: no pulses, no voltage.</summary>
    public int Off(int channel) => _types[_chipOf[channel]] == ChipType.Pca9685 ? 4096 : 0;

    /// <summary>Whether a channel's chip can be reached at present.</summary>
    public bool Reaches(int channel)
    {
        int chip = _chipOf[channel], bus = _buses[chip];
        return !Deaf[chip] && !_stuck[bus] && !Hangs[bus];
    }

    public override void Configure(BoardConfig config)
    {
        (_types, _buses, _chipOf) = (config.ChipTypes, config.ChipBus, config.ChannelChip);
        Health = new ChipHealth(config.ChipCount);
        Deaf = new bool[config.ChipCount];
        _off = new bool[config.ChipCount];
        Readings.ImuChip = Array.IndexOf(_types, ChipType.Mpu6050);
        Image = new byte[2 * config.Channels.Count];
        _given = new int[config.Channels.Count];
        _first = [.. Enumerable.Range(0, config.ChipCount + 1).Select(chip => _chipOf.Count(of => of < chip))];
        for (int i = 0; i < config.Channels.Count; i++)
        {
            config.Channels.LowByteAt[i] = 2 * i;
            config.Channels.HighByteAt[i] = 2 * i + 1;
            config.Channels.OffHighByte[i] = (byte)(Off(i) >> 8);
            Image[2 * i + 1] = (byte)(Off(i) >> 8);
            _given[i] = Off(i);
        }
    }

    public override int Probe()
    {
        Array.Clear(_stuck);
        for (int i = 0; i < _types.Length; i++)
        {
            if (!Transfer(i))
            {
                return i;
            }

            Take(i, isOff: true);
            if (_types[i] == ChipType.Ads1115)
            {
                Chambers?.Restart();
            }
        }

        return -1;
    }

    public override int OutputsOn()
    {
        On = true;
        return -1;
    }

    public override int OutputsOff()
    {
        On = false;
        Array.Clear(_off);
        return RepeatOff();
    }

    public override int RepeatOff()
    {
        int on = -1;
        for (int i = 0; i < _types.Length; i++)
        {
            if (!Drives(i) || _off[i])
            {
                continue;
            }

            _off[i] = Transfer(i);
            if (_off[i])
            {
                Take(i, isOff: true);
            }
            else if (on < 0)
            {
                on = i;
            }
        }

        return on;
    }

    public override void RecoverBuses()
    {
        for (int bus = 1; bus < _stuck.Length; bus++)
        {
            if (_stuck[bus] && --_retry[bus] <= 0)
            {
                _stuck[bus] = false;
            }
        }
    }

    public override void WriteOutputs()
    {
        for (int i = 0; i < _types.Length; i++)
        {
            if (Drives(i) && Transfer(i))
            {
                Take(i, isOff: false);
            }
        }
    }

    public override void ReadSensors()
    {
        for (int i = 0; i < _types.Length; i++)
        {
            if (Drives(i) || !Transfer(i))
            {
                continue;
            }

            if (_types[i] == ChipType.Ads1115)
            {
                Chambers?.Read(Readings);
                continue;
            }

            _noise += Frozen ? 0 : 1;
            Readings.Imu[0] = 300 + (_noise & 7);
            Readings.Imu[2] = 8192;
            Readings.Imu[4] = _noise & 3;
            Readings.ImuFresh = true;
        }
    }

    private bool Drives(int chip) => _types[chip] is ChipType.Pca9685 or ChipType.Mcp4728;

    /// <summary>A chip has acknowledged what it shall give.</summary>
    private void Take(int chip, bool isOff)
    {
        int off = _types[chip] == ChipType.Pca9685 ? 4096 : 0;
        for (int channel = _first[chip]; channel < _first[chip + 1]; channel++)
        {
            _given[channel] = isOff ? off : Count(channel);
        }
    }

    private bool Transfer(int chip)
    {
        int bus = _buses[chip];
        if (_stuck[bus])
        {
            return false;
        }

        if (Hangs[bus])
        {
            (_stuck[bus], _retry[bus]) = (true, RetryTicks);
            HeldUp++;
            Health.Failed(chip, true);
            return false;
        }

        if (Deaf[chip])
        {
            Health.Failed(chip, false);
            return false;
        }

        Health.Succeeded(chip);
        return true;
    }
}

/// <summary>Calls zlib's CRC-32 for the board's core.</summary>
internal sealed class FuzzChecksum : Checksum
{
    public override uint Compute(byte[] buffer, int offset, int count) => Crc32.Compute(buffer.AsSpan(offset, count));
}
