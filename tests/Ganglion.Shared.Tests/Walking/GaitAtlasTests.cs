using System.Reflection;
using Ganglion.Shared.Legs;
using Ganglion.Shared.Reflexes;
using Ganglion.Shared.Walking;

namespace Ganglion.Shared.Tests.Walking;

/// <summary>Steps and gains that follow the felt slope: against lines in closed form, field by field, and what a walker makes of
/// them.</summary>
public class GaitAtlasTests
{
    private const float Dt = 0.02f;

    private static readonly FieldInfo[] Fields = [.. typeof(WalkGround).GetFields().Where(field => field.Name != "Slope")];

    /// <summary>A value of its own for each field, which rises by its own line with the slope: -0.2 at half its rise to 0, 0.1 at
    /// once.</summary>
    [Theory]
    [InlineData(-0.4)]
    [InlineData(-0.2)]
    [InlineData(-0.15)]
    [InlineData(0)]
    [InlineData(0.04)]
    [InlineData(0.1)]
    [InlineData(0.3)]
    public void Every_value_is_on_the_line_between_two_slopes_and_beyond_the_last_as_there(double slope)
    {
        GaitAtlas atlas = Atlas(Definition());
        atlas.Begin((float)slope);
        double place = Math.Clamp(slope, -0.2, 0.1), shape = place < 0 ? 0.5 * place : place;
        for (int i = 0; i < Fields.Length; i++)
        {
            FieldInfo field = Fields[i];
            double expected = Base(field) + 0.002 * (i + 1) * shape;
            Assert.Equal(expected, Live(atlas, field), 1e-6);
        }
    }

    [Fact]
    public void Walk_and_gains_of_the_definition_stay_and_without_entries_they_are_what_is_walked_with()
    {
        WalkDefinition definition = Definition();
        float lift = definition.Gait.Lift;
        GaitAtlas atlas = Atlas(definition);
        atlas.Begin(0.1f);
        Assert.NotEqual(lift, atlas.Gait.Lift);
        Assert.Equal(lift, definition.Gait.Lift);
        Assert.Equal(definition.Gait.MaxSpeed, atlas.Gait.MaxSpeed);
        Assert.Equal(definition.Reflexes.Heading, atlas.Gains.Heading);

        definition.GroundCount = 0;
        atlas = Atlas(definition);
        atlas.Follow(0.1f, walks: true);
        Assert.False(atlas.Any);
        Assert.Same(definition.Gait, atlas.Gait);
        Assert.Same(definition.Reflexes, atlas.Gains);
    }

    /// <summary>Half a second for 15 degrees: what jumps is the slope, not hips and feet.</summary>
    [Fact]
    public void It_follows_a_slope_by_bounded_changes()
    {
        GaitAtlas atlas = Atlas(Definition());
        float before = atlas.Gait.Height;
        int ticks = 0;
        for (; Math.Abs(atlas.Gait.Height - Value(Definition().Grounds[2], "Height")) > 1e-6f; ticks++)
        {
            atlas.Follow(0.1f, walks: false);
            Assert.InRange(Math.Abs(atlas.Gait.Height - before), 0, 0.011f * Dt);
            before = atlas.Gait.Height;
        }

        Assert.InRange(ticks, 10, 11);

        // Back as a low-pass of 2 s goes.
        for (int tick = 0; tick < 100; tick++)
        {
            atlas.Follow(0, walks: true);
        }

        WalkGround[] grounds = Definition().Grounds;
        double share = Math.Pow(1 + Dt / 2, -100);
        Assert.Equal(grounds[1].Height + share * (grounds[2].Height - grounds[1].Height), atlas.Gait.Height, 1e-6);
    }

    [Theory]
    [InlineData("nan", 1)]
    [InlineData("steep", 2)]
    [InlineData("unsorted", 1)]
    [InlineData("twice", 2)]
    [InlineData("reach", 0)]
    [InlineData("gain", 2)]
    [InlineData("count", 0)]
    public void What_is_no_atlas_is_refused(string what, int expected)
    {
        WalkDefinition definition = Definition();
        switch (what)
        {
            case "nan": definition.Grounds[1].Lift = float.NaN; break;
            case "steep": definition.Grounds[2].Slope = 0.5f; break;
            case "unsorted": definition.Grounds[1].Slope = -0.3f; break;
            case "twice": definition.Grounds[2].Slope = 0; break;
            case "reach": definition.Grounds[0].Height = 0.72f; break;
            case "gain": definition.Grounds[2].Adapt = 1.6f; break;
            case "count": definition.GroundCount = WalkDefinition.MaxGrounds + 1; break;
        }

        Assert.Equal(WalkReason.GroundOutOfRange, new GaitAtlas(Dt).Configure(definition, out int where));
        Assert.Equal(expected, where);
    }

