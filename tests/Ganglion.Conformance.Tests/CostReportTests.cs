namespace Ganglion.Conformance.Tests;

public sealed class CostReportTests
{
    [Fact]
    public void Costs_are_per_tick_and_sorted_and_the_rest_is_the_librarys()
    {
        var report = new CostReport(["A::Small()", "A::Idle()", "B::Large()"], [200, 0, 600], 1000, 10);
        Assert.Equal(100, report.InstructionsPerTick);
        Assert.Equal(
            [new("B::Large()", 60, 0.6), new("A::Small()", 20, 0.2), new("(nanoFramework's managed code)", 20, 0.2)],
            report.Methods.OrderByDescending(cost => cost.Method[0]));
        Assert.Equal("B::Large()", report.Methods[0].Method);
        Assert.Equal(
            """
              IL/tick  share  method
                 60.0 60.0 %  B::Large()
                 20.0 20.0 %  (nanoFramework's managed code)
                 20.0 20.0 %  A::Small()
                100.0 100.0 %  (whole tick)

            """,
            report.ToString());
    }

    [Fact]
    public void Counts_that_do_not_belong_together_are_refused()
    {
        Assert.Throws<ArgumentException>(() => new CostReport(["A"], [1, 2], 3, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new CostReport(["A"], [1], 1, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new CostReport(["A"], [2], 1, 1));
    }
}
