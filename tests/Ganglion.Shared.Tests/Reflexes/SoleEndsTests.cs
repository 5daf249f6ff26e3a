using Ganglion.Shared.Reflexes;

namespace Ganglion.Shared.Tests.Reflexes;

/// <summary>What toe and heel say: a sole on its edge bounds the ground's slope from one side only, and a toe that lands alone raises it.
/// The oracle is the geometry of a rigid sole on a plane.</summary>
public class SoleEndsTests
{
    private const float Dt = 0.02f;

    /// <summary>A sole on ground of some slope, turned about the edge that touches: the ground rises more than a sole that stands on its
    /// toe, and less than one that stands on its heel. Whatever was believed, after a reading of such a sole it is no further from the
    /// truth.</summary>
    [Theory]
    [InlineData(0.155f)]
    [InlineData(0f)]
    [InlineData(-0.155f)]
    public void A_sole_on_its_edge_never_leads_away_from_the_ground(float ground)
    {
        for (float turned = -0.3f; turned <= 0.3f; turned += 0.05f)
        {
            // Toe up above 0: beyond the ground's slope its toe is in the air, and its heel carries.
            float ends = turned > 0.001f ? -0.9f : turned < -0.001f ? 0.9f : 0.1f, reading = ground + turned;
            for (float slope = -0.4f; slope <= 0.4f; slope += 0.1f)
            {
                float next = SoleEnds.Believes(0.9f, ends, reading, slope) ? slope + 0.1f * (reading - slope) : slope;
                Assert.True(Math.Abs(next - ground) <= Math.Abs(slope - ground) + 1e-6f,
                    $"ground {ground}, sole {reading}, believed {slope}: {next}");
            }
        }
    }

    [Fact]
    public void A_flat_sole_is_believed_both_ways()
    {
        Assert.True(SoleEnds.Believes(0.9f, 0.5f, 0.2f, 0.1f) && SoleEnds.Believes(0.9f, -0.5f, 0f, 0.1f));
    }

    /// <summary>At the end of its swing and for 0.1 s after it, with more than 0.3 weights, on its toe alone.</summary>
    [Theory]
    [InlineData(true, 0.2f, 0.5f, 0.5f, true)]
    [InlineData(true, -0.2f, 0.5f, 0.5f, false)]
    [InlineData(true, 0.2f, 0.5f, 0.3f, false)]
    [InlineData(true, 0.2f, 0.2f, 0.2f, false)]
    [InlineData(true, 0.2f, 0.5f, -0.5f, false)]
    public void Only_a_toe_that_lands_alone_strikes(bool swings, float phase, float load, float ends, bool strikes)
    {
        Assert.Equal(strikes, new SoleEnds(Dt).Strikes(swings, phase, load, ends));
    }

    [Fact]
    public void A_foot_that_has_stood_does_not_strike_as_it_leaves()
    {
        var sole = new SoleEnds(Dt);
        Assert.False(sole.Strikes(true, 0.2f, 0, 0));
        int struck = 0;
        for (int i = 0; i < 20; i++)
        {
            struck += sole.Strikes(false, 0.3f, 0.8f, 0.8f) ? 1 : 0;
        }

        Assert.InRange(struck, 4, 5);
    }

    /// <summary>4 degrees beyond the sole and not further, whatever it stands on: who falls forward lands on his toes too.</summary>
    [Fact]
    public void A_strike_raises_the_slope_to_a_bound_beyond_the_sole()
    {
        float slope = -0.1f;
        for (int i = 0; i < 100; i++)
        {
            slope = SoleEnds.Struck(slope, 0.02f, 0.03f);
        }

        Assert.InRange(slope, 0.09f, 0.12f);
        Assert.Equal(0.3f, SoleEnds.Struck(0.3f, 0.02f, 0.03f));
        Assert.Equal(SlopeEstimate.Limit, SoleEnds.Struck(0.43f, 0.43f, 0.03f));
    }
}
