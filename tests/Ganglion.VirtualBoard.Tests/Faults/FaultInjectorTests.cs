using System.Device.I2c;
using System.IO.Ports;
using Ganglion.Basics;
using Ganglion.Nano;
using Ganglion.VirtualBoard.Boards;
using Ganglion.VirtualBoard.Bodies;
using Ganglion.VirtualBoard.Chips;
using Ganglion.VirtualBoard.Faults;
using Ganglion.VirtualBoard.Time;
using nanoFramework.Hardware.Esp32;

namespace Ganglion.VirtualBoard.Tests.Faults;

public class FaultInjectorTests
{
    private const int Baud = 921600;
    private const long Ms = 1_000_000;

    /// <summary>A board with every kind of chip and body, whose firmware echoes bytes and notes its transfers.</summary>
    private sealed class Bench : IDisposable
    {
        public Bench(int boards = 1)
        {
            World = new VirtualWorld();
            for (int i = 0; i < boards; i++)
            {
                Rigs.Add(Build(i == 0 ? "base" : $"board{i}", i + 1));
            }

            Injector = new FaultInjector(World, Rigs);
            Link = new VirtualLink(World, Rigs[0].Board, Baud);
            World.WaitUntil(400 * Ms);
        }

        public VirtualWorld World { get; }

        public List<BoardRig> Rigs { get; } = [];

        public FaultInjector Injector { get; }

        public VirtualLink Link { get; }

        public Servo Servo => Rigs[0].Servos[3];

        public Mpu6050 Imu => Rigs[0].Board.Chips.OfType<Mpu6050>().Single();

        /// <summary>Status of the firmware's last transfer to each address, and when it started, ms after boot.</summary>
        public Dictionary<int, I2cTransferStatus> Status { get; } = [];

        public int Starts { get; private set; }

        public void Run(long ms) => World.WaitUntil(World.NowNanoseconds + ms * Ms);

        /// <summary>Sends bytes, waits, and returns what came back.</summary>
        public byte[] Echo(byte[] bytes, long ms = 100)
        {
            Link.Write(bytes);
            Run(ms);
            byte[] heard = new byte[4096];
            return heard[..Link.Read(heard)];
        }

        public void Dispose() => World.Dispose();

        private BoardRig Build(string name, int seed)
        {
            Esp32Board board = World.AddBoard(new BoardSetup { Name = name, Seed = seed }, FirmwareImage.FromMethod(Firmware));
            var rig = new BoardRig(board);
            var pwm = new Pca9685("pwm0", 0x40);
            var dac = new Mcp4728("dac0", 0x60);
            var adc = new Ads1115("adc0", 0x48);
            board.Bus(1).Attach(pwm);
            board.Bus(1).Attach(dac);
            board.Bus(1).Attach(adc);
            board.Bus(2).Attach(new Mpu6050("imu0", 0x68, new Swing(), seed, imperfection: 0));
            rig.Add(3, new Servo(ServoModel.Exact, 2e-3, pulse => pulse * 500 - 0.5, 0), pwm, 3);
            var chamber = new PressureChamber(new PressureModel(100, 3.3, 0.05, 0, 0.02));
            rig.Add(0, chamber, dac, 0);
            rig.Measure(chamber, adc, 2);
            return rig;
        }

        private void Firmware()
        {
            Starts++;
            Configuration.SetPinFunction(17, DeviceFunction.COM2_TX);
            Configuration.SetPinFunction(16, DeviceFunction.COM2_RX);
            var port = new SerialPort("COM2", Baud) { ReadBufferSize = 4096 };
            port.Open();
            var pwm = I2cDevice.Create(new I2cConnectionSettings(1, 0x40));
            var imu = I2cDevice.Create(new I2cConnectionSettings(2, 0x68));
            pwm.Write(new byte[] { 0x00, 0x21 });
            pwm.Write(new byte[] { 0x12, 0, 0, 0xA0, 0x0F }); // 4.96 ms at 200 Hz: the end of the travel
            byte[] buffer = new byte[100];
            while (true)
            {
                Status[0x40] = pwm.Write(new byte[] { 0 }).Status;
                Status[0x68] = imu.Write(new byte[] { 0x3B }).Status;
                int count = Math.Min(port.BytesToRead, buffer.Length);
                if (count > 0)
                {
                    port.Write(buffer, 0, port.Read(buffer, 0, count));
                }

                NanoThread.Sleep(10);
            }
        }

