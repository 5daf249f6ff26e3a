using System.Collections.Immutable;
using Ganglion.Basics.Space;
using Ganglion.Bridge.Messages;
using Ganglion.Bridge.Session;
using Ganglion.Robots.Boards;
using Ganglion.Robots.Robot;
using Ganglion.Robots.Scenes;
using Ganglion.Robots.Trunk;
using Ganglion.VirtualBoard.Boards;
using Ganglion.VirtualBoard.Bodies;

namespace Ganglion.VirtualBoard.Tests.Firmware;

/// <summary>The arm with a distance sensor at its last module, which stops it at 150 mm, upright under a ceiling, and a session of the
/// bridge that stretches or shortens it.</summary>
internal sealed class DistanceRig : IDisposable
{
    private const long Ms = 1_000_000;

    private readonly BoardGroup _group;
    private readonly BoardConfiguration _configuration;
    private SetpointStream? _stream;

    /// <param name="metres">From the sensor to the ceiling while the arm is parked.</param>
    /// <param name="required">Whether the board goes safe without the sensor.</param>
    public DistanceRig(double metres, bool required = true)
    {
        RobotDescription description = RobotFile.Load(Hardware.Robot("trunk10-4g-eye"));
        ImmutableArray<ChipDescription> chips = description.Boards[0].Chips;
        Vl53l0x sensor = chips.OfType<Vl53l0x>().Single();
        BoardDescription board = description.Boards[0] with
        {
            Chips = chips.Replace(sensor, sensor with { Required = required, Stop = 0.15 }),
        };
        description = description with { Boards = [board] };
        var arm = TrunkArm.FromDescription(description);
        var modules = new Pose[arm.Joints];
        double[] parked = new double[arm.StrokeCount];
        Array.Fill(parked, 0.5);
        arm.ForwardFromStrokes(parked, modules);
        double height = modules[sensor.Module].Position.Z + sensor.At.Z + metres;
        var ceiling = new BoxObstacle("ceiling", new Vec3(0, 0, height + 0.05), new Vec3(2, 2, 0.1), 0);
        Robot = new VirtualRobot(description, FirmwareImage.Embedded, scene: new SceneDescription("room", 5e-3, 0, [ceiling]));
        Session = new BoardSession(board.Id, () => Robot.Connect(0), Robot.World, new Random(1));
        _group = new BoardGroup(Robot.World, Session);
        Session.Await(Session.Connect());
        _configuration = RobotConfiguration.Of(description, 0);
        Session.Await(Session.Configure(_configuration));
    }

    public VirtualRobot Robot { get; }

    public BoardSession Session { get; }

    /// <summary>State, reason and detail in the last telemetry.</summary>
    public (byte State, byte Reason, int Detail) Last => (Session.Telemetry.State, Session.Telemetry.Reason, Session.Telemetry.Detail);

    /// <summary>What telemetry says, mm.</summary>
    public int Measured => Session.Telemetry.DistanceMm[0];

    public VirtualBoard.Chips.Vl53l0x Chip => Robot.Boards[0].Board.Chips.OfType<VirtualBoard.Chips.Vl53l0x>().Single();

    public void Arm() => Session.Await(Session.Arm());

    /// <summary>Moves all gears evenly from one stroke to another; 0.1 is 21 mm of the arm's length. Ends early where the board is not
    /// armed any more.</summary>
    public void Stretch(double from, double to, long ms, Action? each = null)
    {
        if (_stream == null)
        {
            _stream = new SetpointStream(_group);
            _stream.Start();
        }

        for (long i = 20; i <= ms && Session.IsArmed; i += 20)
        {
            for (int channel = 0; channel < _configuration.Channels.Length; channel++)
            {
                _stream.Set(0, channel, from + (to - from) * i / ms);
            }

            _stream.Step();
            each?.Invoke();
        }
    }

    /// <summary>Lets time pass; the session goes on asking for signs of life.</summary>
    public void Run(long ms) => _group.PollUntil(Robot.World.NowNanoseconds + ms * Ms);

    public void Dispose()
    {
        _group.Dispose();
        Robot.Dispose();
    }
}
