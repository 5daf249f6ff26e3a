using Ganglion.Shared.Config;
using Ganglion.Shared.Link;

namespace Ganglion.Shared.Tests.Config;

public class ManyChipsTests
{
    /// <summary>All 62 addresses of a PCA9685 (0x40..0x7E without All-Call 0x70) on each of two buses, one joint module a chip.</summary>
    [Fact]
    public void Two_full_buses_are_accepted_and_one_address_more_is_not()
    {
        byte[] addresses = [.. Enumerable.Range(0x40, 0x3F).Where(address => address != 0x70).Select(address => (byte)address)];
        Assert.Equal(62, addresses.Length);
        var config = new BoardConfig();
        byte[] bytes = Make([.. addresses.Select(a => ((byte)1, a)), .. addresses.Select(a => ((byte)2, a))], 120);
        Assert.True(config.Load(bytes, bytes.Length, 1), $"field {config.FaultField}, index {config.FaultIndex}");
        Assert.Equal((124, 120), (config.ChipCount, config.Channels.Count));

        bytes = Make([.. addresses.Select(a => ((byte)1, a)), .. addresses[1..].Select(a => ((byte)2, a)), (2, addresses[1])], 120);
        config = new BoardConfig();
        Assert.False(config.Load(bytes, bytes.Length, 1));
        Assert.Equal((ConfigField.ChipAddress, 123), (config.FaultField, config.FaultIndex));
    }

    private static byte[] Make((byte Bus, byte Address)[] chips, int channels)
    {
        using var stream = new MemoryStream();
        using var w = new BinaryWriter(stream);
        w.Write((ushort)1); w.Write((byte)1); w.Write((byte)20);
        w.Write((ushort)80); w.Write((ushort)400); w.Write((ushort)5); w.Write((ushort)1000);
        w.Write((byte)5); w.Write((byte)chips.Length); w.Write((byte)channels); w.Write((byte)0); w.Write((byte)0); w.Write((byte)0);
        w.Write((ushort)400); w.Write((ushort)400); w.Write((ushort)0);
        foreach ((byte bus, byte address) in chips)
        {
            w.Write(ChipType.Pca9685); w.Write(bus); w.Write(address); w.Write((byte)0);
            w.Write((ushort)500); w.Write((ushort)25000);
        }

        for (int i = 0; i < channels; i++)
        {
            w.Write((byte)i); w.Write((byte)0); w.Write((byte)0); w.Write(OnSafe.Release);
            w.Write((ushort)4488); w.Write((ushort)19512); w.Write((short)0);
            w.Write((short)0); w.Write((short)16384); w.Write((ushort)3584); w.Write((short)8192);
        }

        return stream.ToArray();
    }
}
