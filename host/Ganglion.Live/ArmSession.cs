using System.Globalization;
using Ganglion.Arm.Avoidance;
using Ganglion.Basics.Space;
using Ganglion.Bridge.Messages;
using Ganglion.Bridge.Serial;
using Ganglion.Bridge.Session;
using Ganglion.Bridge.Timing;
using Ganglion.Live.Reaching;
using Ganglion.Robots.Robot;
using Ganglion.Robots.Trunk;

namespace Ganglion.Live;

/// <summary>
/// The boards of one trunk arm as one thing: connected, configured and armed together, and told all gear strokes at once.
/// Runs on whatever clock it is given, real or virtual.
/// </summary>
public sealed partial class ArmSession : IDisposable
{
    /// <summary>How far from park the tip may be seen, as a share of the parked arm's length: its build need not be known
    /// exactly.</summary>
    private const double ParkShare = 0.2;

    /// <summary>Time for the servos to get there from wherever they were left, ns.</summary>
    private const long ParkNs = 3_000_000_000;

    private const long BurstNs = 3_000_000;

    /// <summary>So long before a tick begins its frame is due, us: more than the clock's error wanders.</summary>
    private const long BeforeTick = 500;

    /// <summary>Setpoints are this exact in time, s: where board ticks and PWM frames fall where they will, and where frames are executed
    /// at ticks.</summary>
    private const double AnyDoubt = 10e-3, AlignedDoubt = 2e-3;

    private readonly TrunkArmLayout _layout;
    private readonly StrokeHistory _told;
    private SetpointStream? _stream;
    private CancellationToken _atOnce;

    /// <param name="robot">Description of a trunk arm.</param>
    /// <param name="ports">Opens each board's port, in the order of the description.</param>
    /// <param name="clock">Host clock.</param>
    /// <param name="random">Draws session ids; given where a run must repeat.</param>
    /// <param name="observer">Is told of everything sent and received.</param>
    /// <exception cref="ArgumentException">Not a trunk arm, or not one port a board.</exception>
    public ArmSession(RobotDescription robot, IReadOnlyList<Func<ISerialLink>> ports, IClock clock, Random? random = null,
        IBoardObserver? observer = null)
    {
        if (ports.Count != robot.Boards.Length)
        {
            throw new ArgumentException($"{robot.Name} has {robot.Boards.Length} boards and {ports.Count} ports were given: name one " +
                $"port for each, in the order of the description.", nameof(ports));
        }

        Robot = robot;
        Arm = TrunkArm.FromDescription(robot);
        _layout = robot.TrunkArm!;
        _told = new StrokeHistory(_layout.Gears.Length);
        Gripper = Gripper.Of(robot);
        Clock = clock;
        ServoDelay = BurstNs + (long)(0.5e9 * (robot.Boards.Max(board => board.Tick) + 1 / ReachRun.PwmFrequency(robot)));
        Boards = new BoardGroup(clock,
            [.. robot.Boards.Select((board, i) => new BoardSession(board.Id, ports[i], clock, random, observer))]);
    }

    public RobotDescription Robot { get; }

    /// <summary>The arm's exact model.</summary>
    public TrunkArm Arm { get; }

    /// <summary>What its tip takes hold with: told with every frame as it goes to where it was asked to; null: nothing.</summary>
    public Gripper? Gripper { get; }

    public IClock Clock { get; }

    public BoardGroup Boards { get; }

    /// <summary>What the arm keeps clear of; null: nothing.</summary>
    public KeptClearance? Kept { get; private set; }

    /// <summary>The running stream.</summary>
    /// <exception cref="InvalidOperationException">The arm is not armed yet.</exception>
    public SetpointStream Stream => _stream ?? throw NotArmed();

    /// <summary>How exactly it is known when the servos get a setpoint, s, standard deviation.</summary>
    internal double TimingDoubt { get; private set; } = AnyDoubt;

    /// <summary>Strokes at which the boards switch their outputs on, 0..1, joint-major.</summary>
    public double[] ParkStrokes() => [.. _layout.Gears.Select(gear => Robot.Channels[gear.Channel].Park)];

