extern alias nano;

using Ganglion.Bridge.Timing;
using Ganglion.HostBoard.Tests.Bus;
using Ganglion.Robots.Boards;
using Ganglion.Robots.Robot;
using Ganglion.VirtualBoard.Boards;
using Ganglion.VirtualBoard.Chips;
using Ganglion.VirtualBoard.Faults;
using Ganglion.VirtualBoard.Tests.Firmware;
using Ganglion.VirtualBoard.Time;
using Mpu6050 = Ganglion.Robots.Boards.Mpu6050;
using Pca9685 = Ganglion.Robots.Boards.Pca9685;
using VirtualBus = Ganglion.VirtualBoard.Boards.I2cBus;

namespace Ganglion.HostBoard.Tests.Boards;

/// <summary>A board with the chips of a ten-joint arm and an inertial sensor, in virtual time, and a host at its link: either the firmware
/// here, or on a virtual ESP32.</summary>
internal sealed class BoardRig : IDisposable
{
    private const long Ms = 1_000_000;

    private readonly RobotDescription _robot = WithImu(RobotFile.Load(Hardware.Robot("trunk10-4g")));
    private readonly IDisposable _board;
    private readonly IClock _clock;
    private long _offset;

    /// <param name="here">The firmware runs on this computer; else on a virtual ESP32.</param>
    /// <param name="outputEnable">The line to /OE of a board that runs here.</param>
    public BoardRig(bool here, OutputEnableLine? outputEnable = null)
    {
        Config = ConfigBytes.Of(_robot, 0);
        if (here)
        {
            var clock = new GrantedClock();
            var cable = new Cable(clock.Host);
            Wires = new VirtualBus(1);
            Wires.SetSpeed(nano::System.Device.I2c.I2cBusSpeed.FastMode); // as a system would, and the ESP32 does itself
            Bus = new SimulatedBus(Wires, clock);
            Attach(Wires);
            Hosted = new HostedBoard([Bus], outputEnable, cable.BoardEnd, clock);
            Hosted.Start();
            (_board, _clock, Clock, Host) = (Hosted, clock.Host, clock, new TestHost(clock.Host, cable.HostEnd));
        }
        else
        {
            var world = new VirtualWorld();
            Esp32Board board = world.AddBoard(new BoardSetup { Name = "base" }, FirmwareImage.Embedded);
            Wires = board.Bus(1);
            Attach(Wires);
            (_board, _clock, Host) = (world, world, new TestHost(world, new VirtualLink(world, board, 921600)));
        }

        _clock.WaitUntil(500 * Ms);
    }

    /// <summary>Everything that was said on the bus.</summary>
    public List<string> Log { get; } = [];

    public byte[] Config { get; }

    private int SensorReads => Log.Count(line => line == "68 > 14");

    public TestHost Host { get; }

    public VirtualBus Wires { get; }

    /// <summary>Only of a board that runs here.</summary>
    public HostedBoard? Hosted { get; }

    public SimulatedBus? Bus { get; }

    public GrantedClock? Clock { get; }

    public IReadOnlyList<VirtualBoard.Chips.Pca9685> Pwms { get; private set; } = [];

    public void Arm()
    {
        Host.Open(17);
        _offset = Host.MeasureOffset();
        Host.Configure(Config);
        int before = SensorReads;
        Host.Arm(Config);

        // To the middle between the third and the fourth tick of an armed board, wherever its ticks lie.
        while (SensorReads < before + 3)
        {
            Wait(1);
        }

        Wait(12);
    }

    /// <summary>Streams a swing of all gears, a frame a tick, each already due when it comes: what goes out depends on the order of frames
    /// and ticks and on the slew bound alone, not on the microsecond in which a tick begins.</summary>
    public void Stream(int frames)
    {
        double[] values = new double[40];
        long start = _clock.NowNanoseconds;
        for (int frame = 0; frame < frames; frame++)
        {
            for (int i = 0; i < values.Length; i++)
            {
                values[i] = 0.5 + 0.3 * Math.Sin(0.08 * frame + 0.3 * i);
            }

            Host.Setpoint(_clock.NowNanoseconds / 1000 + _offset - 30_000, values);
            _clock.WaitUntil(start + (frame + 1) * 20 * Ms);
            Host.Poll();
        }
    }

    /// <summary>Lets time pass without a word.</summary>
    public void Wait(long ms)
    {
        _clock.WaitUntil(_clock.NowNanoseconds + ms * Ms);
        Host.Poll();
    }

    /// <summary>A chip acknowledges nothing from now on.</summary>
    public void Deafen(int address) => Wires.AddNack(Wires.Chips.Single(chip => chip.Address == address),
        new FaultWindow(0, long.MaxValue));

    /// <summary>Ends the board well.</summary>
    public string? Stop()
    {
        Clock!.Release();
        return Hosted!.Stop(TimeSpan.FromSeconds(30));
    }

    public void Dispose()
    {
        Clock?.Release();
        _board.Dispose();
    }

    private static RobotDescription WithImu(RobotDescription robot)
    {
        BoardDescription board = robot.Boards[0];
        return robot with { Boards = robot.Boards.SetItem(0, board with { Chips = board.Chips.Add(new Mpu6050("imu0", 1, 0x68)) }) };
    }

    private void Attach(VirtualBus bus)
    {
        var pwms = new List<VirtualBoard.Chips.Pca9685>();
        foreach (ChipDescription chip in _robot.Boards[0].Chips)
        {
            I2cChip made = chip is Pca9685 pwm ? new VirtualBoard.Chips.Pca9685(pwm.Id, pwm.Address, pwm.Oscillator)
                : new VirtualBoard.Chips.Mpu6050(chip.Id, chip.Address, new Still());
            pwms.AddRange(new[] { made }.OfType<VirtualBoard.Chips.Pca9685>());
            bus.Attach(new RecordingChip(made, Log));
        }

        Pwms = pwms;
    }

    private sealed class Still : IImuMotion
    {
        public void MotionAt(long ns, Span<double> specificForce, Span<double> angularRate)
        {
            specificForce.Clear();
            specificForce[2] = 9.80665;
            angularRate.Clear();
        }
    }
}
