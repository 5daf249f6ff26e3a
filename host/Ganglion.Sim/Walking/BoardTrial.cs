using Ganglion.Bridge.Messages;
using Ganglion.Bridge.Session;
using Ganglion.Bridge.Timing;
using Ganglion.Gait.Trials;
using Ganglion.Physics;
using Ganglion.Robots.Gaits;
using Ganglion.Robots.Robot;
using Ganglion.Robots.Trials;
using Ganglion.Robots.Walkers;
using Ganglion.Shared.Safety;
using Ganglion.Shared.Walking;
using Ganglion.VirtualBoard.Boards;
using Ganglion.VirtualBoard.Bodies;

namespace Ganglion.Sim.Walking;

/// <summary>
/// One run of a walker with its board in the loop: the firmware on a virtual board senses and drives a body in physics
/// through its chips, the host only commands a speed and watches. All in virtual time, as fast as the machine can.
/// </summary>
public sealed class BoardTrial : IDisposable
{
    /// <summary>What is left after the board went safe, was reset or the walker fell, s: what comes of it is part of the outcome.</summary>
    private const double Aftermath = 3;

    /// <summary>Longest time that stopping may take, s.</summary>
    private const double StopSeconds = 10;

    private const long Ns = 1_000_000_000;

    private readonly RobotDescription _robot;
    private readonly GaitDescription _gait;
    private readonly TrialConditions _conditions;
    private readonly IReadOnlyList<TrialFault> _faults;
    private readonly WalkOrders _orders;
    private readonly int _seed;
    private readonly MuJoCoWalker _body;
    private readonly VirtualRobot _rig;
    private readonly BoardSession _board;
    private readonly List<string> _events = [];
    private readonly long _tickNs;
    private long _passed;

    /// <param name="robot">A walker.</param>
    /// <param name="gait">Its gait with its reflexes.</param>
    /// <param name="conditions">What it is put through.</param>
    /// <param name="faults">What goes wrong, by time.</param>
    /// <param name="orders">What it is told.</param>
    /// <param name="seed">Of noise, offsets, pushes and the board's tick phase.</param>
    /// <param name="observer">Is told of everything that passes between host and board; null: nobody.</param>
    /// <exception cref="PhysicsException">MuJoCo is missing.</exception>
    public BoardTrial(
        RobotDescription robot, GaitDescription gait, TrialConditions conditions, IReadOnlyList<TrialFault> faults, WalkOrders orders,
        int seed, Func<IClock, IBoardObserver>? observer = null)
    {
        WalkerLayout layout = robot.Walker ?? throw new ArgumentException($"'{robot.Name}' is no walker.", nameof(robot));
        (_robot, _gait, _conditions, _orders, _seed) = (robot, gait, conditions, orders, seed);
        _faults = [.. faults.OrderBy(fault => fault.At)];
        _body = new MuJoCoWalker(layout, conditions.Terrain, conditions.Friction, conditions.Muscles, conditions.Load);
        _rig = new VirtualRobot(robot, FirmwareImage.Embedded, seed, physics: _body);
        _board = new BoardSession(robot.Boards[0].Id, () => _rig.Connect(0), _rig.World, new Random(seed), observer?.Invoke(_rig.World));
        _tickNs = (long)Math.Round(robot.Boards[0].Tick * Ns);
    }

    /// <summary>The body, for looking at it between two calls.</summary>
    public IWalkerPhysics Body => _body;

    /// <summary>When the walker was let go, on the clock of its world, ns.</summary>
    public long ReleasedNs { get; private set; }

    /// <summary>Since the walker was let go, s.</summary>
    private double Time => (_rig.World.NowNanoseconds - ReleasedNs) / (double)Ns;

