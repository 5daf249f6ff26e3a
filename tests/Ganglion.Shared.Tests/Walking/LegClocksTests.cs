using Ganglion.Shared.Legs;
using Ganglion.Shared.Rhythms;
using Ganglion.Shared.Walking;

namespace Ganglion.Shared.Tests.Walking;

/// <summary>A walk whose legs a chess clock times: feet swing with the flexors' clocks, steps are as long as the speed asks whatever the
/// clock makes of a cycle, and what no walk can be timed by is refused.</summary>
public class LegClocksTests
{
    private const float Dt = 0.02f;

    /// <summary>The ticks of both sides' swings are those of the clock alone, which runs beside it from the same start.</summary>
    [Fact]
    public void A_foot_swings_while_its_flexors_clock_runs()
    {
        WalkPlayer walk = Walking(0.15f, 1, 8);
        var alone = new ChessClockNetwork(2, Dt);
        Assert.Equal(RhythmReason.None, alone.Configure(Definition().Clocks.MakeClocks(), out _));
        for (int n = 0; n < 400; n++)
        {
            alone.Step();
        }

        int swung = 0;
        int[] targets = new int[12];
        for (int n = 0; n < 500; n++)
        {
            alone.Step();
            Assert.True(walk.Step(targets));
            Assert.Equal((alone.Swings(0), alone.Swings(1)), (walk.Walker.Left.Swinging, walk.Walker.Right.Swinging));
            Assert.False(walk.Walker.Left.Swinging && walk.Walker.Right.Swinging);
            swung += walk.Walker.Left.Swinging ? 1 : 0;
            if (walk.Walker.Left.Swinging)
            {
                Assert.Equal((alone.Place(0) - 0.5) * 2, walk.Walker.LeftPhase / walk.Timing.Clocks.HalfSwing[0], 1e-5);
            }
        }

        Assert.InRange(swung, 150, 250);
    }

    /// <summary>A faster clock makes shorter cycles and, as an animal's, shortens the stance more than the swing; steps stay those of the
    /// speed: a foot lands where half a stance brings it under the path point.</summary>
    [Theory]
    [InlineData(0.7f)]
    [InlineData(1f)]
    [InlineData(1.3f)]
    public void Steps_are_as_long_as_the_speed_asks_at_any_factor_on_the_clock(float factor)
    {
        WalkPlayer walk = Walking(0.1f, factor, 12);
        Walker walker = walk.Walker;
        double x = 0, first = double.NaN, last = 0;
        int landings = 0, ticks = 0, start = 0, end = 0;
        bool swung = false;
        int[] targets = new int[12];
        for (int n = 0; n < 1500; n++)
        {
            Assert.True(walk.Step(targets));
            x += walker.Speed * Dt;
            ticks++;
            if (swung && !walker.Left.Swinging)
            {
                landings++;
                (last, end) = (x + walker.Left.X, ticks);
                (first, start) = double.IsNaN(first) ? (last, end) : (first, start);

                // Where it lands, as far from the middle of its stance as half of it takes; a tick is 2 mm.
                Assert.Equal(0.1 * 0.5 * (1 - 2 * walk.Timing.Clocks.HalfSwing[0]) * walk.Timing.Clocks.Cycle[0], walker.Left.X, 3e-3);
            }

            swung = walker.Left.Swinging;
        }

        double cycle = (end - start) * Dt / (landings - 1.0);
        Assert.Equal(0.1 * cycle, (last - first) / (landings - 1), 1e-3);
        Assert.Equal(cycle, walk.Timing.Clocks.Cycle[0], 0.021);
        Assert.InRange(cycle, factor > 1 ? 0.5 : factor < 1 ? 0.82 : 0.7, factor > 1 ? 0.68 : factor < 1 ? 1.1 : 0.78);
    }

    [Fact]
    public void It_starts_and_stops_with_its_feet_side_by_side_again_and_again()
    {
        WalkPlayer walk = Walking(0.1f, 1, 9);
        int[] targets = [.. Enumerable.Repeat(8192, 12)], first = new int[12];
        for (int round = 0; round < 2; round++)
        {
            walk.Stop();
            for (int n = 0; n < 200 && walk.Stage != WalkStage.Rest; n++)
            {
                Assert.True(walk.Step(targets));
            }

            Assert.Equal(WalkStage.Rest, walk.Stage);
            Assert.Equal(walk.Walker.Left.X, walk.Walker.Right.X, 2e-3);
            Array.Fill(targets, 8192);
            walk.Start(targets);
            for (int n = 0; n < 300; n++)
            {
                Assert.True(walk.Step(targets));
            }

            if (round == 0)
            {
                targets.CopyTo(first, 0);
            }
        }

        Assert.Equal(first, targets);
    }