    /// <summary>Slew bound of each gear, travel/s.</summary>
    public double[] Slew() => [.. _layout.Gears.Select(gear => Robot.Channels[gear.Channel].Slew)];

    /// <summary>Boards that told no name when they were connected, by their ids: they are whatever the order of the ports makes them.
    /// Empty where there is one board only.</summary>
    public IReadOnlyList<BoardSession> Nameless { get; private set; } = [];

    /// <summary>Connects all boards and gives each its configuration, if it has not got it yet.</summary>
    /// <exception cref="BoardException">A board does not answer, speaks another protocol, is another one than its place in the order of the
    /// ports says, or refuses its configuration.</exception>
    /// <exception cref="PortException">A port cannot be opened.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public void Open(CancellationToken cancellation = default)
    {
        Boards.Each(board => board.Connect(), cancellation);
        BoardConfiguration[] configurations = [.. Boards.Boards.Select((_, i) => RobotConfiguration.Of(Robot, i))];
        ThrowIfMistaken(configurations);
        Nameless = Boards.Boards.Count == 1 ? [] : [.. Boards.Boards.Where(board => board.Identity!.Name.Length == 0)];
        int index = 0;
        Boards.Each(board => board.Configure(configurations[index++]), cancellation);
    }

    /// <summary>Of boards in another order than the ports, all are told: one alone leaves open where the others are.</summary>
    private void ThrowIfMistaken(BoardConfiguration[] configurations)
    {
        BoardException[] mistaken = [.. Boards.Boards.Select((board, i) => board.Mistaken(configurations[i])).OfType<BoardException>()];
        if (mistaken.Length > 1)
        {
            string who = string.Join(", ", Boards.Boards.Where((board, i) => board.Mistaken(configurations[i]) != null)
                .Select(board => $"{board.PortName} is '{board.Identity!.Name}'"));
            throw new BoardException(mistaken[0], $"the ports are in another order than the boards: {who}");
        }

        if (mistaken.Length == 1)
        {
            throw mistaken[0];
        }
    }

    /// <summary>Switches the outputs on, at park, starts the stream there, and waits until the tip is seen where a parked arm has it; where
    /// the body is to be kept clear, until it stands there, which tells how it is built.</summary>
    /// <param name="poses">Measures the tip; null: nothing does.</param>
    /// <param name="stop">Asked once a period whether somebody stops it; null: nobody does.</param>
    /// <exception cref="BoardException">A board refuses; then none is armed.</exception>
    /// <exception cref="PoseSourceException">The tip is seen elsewhere, or no longer; the arm is disarmed again.</exception>
    /// <exception cref="OperationCanceledException">Ended at once, or stopped: the boards are still armed.</exception>
    public void ArmOutputs(IPoseSource? poses, Func<bool>? stop = null)
    {
        Boards.Arm(_atOnce);
        var stream = new SetpointStream(Boards);
        stream.Start(_atOnce);
        _stream = stream;
        Gripper?.AtPark();
        SetStrokes(ParkStrokes());
        if (poses == null)
        {
            return;
        }

        try
        {
            AwaitPark(poses, stop);
            if (Kept?.Body != null)
            {
                AwaitRest(poses, stop);
            }
        }
        catch (PoseSourceException failure)
        {
            if (Boards.Release(_ => true) is { } still)
            {
                throw still.After(failure);
            }

            throw;
        }
    }

    /// <summary>
    /// Lets frames be executed where the first board's ticks begin. A board that looks between two frames sends counts between those that
    /// were rounded together, each rounded alone, and of a gear that goes a count a frame some are early and some late: where a tick fell
    /// half way, `track lemniscate` was 0.36 mm off in the median with the exact geometry, and 0.16 mm elsewhere.
    /// </summary>
    internal void AlignToTicks()
    {
        BoardSession board = Boards.Boards[0];
        long tick = (long)(Robot.Boards[0].Tick * 1e6);
        long since = (int)((uint)board.Clock.ToBoard(Stream.ExecutionTime) - board.Telemetry.BoardTime) + BeforeTick;
        Stream.Postpone((tick - (since % tick + tick) % tick) % tick * 1000);
        TimingDoubt = AlignedDoubt;
    }

