using Ganglion.Metering;
using Ganglion.Nano;
using Ganglion.VirtualBoard.Boards;
using Ganglion.VirtualBoard.Time;

namespace Ganglion.Conformance.Tests;

/// <summary>The woven firmware on a virtual board: the cost of its tick, method by method.</summary>
public sealed class BoardCostTests
{
    private const long Second = 1_000_000_000;

    [Fact]
    public void The_idle_tick_is_counted_method_by_method_and_the_same_every_time()
    {
        CostReport first = Idle();
        Assert.Equal(first.ToString(), Idle().ToString());
        Assert.Contains(first.Methods, cost => cost.Method.StartsWith("Ganglion.Firmware.ControlLoop::Tick(", StringComparison.Ordinal));
        Assert.DoesNotContain(first.Methods, cost => cost.Method.Contains("WaitFor", StringComparison.Ordinal));
        Assert.Equal(first.InstructionsPerTick, first.Methods.Sum(cost => cost.InstructionsPerTick), 9);
        Assert.Equal(1, first.Methods.Sum(cost => cost.Share), 9);

        // An idle tick polls the port and counts itself, no more: far from the 7 000 of a tick at work.
        Assert.InRange(first.InstructionsPerTick, 50, 1000);
    }

    private static CostReport Idle()
    {
        var firmware = new MeteredFirmware();
        using var world = new VirtualWorld();
        world.AddBoard(new BoardSetup { Name = "base" }, firmware.Image);
        world.WaitUntil(2 * Second);
        MethodCounts before = firmware.Read();
        world.WaitUntil(4 * Second);
        return MeteredFirmware.Report(firmware.Read().Since(before), 100);
    }
}