    public static TheoryData<string, WalkReason, RhythmReason> Wrong => new()
    {
        { "ring too", WalkReason.TimedTwice, RhythmReason.None },
        { "foot too", WalkReason.TimedTwice, RhythmReason.None },
        { "body too", WalkReason.TimedTwice, RhythmReason.None },
        { "plantar", WalkReason.ReflexOutOfRange, RhythmReason.None },
        { "bias", WalkReason.NetworkRefused, RhythmReason.NotANumber },
        { "weight", WalkReason.NetworkRefused, RhythmReason.WeightOutOfRange },
        { "start", WalkReason.NetworkRefused, RhythmReason.ClockOutOfRange },
        { "start nan", WalkReason.NetworkRefused, RhythmReason.ClockOutOfRange },
        { "leak", WalkReason.NetworkRefused, RhythmReason.ClockStalls },
        { "fast", WalkReason.NetworkRefused, RhythmReason.StepTooLong },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void What_cannot_time_a_walk_is_refused_with_reason_and_place(string what, WalkReason reason, RhythmReason network)
    {
        WalkDefinition d = Definition();
        switch (what)
        {
            case "ring too": d.Ring = 0.7f; break;
            case "foot too": d.Foot[0] = 0.1f; break;
            case "body too": d.Body[4] = float.NaN; break;
            case "plantar": d.Reflexes.Plantar = 0.02f; break;
            case "bias": d.Clocks.ExtensorBias = float.NaN; break;
            case "weight": d.Clocks.ExtensorFromFlexor = 51; break;
            case "start": d.Clocks.Start = 2; break;
            case "start nan": d.Clocks.Start = float.NaN; break;
            case "leak": d.Clocks.Leak = 9; break;
            case "fast": d.Clocks.FlexorBias = 20; break;
        }

        WalkPlayer walk = new(Dt);
        Assert.Equal(reason, walk.Configure(d, 12, 8, out int where));
        Assert.Equal((WalkingNetwork.BodyCount, network), (where, walk.Timing.NetworkReason));
    }

    /// <summary>A cadence at which the clock would stand still changes nothing.</summary>
    [Fact]
    public void A_cadence_that_the_clock_cannot_take_is_refused()
    {
        WalkDefinition d = Definition();
        d.Clocks.ExtensorBias = -0.3f;
        d.Clocks.ExtensorFromFlexor = d.Clocks.ExtensorFromExtensor = 0;
        WalkPlayer walk = new(Dt);
        Assert.Equal(WalkReason.None, walk.Configure(d, 12, 8, out _));
        walk.Start(new int[12]);
        Assert.Equal(WalkReason.CommandOutOfRange, walk.Modulate(0, 0, 0.5f, 1));
        Assert.Equal(WalkReason.None, walk.Modulate(0, 0, 1.2f, 1));
    }

    private static WalkPlayer Walking(float speed, float factor, double seconds)
    {
        WalkPlayer walk = new(Dt);
        Assert.Equal(WalkReason.None, walk.Configure(Definition(), 12, 8, out _));
        int[] targets = [.. Enumerable.Repeat(8192, 12)];
        walk.Start(targets);
        Assert.Equal(WalkReason.None, walk.Modulate(speed, 0, factor, 1));
        while (walk.Stage == WalkStage.StandingUp)
        {
            Assert.True(walk.Step(targets));
        }

        for (int n = 0; n < (int)Math.Round(seconds / Dt); n++)
        {
            Assert.True(walk.Step(targets));
        }

        return walk;
    }

    /// <summary>The cat's clock (A9) slowed 1.8 times, at 1.4 m/s of its own.</summary>
    private static WalkDefinition Definition()
    {
        WalkDefinition d = new()
        {
            Legs = new LegGeometry { Thigh = 0.33f, Shank = 0.33f, Ankle = 0.05f, HipHalfWidth = 0.1f },
            Gait = new WalkParameters
            {
                Cycle = 0.74f,
                Duty = 0.6f,
                Lift = 0.03f,
                FootY = 0.1f,
                Height = 0.62f,
                Sway = 0.05f,
                MaxSpeed = 0.3f,
                MaxTurn = 0.1f,
                Acceleration = 0.3f,
            },
            JointCount = 12,
        };
        (d.Clocks.FlexorBias, d.Clocks.ExtensorBias) = (3.9286f / 1.8f, 1.1772f / 1.8f);
        (d.Clocks.FlexorGain, d.Clocks.ExtensorGain) = (1.4f * 1.86f / 1.8f, 1.4f * 2.7055f / 1.8f);
        (d.Clocks.Leak, d.Clocks.Start) = (1.7683f / 1.8f, 1.25f);
        (d.Clocks.FlexorFromFlexor, d.Clocks.FlexorFromExtensor) = (2.1469f / 1.8f, -0.9536f / 1.8f);
        (d.Clocks.ExtensorFromFlexor, d.Clocks.ExtensorFromExtensor) = (1.127f / 1.8f, 2.1709f / 1.8f);
        for (int i = 0; i < 12; i++)
        {
            (d.JointChannel[i], d.JointAngle[i], d.JointCentre[i], d.JointGain[i]) = (i, i, 0.5f, 0.3f);
        }

        return d;
    }
}
