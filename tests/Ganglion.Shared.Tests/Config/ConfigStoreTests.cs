using Ganglion.Shared.Config;
using Ganglion.Shared.Link;
using Ganglion.Shared.Motion;
using Ganglion.Shared.Tests.Control;
using Ganglion.Shared.Tests.Link;

namespace Ganglion.Shared.Tests.Config;

public class ConfigStoreTests
{
    [Fact]
    public void Configuration_is_all_or_nothing()
    {
        var bench = new BoardBench();
        bench.Open();
        byte[] good = Configs.Servos(40);
        Assert.Equal(0, bench.Configure(good));
        uint hash = bench.Core.Store.Hash;
        var random = new Random(9);
        int refused = 0;
        for (int trial = 0; trial < 3000; trial++)
        {
            byte[] bad = (byte[])good.Clone();
            bad[random.Next(bad.Length)] = (byte)random.Next(256);
            bench.Core.Store.Begin(bad.Length, new TableChecksum().Compute(bad, 0, bad.Length), bad, 0, 0);
            bench.Core.Store.Block(0, bad, 0, bad.Length);
            BoardConfig before = bench.Core.Store.Config;
            if (bench.Core.Store.Commit() != Reason.None)
            {
                refused++;
                Assert.Same(before, bench.Core.Store.Config);
                Assert.NotEqual(0, bench.Core.Store.FaultField);
            }
            else
            {
                // Whatever was let through keeps its counts on the chip.
                ChannelTable c = bench.Core.Store.Config!.Channels;
                for (int i = 0; i < c.Count; i++)
                {
                    foreach (int v in new[] { c.Low[i], c.High[i] })
                    {
                        Assert.InRange(PulseScale.ToCount(v, c.Gain[i], c.Bias[i]), 0, 4095);
                    }
                }
            }
        }

        Assert.InRange(refused, 500, 3000);
        Assert.Equal(0, bench.Configure(good));
        Assert.Equal(hash, bench.Core.Store.Hash);
        Assert.Equal(0, bench.Arm());
        Assert.Equal(Reason.WrongState, bench.Command(MessageType.ConfigBegin, 24, 0, 0, 0, 0, 0));
    }
}
