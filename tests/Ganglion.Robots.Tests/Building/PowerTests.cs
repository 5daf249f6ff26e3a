using Ganglion.Robots.Wiring;

namespace Ganglion.Robots.Tests.Building;

/// <summary>Currents, fuses, wires, drops and rise times against sums by hand.</summary>
public sealed class PowerTests
{
    /// <summary>Forty servos of 6, 220 and 700 mA and a relay coil of 185 mA.</summary>
    [Fact]
    public void Currents_are_the_sums_of_what_hangs_on_each_net()
    {
        Harness harness = Netlists.Harness("trunk-wroom");
        var budget = PowerBudget.Of(harness);
        Same(new Draw(40 * 0.006 + 0.185, 40 * 0.22 + 0.185, 40 * 0.7 + 0.185), "servo supply");
        Same(new Draw(40 * 0.006, 40 * 0.22, 40 * 0.7), "servo on");
        Same(new Draw(16 * 0.006, 16 * 0.22, 16 * 0.7), "driver 0");
        Same(new Draw(8 * 0.006, 8 * 0.22, 8 * 0.7), "driver 2");
        Same(new Draw(0.185, 0.185, 0.185), "stop supply");
        Same(new Draw(0.03, 0.03, 0.03), "logic 3.3 v");
        Assert.Equal("supply-5v-40a", harness.Parts.Single(part => part.Id == "supply").Type.Name);

        void Same(Draw expected, string net)
        {
            Draw got = Line(harness, budget, net).Branch.Current;
            Assert.Equal(expected.Idle, got.Idle, 9);
            Assert.Equal(expected.Moving, got.Moving, 9);
            Assert.Equal(expected.Stall, got.Stall, 9);
        }
    }

    /// <summary>1.25 (moving + 0.48 A) to the next standard fuse: 11.8, 5.0 and 2.8 A ask for 15, 5 and 3.</summary>
    [Theory]
    [InlineData("servo on", 15)]
    [InlineData("driver 0", 5)]
    [InlineData("driver 2", 3)]
    [InlineData("stop supply", 1)]
    public void Fuses_bear_all_that_moves_and_one_that_stalls_and_wires_bear_their_fuses(string net, double fuse)
    {
        Harness harness = Netlists.Harness("trunk-wroom");
        BudgetLine line = Line(harness, PowerBudget.Of(harness), net);
        Assert.Equal(fuse, line.Fuse);
        Assert.True(WireTable.Ampacity(line.Section) >= fuse);
    }

    /// <summary>By hand along the way to the last servo: 2 rho l I / A of supply, fused, on, driver and lead.</summary>
    [Fact]
    public void The_drop_is_that_of_every_wire_on_the_way()
    {
        Harness harness = Netlists.Harness("trunk-wroom");
        var budget = PowerBudget.Of(harness);
        double sum = 0;
        foreach ((string net, double length, double current) in new[] { ("servo supply", 0.15, 8.985), ("servo fused", 0.2, 8.985),
            ("servo on", 0.2, 8.8), ("driver 0", 0.6, 3.52), ("servo plugs 0", 0.6, 0.22) })
        {
            BudgetLine line = Line(harness, budget, net);
            sum += 2 / 58.0 * length * current / (1e6 * line.Section);
            Assert.Equal(sum, line.Drop, 9);
        }

        Assert.InRange(sum, 0.05, 0.04 * 5.2);
    }

    [Fact]
    public void More_servos_on_a_longer_wire_take_a_thicker_one()
    {
        double Section(string to) => Line(Harness.Of(Netlists.Load("trunk-wroom", "pwm.V+], each: driver, length_mm: 600", to),
            Shipped.Description("trunk10-4g"), 0), "driver 0").Section;
        Assert.True(Section("pwm.V+], each: driver, length_mm: 3000") > Section("pwm.V+], each: driver, length_mm: 100"));

        static BudgetLine Line(Harness harness, string net) => PowerTests.Line(harness, PowerBudget.Of(harness), net);
    }

    /// <summary>Three boards' 10 kOhm beside 2.2 kOhm, four pins of 10 pF and 0.9 m; /OE: 680 Ohm up, three times 10 kOhm down.</summary>
    [Fact]
    public void Rise_time_and_the_level_of_output_enable_are_those_of_the_resistors()
    {
        Harness harness = Netlists.Harness("trunk-wroom");
        BusLine data = SignalFigures.BusLines(harness).Single(line => harness.Nets[line.Net].Name == "i2c data");
        double ohms = 1 / (3 / 10e3 + 1 / 2.2e3), farad = 4 * 10e-12 + 0.9 * 100e-12;
        Assert.Equal(Math.Log(0.7 / 0.3) * ohms * farad, data.RiseTime, 1e-12);
        Assert.Equal(300e-9, data.Longest);
        Assert.Equal(3.3 * (10e3 / 3) / (10e3 / 3 + 680), SignalFigures.FloatingOutputEnable(harness)!.Value, 9);
    }

    /// <summary>The customary 10 kOhm do not switch boards off that pull /OE down themselves.</summary>
    [Fact]
    public void Ten_kiloohms_would_leave_the_outputs_on()
    {
        double down = 10e3 / 3;
        Assert.True(3.3 * down / (down + 10e3) < SignalFigures.HighLevel * SignalFigures.Logic);
    }

    private static BudgetLine Line(Harness harness, PowerBudget budget, string net) =>
        budget.Lines.Single(line => harness.Nets[line.Branch.Net].Name == net);
}
