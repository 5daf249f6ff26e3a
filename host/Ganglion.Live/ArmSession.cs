using Ganglion.Arm;
using Ganglion.Bridge;
using Ganglion.Robots;

namespace Ganglion.Live;

/// <summary>
/// The boards of one trunk arm as one thing: connected, configured and armed together, and told all gear strokes at once.
/// Runs on whatever clock it is given, real or virtual.
/// </summary>
public sealed class ArmSession : IDisposable
{
    private readonly TrunkArmLayout _layout;
    private SetpointStream? _stream;

    /// <param name="robot">Description of a trunk arm.</param>
    /// <param name="ports">Opens each board's port, in the order of the description.</param>
    /// <param name="clock">Host clock.</param>
    /// <param name="random">Draws session ids; given where a run must repeat.</param>
    /// <param name="observer">Is told of everything sent and received.</param>
    /// <exception cref="ArgumentException">Not a trunk arm, or not one port a board.</exception>
    public ArmSession(RobotDescription robot, IReadOnlyList<Func<ISerialLink>> ports, IClock clock, Random? random = null, IBoardObserver? observer = null)
    {
        if (ports.Count != robot.Boards.Length)
            throw new ArgumentException($"{robot.Name} has {robot.Boards.Length} boards and {ports.Count} ports were given: name one port for each, in the order of the description.", nameof(ports));
        Robot = robot;
        Arm = TrunkArm.FromDescription(robot);
        _layout = robot.TrunkArm!;
        Clock = clock;
        Boards = new BoardGroup(clock, [.. robot.Boards.Select((board, i) => new BoardSession(board.Id, ports[i], clock, random, observer))]);
    }

    public RobotDescription Robot { get; }

    /// <summary>The arm's exact model.</summary>
    public TrunkArm Arm { get; }

    public IClock Clock { get; }

    public BoardGroup Boards { get; }

    /// <summary>The running stream.</summary>
    /// <exception cref="InvalidOperationException">The arm is not armed yet.</exception>
    public SetpointStream Stream => _stream ?? throw new InvalidOperationException("Arm the boards before streaming.");

    /// <summary>Strokes at which the boards switch their outputs on, 0..1, joint-major.</summary>
    public double[] ParkStrokes() => [.. _layout.Gears.Select(gear => Robot.Channels[gear.Channel].Park)];

    /// <summary>Slew bound of each gear, travel/s.</summary>
    public double[] Slew() => [.. _layout.Gears.Select(gear => Robot.Channels[gear.Channel].Slew)];

    /// <summary>Connects all boards and gives each its configuration, if it has not got it yet.</summary>
    /// <exception cref="BoardException">A board does not answer, speaks another protocol or refuses its configuration.</exception>
    /// <exception cref="PortException">A port cannot be opened.</exception>
    public void Open()
    {
        Boards.Each(board => board.Connect());
        int index = 0;
        Boards.Each(board => board.Configure(RobotConfiguration.Of(Robot, index++)));
    }

    /// <summary>Switches the outputs on, at park, and starts the stream there.</summary>
    /// <exception cref="BoardException">A board refuses; then none is armed.</exception>
    public void ArmOutputs()
    {
        Boards.Arm();
        _stream = new SetpointStream(Boards);
        SetStrokes(ParkStrokes());
        _stream.Start();
    }

    /// <summary>Sets what the next frame tells all gears.</summary>
    /// <param name="strokes">0..1, joint-major.</param>
    public void SetStrokes(ReadOnlySpan<double> strokes)
    {
        for (int i = 0; i < strokes.Length; i++)
        {
            GearChannel gear = _layout.Gears[i];
            Stream.Set(gear.Board, gear.ChannelOnBoard, strokes[i]);
        }
    }

    public void Dispose() => Boards.Dispose();
}
