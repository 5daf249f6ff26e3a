using Ganglion.Shared.Legs;
using Ganglion.Shared.Reflexes;
using Ganglion.Shared.Rhythms;
using Ganglion.Shared.Tests.Walking;
using Ganglion.Shared.Walking;

namespace Ganglion.Shared.Tests.Reflexes;

/// <summary>Torso feedback, foot placement, heading, plantar feedback: signs, gains, bounds and times.</summary>
public class BalanceReflexTests
{
    private const float Dt = 0.02f;

    [Fact]
    public void StandingLegsGetGainTimesTiltAndSwingingOnesLetGo()
    {
        TorsoFeedback torso = new();
        torso.Configure(new ReflexParameters
        {
            AnklePitch = 0.5f,
            AnklePitchRate = 0.1f,
            HipPitch = 0.4f,
            HipRoll = 0.3f,
            AnkleRollRate = 0.2f
        });
        float[] trim = new float[12];
        for (int i = 0; i < 60; i++)
        {
            torso.Update(0.1f, 0.2f, -0.05f, 0.3f, true, false, trim);
        }

        Assert.Equal(0.5 * 0.1 + 0.1 * 0.2, trim[LegGeometry.AnklePitch], 1e-6);
        Assert.Equal(0.4 * 0.1, trim[LegGeometry.HipPitch], 1e-6);
        Assert.Equal(0.3 * -0.05, trim[LegGeometry.HipRoll], 1e-6);
        Assert.Equal(0.2 * 0.3, trim[LegGeometry.AnkleRoll], 1e-6);
        for (int j = LegGeometry.Slots; j < 12; j++)
        {
            Assert.Equal(0, trim[j], 1e-6);
        }

        Assert.Equal(0, trim[LegGeometry.Knee]);
        // A landing leg takes over half of what is missing each tick.
        torso.Update(0.1f, 0.2f, -0.05f, 0.3f, true, true, trim);
        Assert.Equal(0.5 * (0.4 * 0.1), trim[LegGeometry.Slots + LegGeometry.HipPitch], 1e-6);
    }

    [Fact]
    public void AdditionsAreBounded()
    {
        TorsoFeedback torso = new();
        torso.Configure(new ReflexParameters { AnklePitch = 3, HipRoll = -3 });
        float[] trim = new float[12];
        torso.Update(1, 0, 1, 0, true, true, trim);
        Assert.Equal(TorsoFeedback.Limit, trim[LegGeometry.AnklePitch]);
        Assert.Equal(-TorsoFeedback.Limit, trim[LegGeometry.HipRoll]);
    }

    [Fact]
    public void ABodyThatTopplesOverItsAnkleHasTheSpeedOfAnInvertedPendulum()
    {
        // Hip at height h over the ankle, leg and torso one rigid piece turning by the angle a(t) = 0.1 sin(2 t): speed h cos(a) a'.
        FootPlacement placement = new(Dt);
        placement.Configure(new ReflexParameters { PlaceForward = 0.2f, PlaceSide = 0.1f });
        const double h = 0.62;
        for (int i = 0; i < 300; i++)
        {
            double rate = 0.2 * Math.Cos(2 * i * Dt);
            placement.Update((float)h, (float)rate, (float)-rate, 0, 0);
            if (i < 50)
            {
                continue;
            }

            // A first-order lag of 0.06 s at 2 rad/s: gain 0.993, phase 0.12 rad.
            double lagged = h * 0.2 * Math.Cos(Math.Atan(0.12)) * Math.Cos(2 * i * Dt - Math.Atan(0.12));
            Assert.Equal(lagged, placement.SpeedForward, 4e-3);
            Assert.Equal(0.2 * placement.SpeedForward, placement.Forward, 1e-6);
            // Rolling to the left is moving to the left.
            Assert.Equal(0.1 * placement.SpeedForward, placement.Side, 1e-6);
        }
    }

    [Fact]
    public void AHipThatBendsAsTheTorsoTiltsLeavesTheLegAlone()
    {
        FootPlacement placement = new(Dt);
        placement.Configure(new ReflexParameters { PlaceForward = 1, PlaceSide = 1 });
        double hip = 0;
        for (int i = 0; i < 100; i++)
        {
            hip -= 0.3 * Dt;
            placement.Update(0.6f, 0.3f, 0.3f, (float)hip, (float)hip);
        }
        Assert.Equal(0, placement.SpeedForward, 1e-4);
        Assert.Equal(0, placement.SpeedSide, 1e-4);
    }

    [Fact]
    public void TheLandingPlaceIsBounded()
    {
        FootPlacement placement = new(Dt);
        placement.Configure(new ReflexParameters { PlaceForward = 1, PlaceSide = 1 });
        for (int i = 0; i < 100; i++)
        {
            placement.Update(1, 5, 5, 0, 0);
        }

        Assert.Equal(FootPlacement.LimitForward, placement.Forward);
        Assert.Equal(-FootPlacement.LimitSide, placement.Side);
    }

    [Fact]
    public void AnErrorOfTheHeadingIsTurnedBack()
    {
        // A body that does what it is asked: heading' = turn + 0.05 rad/s of slip. It settles at an error of slip / gain.
        HeadingHold hold = new(Dt);
        hold.Configure(1);
        double heading = 0;
        for (int i = 0; i < 1000; i++)
        {
            double rate = hold.Turn + 0.05;
            heading += rate * Dt;
            hold.Update((float)rate, 0);
        }
        Assert.Equal(0.05 / (1 + 1 / 30.0), hold.Error, 2e-3);
        Assert.Equal(-hold.Error, hold.Turn, 1e-6);
        Assert.InRange(heading, 0, 0.12);
    }

    [Fact]
    public void ThePlantarBaselineFeedsTheAntagonistsWithOppositeSigns()
    {
        // With antisymmetric feeds +f on the extensor and -f on the flexor the mean of u_f - u_e moves by about
        // -1.06 x 2 f / 2 (shared/README.md C2).
        Walker walker = WalkerOnSpot.Standing(out _, out KimuraNetwork network);
        double plain = Mean(network), feed = 0.02;
        WalkerOnSpot.Standing(out _, out network);
        PlantarFeedback.Update(network, 0.02f, 0, 1);
        double fed = Mean(network);
        Assert.InRange((plain - fed) / feed, 0.5, 2.5);
        Assert.NotNull(walker);
    }

    private static double Mean(KimuraNetwork network)
    {
        double sum = 0;
        for (int i = 0; i < 1000; i++)
        {
            network.Step();
        }

        const int ticks = 37 * 50;
        for (int i = 0; i < ticks; i++)
        {
            network.Step();
            sum += network.Output(WalkingNetwork.BodyX);
        }
        return sum / ticks;
    }
}
