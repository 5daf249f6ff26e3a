using Ganglion.Shared.Rhythms;

namespace Ganglion.Shared.Tests.Rhythms;

/// <summary>
/// A network of one oscillator is Matsuoka's pair of neurons with adaptation (Biological Cybernetics 1985): its two
/// activities act in turn, as two muscles of a joint.
/// </summary>
public class MatsuokaPairTests
{
    [Fact]
    public void FlexorAndExtensorActInTurnAndAlike()
    {
        KimuraNetwork pair = Definitions.Network(Pair(1, 0.2f, 0.4f, 0.6f, 3.5f, 2f), 0.01f, IntegrationScheme.RungeKutta4);
        float[] flexorActivity = pair.FlexorActivity, extensorActivity = pair.ExtensorActivity;
        for (int k = 0; k < 2000; k++)
        {
            pair.Step();
        }

        int flexor = 0, extensor = 0, changes = 0;
        double flexorSum = 0, extensorSum = 0;
        bool flexed = flexorActivity[0] > extensorActivity[0];
        for (int k = 0; k < 6024; k++)
        {
            pair.Step();
            Assert.True(flexorActivity[0] >= 0 && extensorActivity[0] >= 0);
            flexorSum += flexorActivity[0];
            extensorSum += extensorActivity[0];
            if (flexorActivity[0] > extensorActivity[0])
            {
                flexor++;
            }
            else
            {
                extensor++;
            }

            if (flexed != flexorActivity[0] > extensorActivity[0])
            {
                changes++;
            }

            flexed = flexorActivity[0] > extensorActivity[0];
        }
        // 60.24 s are 50 periods of 1.2047 s (shared/README.md A3), each with two changes of hands
        Assert.InRange(changes, 99, 101);
        Assert.InRange((double)flexor / extensor, 0.98, 1.02);
        Assert.InRange(flexorSum / extensorSum, 0.99, 1.01);
    }

    /// <summary>A network that has room for more oscillators plays one to the same bits.</summary>
    [Fact]
    public void ItIsANetworkOfOne()
    {
        KimuraNetwork pair = Definitions.Network(Pair(1, 0.139f, 0.246f, 0.375f, 3.414f, 1.79f));
        KimuraNetwork network = Definitions.Network(Pair(3, 0.139f, 0.246f, 0.375f, 3.414f, 1.79f));
        for (int k = 0; k < 1000; k++)
        {
            pair.Step();
            network.Step();
            Assert.Equal(network.FlexorActivity[0], pair.FlexorActivity[0]);
            Assert.Equal(network.ExtensorActivity[0], pair.ExtensorActivity[0]);
        }
    }

    [Fact]
    public void AWrongParameterIsRefused() =>
        Assert.Equal(RhythmReason.InhibitionOutOfRange, new KimuraNetwork(1, 0.02f, IntegrationScheme.Heun)
            .Configure(Pair(1, 0.139f, 0.246f, 0.375f, 3.414f, -1.79f), out _));

    private static KimuraParameters Pair(int capacity, float rise, float adaptationTime, float drive, float adaptation, float inhibition)
    {
        var pair = new KimuraParameters(capacity) { Count = 1 };
        pair.SetOscillator(0, rise, adaptationTime, drive, adaptation, inhibition);
        pair.Quarter[0] = 1;
        return pair;
    }
}
