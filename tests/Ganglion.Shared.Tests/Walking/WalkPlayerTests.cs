using Ganglion.Shared.Legs;
using Ganglion.Shared.Walking;

namespace Ganglion.Shared.Tests.Walking;

/// <summary>The walk as a board plays it: refusals by reason, stages, faults, and what the board feels under its feet.</summary>
public class WalkPlayerTests
{
    private const float Dt = 0.02f;

    [Fact]
    public void It_stands_up_walks_stops_and_rests()
    {
        WalkPlayer walk = Make(Definition());
        int[] targets = [.. Enumerable.Repeat(8192, 12)];
        Assert.Equal(WalkStage.Rest, walk.Stage);
        walk.Stop();
        Assert.Equal(WalkStage.Rest, walk.Stage);
        walk.Start(targets);
        Assert.Equal(WalkReason.None, walk.Modulate(0.2f, 0, 1, 1));
        int standing = 0;
        while (walk.Stage == WalkStage.StandingUp)
        {
            Assert.True(walk.Step(targets));
            standing++;
        }
        Assert.InRange(standing, 150, 151);
        Assert.Equal((0.5 + 0.3 * walk.Walker.Angles[LegGeometry.Knee]) * 16384, targets[3], 1.0);
        for (int n = 0; n < 400; n++)
        {
            Assert.True(walk.Step(targets));
        }

        Assert.Equal((WalkStage.Walking, 0.2f), (walk.Stage, walk.Walker.Speed));
        walk.Stop();
        for (int n = 0; n < 170 && walk.Stage == WalkStage.Stopping; n++)
        {
            Assert.True(walk.Step(targets));
        }

        Assert.Equal(WalkStage.Rest, walk.Stage);
        Assert.InRange(walk.Walker.Left.Z + walk.Walker.Right.Z, 0, 1e-6);

        // A stop while it stands up ends in the standing pose.
        walk.Start(targets);
        Assert.True(walk.Step(targets));
        walk.Stop();
        int ticks = 1;
        for (; walk.Stage != WalkStage.Rest; ticks++)
        {
            Assert.True(walk.Step(targets));
        }

        Assert.Equal(standing, ticks);
        Assert.False(walk.Walker.Walking);
    }

    /// <summary>A second start is the first one again, whatever was commanded before.</summary>
    [Fact]
    public void A_start_forgets_what_was_before()
    {
        WalkPlayer walk = Make(Definition());
        int[] first = Run(), second = Run();
        Assert.Equal(first, second);

        int[] Run()
        {
            int[] targets = [.. Enumerable.Repeat(8192, 12)];
            var all = new List<int>();
            walk.Start(targets);
            for (int n = 0; n < 300; n++)
            {
                Assert.True(walk.Step(targets));
                all.AddRange(targets);
            }
            Assert.Equal(WalkReason.None, walk.Modulate(0.3f, 0.2f, 1.3f, 1.4f));
            for (int n = 0; n < 300; n++)
            {
                Assert.True(walk.Step(targets));
            }

            walk.Halt();
            return [.. all];
        }
    }

    [Fact]
    public void A_foot_that_stays_out_of_reach_ends_the_walk_and_one_that_comes_back_does_not()
    {
        WalkPlayer walk = Make(Definition());
        int[] targets = [.. Enumerable.Repeat(8192, 12)];
        walk.Start(targets);
        for (int n = 0; n < 300; n++)
        {
            Assert.True(walk.Step(targets));
        }

        float[] kept = [.. walk.Walker.Angles];
        walk.Walker.HipShift = 2;
        for (int n = 0; n < WalkPlayer.MostOutOfReach; n++)
        {
            Assert.True(walk.Step(targets));
            Assert.False(walk.OutOfReach || walk.Reached);
        }
        Assert.Equal(kept, walk.Walker.Angles);
        walk.Walker.HipShift = 0;
        Assert.True(walk.Step(targets));
        walk.Walker.HipShift = 2;
        for (int n = 0; n < WalkPlayer.MostOutOfReach; n++)
        {
            Assert.True(walk.Step(targets));
        }

        Assert.False(walk.Step(targets));
        Assert.True(walk.OutOfReach);
    }

