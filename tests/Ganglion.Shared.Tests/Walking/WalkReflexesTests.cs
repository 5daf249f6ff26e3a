using Ganglion.Shared.Legs;
using Ganglion.Shared.Reflexes;
using Ganglion.Shared.Rhythms;
using Ganglion.Shared.Walking;

namespace Ganglion.Shared.Tests.Walking;

/// <summary>All reflexes together on a walker: what reaches its legs, what is refused, what a tick costs.</summary>
public class WalkReflexesTests
{
    private const float Dt = WalkerOnSpot.Dt;

    [Fact]
    public void WithoutGainsTheWalkerWalksAsIfThereWereNone()
    {
        Walker plain = WalkerOnSpot.Standing(out _, out KimuraNetwork plainNetwork), reflexive = WalkerOnSpot.Standing(out _,
            out KimuraNetwork network);
        WalkReflexes reflexes = new(Dt)
        {
            Pitch = 0.2f,
            Roll = -0.1f,
            PitchRate = 1,
            RollRate = -1,
            YawRate = 0.4f,
            LeftLoad = 1,
            RightLoad = 0
        };
        plain.SetCommand(0.2f, 0.05f, 1);
        reflexive.SetCommand(0.2f, 0.05f, 1);
        plain.Start();
        reflexive.Start();
        for (int i = 0; i < 500; i++)
        {
            Assert.True(reflexes.Step(reflexive, network));
            plainNetwork.Step();
            network.Step();
            Assert.True(plain.Step(plainNetwork));
            Assert.True(reflexive.Step(network));
            Assert.Equal(plain.Angles, reflexive.Angles);
        }
    }

    [Fact]
    public void ATickAllocatesNothingAndNaNIsRefused()
    {
        Walker walker = WalkerOnSpot.Standing(out _, out KimuraNetwork network);
        WalkReflexes reflexes = new(Dt);
        Assert.Equal(WalkReason.None, reflexes.Configure(new ReflexParameters
        {
            Adapt = 1,
            Tegotae = 0.5f,
            Plantar = 0.05f,
            AnklePitch = 0.2f,
            HipRoll = 0.3f,
            PlaceForward = 0.1f,
            PlaceSide = 0.1f,
            Heading = 1,
        }));
        walker.SetCommand(0.2f, 0, 1);
        walker.Start();
        void Run(int ticks)
        {
            for (int i = 0; i < ticks; i++)
            {
                reflexes.Pitch = 0.05f * (i % 7);
                reflexes.Step(walker, network);
                network.Step();
                walker.Step(network);
            }
        }
        Run(50);
        Assert.Equal(0, Allocation.Of(() => Run(500)));
        float slope = reflexes.Slope;
        reflexes.Pitch = float.NaN;
        Assert.False(reflexes.Step(walker, network));
        Assert.Equal(slope, reflexes.Slope);
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(4f)]
    public void GainsOutOfRangeAreRefusedAndChangeNothing(float gain)
    {
        WalkReflexes reflexes = new(Dt);
        Assert.Equal(WalkReason.ReflexOutOfRange, reflexes.Configure(new ReflexParameters { HipPitch = gain }));
    }

    [Fact]
    public void ASoleOnASlopeIsWhereTheGroundIs()
    {
        // Forward kinematics of the angles that the walker made: the sole's centre and pitch, checked against the slope's line.
        const double slope = 0.2, ankleHeight = 0.05;
        Walker walker = WalkerOnSpot.Standing(out LegGeometry leg, out KimuraNetwork network);
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
}
