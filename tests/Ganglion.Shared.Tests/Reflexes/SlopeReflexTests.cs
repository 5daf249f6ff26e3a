using Ganglion.Shared.Legs;
using Ganglion.Shared.Reflexes;
using Ganglion.Shared.Walking;

namespace Ganglion.Shared.Tests.Reflexes;

/// <summary>Slope of the ground by equation 18, and feet laid along it, against the geometry of a leg.</summary>
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

    [Fact]
    public void ASoleOnASlopeIsWhereTheGroundIs()
    {
        // Forward kinematics of the angles that the walker made: the sole's centre and pitch, checked against the slope's line.
        const double slope = 0.2, ankleHeight = 0.05;
        Walker walker = Standing(out LegGeometry leg, out Ganglion.Shared.Rhythms.KimuraNetwork network);
        AnkleAdaptation ankle = new();
        ankle.Update((float)slope);
        walker.FootPitch = ankle.FootPitch;
        walker.GroundRise = ankle.GroundRise;
        walker.HipShift = 0.05f;
        Assert.True(walker.Step(network));
        double hip = walker.Angles[2], knee = walker.Angles[3], foot = hip + knee + walker.Angles[4];
        double x = -leg.Thigh * Math.Sin(hip) - leg.Shank * Math.Sin(hip + knee) - ankleHeight * Math.Sin(foot);
        double z = -leg.Thigh * Math.Cos(hip) - leg.Shank * Math.Cos(hip + knee) - ankleHeight * Math.Cos(foot);
        Assert.Equal(-slope, foot, 1e-5);
        Assert.Equal(-0.05 + 0.01, x, 1e-4);
        Assert.Equal(-0.62 + Math.Tan(slope) * x, z, 1e-4);
    }

    internal static Walker Standing(out LegGeometry leg, out Ganglion.Shared.Rhythms.KimuraNetwork network)
    {
        leg = new LegGeometry { Thigh = 0.33f, Shank = 0.33f, Ankle = 0.05f, HipHalfWidth = 0.1f };
        WalkParameters gait = new()
        {
            Cycle = 0.8f,
            Duty = 0.6f,
            Lift = 0.04f,
            FootX = 0.01f,
            FootY = 0.1f,
            Height = 0.62f,
            MaxSpeed = 0.3f,
            MaxTurn = 0.1f
        };
        Walker walker = new(Dt);
        Assert.Equal(WalkReason.None, walker.Configure(leg, gait));
        Ganglion.Shared.Rhythms.KimuraParameters parameters = new(7);
        Ganglion.Shared.Rhythms.WalkingNetwork.Fill(parameters, 0.7f, true, true);
        for (int i = 0; i < 7; i++)
        {
            parameters.SetOscillator(i, 0.139f, 0.246f, 0.375f, 3.414f, 1.79f);
        }

        network = new Ganglion.Shared.Rhythms.KimuraNetwork(7, Dt, Ganglion.Shared.Rhythms.IntegrationScheme.Heun);
        Assert.Equal(Ganglion.Shared.Rhythms.RhythmReason.None, network.Configure(parameters, out _));
        return walker;
    }
}
