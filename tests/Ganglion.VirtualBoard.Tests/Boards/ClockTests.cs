using Ganglion.Nano;
using Ganglion.VirtualBoard.Boards;
using nanoFramework.Hardware.Esp32;

namespace Ganglion.VirtualBoard.Tests.Boards;

public class ClockTests
{
    [Fact]
    public void InstructionsTakeAMicrosecondEach()
    {
        ulong before = 0, after = 0;
        using var world = new TestWorld(() =>
        {
            before = HighResTimer.GetCurrent();
            InstructionCounter.Add(5000);
            after = HighResTimer.GetCurrent();
        });
        world.RunToAfterBoot(20 * TestWorld.Millisecond);

        // The timer takes 23 units with the call instruction, which no weaver counts here.
        Assert.Equal(303_722UL, before);
        Assert.Equal(5022UL, after - before);
        Assert.Equal(Esp32State.Halted, world.Board.State);
        Assert.Null(world.Board.Crash);
    }

    [Fact]
    public void SleepEndsOnATickCountedFromTheLastTick()
    {
        var wakes = new List<long>();
        using var world = new TestWorld(() =>
        {
            NanoThread.Sleep(1); // now on a tick, plus nothing
            for (int i = 0; i < 4; i++)
            {
                wakes.Add((long)HighResTimer.GetCurrent());
                InstructionCounter.Add(3500 + i * 2000);
                NanoThread.Sleep(i == 3 ? 15 : 10);
            }

            wakes.Add((long)HighResTimer.GetCurrent());
        });
        world.RunToAfterBoot(200 * TestWorld.Millisecond);

        // A sleep of 10 ms that starts 3.5 or 9.5 ms after a tick ends at the next tick; 15 ms takes two.
        Assert.Equal([10_000, 10_000, 10_000, 20_000], wakes.Zip(wakes.Skip(1), (a, b) => b - a));
        Assert.True(wakes[0] - 303_700 <= 10_002);
    }

    [Fact]
    public void TickPhaseDiffersFromBoardToBoardAndNotFromRunToRun()
    {
        long FirstWake(int seed)
        {
            long wake = 0;
            using var world = new TestWorld(
                () =>
                {
                    NanoThread.Sleep(10);
                    wake = (long)HighResTimer.GetCurrent();
                },
                new BoardSetup { Name = "base", Seed = seed });
            world.RunToAfterBoot(50 * TestWorld.Millisecond);
            return wake;
        }

        long[] wakes = Enumerable.Range(1, 8).Select(FirstWake).ToArray();
        Assert.Equal(8, wakes.Distinct().Count());
        Assert.Equal(wakes, Enumerable.Range(1, 8).Select(FirstWake));
    }

    [Fact]
    public void FirmwareStopsAtTheGrantedTime()
    {
        int loops = 0;
        using var world = new TestWorld(() =>
        {
            while (true)
            {
                InstructionCounter.Add(10);
                loops++;
            }
        });
        world.RunToAfterBoot(1 * TestWorld.Millisecond);
        int first = loops;
        world.RunToAfterBoot(2 * TestWorld.Millisecond);

        // The counter asks for time after the block that oversteps the horizon.
        Assert.InRange(first, 100, 101);
        Assert.InRange(loops, 200, 201);
    }

    [Fact]
    public void FineAndCoarseStepsGiveTheSameRun()
    {
        List<long> Run(long step)
        {
            var times = new List<long>();
            using var world = new TestWorld(() =>
            {
                for (int i = 0; i < 50; i++)
                {
                    InstructionCounter.Add(137 * i % 911);
                    if (i % 7 == 0)
                    {
                        NanoThread.Sleep(3);
                    }

                    times.Add((long)HighResTimer.GetCurrent());
                }
            });
            while (world.World.NowNanoseconds < world.Boot + 200 * TestWorld.Millisecond)
            {
                world.World.WaitUntil(world.World.NowNanoseconds + step);
            }

            return times;
        }

        Assert.Equal(Run(200 * TestWorld.Millisecond), Run(333 * TestWorld.Microsecond));
    }

    [Fact]
    public void ApiOffABoardSaysSo()
    {
        InvalidOperationException error = Assert.Throws<InvalidOperationException>(() => HighResTimer.GetCurrent());
        Assert.Contains("no virtual board", error.Message);
    }
}
