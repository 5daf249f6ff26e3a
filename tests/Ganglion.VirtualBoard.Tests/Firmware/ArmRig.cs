using Ganglion.Robots.Boards;
using Ganglion.Robots.Robot;
using Ganglion.VirtualBoard.Boards;
using Ganglion.VirtualBoard.Bodies;

namespace Ganglion.VirtualBoard.Tests.Firmware;

/// <summary>A ten-joint arm of forty servos on one board with the repository's firmware, and a host that streams to it.</summary>
internal sealed class ArmRig : IDisposable
{
    private const long Ms = 1_000_000;

    private long _offset;

    /// <param name="seed">Seed of the virtual robot.</param>
    /// <param name="imu">Whether the board has an MPU6050 at 0x68.</param>
    /// <param name="timing">What things cost on the board; null: as on an ESP32.</param>
    public ArmRig(int seed = 1, bool imu = false, BoardTiming? timing = null)
    {
        RobotDescription description = RobotFile.Load(Hardware.Robot("trunk10-4g"));
        if (imu)
        {
            BoardDescription board = description.Boards[0];
            board = board with { Chips = board.Chips.Add(new Mpu6050("imu0", 1, 0x68)) };
            description = description with { Boards = description.Boards.SetItem(0, board) };
        }

        Robot = new VirtualRobot(description, FirmwareImage.Embedded, seed, timing: timing);
        Config = ConfigBytes.Of(description, 0);
        Host = new TestHost(Robot.World, Robot.Connect(0));
        Robot.World.WaitUntil(450 * Ms);
    }

    public VirtualRobot Robot { get; }

    public byte[] Config { get; }

    public TestHost Host { get; }

    public Esp32Board Board => Robot.Boards[0].Board;

    /// <summary>How far the world goes at a time while streaming.</summary>
    public long StepNs { get; set; } = 20 * Ms;

    /// <summary>State, reason and detail in the last telemetry.</summary>
    public (byte State, byte Reason, int Detail) Last =>
        (Host.Telemetry[^1][0], Host.Telemetry[^1][1], BitConverter.ToUInt16(Host.Telemetry[^1], 2));

    /// <summary>Value of a gear in a frame of the stream.</summary>
    public static double Swing(int frame, int gear) => 0.5 + 0.2 * Math.Sin(0.05 * frame + 0.3 * gear) * Math.Min(1, frame / 50.0);

    public void Arm()
    {
        Host.Open(17);
        _offset = Host.MeasureOffset();
        Host.Configure(Config);
        Host.Arm(Config);
    }

    /// <summary>Streams a swing of all gears at 50 Hz, 40 ms ahead.</summary>
    public void Stream(int frames, Action<int>? each = null)
    {
        double[] values = new double[40];
        long start = Robot.World.NowNanoseconds;
        for (int frame = 0; frame < frames; frame++)
        {
            for (int i = 0; i < values.Length; i++)
            {
                values[i] = Swing(frame, i);
            }

            Host.Setpoint(Robot.World.NowNanoseconds / 1000 + _offset + 40_000, values);
            long end = start + (frame + 1) * 20 * Ms;
            while (Robot.World.NowNanoseconds < end)
            {
                Robot.World.WaitUntil(Math.Min(end, Robot.World.NowNanoseconds + StepNs));
            }

            Host.Poll();
            each?.Invoke(frame);
        }
    }

    /// <summary>Lets time pass without a word from the host.</summary>
    public void Run(long ms)
    {
        for (long i = 0; i < ms; i += 10)
        {
            Robot.World.WaitUntil(Robot.World.NowNanoseconds + 10 * Ms);
            Host.Poll();
        }
    }

    public void Dispose() => Robot.Dispose();
}