    [Fact]
    public void What_is_not_a_number_ends_the_walk_at_once()
    {
        WalkDefinition definition = Definition();
        definition.Reflexes.HipPitch = 0.1f;
        WalkPlayer walk = Make(definition);
        int[] targets = [.. Enumerable.Repeat(8192, 12)];
        walk.Start(targets);
        for (int n = 0; n < 200; n++)
        {
            Assert.True(walk.Step(targets));
        }

        walk.Reflexes.Pitch = float.NaN;
        Assert.False(walk.Step(targets));
        Assert.False(walk.OutOfReach);
        walk.Reflexes.Pitch = 0;
        walk.Walker.Trim[LegGeometry.Knee + 1] = float.NaN;
        walk.StopWithoutReflexes();
        int kept = targets[LegGeometry.AnklePitch];
        Assert.False(walk.Step(targets));
        Assert.Equal(kept, targets[LegGeometry.AnklePitch]);
    }

    /// <summary>Without reflexes their corrections die away, and it comes to rest within 0.4 s.</summary>
    [Fact]
    public void Blind_it_brings_its_feet_together()
    {
        WalkDefinition definition = Definition();
        definition.Reflexes.HipRoll = 0.3f;
        WalkPlayer walk = Make(definition);
        int[] targets = [.. Enumerable.Repeat(8192, 12)];
        walk.Start(targets);
        for (int n = 0; n < 400; n++)
        {
            walk.Reflexes.Roll = n < 100 ? 0 : 0.1f;
            Assert.True(walk.Step(targets));
        }
        float trim = walk.Walker.Trim[LegGeometry.HipRoll];
        Assert.NotEqual(0, trim);
        walk.StopWithoutReflexes();
        Assert.Equal((true, WalkStage.Stopping), (walk.ReflexesOff, walk.Stage));
        for (int n = 0; n < 21; n++)
        {
            if (walk.Stage != WalkStage.Rest)
            {
                Assert.True(walk.Step(targets));
            }
        }

        Assert.Equal(WalkStage.Rest, walk.Stage);
        Assert.InRange(walk.Walker.Trim[LegGeometry.HipRoll] / trim, 0, 0.2);
        walk.Start(targets);
        Assert.False(walk.ReflexesOff);
    }

