using Ganglion.Basics.Space;
using Ganglion.Bridge.Serial;
using Ganglion.Bridge.Timing;
using Ganglion.Live;
using Ganglion.Robots.Robot;
using Ganglion.Robots.Scenes;
using Ganglion.VirtualBoard.Boards;
using Ganglion.VirtualBoard.Bodies;
using Ganglion.VirtualBoard.Time;

namespace Ganglion.Sim;

/// <summary>
/// A trunk arm that exists only here: the firmware on virtual boards, servos and body simulated. In real time its boards sit
/// behind pseudo-terminals like any serial device; in virtual time its world is the clock.
/// </summary>
public sealed class VirtualArm : IPoseSource, IDisposable
{
    private readonly VirtualRobot _robot;
    private readonly Lock _measuring = new();
    private RealTimeBoards? _boards;
    private Pose _tip;
    private double _grip = double.NaN;
    private Pose[] _modules = [];
    private long _time;

    private VirtualArm(RobotDescription robot, int seed, ServoModel? servo, SceneDescription? scene, bool named = true)
    {
        _robot = new VirtualRobot(robot, FirmwareImage.Embedded, seed, servo, named: named, scene: scene);
        Clock = _robot.World;
    }

    /// <summary>The clock that a session with this arm runs on.</summary>
    public IClock Clock { get; private set; }

    /// <summary>Opens each board's port, in the order of the description.</summary>
    public IReadOnlyList<Func<ISerialLink>> Ports { get; private set; } = [];

    /// <summary>Paths of the pseudo-terminals; empty in virtual time.</summary>
    public IReadOnlyList<string> PortNames => _boards?.PortNames ?? [];

    public VirtualRobot Robot => _robot;

    /// <summary>Boards and body in virtual time, as fast as the machine can, deterministic from the seed.</summary>
    /// <param name="robot">A trunk arm.</param>
    /// <param name="seed">Of everything random.</param>
    /// <param name="servo">What its servos can do; null: limited in speed only.</param>
    /// <param name="named">Whether each board was flashed with its name.</param>
    /// <param name="scene">What stands around it, for its distance sensors; null: a bare table.</param>
    public static VirtualArm InVirtualTime(RobotDescription robot, int seed, ServoModel? servo = null, bool named = true,
        SceneDescription? scene = null)
    {
        var arm = new VirtualArm(robot, seed, servo, scene, named);
        arm.Ports = [.. Enumerable.Range(0, robot.Boards.Length).Select(i => new Func<ISerialLink>(() => arm._robot.Connect(i)))];
        return arm;
    }

    /// <summary>Boards and body in real time, on a thread of their own, behind pseudo-terminals.</summary>
    public static VirtualArm InRealTime(RobotDescription robot, int seed, ServoModel? servo = null, SceneDescription? scene = null)
    {
        var arm = new VirtualArm(robot, seed, servo, scene);
        var clock = new MonotonicClock();
        arm.Clock = clock;
        arm._robot.World.AddBody(new Publisher(arm));
        var boards = new RealTimeBoards(arm._robot, clock);
        arm._boards = boards;
        arm.Ports = [.. Enumerable.Range(0, robot.Boards.Length).Select(i => new Func<ISerialLink>(() => boards.Open(i)))];
        return arm;
    }

    public bool MeasuresOrientation => true;

    /// <summary>The body's tip as it is now.</summary>
    public bool TryMeasure(out Pose tip, out long time)
    {
        if (_boards == null)
        {
            (tip, time) = (_robot.Trunk!.Tip, Clock.NowNanoseconds);
            return true;
        }

        _boards.ThrowIfStopped();
        lock (_measuring)
        {
            (tip, time) = (_tip, _time);
            return _modules.Length > 0;
        }
    }

    /// <summary>How far the body's gripper is closed now, 0 wide open to 1; NaN without one.</summary>
    public double Grip
    {
        get
        {
            if (_boards == null)
            {
                return _robot.Trunk!.Grip;
            }

            lock (_measuring)
            {
                return _grip;
            }
        }
    }

    public MeasuredPosture? Posture()
    {
        if (_boards == null)
        {
            return new MeasuredPosture(_robot.Trunk!.Tip, _robot.Trunk.Modules.ToArray(), Clock.NowNanoseconds);
        }

        lock (_measuring)
        {
            return _modules.Length > 0 ? new MeasuredPosture(_tip, [.. _modules], _time) : null;
        }
    }

    /// <summary>Injects a fault given as text (<see cref="VirtualBoard.Faults.FaultCommand.Usage"/>), from now on. From the thread that
    /// runs the arm's clock.</summary>
    /// <exception cref="FormatException">The text is no fault command.</exception>
    /// <exception cref="ArgumentException">It names something that is not there.</exception>
    public void Inject(string fault)
    {
        if (_boards != null)
        {
            _boards.Inject(fault);
        }
        else
        {
            _robot.Faults.Inject(fault);
        }
    }

    public void Dispose()
    {
        _boards?.Dispose();
        _robot.Dispose();
    }

    /// <summary>Hands the body's state from the thread of the boards to whoever asks.</summary>
    private sealed class Publisher(VirtualArm arm) : IWorldBody
    {
        public void Advance(long nowNs)
        {
            if (arm._boards is not { } boards)
            {
                return; // the thread is ahead of the constructor
            }

            TrunkBody trunk = arm._robot.Trunk!;
            lock (arm._measuring)
            {
                if (arm._modules.Length == 0)
                {
                    arm._modules = new Pose[trunk.Modules.Length];
                }

                trunk.Modules.CopyTo(arm._modules);
                (arm._tip, arm._grip) = (trunk.Tip, trunk.Grip);
                arm._time = boards.HostTime(nowNs);
            }
        }
    }
}
