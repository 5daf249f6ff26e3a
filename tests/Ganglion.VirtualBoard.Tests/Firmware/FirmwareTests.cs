using Ganglion.Robots;
using Ganglion.Shared.Link;
using Ganglion.Shared.Safety;
using Ganglion.VirtualBoard.Bodies;
using Ganglion.VirtualBoard.Boards;
using Ganglion.VirtualBoard.Time;

namespace Ganglion.VirtualBoard.Tests.Firmware;

/// <summary>The repository's firmware on virtual boards.</summary>
public class FirmwareTests
{
    private const long Ms = 1_000_000;

    private static RobotDescription Robot(string name)
    {
        string folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Ganglion.slnx")))
            folder = Path.GetDirectoryName(folder)!;

        return RobotFile.Load(Path.Combine(folder, "hardware", "robots", name + ".yaml"));
    }

    /// <summary>A ten-joint arm, configured and armed, with its stream.</summary>
    private sealed class Rig : IDisposable
    {
        private readonly byte[] _config;
        private long _offset;

        public Rig(int seed = 1)
        {
            Robot = new VirtualRobot(FirmwareTests.Robot("trunk10-4g"), FirmwareImage.Embedded, seed);
            _config = ConfigBytes.Of(Robot.Description, 0);
            Link = Robot.Connect(0);
            Host = new TestHost(Robot.World, Link);
            Robot.World.WaitUntil(450 * Ms);
        }

        public VirtualRobot Robot { get; }

        public VirtualLink Link { get; }

        public TestHost Host { get; }

        public Esp32Board Board => Robot.Boards[0].Board;

        public void Arm()
        {
            Host.Open(17);
            _offset = Host.MeasureOffset();
            Host.Configure(_config);
            Host.Arm(_config);
        }

        /// <summary>Streams a swing of all gears at 50 Hz, 40 ms ahead.</summary>
        public void Stream(int frames, Action<int>? each = null)
        {
            double[] values = new double[40];
            long start = Robot.World.NowNanoseconds;
            for (int frame = 0; frame < frames; frame++)
            {
                for (int i = 0; i < values.Length; i++)
                    values[i] = 0.5 + 0.2 * Math.Sin(0.05 * frame + 0.3 * i) * Math.Min(1, frame / 50.0);

                Host.Setpoint(Robot.World.NowNanoseconds / 1000 + _offset + 40_000, values);
                Robot.World.WaitUntil(start + (frame + 1) * 20 * Ms);
                Host.Poll();
                each?.Invoke(frame);
            }
        }

        public void Dispose() => Robot.Dispose();
    }

    [Fact]
    public void TheBoardFollowsAStreamOfFortyChannels()
    {
        using var rig = new Rig();
        rig.Arm();
        var errors = new List<double>();
        rig.Stream(300, frame =>
        {
            // The setpoint of 60 ms ago was due 20 ms ago and has reached the servos within a tick.
            for (int i = 0; frame > 20 && i < 40; i++)
            {
                double due = 0.5 + 0.2 * Math.Sin(0.05 * (frame - 2) + 0.3 * i) * Math.Min(1, (frame - 2) / 50.0);
                errors.Add(Math.Abs(rig.Robot.Trunk!.Strokes[i] - due));
            }
        });

        Assert.Empty(rig.Host.Refusals);
        Assert.Equal(BoardState.Running, rig.Host.Telemetry[^1][0]);
        Assert.True(errors.Max() < 0.02, $"largest error {errors.Max()} of the travel");
        Assert.Equal(1, rig.Board.Boots);
        Assert.Equal(0, rig.Board.LostSerialBytes);
    }
}