    /// <summary>A source in millimetres where metres are meant, in another frame, or of another body is found out here, before anything
    /// follows it.</summary>
    private void AwaitPark(IPoseSource poses, Func<bool>? stop)
    {
        Vec3 park = Arm.ForwardFromStrokes(ParkStrokes(), []).Position;
        double near = ParkShare * park.Length;
        long giveUp = Clock.NowNanoseconds + ParkNs;
        while (!(poses.TryMeasure(out Pose tip, out _) && (tip.Position - park).Length <= near))
        {
            if (Clock.NowNanoseconds > giveUp && poses.TryMeasure(out tip, out _))
            {
                throw new PoseSourceException(string.Create(CultureInfo.InvariantCulture,
                    $"{Robot.Name}: parked, its tip should be near {Millimetres(park)}, and it is measured at " +
                        $"{Millimetres(tip.Position)}. Check that the poses are in millimetres and in the arm's base frame (x forward, y " +
                            $"left, z up), that the right body is tracked, and that the servos have power."));
            }

            HoldAtPark(stop);
        }
    }

    private void HoldAtPark(Func<bool>? stop)
    {
        SetStrokes(ParkStrokes());
        Stream.Step();
        ThrowIfDisarmed();
        if (stop?.Invoke() == true)
        {
            throw new OperationCanceledException();
        }
    }

    private static string Millimetres(in Vec3 p) => string.Create(CultureInfo.InvariantCulture,
        $"({1000 * p.X:0}, {1000 * p.Y:0}, {1000 * p.Z:0}) mm");

    /// <summary>Sets what the next frame tells all gears, and the gripper.</summary>
    /// <param name="strokes">0..1, joint-major.</param>
    public void SetStrokes(ReadOnlySpan<double> strokes)
    {
        for (int i = 0; i < strokes.Length; i++)
        {
            GearChannel gear = _layout.Gears[i];
            Stream.Set(gear.Board, gear.ChannelOnBoard, strokes[i]);
        }

        if (Gripper is { } gripper)
        {
            GearChannel servo = gripper.Description.Servo;
            Stream.Set(servo.Board, servo.ChannelOnBoard, gripper.Next(Stream.ExecutionTime));
        }

        _told.Add(Stream.ExecutionTime, strokes);
    }

    /// <summary>Ends a motion that is to end at once, or that not all boards take part in any more.</summary>
    /// <exception cref="BoardException">A board is not armed.</exception>
    /// <exception cref="OperationCanceledException">Ended at once.</exception>
    public void ThrowIfDisarmed()
    {
        _atOnce.ThrowIfCancellationRequested();

        // Each period comes by here: an enumerator of the list would be garbage until the compiler has learned to do without.
        for (int i = 0; i < Boards.Boards.Count; i++)
        {
            BoardSession board = Boards.Boards[i];
            if (!board.IsArmed)
            {
                throw Boards.WhyStopped(board, Boards.Boards.Count > 1 ? "The arm's other boards hold and go safe; nothing moves on."
                    : "So nothing moves on.", _atOnce);
            }
        }
    }

    /// <summary>
    /// From the execution of a setpoint until servos that keep up have it, in the mean, ns: a board looks once a tick, a pulse once a
    /// period of its chip, and the burst to the chips takes its time.
    /// </summary>
    public long ServoDelay { get; }

    /// <summary>Where all gears are at a time if their servos keep up: the boards interpolate between setpoints.</summary>
    /// <param name="time">Host clock, ns, at most 1.2 s ago.</param>
    /// <param name="strokes">Receives 0..1, joint-major.</param>
    /// <exception cref="InvalidOperationException">The arm is not armed yet.</exception>
    public void StrokesAt(long time, Span<double> strokes)
    {
        if (_stream == null)
        {
            throw NotArmed();
        }

        _told.At(time - ServoDelay, strokes);
    }

    public void Dispose() => Boards.Dispose();

    private static InvalidOperationException NotArmed() => new("Arm the boards before streaming.");
}
