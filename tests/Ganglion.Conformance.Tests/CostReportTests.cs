namespace Ganglion.Conformance.Tests;

public sealed class CostReportTests
{
    private static readonly string[] Tick = ["A::Small", "B::Large", "A::Idle"];

    [Fact]
    public void Costs_are_per_tick_and_sorted_and_what_is_not_of_the_tick_is_left_out()
    {
        var report = new CostReport(["A::Small(Int32)", "A::Idle()", "C::Wait()", "B::Large()"], [200, 0, 5000, 600], 6000, 10, Tick);
        Assert.Equal(100, report.InstructionsPerTick);
        Assert.Equal(
            [new("B::Large()", 60, 0.6), new("(nanoFramework's managed code)", 20, 0.2), new("A::Small(Int32)", 20, 0.2)],
            report.Methods);
        Assert.Equal(
            """
              IL/tick  share  method
                 60.0  60.0%  B::Large()
                 20.0  20.0%  (nanoFramework's managed code)
                 20.0  20.0%  A::Small(Int32)
                100.0 100.0%  (whole tick)

            """,
            report.ToString());
    }

    [Fact]
    public void Counts_that_do_not_belong_together_are_refused()
    {
        Assert.Throws<ArgumentException>(() => new CostReport(["A::B()"], [1, 2], 3, 1, Tick));
        Assert.Throws<ArgumentOutOfRangeException>(() => new CostReport(["A::B()"], [1], 1, 0, Tick));
        Assert.Throws<ArgumentOutOfRangeException>(() => new CostReport(["A::B()"], [2], 1, 1, Tick));
    }
}
