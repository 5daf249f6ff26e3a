using Ganglion.Metering;
namespace Ganglion.Conformance.Tests;

public sealed class CostReportTests
{
    private static readonly string[] Tick = ["A::Small", "B::Large", "A::Idle"];

    [Fact]
    public void Costs_are_per_tick_and_sorted_and_what_is_not_of_the_tick_is_left_out()
    {
        var report = new CostReport(
            ["A::Small(Int32)", "A::Idle()", "C::Wait()", "B::Large()"],
            [new(200, 300), default, new(5000, 6000), new(600, 1000)], [new(150, 600), default, new(20, 30), new(50, 100)], 10, Tick);
        Assert.Equal(100, report.InstructionsPerTick);
        Assert.Equal(200, report.UnitsPerTick);
        Assert.Equal(
            [new("B::Large()", 60, 100, 0.5), new("(nanoFramework's own code)", 20, 70, 0.35), new("A::Small(Int32)", 20, 30, 0.15)],
            report.Methods);
        Assert.Equal(
            """
              IL/tick  units/tick  share  method
                 60.0       100.0  50.0%  B::Large()
                 20.0        70.0  35.0%  (nanoFramework's own code)
                 20.0        30.0  15.0%  A::Small(Int32)
                100.0       200.0 100.0%  (whole tick)

            """,
            report.ToString());
    }

    [Fact]
    public void Counts_that_do_not_belong_together_are_refused()
    {
        Assert.Throws<ArgumentException>(() => new CostReport(["A::B()"], [default, default], [default], 1, Tick));
        Assert.Throws<ArgumentException>(() => new CostReport(["A::B()"], [default], [], 1, Tick));
        Assert.Throws<ArgumentOutOfRangeException>(() => new CostReport(["A::B()"], [default], [default], 0, Tick));
    }
}
