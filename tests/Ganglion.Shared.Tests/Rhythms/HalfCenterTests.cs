using Ganglion.Shared.Rhythms;

namespace Ganglion.Shared.Tests.Rhythms;

/// <summary>The half-center pair: its two outputs act in turn, and it is a network of one to the bit.</summary>
public class HalfCenterTests
{
    [Fact]
    public void FlexorAndExtensorActInTurnAndAlike()
    {
        var pair = new HalfCenter(0.01f, IntegrationScheme.RungeKutta4);
        Assert.Equal(RhythmReason.None, pair.Configure(0.2f, 0.4f, 0.6f, 3.5f, 2f));
        for (int k = 0; k < 2000; k++)
        {
            pair.Network.Step();
        }

        int flexor = 0, extensor = 0, changes = 0;
        double flexorSum = 0, extensorSum = 0;
        bool flexed = pair.Flexor > pair.Extensor;
        for (int k = 0; k < 6024; k++)
        {
            pair.Network.Step();
            Assert.True(pair.Flexor >= 0 && pair.Extensor >= 0);
            flexorSum += pair.Flexor;
            extensorSum += pair.Extensor;
            if (pair.Flexor > pair.Extensor)
            {
                flexor++;
            }
            else
            {
                extensor++;
            }

            if (flexed != pair.Flexor > pair.Extensor)
            {
                changes++;
            }

            flexed = pair.Flexor > pair.Extensor;
        }
        // 60.24 s are 50 periods of 1.2047 s (cpg.md A3), each with two changes of hands
        Assert.InRange(changes, 99, 101);
        Assert.InRange((double)flexor / extensor, 0.98, 1.02);
        Assert.InRange(flexorSum / extensorSum, 0.99, 1.01);
    }

    [Fact]
    public void ItIsANetworkOfOne()
    {
        var pair = new HalfCenter(0.02f, IntegrationScheme.Heun);
        Assert.Equal(RhythmReason.None, pair.Configure(0.139f, 0.246f, 0.375f, 3.414f, 1.79f));
        var p = new KimuraParameters(3) { Count = 1 };
        p.SetOscillator(0, 0.139f, 0.246f, 0.375f, 3.414f, 1.79f);
        p.Quarter[0] = 1;
        KimuraNetwork network = Definitions.Network(p);
        for (int k = 0; k < 1000; k++)
        {
            pair.Network.Step();
            network.Step();
            Assert.Equal(network.FlexorActivity[0], pair.Flexor);
            Assert.Equal(network.ExtensorActivity[0], pair.Extensor);
        }
    }

    [Fact]
    public void AWrongParameterIsRefused() =>
        Assert.Equal(RhythmReason.InhibitionOutOfRange, new HalfCenter(0.02f, IntegrationScheme.Heun).Configure(0.139f, 0.246f, 0.375f,
            3.414f, -1.79f));
}
