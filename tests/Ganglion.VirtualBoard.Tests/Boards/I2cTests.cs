using System.Device.I2c;
using Ganglion.Nano;
using Ganglion.VirtualBoard.Boards;
using Ganglion.VirtualBoard.Chips;
using Ganglion.VirtualBoard.Faults;
using nanoFramework.Hardware.Esp32;

namespace Ganglion.VirtualBoard.Tests.Boards;

public class I2cTests
{
    // What ESP-IDF takes for a transfer, and the interpreter for reading the clock.
    private const int CallMicroseconds = 25;
    private const int TimerMicroseconds = 22;

    /// <summary>Runs one transfer after 10 ms of firmware time and returns its status and how long it took, us.</summary>
    private static (I2cTransferStatus Status, double Microseconds) Transfer(
        Func<I2cDevice, I2cTransferResult> transfer, I2cBusSpeed speed = I2cBusSpeed.FastMode, int address = 0x40,
        Action<Esp32Board>? prepare = null)
    {
        I2cTransferStatus status = default;
        double took = 0;
        using var world = new TestWorld(() =>
        {
            var device = I2cDevice.Create(new I2cConnectionSettings(1, address, speed));
            InstructionCounter.Add(10_000);
            ulong start = HighResTimer.GetCurrent();
            I2cTransferResult result = transfer(device);
            took = HighResTimer.GetCurrent() - start - TimerMicroseconds - CallMicroseconds;
            status = result.Status;
        });
        world.Board.Bus(1).Attach(new Pca9685("pwm0", 0x40));
        world.Board.Bus(1).Attach(new Pca9685("pwm1", 0x41));
        prepare?.Invoke(world.Board);
        world.RunToAfterBoot(2000 * TestWorld.Millisecond);
        return (status, took);
    }

    // The interpreter's time for a transfer and for a span made from an array, without their call instructions, which no
    // weaver counts here.
    private const int TransferLibrary = 219;
    private const int SpanLibrary = 36;
    private const int WriteLibrary = TransferLibrary + SpanLibrary;

    [Theory]
    [InlineData(I2cBusSpeed.StandardMode, 10.0)]
    [InlineData(I2cBusSpeed.FastMode, 2.5)]
    [InlineData(I2cBusSpeed.FastModePlus, 1.0)]
    public void AWriteTakesNineBitsAByteAndStartAndStop(I2cBusSpeed speed, double bitMicroseconds)
    {
        (I2cTransferStatus status, double took) = Transfer(device => device.Write(new byte[65]), speed);
        Assert.Equal(I2cTransferStatus.FullTransfer, status);
        Assert.Equal(WriteLibrary + (2 + 9 * 66) * bitMicroseconds, took, 1.0);
    }

    [Fact]
    public void AReadAfterAWriteAddsARepeatedStartAndASecondAddress()
    {
        (I2cTransferStatus status, double took) = Transfer(device => device.WriteRead(new byte[1], new byte[14]));
        Assert.Equal(I2cTransferStatus.FullTransfer, status);
        Assert.Equal(TransferLibrary + 2 * SpanLibrary + (2 + 9 * 2 + 1 + 9 * 15) * 2.5, took, 1.0);
    }

    [Fact]
    public void NobodyAtTheAddressIsToldAfterTheAddressByte()
    {
        (I2cTransferStatus status, double took) = Transfer(device => device.Write(new byte[65]), address: 0x55);
        Assert.Equal(I2cTransferStatus.SlaveAddressNotAcknowledged, status);
        Assert.Equal(WriteLibrary + 11 * 2.5, took, 1.0);
    }

    [Fact]
    public void ADeafChipIsLikeNobodyAndOnlyWhileTheFaultLasts()
    {
        static I2cTransferStatus At(long fromMs, long untilMs) => Transfer(
            device => device.Write(new byte[2]),
            prepare: board => board.Bus(1).AddNack(
                board.Bus(1).Chips[0], new FaultWindow(fromMs * TestWorld.Millisecond, untilMs * TestWorld.Millisecond))).Status;

        Assert.Equal(I2cTransferStatus.SlaveAddressNotAcknowledged, At(300, 400));
        Assert.Equal(I2cTransferStatus.FullTransfer, At(100, 200));
    }

    [Fact]
    public void AStuckBusBlocksForTheDriversSecond()
    {
        (I2cTransferStatus status, double took) = Transfer(
            device => device.Write(new byte[2]),
            prepare: board => board.Bus(1).StuckWindow = new FaultWindow(0, 400 * TestWorld.Millisecond));
        Assert.Equal(I2cTransferStatus.ClockStretchTimeout, status);
        Assert.Equal(1_000_000 + WriteLibrary, took, 1.0);
    }

    [Fact]
    public void AllCallReachesEveryChipAndTheLastDeviceSetsTheClock()
    {
        double took = 0;
        using var world = new TestWorld(() =>
        {
            var all = I2cDevice.Create(new I2cConnectionSettings(1, 0x70, I2cBusSpeed.FastMode));
            I2cDevice.Create(new I2cConnectionSettings(1, 0x40, I2cBusSpeed.StandardMode));
            ulong start = HighResTimer.GetCurrent();
            all.Write(new byte[] { 0x00, 0x21 });
            took = HighResTimer.GetCurrent() - start - TimerMicroseconds - CallMicroseconds;
            all.Write(new byte[] { 0xFA, 0, 0, 100, 0 });
        });
        Pca9685[] chips = new[] { new Pca9685("pwm0", 0x40), new Pca9685("pwm1", 0x41) };
        foreach (Pca9685 chip in chips)
        {
            world.Board.Bus(1).Attach(chip);
        }

        world.RunToAfterBoot(100 * TestWorld.Millisecond);
        Assert.All(chips, chip => Assert.Equal(100 * 31 / 25e6, chip.PulseSeconds(5), 1e-12));
        Assert.Equal(WriteLibrary + (2 + 27) * 10.0, took, 1.0);
    }

    [Fact]
    public void BusesThatDoNotExistAreRefused()
    {
        Exception? error = null;
        using var world = new TestWorld(() => error = Record.Exception(() => I2cDevice.Create(new I2cConnectionSettings(3, 0x40))));
        world.RunToAfterBoot(TestWorld.Millisecond);
        Assert.IsType<ArgumentException>(error);
        Assert.Throws<ArgumentException>(() =>
        {
            world.Board.Bus(1).Attach(new Pca9685("a", 0x40));
            world.Board.Bus(1).Attach(new Pca9685("b", 0x40));
        });
    }
}
