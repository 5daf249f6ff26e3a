using Ganglion.Shared.Config;
using Ganglion.Shared.Control;

namespace Ganglion.Bridge.Tests.Session;

/// <summary>A board's chips as an array of counts, two bytes a channel.</summary>
internal sealed class TestHardware : BoardHardware
{
    public bool On;
    public int MissingChip = -1;

    /// <summary>What the sensors do when they are read.</summary>
    public Action<TestHardware>? Sense;

    /// <summary>How long a probe takes because a chip blocks its bus, ns.</summary>
    public long ProbeStalls;

    /// <summary>What the present tick was held up by that, ns.</summary>
    public long Stalled;

    public override void Configure(BoardConfig config)
    {
        Health = new ChipHealth(config.ChipCount);
        Readings.ImuChip = Array.IndexOf(config.ChipTypes, ChipType.Mpu6050);
        Image = new byte[2 * config.Channels.Count];
        for (int i = 0; i < config.Channels.Count; i++)
        {
            config.Channels.LowByteAt[i] = 2 * i;
            config.Channels.HighByteAt[i] = 2 * i + 1;
            config.Channels.OffHighByte[i] = 0x10;
        }
    }

    public override int Probe()
    {
        Stalled += ProbeStalls;
        return MissingChip;
    }

    public override int OutputsOn()
    {
        On = true;
        return -1;
    }

    public override int OutputsOff()
    {
        On = false;
        return -1;
    }

    public override int RepeatOff() => -1;

    public override void RecoverBuses()
    {
    }

    public override void WriteOutputs()
    {
    }

    public override void ReadSensors() => Sense?.Invoke(this);
}