        private sealed class Swing : IImuMotion
        {
            public void MotionAt(long ns, Span<double> specificForce, Span<double> angularRate)
            {
                specificForce[0] = Math.Sin(ns * 1e-9) * Gravity.Standard;
                angularRate[0] = 0;
            }
        }
    }

    private static readonly byte[] Message = Enumerable.Range(0, 1000).Select(i => (byte)i).ToArray();

    [Fact]
    public void WithoutFaultsEverythingPasses()
    {
        using var bench = new Bench();
        Assert.Equal(Message, bench.Echo(Message, 300));
        Assert.Equal(I2cTransferStatus.FullTransfer, bench.Status[0x40]);
        Assert.Equal(1.0, bench.Servo.PositionAt(bench.World.NowNanoseconds));
    }

    [Fact]
    public void NackSilencesOneChipForItsTime()
    {
        using var bench = new Bench();
        bench.Injector.Inject("nack base pwm0 for 200ms");
        bench.Run(100);
        Assert.Equal(I2cTransferStatus.SlaveAddressNotAcknowledged, bench.Status[0x40]);
        Assert.Equal(I2cTransferStatus.FullTransfer, bench.Status[0x68]);
        bench.Run(150);
        Assert.Equal(I2cTransferStatus.FullTransfer, bench.Status[0x40]);
    }

    [Fact]
    public void AStuckBusStallsTheBoard()
    {
        using var bench = new Bench();
        bench.Injector.Inject("stuck-bus 2 for 500ms");
        bench.Link.Write([1]);
        bench.Run(900);
        byte[] heard = new byte[8];
        Assert.Equal(0, bench.Link.Read(heard)); // the firmware waits for the driver
        bench.Run(200);
        Assert.Equal(I2cTransferStatus.FullTransfer, bench.Status[0x68]);
        Assert.Equal(1, bench.Link.Read(heard));
    }

    [Fact]
    public void ImuFreezesAndScatters()
    {
        using var bench = new Bench();
        bench.Injector.Inject("imu freeze for 300ms");
        Assert.True(bench.Imu.FrozenWindow.Contains(bench.World.NowNanoseconds + 299 * Ms));
        Assert.False(bench.Imu.FrozenWindow.Contains(bench.World.NowNanoseconds + 300 * Ms));
        bench.Injector.Inject("imu base noise 0.5");
        Assert.Equal(0.5, bench.Imu.ExtraNoise);
        Assert.True(bench.Imu.NoiseWindow.Contains(long.MaxValue - 1));
    }

    [Fact]
    public void APressureSensorSticksWhileThePressureChanges()
    {
        using var bench = new Bench();
        PressureChamber chamber = bench.Rigs[0].Pressures[2];
        bench.Injector.Inject("pressure 2 stuck for 1s");
        chamber.VoltageChanged(3.3, bench.World.NowNanoseconds);
        long later = bench.World.NowNanoseconds + 500 * Ms;
        Assert.Equal(0, chamber.VoltsAt(later));
        Assert.Equal(100, chamber.KpaAt(later), 0.1);
        Assert.Equal(2, chamber.VoltsAt(later + 500 * Ms), 0.01);
    }