    /// <summary>With the same values on all slopes it walks bit for bit as without them; with others of its height it goes there.</summary>
    [Fact]
    public void A_walker_has_the_hips_that_its_atlas_says_and_the_same_on_all_slopes_changes_nothing()
    {
        WalkDefinition plain = WalkPlayerTests.Definition(), same = WalkPlayerTests.Definition(), other = WalkPlayerTests.Definition();
        plain.Reflexes.Adapt = same.Reflexes.Adapt = other.Reflexes.Adapt = 0.5f;
        foreach (WalkDefinition definition in new[] { same, other })
        {
            definition.GroundCount = 2;
            (definition.Grounds[0], definition.Grounds[1]) = (Own(definition, -0.1f), Own(definition, 0.1f));
        }

        other.Grounds[0].Height = other.Grounds[1].Height = other.Gait.Height - 0.01f;
        WalkPlayer[] walks = [Player(plain), Player(same), Player(other)];
        int[][] targets = [.. walks.Select(_ => Enumerable.Repeat(8192, 12).ToArray())];
        for (int tick = 0; tick < 500; tick++)
        {
            for (int i = 0; i < walks.Length; i++)
            {
                if (tick == 0)
                {
                    walks[i].Start(targets[i]);
                }

                walks[i].Reflexes.Pitch = 0.02f * MathF.Sin(0.05f * tick);
                Assert.True(walks[i].Step(targets[i]));
            }

            Assert.Equal(targets[0], targets[1]);
        }

        Assert.Equal(walks[0].Walker.BodyZ - 0.01f, walks[2].Walker.BodyZ, 1e-6f);
    }

    private static WalkPlayer Player(WalkDefinition definition)
    {
        var player = new WalkPlayer(Dt);
        Assert.Equal(WalkReason.None, player.Configure(definition, 12, 8, out _));
        return player;
    }

    private static GaitAtlas Atlas(WalkDefinition definition)
    {
        var atlas = new GaitAtlas(Dt);
        Assert.Equal(WalkReason.None, atlas.Configure(definition, out _));
        return atlas;
    }

    // Three slopes, each field with a line of its own on either side of level ground.
    private static WalkDefinition Definition()
    {
        var definition = new WalkDefinition
        {
            GroundCount = 3,
            Legs = new LegGeometry { Thigh = 0.33f, Shank = 0.33f, Ankle = 0.05f, HipHalfWidth = 0.1f },
            Gait = new WalkParameters { Cycle = 0.74f, Lift = 0.01f, Height = 0.6f, FootY = 0.1f, MaxSpeed = 0.2f },
            Reflexes = new ReflexParameters { Heading = 0.4f },
        };
        float[] slopes = [-0.2f, 0f, 0.1f];
        for (int i = 0; i < slopes.Length; i++)
        {
            WalkGround ground = definition.Grounds[i];
            ground.Slope = slopes[i];
            float shape = slopes[i] < 0 ? 0.5f * slopes[i] : slopes[i];
            for (int k = 0; k < Fields.Length; k++)
            {
                Fields[k].SetValue(ground, (float)Base(Fields[k]) + 0.002f * (k + 1) * shape);
            }
        }

        return definition;
    }

    private static double Base(FieldInfo field) => field.Name switch { "Height" => 0.6, "FootY" => 0.1, _ => 0.02 };

    private static WalkGround Own(WalkDefinition definition, float slope)
    {
        var ground = new WalkGround { Slope = slope };
        foreach (FieldInfo field in Fields)
        {
            object part = typeof(WalkParameters).GetField(field.Name) != null ? definition.Gait : definition.Reflexes;
            field.SetValue(ground, part.GetType().GetField(field.Name)!.GetValue(part));
        }

        return ground;
    }

    private static float Value(object part, string name) => (float)part.GetType().GetField(name)!.GetValue(part)!;

    private static float Live(GaitAtlas atlas, FieldInfo field) =>
        Value(typeof(WalkParameters).GetField(field.Name) != null ? atlas.Gait : atlas.Gains, field.Name);
}
