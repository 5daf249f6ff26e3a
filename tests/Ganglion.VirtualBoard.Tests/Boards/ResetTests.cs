using System.Device.Gpio;
using Ganglion.Nano;
using Ganglion.VirtualBoard.Boards;
using nanoFramework.Hardware.Esp32;
using nanoFramework.Runtime.Native;

namespace Ganglion.VirtualBoard.Tests.Boards;

public class ResetTests
{
    [Fact]
    public void RebootStartsMainAnewAfterTheBootTime()
    {
        var starts = new List<ulong>();
        using var world = new TestWorld(() =>
        {
            starts.Add(HighResTimer.GetCurrent());
            InstructionCounter.Add(1000);
            if (starts.Count < 3)
            {
                Power.RebootDevice();
            }
        });
        world.World.WaitUntil(3 * world.Boot + 10 * TestWorld.Millisecond);

        Assert.Equal([303_722UL, 303_722UL, 303_722UL], starts); // the clock starts anew with each boot
        Assert.Equal(3, world.Board.Boots);
        Assert.Equal(Esp32State.Halted, world.Board.State);
    }

    [Fact]
    public void ACatchAllCannotKeepAResetBoardAlive()
    {
        int runs = 0, handled = 0;
        using var world = new TestWorld(() =>
        {
            runs++;
            try
            {
                while (true)
                {
                    NanoThread.Sleep(10);
                }
            }
            catch (Exception)
            {
                handled++;
                Power.RebootDevice(); // throws again: the board is already dead
            }
        });
        world.RunToAfterBoot(50 * TestWorld.Millisecond);
        world.Board.Reset(world.World.NowNanoseconds);
        Assert.Equal(Esp32State.Booting, world.Board.State);
        world.World.WaitUntil(world.World.NowNanoseconds + world.Boot + 50 * TestWorld.Millisecond);

        Assert.Equal((2, 1), (runs, handled));
        Assert.Equal(Esp32State.Running, world.Board.State);
        Assert.Equal(2, world.Board.Boots);
    }

    [Fact]
    public void FirmwareThatSwallowsEveryStopIsAbandoned()
    {
        int runs = 0;
        using var world = new TestWorld(() =>
        {
            runs++;
            while (true)
            {
                try
                {
                    NanoThread.Sleep(10);
                }
                catch (Exception)
                {
                    InstructionCounter.Add(0);
                }
            }
        });
        world.RunToAfterBoot(50 * TestWorld.Millisecond);
        world.Board.Reset(world.World.NowNanoseconds);
        world.World.WaitUntil(world.World.NowNanoseconds + world.Boot + 50 * TestWorld.Millisecond);

        Assert.Equal(2, runs);
        Assert.Equal(Esp32State.Running, world.Board.State);
    }

    [Fact]
    public void AnExceptionThatLeavesMainHangsTheBoardAndKeepsItsPins()
    {
        using var world = new TestWorld(() =>
        {
            new GpioController().OpenPin(4, PinMode.Output);
            throw new InvalidOperationException("firmware bug");
        });
        bool level = true;
        world.Board.Pins.Wire(4, pullUp: true, (high, _) => level = high);
        world.RunToAfterBoot(1000 * TestWorld.Millisecond);

        Assert.Equal(Esp32State.Halted, world.Board.State);
        Assert.Equal("firmware bug", world.Board.Crash?.Message);
        Assert.False(level);

        world.Board.Reset(world.World.NowNanoseconds);
        Assert.True(level); // pins float on reset
        Assert.Null(world.Board.Crash);
    }

    [Fact]
    public void SwitchingBetweenPulledUpInputAndOutputGivesAnEnableLineWithoutGlitches()
    {
        var edges = new List<bool>();
        using var world = new TestWorld(() =>
        {
            GpioPin pin = new GpioController().OpenPin(4, PinMode.InputPullUp);
            NanoThread.Sleep(20);
            pin.SetPinMode(PinMode.Output); // starts low
            NanoThread.Sleep(20);
            pin.SetPinMode(PinMode.InputPullUp);
            NanoThread.Sleep(20);
            pin.SetPinMode(PinMode.Output);
            NanoThread.Sleep(1000);
        });
        world.Board.Pins.Wire(4, pullUp: true, (high, _) => edges.Add(high));
        world.RunToAfterBoot(100 * TestWorld.Millisecond);
        world.Board.Reset(world.World.NowNanoseconds);
        Assert.Equal([true, false, true, false, true], edges); // a reset floats it
    }

    [Fact]
    public void AnErrorOfTheSimulationReachesTheWorldPastTheFirmwaresCatchAll()
    {
        using var world = new TestWorld(() =>
        {
            try
            {
                new GpioController().OpenPin(4, PinMode.Output);
            }
            catch (Exception)
            {
                NanoThread.Sleep(-1);
            }
        });
        world.Board.Pins.Wire(4, pullUp: true, (high, _) =>
        {
            if (!high)
            {
                throw new InvalidOperationException("broken model");
            }
        });

        InvalidOperationException error = Assert.Throws<InvalidOperationException>(() => world.RunToAfterBoot(TestWorld.Millisecond));
        Assert.Equal("broken model", error.Message);
    }
}
