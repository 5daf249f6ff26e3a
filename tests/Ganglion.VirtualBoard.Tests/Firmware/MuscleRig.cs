using Ganglion.Bridge.Messages;
using Ganglion.Bridge.Session;
using Ganglion.Robots.Boards;
using Ganglion.Robots.Robot;
using Ganglion.VirtualBoard.Boards;
using Ganglion.VirtualBoard.Bodies;

namespace Ganglion.VirtualBoard.Tests.Firmware;

/// <summary>Two pneumatic muscles on a board with the repository's firmware, and a session of the bridge that streams to it.</summary>
internal sealed class MuscleRig : IDisposable
{
    private const long Ms = 1_000_000;

    private readonly BoardGroup _group;
    private SetpointStream? _stream;

    /// <param name="loops">Whether the board closes pressure loops, without whose ADS1115 it goes safe; else it only passes on
    /// what the converter says, as long as it does.</param>
    /// <param name="valves">How the valves are; null: as described.</param>
    /// <param name="eeprom">What stands in the EEPROM of the valves' converter, see Chips.Mcp4728.Program.</param>
    public MuscleRig(bool loops = true, ValveModel? valves = null, ushort eeprom = 0x8000)
    {
        RobotDescription description = RobotFile.Load(Hardware.Robot("muscle-pair"));
        BoardDescription board = description.Boards[0];
        if (!loops)
        {
            board = board with { Chips = [.. board.Chips.Select(chip => chip is Ads1115 ? chip with { Required = false } : chip)] };
            description = description with
            {
                Boards = [board],
                Channels = [.. description.Channels.Select(channel => (PressureChannel)channel with { Sensor = null })],
            };
        }

        Robot = new VirtualRobot(description, FirmwareImage.Embedded, valves: valves);
        Robot.Boards[0].Board.Chips.OfType<VirtualBoard.Chips.Mcp4728>().Single().Program(eeprom);
        Session = new BoardSession(board.Id, () => Robot.Connect(0), Robot.World, new Random(1));
        _group = new BoardGroup(Robot.World, Session);
        Session.Await(Session.Connect());
        Session.Await(Session.Configure(RobotConfiguration.Of(description, 0)));
    }

    public VirtualRobot Robot { get; }

    public BoardSession Session { get; }

    /// <summary>State, reason and detail in the last telemetry.</summary>
    public (byte State, byte Reason, int Detail) Last => (Session.Telemetry.State, Session.Telemetry.Reason, Session.Telemetry.Detail);

    /// <summary>True pressure of a muscle now, kPa.</summary>
    public double Kpa(int muscle) => Robot.Boards[0].Pressures[muscle].KpaAt(Robot.World.NowNanoseconds);

    /// <summary>What telemetry says of it: 0.2 V at 0 kPa and 1.8 V at 500 kPa.</summary>
    public double MeasuredKpa(int muscle) => (Session.Telemetry.Analog[muscle] - 0.2) / 1.6 * 500;

    public void Arm() => Session.Await(Session.Arm());

    /// <summary>Streams constant values at 50 Hz.</summary>
    public void Stream(double flexor, double extensor, long ms)
    {
        if (_stream == null)
        {
            _stream = new SetpointStream(_group);
            _stream.Start();
        }

        _stream.Set(0, 0, flexor);
        _stream.Set(0, 1, extensor);
        for (long i = 0; i < ms; i += 20)
        {
            _stream.Step();
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
