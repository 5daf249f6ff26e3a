using Ganglion.Shared.Legs;
using Ganglion.Shared.Rhythms;
using Ganglion.Shared.Walking;

namespace Ganglion.Shared.Tests.Walking;

/// <summary>The steps that walk a told speed: against a law that is known in closed form, and what a walker makes of it.</summary>
public class SpeedTableTests
{
    // What the body of these tests walks: a line in the steps whose rise and offset are lines in the slope.
    private static double Walked(double steps, double slope) => 0.05 - 0.1 * slope + (0.8 + 0.5 * slope) * steps;

    [Fact]
    public void A_law_of_lines_is_turned_round_exactly_on_its_slopes_and_beyond_the_last_it_ends()
    {
        SpeedTable table = Table(Definition());
        Assert.True(table.Any);
        foreach (double slope in new[] { -0.2, 0, 0.2 })
        {
            for (double steps = -0.2; steps <= 0.3; steps += 0.03)
            {
                float told = (float)Walked(steps, slope);
                Assert.Equal(steps, Steps(table, told, (float)slope), 1e-6);
                Assert.Equal(told, table.Walked);
            }

            // What cannot be walked is the nearest that can.
            Assert.Equal(0.3, Steps(table, 5, (float)slope), 1e-6);
            Assert.Equal(Walked(0.3, slope), table.Walked, 1e-6);
            Assert.Equal(-0.2, Steps(table, -5, (float)slope), 1e-6);
            Assert.Equal(Walked(-0.2, slope), table.Walked, 1e-6);
        }

        Assert.Equal(Steps(table, 0.1f, 0.2f), Steps(table, 0.1f, 0.4f));
        Assert.Equal(Steps(table, 0.1f, -0.2f), Steps(table, 0.1f, -0.4f));
    }

    [Theory]
    [InlineData(0.05)]
    [InlineData(0.1)]
    [InlineData(-0.15)]
    public void Between_two_slopes_it_is_the_line_between_their_steps(double slope)
    {
        SpeedTable table = Table(Definition());
        double low = slope < 0 ? -0.2 : 0, share = (slope - low) / 0.2;
        const float told = 0.12f;
        double expected = (1 - share) * Steps(table, told, (float)low) + share * Steps(table, told, (float)(low + 0.2));
        Assert.Equal(expected, Steps(table, told, (float)slope), 1e-6);
        Assert.Equal(told, table.Walked);
    }

    [Theory]
    [InlineData("nan")]
    [InlineData("steep")]
    [InlineData("beyond")]
    [InlineData("slower")]
    [InlineData("back")]
    [InlineData("alone")]
    [InlineData("unsorted")]
    [InlineData("count")]
    public void What_is_no_table_is_refused(string what)
    {
        WalkDefinition definition = Definition();
        int expected = 4;
        switch (what)
        {
            case "nan": definition.SpeedWalked[4] = float.NaN; break;
            case "steep": (definition.SpeedSlope[3], expected) = (0.5f, 3); break;
            case "beyond": definition.SpeedSteps[4] = 0.31f; break;
            case "slower": definition.SpeedWalked[4] = definition.SpeedWalked[3]; break;
            case "back": definition.SpeedSteps[4] = -0.3f; break;
            case "alone": (definition.SpeedCount, expected) = (4, 3); break;
            case "unsorted": (definition.SpeedSlope[4], expected) = (-0.3f, 3); break;
            case "count": (definition.SpeedCount, expected) = (WalkDefinition.MaxSpeeds + 1, 0); break;
        }

        Assert.Equal(WalkReason.SpeedOutOfRange, new SpeedTable().Configure(definition, out int where));
        Assert.Equal(expected, where);
    }

    /// <summary>Its feet are led at the table's speed, and it says what it should walk; told nothing, it steps so that it stays.</summary>
    [Fact]
    public void A_walker_leads_its_feet_as_fast_as_its_table_says_for_the_slope_that_it_feels()
    {
        Walker walker = WalkerOnSpot.Standing(out _, out KimuraNetwork network);
        Assert.Equal(WalkReason.None, walker.Speeds.Configure(Definition(), out _));
        foreach ((float told, float slope) in new[] { (0.1f, 0f), (0.1f, 0.2f), (0f, 0f) })
        {
            Assert.Equal(WalkReason.None, walker.SetCommand(told, 0, 1));
            walker.Speeds.Slope = slope;
            if (!walker.Walking)
            {
                walker.Start();
            }

            float before = float.NaN;
            for (int tick = 0; tick < 400; tick++)
            {
                before = walker.Left.Swinging ? float.NaN : walker.Left.X;
                network.Step();
                Assert.True(walker.Step(network));
                if (tick > 300 && !float.IsNaN(before) && !walker.Left.Swinging)
                {
                    // A standing foot goes back as fast as the path point goes on.
                    double steps = (told - 0.05 + 0.1 * slope) / (0.8 + 0.5 * slope);
                    Assert.Equal(steps, (before - walker.Left.X) / WalkerOnSpot.Dt, 1e-4);
                }
            }

            Assert.Equal(told, walker.Speed, 1e-6f);
        }
    }

    private static float Steps(SpeedTable table, float told, float slope)
    {
        table.Slope = slope;
        return table.Steps(told);
    }

    private static SpeedTable Table(WalkDefinition definition)
    {
        var table = new SpeedTable();
        Assert.Equal(WalkReason.None, table.Configure(definition, out _));
        return table;
    }

    // Three slopes, three speeds each.
    private static WalkDefinition Definition()
    {
        var definition = new WalkDefinition { Gait = new WalkParameters { MaxSpeed = 0.3f } };
        foreach (double slope in new[] { -0.2, 0, 0.2 })
        {
            foreach (double steps in new[] { -0.2, 0.1, 0.3 })
            {
                int at = definition.SpeedCount++;
                (definition.SpeedSlope[at], definition.SpeedSteps[at], definition.SpeedWalked[at]) =
                    ((float)slope, (float)steps, (float)Walked(steps, slope));
            }
        }

        return definition;
    }
}