    [Fact]
    public void AServoStalls()
    {
        using var bench = new Bench();
        bench.Servo.PulseChanged(1.0e-3, bench.World.NowNanoseconds);
        bench.Injector.Inject("servo 3 stalled for 100ms");
        double start = bench.Servo.PositionAt(bench.World.NowNanoseconds);
        Assert.Equal(start, bench.Servo.PositionAt(bench.World.NowNanoseconds + 100 * Ms));
        Assert.NotEqual(start, bench.Servo.PositionAt(bench.World.NowNanoseconds + 200 * Ms));
    }

    [Fact]
    public void SerialBytesAreLostAtTheGivenRateTheSameWayEachTime()
    {
        byte[] Run()
        {
            using var bench = new Bench();
            bench.Injector.Inject("serial drop 10%");
            return bench.Echo(Message, 300);
        }

        byte[] heard = Run();
        Assert.InRange(heard.Length, 760, 860); // 0.9 of 0.9
        Assert.Equal(heard, Run());
    }

    [Fact]
    public void SerialBitsFlipAtTheGivenRate()
    {
        using var bench = new Bench();
        bench.Injector.Inject("serial flip 5%");
        byte[] heard = bench.Echo(Message, 300);
        Assert.Equal(Message.Length, heard.Length);
        int damaged = heard.Zip(Message).Count(pair => pair.First != pair.Second);
        Assert.InRange(damaged, 65, 130);
    }

    [Fact]
    public void SerialBytesComeLateAndInOrder()
    {
        using var bench = new Bench();
        bench.Injector.Inject("serial delay 30ms for 100ms");
        Assert.Empty(bench.Echo([1, 2, 3], 60));
        Assert.Equal([1, 2, 3], bench.Echo([], 40));
        bench.Run(100);
        Assert.Equal([4], bench.Echo([4], 25));
    }

    [Fact]
    public void TheBoardIsResetAndKeepsItsChipsWhileAPowerCycleDoesNot()
    {
        using var bench = new Bench();
        var pwm = (Pca9685)bench.Rigs[0].Board.Bus(1).Chips[0];
        bench.Injector.Inject("board reset");
        Assert.NotEqual(0, pwm.PulseSeconds(3));
        Assert.Equal(Esp32State.Booting, bench.Rigs[0].Board.State);
        bench.Run(400);
        Assert.Equal(2, bench.Starts);
        bench.Injector.Inject("board power-cycle");
        Assert.Equal(0, pwm.PulseSeconds(3));
        bench.Run(400);
        Assert.Equal(3, bench.Starts);
    }

    [Fact]
    public void WithTheHostGoneNothingPassesEitherWay()
    {
        using var bench = new Bench();
        bench.Injector.Inject("host gone for 200ms");
        Assert.Empty(bench.Echo([1, 2, 3], 250));
        Assert.Equal([9], bench.Echo([9], 50));
    }

    [Fact]
    public void WithSeveralBoardsTheBoardMustBeNamed()
    {
        using var bench = new Bench(boards: 2);
        ArgumentException error = Assert.Throws<ArgumentException>(() => bench.Injector.Inject("board reset"));
        Assert.Contains("base, board1", error.Message);
        bench.Injector.Inject("board board1 reset");
        Assert.Equal([Esp32State.Running, Esp32State.Booting], bench.Rigs.Select(rig => rig.Board.State));
        bench.Injector.Inject("host gone"); // every board has lost its host
        Assert.All(bench.Rigs, rig => Assert.True(rig.Board.Wire.FaultsToHost.GoneWindow.Contains(bench.World.NowNanoseconds)));
    }

    [Theory]
    [InlineData("nack pwm9", "pwm0, dac0, adc0, imu0")]
    [InlineData("servo 4 stalled", "There are: 3")]
    [InlineData("pressure 1 stuck", "There are: 2")]
    [InlineData("board nowhere reset", "Boards: base")]
    public void WhatIsNotThereIsSaidWithWhatIs(string command, string message)
    {
        using var bench = new Bench();
        Assert.Contains(message, Assert.Throws<ArgumentException>(() => bench.Injector.Inject(command)).Message);
    }
}