    /// <summary>Walks.</summary>
    /// <param name="samples">Receives a sample a tick; null: none.</param>
    /// <param name="poses">Receives the body's pose a tick; null: none.</param>
    /// <param name="cancellation">Ends it early.</param>
    /// <exception cref="BoardException">The board refuses the gait or the walk.</exception>
    public TrialRun Run(List<WalkSample>? samples = null, List<WalkerPose>? poses = null, CancellationToken cancellation = default)
    {
        Prepare();
        _board.Happened += happened => Note(happened.Words);
        var meter = new WalkMeter(_body, _conditions.Terrain, _robot.Walker!, _robot.Boards[0].Tick, _gait, _conditions.Muscles);
        var disturbance = new Disturbance(_conditions, _robot.Boards[0].Tick, _seed);
        _rig.Walker!.Stepped += () => meter.Work(_body.StepSeconds);
        var command = new WalkCommander(_board, _orders);
        double end = _conditions.Seconds;
        double? fell = null;
        bool walking = false, stopping = false, arrived = false;
        int fault = 0, ticks = 0;
        long before = 0, after = 0;
        for (; Time < end; cancellation.ThrowIfCancellationRequested())
        {
            // While the world stands still.
            while (fault < _faults.Count && _faults[fault].At <= Time)
            {
                Inject(_faults[fault++]);
            }

            disturbance.Apply(_body);
            Pass(Ticked);
        }

        bool went = walking && fell == null && !Ended && !HostGone;
        bool stood = went ? Halt(poses) : !_body.Fallen;
        WalkMeasures measures = meter.Result(fell, went && (arrived || double.IsInfinity(_conditions.Goal)), 0);
        return new TrialRun(measures, Outcome(measures, walking, stood), stood, _board.State == BoardState.Safe, [.. _events],
            _board.Telemetry.Overruns, _board.Telemetry.I2cErrors, _board.Telemetry.MaxWorkUs, _rig.World.NowNanoseconds / (double)Ns)
        {
            TickInstructions = ticks > 1 ? (after - before) / (ticks - 1.0) : double.NaN,
            StepInstructions = ticks > 1 && measures.Steps > 0 ? (double)(after - before) / measures.Steps : double.NaN,
        };

        // What follows a tick; whether another one does.
        bool Ticked()
        {
            command.Follow(Time);
            if (!walking && _board.Walk.Stage == WalkStage.Walking)
            {
                walking = true;
                meter.Start();
            }

            // What the board believes, as it last told.
            var estimate = new WalkEstimate(_board.Telemetry.Pitch, _board.Walk.Slope, _board.Walk.Shift, _board.Walk.Speed);
            if (walking && fell == null && !stopping)
            {
                meter.Tick(TrialConditions.SettleSeconds, estimate, command.Speed, command.Turn);
                if (_body.Time >= TrialConditions.SettleSeconds)
                {
                    after = _rig.Boards[0].Board.Instructions;
                    before = ticks++ == 0 ? after : before;
                }
            }

            samples?.Add(meter.Sample(estimate));
            poses?.Add(WalkerPose.Of(_body));
            if (_body.Fallen && fell == null)
            {
                (fell, end) = (Time, Math.Min(end, Time + Aftermath));
            }
            else if (Ended && !stopping)
            {
                (stopping, end) = (true, Math.Min(end, Time + Aftermath));
            }

            if (walking && meter.Distance > _conditions.Goal)
            {
                (arrived, end) = (true, Math.Min(end, Time));
            }

            bool more = Time < end && !cancellation.IsCancellationRequested && !(fault < _faults.Count && _faults[fault].At <= Time);
            if (more)
            {
                disturbance.Apply(_body);
            }

            return more;
        }
    }

    public void Dispose()
    {
        _board.Dispose();
        _rig.Dispose();
        _body.Dispose();
    }

    // The walk is over whatever the legs do. A board whose host is gone ends it by itself in its own time.
    private bool Ended => _board.State == BoardState.Safe || WasReset;

    private bool WasReset => _rig.Boards[0].Board.Boots > 1;

    private bool HostGone => _board.Phase != SessionPhase.Ready;

    private void Prepare()
    {
        _board.Await(_board.Connect());
        _board.Await(_board.Configure(RobotConfiguration.Of(_robot, 0).With(_gait, _robot)));
        _board.Await(_board.Arm());
        _rig.World.WaitUntil(_rig.World.NowNanoseconds + 5 * _tickNs);
        _rig.Walker!.Release(_rig.World.NowNanoseconds);
        ReleasedNs = _rig.World.NowNanoseconds;
    }

    private void Inject(TrialFault fault)
    {
        _rig.Faults.Inject(fault.Fault);
        Note(fault.Fault);
    }

    // Ticks of the board until what follows each says that there is no more; the session is polled as often as it asks for.
    private void Pass(Func<bool> ticked)
    {
        _passed = _rig.World.NowNanoseconds + _tickNs;
        _rig.World.Run(NextLook(), () =>
        {
            _board.Poll();
            long now = _rig.World.NowNanoseconds;
            if (now >= _passed)
            {
                if (!ticked())
                {
                    return now;
                }

                _passed = now + _tickNs;
            }

            return NextLook();
        });
    }

    private long NextLook() => Math.Min(_passed, Math.Max(_board.NextPoll, _rig.World.NowNanoseconds + _tickNs / 4));

    /// <summary>Has the board bring the feet together.</summary>
    /// <returns>Whether the walker then stands.</returns>
    private bool Halt(List<WalkerPose>? poses)
    {
        _body.Push(default);
        _board.Await(_board.StopWalk());
        double until = Time + StopSeconds;
        if (Stops())
        {
            Pass(() =>
            {
                poses?.Add(WalkerPose.Of(_body));
                return Stops();
            });
        }

        bool Stops() => Time < until && !_body.Fallen && _board.State == BoardState.Running;
        return !_body.Fallen && _board.State == BoardState.Armed;
    }

    private string Outcome(WalkMeasures measures, bool walking, bool stood)
    {
        string legs = measures.Fell is { } at ? $"it fell at {at:0.0} s" : stood ? "it stands" : "it fell";
        if (WasReset)
        {
            return $"the board was reset and is disarmed, its servos limp: {legs}";
        }

        if (HostGone)
        {
            return $"the host was gone and the board ended the walk by itself: {legs}";
        }

        if (_board.State == BoardState.Safe)
        {
            return $"{legs}; {_board.Describe()}";
        }

        if (!walking)
        {
            return "did not begin";
        }

        if (measures.Fell != null)
        {
            return legs;
        }

        return stood ? $"walked {measures.Distance:0.0} m, stopped and stands" : $"walked {measures.Distance:0.0} m and fell when " +
            $"it stopped";
    }

    private void Note(string what) => _events.Add($"{Time:0.0} s: {what}");
}
