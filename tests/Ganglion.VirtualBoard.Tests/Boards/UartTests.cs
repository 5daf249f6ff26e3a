using System.IO.Ports;
using System.Text;
using Ganglion.Nano;
using Ganglion.VirtualBoard.Boards;
using Ganglion.VirtualBoard.Time;
using nanoFramework.Hardware.Esp32;

namespace Ganglion.VirtualBoard.Tests.Boards;

public class UartTests
{
    private const int Baud = 921600;
    private const long ByteNs = 10851;

    // Longest time from an event to its time stamp in a loop that looks and reads the clock.
    private const long PollNs = 60_000;

    private static SerialPort OpenLink(int bufferSize = 256)
    {
        Configuration.SetPinFunction(17, DeviceFunction.COM2_TX);
        Configuration.SetPinFunction(16, DeviceFunction.COM2_RX);
        var port = new SerialPort("COM2", Baud, Parity.None, 8, StopBits.One) { ReadBufferSize = bufferSize };
        port.Open();
        return port;
    }

    [Fact]
    public void BytesArriveAfterTheirWireTimeAndTheIdleTimeOfTheFifo()
    {
        var seen = new List<(int Count, ulong At)>();
        using var world = new TestWorld(() =>
        {
            SerialPort port = OpenLink();
            int last = 0;
            while (true)
            {
                int count = port.BytesToRead;
                if (count != last)
                {
                    seen.Add((count, HighResTimer.GetCurrent()));
                }

                last = count;
            }
        });
        var link = new VirtualLink(world.World, world.Board, Baud);
        world.RunToAfterBoot(5 * TestWorld.Millisecond);
        long sent = world.World.NowNanoseconds;
        link.Write(new byte[150]);
        world.RunToAfterBoot(20 * TestWorld.Millisecond);

        // 120 bytes fill the FIFO to its threshold; the other 30 follow once the line has been idle for ten bytes.
        Assert.Equal([120, 150], seen.Select(entry => entry.Count));
        Assert.InRange((long)seen[0].At * 1000 - sent, 120 * ByteNs, 120 * ByteNs + PollNs);
        Assert.InRange((long)seen[1].At * 1000 - sent, 160 * ByteNs, 160 * ByteNs + PollNs);
    }

    [Fact]
    public void AWriteWithinTheFifoReturnsAtOnceAndItsBytesAreSeenOneByOne()
    {
        ulong before = 0, after = 0;
        using var world = new TestWorld(() =>
        {
            SerialPort port = OpenLink();
            before = HighResTimer.GetCurrent();
            port.Write(new byte[128], 0, 128);
            after = HighResTimer.GetCurrent();
        });
        var link = new VirtualLink(world.World, world.Board, Baud);
        world.RunToAfterBoot(500 * TestWorld.Microsecond);
        Assert.Equal(22UL + 5 + 22, after - before); // call and driver of the write, call of the clock
        long start = (long)before * 1000 + 27_000;
        byte[] buffer = new byte[256];
        Assert.Equal((world.World.NowNanoseconds - start) / ByteNs, link.Read(buffer));

        world.World.WaitUntil(start + 128 * ByteNs - 1);
        int early = link.Read(buffer);
        world.World.WaitUntil(start + 128 * ByteNs);
        Assert.Equal(1, link.Read(buffer));
        Assert.True(early is > 0 and < 128);
    }

    [Fact]
    public void AWriteBeyondTheFifoWakesOnTheTickAfterTheRestHasEnteredIt()
    {
        ulong before = 0, after = 0;
        using var world = new TestWorld(() =>
        {
            SerialPort port = OpenLink();
            NanoThread.Sleep(10);
            before = HighResTimer.GetCurrent();
            port.Write(new byte[1200], 0, 1200); // 1072 bytes have to leave first: 11.6 ms
            after = HighResTimer.GetCurrent();
        });
        world.RunToAfterBoot(100 * TestWorld.Millisecond);
        Assert.Equal(20_000UL, after - before);
    }

