using Ganglion.Shared.Reflexes;

namespace Ganglion.Shared.Tests.Reflexes;

/// <summary>Slope of the ground by equation 18, and feet laid along it.</summary>
public class SlopeReflexTests
{
    private const float Dt = 0.02f;

    [Theory]
    [InlineData(8.9, 0)]
    [InlineData(-15, 0.1)]
    [InlineData(5, -0.2)]
    public void AFlatSoleTellsTheSlopeWhateverTheTorsoDoes(double degrees, double pitch)
    {
        // A leg whose sole lies on the slope: the sum of its pitch joints and the torso's pitch is the sole's, -slope.
        double slope = degrees * Math.PI / 180, hip = -0.4, knee = 0.9, ankle = -slope - pitch - hip - knee;
        SlopeEstimate estimate = new(Dt);
        estimate.Configure(0.1f);
        for (int i = 0; i < 200; i++)
        {
            estimate.Update((float)(hip + knee + ankle), (float)pitch);
        }

        Assert.Equal(slope, estimate.Value, 1e-5);
    }

    [Fact]
    public void TheLowPassHasItsTimeConstant()
    {
        SlopeEstimate estimate = new(Dt);
        estimate.Configure(0.2f);
        for (int i = 0; i < 10; i++)
        {
            estimate.Update(-0.1f, 0);
        }
        // Backward Euler: 1 - (tau / (tau + dt))^n.
        Assert.Equal(0.1 * (1 - Math.Pow(0.2 / 0.22, 10)), estimate.Value, 1e-6);
    }

    [Fact]
    public void ASlopeBeyondBeliefIsBounded()
    {
        SlopeEstimate estimate = new(Dt);
        estimate.Configure(0.02f);
        for (int i = 0; i < 100; i++)
        {
            estimate.Update(-3, 0);
        }

        Assert.Equal(SlopeEstimate.Limit, estimate.Value);
        for (int i = 0; i < 100; i++)
        {
            estimate.Update(3, 0);
        }

        Assert.Equal(-SlopeEstimate.Limit, estimate.Value);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0.0873)]
    [InlineData(0.2618)]
    [InlineData(-0.53)]
    public void TheFeetRiseByTheTangent(double angle)
    {
        AnkleAdaptation ankle = new();
        ankle.Update((float)angle);
        Assert.Equal(-angle, ankle.FootPitch, 1e-6);
        Assert.Equal(Math.Tan(angle), ankle.GroundRise, Math.Abs(angle) < 0.3 ? 2e-4 : 3e-3);
    }
}
