using Ganglion.Bridge.Messages;
using Ganglion.Shared.Config;
using Ganglion.Shared.Control;
using Ganglion.Shared.Link;

namespace Ganglion.Lab.Reliability.Core;

/// <summary>A board's chips as arrays, two bytes a channel, with what fuzz does to them: a chip is deaf, an IMU repeats itself.</summary>
internal sealed class FuzzHardware : BoardHardware
{
    private byte[] _types = [];
    private int _noise;

    /// <summary>True while the outputs are let through.</summary>
    public bool On { get; private set; }

    /// <summary>Which chips do not answer.</summary>
    public bool[] Deaf { get; private set; } = [];

    /// <summary>The IMU answers, and always the same.</summary>
    public bool Frozen { get; set; }

    /// <summary>What a channel's output is told, counts; 4096 is off.</summary>
    public int Count(int channel) => Image[2 * channel] | Image[2 * channel + 1] << 8;

    public override void Configure(BoardConfig config)
    {
        _types = config.ChipTypes;
        Health = new ChipHealth(config.ChipCount);
        Deaf = new bool[config.ChipCount];
        Readings.ImuChip = Array.IndexOf(_types, ChipType.Mpu6050);
        Image = new byte[2 * config.Channels.Count];
        for (int i = 0; i < config.Channels.Count; i++)
        {
            config.Channels.LowByteAt[i] = 2 * i;
            config.Channels.HighByteAt[i] = 2 * i + 1;
            config.Channels.OffHighByte[i] = 0x10;
            Image[2 * i + 1] = 0x10;
        }
    }

    public override int Probe() => Array.IndexOf(Deaf, true);

    public override int OutputsOn()
    {
        On = true;
        return -1;
    }

    public override int OutputsOff()
    {
        On = false;
        return FirstDeafOutput();
    }

    public override int RepeatOff() => FirstDeafOutput();

    public override void RecoverBuses()
    {
    }

    public override void WriteOutputs() => Transfer(outputs: true);

    public override void ReadSensors()
    {
        Transfer(outputs: false);
        int imu = Readings.ImuChip;
        if (imu < 0 || Deaf[imu])
        {
            return;
        }

        _noise += Frozen ? 0 : 1;
        Readings.Imu[0] = 300 + (_noise & 7);
        Readings.Imu[2] = 8192;
        Readings.Imu[4] = _noise & 3;
        Readings.ImuFresh = true;
    }

    private int FirstDeafOutput()
    {
        for (int i = 0; i < _types.Length; i++)
        {
            if (_types[i] == ChipType.Pca9685 && Deaf[i])
            {
                return i;
            }
        }

        return -1;
    }

    private void Transfer(bool outputs)
    {
        for (int i = 0; i < _types.Length; i++)
        {
            if ((_types[i] == ChipType.Pca9685) != outputs)
            {
                continue;
            }

            if (Deaf[i])
            {
                Health.Failed(i, false);
            }
            else
            {
                Health.Succeeded(i);
            }
        }
    }
}

/// <summary>Calls zlib's CRC-32 for the board's core.</summary>
internal sealed class FuzzChecksum : Checksum
{
    public override uint Compute(byte[] buffer, int offset, int count) => Crc32.Compute(buffer.AsSpan(offset, count));
}
