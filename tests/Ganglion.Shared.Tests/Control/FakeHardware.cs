using Ganglion.Shared.Config;
using Ganglion.Shared.Control;
using Ganglion.Shared.Sensing;

namespace Ganglion.Shared.Tests.Control;

/// <summary>A board's hardware as arrays: two bytes a channel, little-endian counts; remembers what it was told.</summary>
internal sealed class FakeHardware : BoardHardware
{
    public bool On;
    public int Writes;
    public int MissingChip = -1;

    /// <summary>A chip that does not acknowledge "off", or -1.</summary>
    public int DeafChip = -1;
    public Action<FakeHardware>? OnWrite;
    public Action<SensorReadings>? Sense;

    public override void Configure(BoardConfig config)
    {
        Health = new ChipHealth(config.ChipCount);
        Image = new byte[2 * config.Channels.Count];
        for (int i = 0; i < config.Channels.Count; i++)
        {
            config.Channels.LowByteAt[i] = 2 * i;
            config.Channels.HighByteAt[i] = 2 * i + 1;
            config.Channels.OffHighByte[i] = 0x10;
        }

        Readings.ImuChip = Array.IndexOf(config.ChipTypes, ChipType.Mpu6050);
    }

    public int Count(int channel) => Image[2 * channel] | Image[2 * channel + 1] << 8;

    public override int Probe() => MissingChip;

    public override int OutputsOn()
    {
        On = true;
        return -1;
    }

    public override int OutputsOff()
    {
        On = false;
        return RepeatOff();
    }

    public override int RepeatOff() => DeafChip;

    public override void RecoverBuses()
    {
    }

    public override void WriteOutputs()
    {
        Writes++;
        OnWrite?.Invoke(this);
    }

    public override void ReadSensors() => Sense?.Invoke(Readings);
}
