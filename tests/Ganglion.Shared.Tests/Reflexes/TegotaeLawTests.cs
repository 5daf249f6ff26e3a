using Ganglion.Shared.Reflexes;

namespace Ganglion.Shared.Tests.Reflexes;

/// <summary>The corrected law of shared/README.md C2 against its steady states, its poles and its symmetry.</summary>
public class TegotaeLawTests
{
    private const float Dt = 0.02f;

    [Theory]
    [InlineData(2, 0.0197)]
    [InlineData(5, 0.0433)]
    [InlineData(8.9, 0.0660)]
    [InlineData(15, 0.0899)]
    [InlineData(20, 0.1032)]
    [InlineData(-15, -0.0899)]
    [InlineData(1, 0)]
    public void ItSettlesWhereThePublishedLawDoes(double degrees, double shift)
    {
        TegotaeLaw law = new(Dt);
        float slope = (float)(degrees * Math.PI / 180);
        for (int i = 0; i < 500; i++)
        {
            law.Update(slope);
        }

        Assert.Equal(shift, law.Shift, 1e-4);
        // Zero of the law itself: k1 kc sin(kc (thre - |c|)) theta = k2 c.
        double c = law.Shift, theta = Math.Abs(slope) > TegotaeLaw.LeastSlope ? slope : 0;
        Assert.Equal(0, TegotaeLaw.K1 * TegotaeLaw.Kc * Math.Sin(TegotaeLaw.Kc * (TegotaeLaw.Threshold - Math.Abs(c))) * theta
            - TegotaeLaw.K2 * c, 1e-5);
    }

    [Fact]
    public void BackOnLevelGroundItFadesWithItsDecayTime()
    {
        TegotaeLaw law = new(Dt) { Shift = 0.09f };
        double time = 1 / TegotaeLaw.K2;
        int ticks = (int)Math.Round(time / Dt);
        for (int i = 0; i < ticks; i++)
        {
            law.Update(0);
        }
        // Euler's method with k2 dt = 0.031 decays by (1 - k2 dt)^n.
        Assert.Equal(0.09 * Math.Pow(1 - TegotaeLaw.K2 * Dt, ticks), law.Shift, 1e-6);
        Assert.Equal(0.09 * Math.Exp(-1), law.Shift, 1e-3);
    }

    [Fact]
    public void BeyondTheThresholdItTurnsBack()
    {
        TegotaeLaw law = new(Dt) { Shift = TegotaeLaw.Threshold + 0.05f }, decay = new(Dt) { Shift = TegotaeLaw.Threshold + 0.05f };
        law.Update(0.2f);
        decay.Update(0);
        Assert.True(law.Shift < decay.Shift);
    }
}