    [Fact]
    public void WhatDoesNotFitTheBufferIsLostWithoutAWord()
    {
        byte[] kept = [];
        using var world = new TestWorld(() =>
        {
            SerialPort port = OpenLink(bufferSize: 200);
            NanoThread.Sleep(50);
            kept = new byte[port.BytesToRead];
            port.Read(kept, 0, kept.Length);
            NanoThread.Sleep(-1);
        });
        var link = new VirtualLink(world.World, world.Board, Baud);
        world.RunToAfterBoot(TestWorld.Millisecond);
        link.Write(Enumerable.Range(0, 250).Select(i => (byte)i).ToArray());
        world.RunToAfterBoot(100 * TestWorld.Millisecond);

        Assert.Equal(Enumerable.Range(0, 200).Select(i => (byte)i), kept);
        Assert.Equal(50, world.Board.LostSerialBytes);
    }

    [Fact]
    public void ReadBlocksUntilAllBytesAreThere()
    {
        ulong read = 0;
        using var world = new TestWorld(() =>
        {
            SerialPort port = OpenLink();
            port.Read(new byte[4], 0, 4);
            read = HighResTimer.GetCurrent();
        });
        var link = new VirtualLink(world.World, world.Board, Baud);
        world.RunToAfterBoot(25 * TestWorld.Millisecond);
        link.Write(new byte[4]);
        world.RunToAfterBoot(100 * TestWorld.Millisecond);

        Assert.InRange((long)read, 303_700 + 25_000, 303_700 + 36_000);
        Assert.Equal(Esp32State.Halted, world.Board.State);
    }

    [Fact]
    public void AnotherSpeedIsGarbage()
    {
        byte[] heard = [];
        using var world = new TestWorld(() =>
        {
            SerialPort port = OpenLink();
            NanoThread.Sleep(50);
            heard = new byte[port.BytesToRead];
            port.Read(heard, 0, heard.Length);
        });
        var link = new VirtualLink(world.World, world.Board, 115200);
        world.RunToAfterBoot(TestWorld.Millisecond);
        link.Write(new byte[64]);
        world.RunToAfterBoot(100 * TestWorld.Millisecond);
        Assert.Equal(64, heard.Length);
        Assert.True(heard.Count(value => value != 0) > 48);
    }

    [Fact]
    public void BootRomTextIsReadableAtItsOwnSpeedOnly()
    {
        string Listen(int port, int baud)
        {
            using var world = new TestWorld(() => NanoThread.Sleep(-1), new BoardSetup
            {
                Name = "s3",
                LinkPort = port,
                DebuggerOnCom1 = false
            });
            var link = new VirtualLink(world.World, world.Board, baud);
            world.RunToAfterBoot(0);
            byte[] buffer = new byte[1024];
            return Encoding.Latin1.GetString(buffer, 0, link.Read(buffer));
        }

        Assert.Contains("boot:0x13", Listen(1, 115200));
        Assert.DoesNotContain("boot:0x13", Listen(1, Baud));
        Assert.NotEmpty(Listen(1, Baud));
        Assert.Empty(Listen(2, 115200));
    }

    [Fact]
    public void PortsThatNanoFrameworkRefusesAreRefused()
    {
        var errors = new List<Exception>();
        using var world = new TestWorld(() =>
        {
            errors.Add(Record.Exception(() => new SerialPort("COM1", Baud).Open()));
            errors.Add(Record.Exception(() => new SerialPort("COM3", Baud).Open()));
            OpenLink();
            errors.Add(Record.Exception(() => OpenLink()));
        });
        world.RunToAfterBoot(10 * TestWorld.Millisecond);
        Assert.All(errors, error => Assert.IsType<ArgumentException>(error));
        Assert.Equal(3, errors.Count);
    }

    [Fact]
    public void WaitReadableRunsTheWorldUntilAByteIsThere()
    {
        using var world = new TestWorld(() =>
        {
            SerialPort port = OpenLink();
            NanoThread.Sleep(100);
            port.Write(new byte[] { 42 }, 0, 1);
            NanoThread.Sleep(-1);
        });
        var link = new VirtualLink(world.World, world.Board, Baud);
        world.RunToAfterBoot(0);
        Assert.False(link.WaitReadable(TimeSpan.FromMilliseconds(20)));
        Assert.Equal(world.Boot + 20 * TestWorld.Millisecond, world.World.NowNanoseconds);
        Assert.True(link.WaitReadable(TimeSpan.FromSeconds(5)));
        Assert.InRange(world.World.NowNanoseconds - world.Boot, 90 * TestWorld.Millisecond, 112 * TestWorld.Millisecond);
        byte[] one = new byte[8];
        Assert.Equal(1, link.Read(one));
        Assert.Equal(42, one[0]);
    }
}