    public static TheoryData<string, WalkReason, int> Wrong => new()
    {
        { "foot drive", WalkReason.NetworkRefused, 0 },
        { "body rise", WalkReason.NetworkRefused, 4 },
        { "foot inhibition", WalkReason.NotOscillating, 0 },
        { "body adaptation", WalkReason.NotOscillating, 4 },
        { "thigh", WalkReason.GeometryOutOfRange, 0 },
        { "height", WalkReason.OutOfReach, 0 },
        { "lift", WalkReason.KneeTooFar, 0 },
        { "cycle", WalkReason.CycleOutOfRange, 0 },
        { "reflex", WalkReason.ReflexOutOfRange, 0 },
        { "joint channel", WalkReason.JointOutOfRange, 11 },
        { "joint gain", WalkReason.JointOutOfRange, 2 },
        { "joints", WalkReason.JointOutOfRange, 0 },
        { "sensor input", WalkReason.SensorOutOfRange, 1 },
        { "sensor foot", WalkReason.SensorOutOfRange, 1 },
        { "sensor scale", WalkReason.SensorOutOfRange, 0 },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void What_cannot_be_walked_is_refused_with_reason_and_place(string what, WalkReason reason, int where)
    {
        WalkDefinition d = Definition();
        switch (what)
        {
            case "foot drive": d.Foot[2] = float.NaN; break;
            case "body rise": d.Body[0] = 0.001f; break;
            case "foot inhibition": d.Foot[4] = 1.5f; break;
            case "body adaptation": d.Body[3] = 0.7f; break;
            case "thigh": d.Legs.Thigh = float.NaN; break;
            case "height": d.Gait.Height = 0.71f; break;
            case "lift": d.Gait.Lift = 0.45f; break;
            case "cycle": d.Gait.Cycle = float.NaN; break;
            case "reflex": d.Reflexes.Tegotae = 2; break;
            case "joint channel": d.JointChannel[11] = 3; break;
            case "joint gain": d.JointGain[2] = float.NaN; break;
            case "joints": d.JointCount = 0; break;
            case "sensor input": d.SensorInput[1] = 0; break;
            case "sensor foot": d.SensorFoot[1] = 2 * WalkDefinition.Heel; break;
            case "sensor scale": d.SensorLoad[0] = float.NaN; break;
        }
        Assert.Equal(reason, new WalkPlayer(Dt).Configure(d, 12, 8, out int at));
        Assert.Equal(where, at);
    }

    [Theory]
    [InlineData(0.36f, 0, 1, 1)]
    [InlineData(0, -0.31f, 1, 1)]
    [InlineData(0.3f, 0, 0.7f, 1)]
    [InlineData(0, 0, 2.1f, 1)]
    [InlineData(0, 0, float.NaN, 1)]
    [InlineData(0, 0, 1, 1.6f)]
    [InlineData(0, 0, 1, float.NaN)]
    public void A_command_beyond_the_bounds_changes_nothing(float speed, float turn, float frequency, float amplitude)
    {
        WalkPlayer walk = Make(Definition()), same = Make(Definition());
        int[] targets = [.. Enumerable.Repeat(8192, 12)], others = [.. targets];
        foreach ((WalkPlayer one, int[] its) in new[] { (walk, targets), (same, others) })
        {
            one.Start(its);
            Assert.Equal(WalkReason.None, one.Modulate(0.1f, 0.1f, 1.1f, 0.9f));
            for (int n = 0; n < 150; n++)
            {
                Assert.True(one.Step(its));
            }
        }
        Assert.Equal(WalkReason.CommandOutOfRange, walk.Modulate(speed, turn, frequency, amplitude));
        for (int n = 0; n < 100; n++)
        {
            Assert.True(walk.Step(targets) && same.Step(others));
            Assert.Equal(others, targets);
        }
    }

    /// <summary>At a slower cadence a cycle takes longer and the feet go no further.</summary>
    [Fact]
    public void A_slower_cadence_keeps_the_feet_within_reach()
    {
        WalkPlayer walk = Make(Definition());
        int[] targets = [.. Enumerable.Repeat(8192, 12)];
        walk.Start(targets);
        Assert.Equal(WalkReason.None, walk.Modulate(0.35f, 0, 1, 1));
        for (int n = 0; n < 500; n++)
        {
            Assert.True(walk.Step(targets) && walk.Reached);
        }

        Assert.Equal(0.35f, walk.Walker.Speed);
        Assert.Equal(WalkReason.None, walk.Modulate(0.17f, 0, 0.5f, 1));
        for (int n = 0; n < 500; n++)
        {
            Assert.True(walk.Step(targets) && walk.Reached);
            Assert.InRange(walk.Walker.Speed, 0, 0.35f * walk.Timing.Network.Frequency + 1e-6f);
        }
        Assert.Equal(0.17f, walk.Walker.Speed);
    }

    [Fact]
    public void Loads_are_the_sum_of_a_foots_sensors_and_half_where_there_is_none()
    {
        WalkDefinition d = Definition();
        (d.SensorCount, d.SensorInput[0], d.SensorInput[1], d.SensorInput[2]) = (3, 5, 0, 2);
        (d.SensorFoot[0], d.SensorFoot[1], d.SensorFoot[2]) = (1, 0, 1);
        (d.SensorLoad[0], d.SensorLoad[1], d.SensorLoad[2]) = (2, 4, 1);
        var loads = new FootLoads();
        Assert.Equal(WalkReason.None, loads.Configure(d, 8, out _));
        loads.Update([8192, 0, 16384, 0, 0, 4096, 0, 0]);
        Assert.Equal((1f, 0.75f), (loads.Left, loads.Right));
        d.SensorCount = 1;
        Assert.Equal(WalkReason.None, loads.Configure(d, 8, out _));
        loads.Update([0, 0, 0, 0, 0, 16384, 0, 0]);
        Assert.Equal((0.5f, 1f), (loads.Left, loads.Right));
    }

    [Fact]
    public void Toes_and_heels_are_told_apart_where_both_are_measured()
    {
        WalkDefinition d = Definition();
        (d.SensorCount, d.SensorInput[0], d.SensorInput[1], d.SensorInput[2]) = (3, 5, 0, 2);
        (d.SensorFoot[0], d.SensorFoot[1], d.SensorFoot[2]) = (0, WalkDefinition.Heel, 1 + WalkDefinition.Heel);
        (d.SensorLoad[0], d.SensorLoad[1], d.SensorLoad[2]) = (2, 4, 1);
        var loads = new FootLoads();
        Assert.Equal(WalkReason.None, loads.Configure(d, 8, out _));
        int[] analog = [8192, 0, 16384, 0, 0, 4096, 0, 0];
        loads.Update(analog);
        loads.UpdateEnds(analog);
        Assert.True(loads.HasEnds);
        Assert.Equal((1.25f, 0.5f, 0.25f - 1f, -0.5f), (loads.Left, loads.Right, loads.LeftEnds, loads.RightEnds));
        d.SensorCount = 1;
        Assert.Equal(WalkReason.None, loads.Configure(d, 8, out _));
        Assert.False(loads.HasEnds);
    }

    [Fact]
    public void A_tick_allocates_nothing()
    {
        WalkDefinition d = Definition();
        d.Reflexes.HipPitch = d.Reflexes.Adapt = d.Reflexes.Tegotae = d.Reflexes.PlaceForward = d.Reflexes.Heading = 0.05f;
        WalkPlayer walk = Make(d);
        int[] targets = [.. Enumerable.Repeat(8192, 12)], analog = new int[8];
        walk.Start(targets);
        for (int n = 0; n < 150; n++)
        {
            walk.Step(targets);
        }

        Assert.Equal(0, Allocation.Of(() =>
        {
            for (int n = 0; n < 500; n++)
            {
                walk.Loads.Update(analog);
                walk.Step(targets);
            }
        }));
    }

    private static WalkPlayer Make(WalkDefinition definition)
    {
        WalkPlayer walk = new(Dt);
        Assert.Equal(WalkReason.None, walk.Configure(definition, 12, 8, out _));
        return walk;
    }

    internal static WalkDefinition Definition()
    {
        WalkDefinition d = new()
        {
            Ring = 0.7f,
            Legs = new LegGeometry { Thigh = 0.33f, Shank = 0.33f, Ankle = 0.05f, HipHalfWidth = 0.1f },
            Gait = new WalkParameters
            {
                Cycle = 0.74f,
                Duty = 0.6f,
                Lift = 0.03f,
                FootY = 0.1f,
                Height = 0.62f,
                Sway = 0.05f,
                MaxSpeed = 0.35f,
                MaxTurn = 0.3f,
                Acceleration = 0.3f,
            },
            JointCount = 12,
            SensorCount = 2,
        };
        ((float[])[0.139f, 0.246f, 0.375f, 3.414f, 1.79f]).CopyTo(d.Foot, 0);
        d.Foot.CopyTo(d.Body, 0);
        for (int i = 0; i < 12; i++)
        {
            (d.JointChannel[i], d.JointAngle[i], d.JointCentre[i], d.JointGain[i]) = (i, i, 0.5f, 0.3f);
        }

        (d.SensorInput[1], d.SensorFoot[1], d.SensorLoad[0], d.SensorLoad[1]) = (1, 1, 2, 2);
        return d;
    }
}
