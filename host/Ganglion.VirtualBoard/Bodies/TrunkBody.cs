using Ganglion.Basics.Space;
using Ganglion.Robots.Robot;
using Ganglion.Robots.Trunk;
using Ganglion.VirtualBoard.Time;

namespace Ganglion.VirtualBoard.Bodies;

/// <summary>
/// The mechanics of a trunk arm: the servos of all boards move its gears, the gears' strokes give the pose of every module by
/// the exact forward kinematics, and an inertial sensor turns with its module. The arm stands upright on its base.
/// </summary>
public sealed class TrunkBody : IWorldBody
{
    private readonly TrunkArm _arm;
    private readonly Servo[] _servos;
    private readonly double[] _strokes;
    private readonly Pose[] _modules;
    private readonly List<Sensor> _sensors = [];
    private long _time = -1;

    /// <param name="robot">The arm's description.</param>
    /// <param name="boards">Its boards with their servos, in the description's order.</param>
    /// <exception cref="ArgumentException">The description is of another kind of robot.</exception>
    public TrunkBody(RobotDescription robot, IReadOnlyList<BoardRig> boards)
    {
        _arm = TrunkArm.FromDescription(robot);
        _servos = [.. robot.TrunkArm!.Gears.Select(gear => boards[gear.Board].Servos[gear.ChannelOnBoard])];
        _strokes = new double[_arm.StrokeCount];
        _modules = new Pose[_arm.Joints];
    }

    public TrunkArm Arm => _arm;

    /// <summary>Positions of all gears, joint-major, as fractions of their travel, at the last <see cref="Advance"/>.</summary>
    public ReadOnlySpan<double> Strokes => _strokes;

    /// <summary>Poses of the modules, from the base to the last, at the last <see cref="Advance"/>.</summary>
    public ReadOnlySpan<Pose> Modules => _modules;

    /// <summary>Measured pose of the tool tip at the last <see cref="Advance"/>.</summary>
    public Pose Tip { get; private set; }

    /// <summary>Fixes an inertial sensor to a module, axis to axis.</summary>
    /// <param name="module">0 for the one next to the base.</param>
    public void Fix(ImuMount mount, int module) => _sensors.Add(new Sensor(mount, module));

    public void Advance(long nowNs)
    {
        if (nowNs == _time)
        {
            return;
        }

        double seconds = (nowNs - _time) * 1e-9;
        bool first = _time < 0;
        _time = nowNs;
        for (int i = 0; i < _servos.Length; i++)
        {
            _strokes[i] = _servos[i].PositionAt(nowNs);
        }

        Tip = _arm.ForwardFromStrokes(_strokes, _modules);
        foreach (Sensor sensor in _sensors)
        {
            sensor.Move(_modules[sensor.Module], first ? 0 : seconds, nowNs);
        }
    }

    /// <summary>A sensor with what its rates are found from: its module's pose and velocity one step ago.</summary>
    private sealed class Sensor(ImuMount mount, int module)
    {
        private Pose _last;
        private Vec3 _lastVelocity;

        public int Module => module;

        public void Move(in Pose pose, double seconds, long nowNs)
        {
            Vec3 rate = default, velocity = default, acceleration = default;
            if (seconds > 0)
            {
                rate = 1 / seconds * (_last.Orientation.Conjugate * pose.Orientation).RotationVector;
                velocity = 1 / seconds * (pose.Position - _last.Position);
                acceleration = 1 / seconds * (velocity - _lastVelocity);
            }

            mount.Set(pose.Orientation, rate, acceleration, nowNs);
            _last = pose;
            _lastVelocity = velocity;
        }
    }
}
