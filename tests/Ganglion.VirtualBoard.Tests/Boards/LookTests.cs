using Ganglion.Nano;
using Ganglion.VirtualBoard.Time;
using nanoFramework.Hardware.Esp32;

namespace Ganglion.VirtualBoard.Tests.Boards;

/// <summary>A world that is run from look to look, by the board that is alone in it.</summary>
public class LookTests
{
    private const long Ms = TestWorld.Millisecond;

    private sealed class Body(List<string> order, Func<long, bool> fails) : IWorldBody
    {
        public void Advance(long nowNs)
        {
            order.Add($"body {nowNs}");
            if (fails(nowNs))
            {
                throw new InvalidOperationException("the body came apart");
            }
        }
    }

    // Works for a while, sleeps for a while, and says when it woke.
    private static (TestWorld World, List<string> Order) Busy(Func<long, bool>? fails = null)
    {
        List<string> order = [];
        var world = new TestWorld(() =>
        {
            for (int i = 0; ; i++)
            {
                InstructionCounter.Add(137 * i % 3911);
                order.Add($"board {HighResTimer.GetCurrent()}");
                NanoThread.Sleep(i % 3 == 0 ? 20 : 0);
            }
        });
        world.World.AddBody(new Body(order, fails ?? (_ => false)));
        return (world, order);
    }

    [Fact]
    public void LooksAreAsIfItWaitedForEach()
    {
        (TestWorld waited, List<string> one) = Busy();
        (TestWorld looked, List<string> other) = Busy();
        using (waited)
        using (looked)
        {
            long end = waited.Boot + 200 * Ms, step = 3_333_333;
            for (long next = step; next < end; next += step)
            {
                waited.World.WaitUntil(next);
                one.Add($"look {waited.World.NowNanoseconds}");
            }

            looked.World.Run(step, () =>
            {
                long now = looked.World.NowNanoseconds;
                other.Add($"look {now}");
                return now + step < end ? now + step : now;
            });
            Assert.Equal(waited.World.NowNanoseconds, looked.World.NowNanoseconds);
        }

        Assert.Equal(one, other);
        Assert.Contains(one, what => what.StartsWith("board", StringComparison.Ordinal));
    }

    [Fact]
    public void WhatABodyThrowsComesOutWhereTheWorldIsRun()
    {
        (TestWorld world, _) = Busy(ns => ns > 320 * Ms);
        using (world)
        {
            InvalidOperationException error = Assert.Throws<InvalidOperationException>(() => world.RunToAfterBoot(200 * Ms));
            Assert.Equal("the body came apart", error.Message);
            Assert.Equal(330 * Ms, world.World.NowNanoseconds);
        }
    }

    [Fact]
    public void ALookMayNeitherWaitNorResetABoardThatWorks()
    {
        using var world = new TestWorld(() =>
        {
            while (true)
            {
                InstructionCounter.Add(100);
            }
        });
        long first = world.Boot + 5 * Ms;
        Assert.Throws<InvalidOperationException>(() => world.World.Run(first, () =>
        {
            world.World.WaitUntil(first + Ms);
            return 0;
        }));
        InvalidOperationException error = Assert.Throws<InvalidOperationException>(() => world.World.Run(first + 5 * Ms, () =>
        {
            world.Board.Reset(first);
            return 0;
        }));
        Assert.Contains("stands still", error.Message);

        // And goes on afterwards.
        world.World.WaitUntil(first + 20 * Ms);
        Assert.Equal((first + 20 * Ms, 1), (world.World.NowNanoseconds, world.Board.Boots));
    }
}
