using Ganglion.Shared.Legs;
using Ganglion.Shared.Reflexes;
using Ganglion.Shared.Rhythms;
using Ganglion.Shared.Walking;

namespace Ganglion.Shared.Tests.Walking;

/// <summary>What a walker feels of the ground before its first step.</summary>
public class StandingTests
{
    private const float Dt = WalkerOnSpot.Dt;

    /// <summary>Toes that carry all: the ground rises ahead, and the soles follow at 0.35 rad/s once all cells have been read.</summary>
    [Theory]
    [InlineData(0.25f, 1)]
    [InlineData(-0.25f, -1)]
    public void Soles_turn_along_the_ground_under_a_body_that_is_held(float ends, int sign)
    {
        (WalkReflexes reflexes, Walker walker, KimuraNetwork network) = Standing();
        (reflexes.LeftLoad, reflexes.RightLoad, reflexes.LeftEnds, reflexes.RightEnds) = (0.25f, 0.25f, ends, ends);
        Stand(reflexes, walker, network, 0.7f);
        Assert.Equal(sign * 0.35f * 0.5f, reflexes.Slope, 0.011f);
        Assert.Equal(-reflexes.Slope, walker.FootPitch, 1e-6f);

        // In balance it stays.
        reflexes.LeftEnds = reflexes.RightEnds = 0.025f;
        float found = reflexes.Slope;
        Stand(reflexes, walker, network, 1);
        Assert.Equal(found, reflexes.Slope);
    }

    /// <summary>The same law would push over who stands free.</summary>
    [Fact]
    public void Who_carries_all_of_the_weight_is_left_alone()
    {
        (WalkReflexes reflexes, Walker walker, KimuraNetwork network) = Standing();
        (reflexes.LeftLoad, reflexes.RightLoad, reflexes.LeftEnds, reflexes.RightEnds) = (0.5f, 0.5f, 0.5f, 0.5f);
        Stand(reflexes, walker, network, 1);
        Assert.Equal(0, reflexes.Slope);
    }

    /// <summary>Between a stop and the next start the ground stays what it was; after Halt, which comes with Disarm, it may be
    /// another.</summary>
    [Fact]
    public void The_ground_is_kept_between_walks_and_forgotten_when_it_may_have_changed()
    {
        (WalkReflexes reflexes, Walker walker, KimuraNetwork network) = Standing();
        (reflexes.LeftLoad, reflexes.RightLoad, reflexes.LeftEnds, reflexes.RightEnds) = (0.4f, 0.1f, 0.4f, 0.1f);
        Stand(reflexes, walker, network, 0.5f);
        (float slope, float side) = (reflexes.Slope, reflexes.Side);
        Assert.True(slope > 0.05f && side > 0.05f);
        reflexes.Reset();
        Assert.Equal((slope, side), (reflexes.Slope, reflexes.Side));
        reflexes.Forget();
        Assert.Equal((0, 0), (reflexes.Slope, reflexes.Side));
    }

    /// <summary>Forward kinematics of the angles that the walker made: each sole's centre lies on the tilted ground, and the sole along
    /// it.</summary>
    [Fact]
    public void Soles_lie_on_ground_that_is_tilted_to_the_side()
    {
        const double tilt = 0.14, ankleHeight = 0.05;
        Walker walker = WalkerOnSpot.Standing(out LegGeometry leg, out KimuraNetwork network);
        walker.FootRoll = (float)tilt;
        Assert.True(walker.Step(network));
        for (int side = 0; side < 2; side++)
        {
            int at = side * LegGeometry.Slots;
            double hipRoll = walker.Angles[at + 1], hip = walker.Angles[at + 2], knee = walker.Angles[at + 3], sole = hipRoll
                + walker.Angles[at + 5];
            double length = leg.Thigh * Math.Cos(hip) + leg.Shank * Math.Cos(hip + knee);
            double y = (side == 0 ? leg.HipHalfWidth : -leg.HipHalfWidth) + length * Math.Sin(hipRoll) + ankleHeight * Math.Sin(sole);
            double z = -length * Math.Cos(hipRoll) - ankleHeight * Math.Cos(sole);
            Assert.Equal(tilt, sole, 1e-5);
            Assert.Equal(-0.62 + tilt * y, z, 5e-4);
        }
    }

    private static (WalkReflexes, Walker, KimuraNetwork) Standing()
    {
        Walker walker = WalkerOnSpot.Standing(out _, out KimuraNetwork network);
        WalkReflexes reflexes = new(Dt) { FeelsEnds = true };
        Assert.Equal(WalkReason.None, reflexes.Configure(new ReflexParameters { Adapt = 1 }));
        return (reflexes, walker, network);
    }

    private static void Stand(WalkReflexes reflexes, Walker walker, KimuraNetwork network, float seconds)
    {
        for (int i = 0; i < (int)(seconds / Dt + 0.5f); i++)
        {
            Assert.True(reflexes.Step(walker, network));
            Assert.True(walker.Step(network));
        }
    }
}
