using Ganglion.Basics.Space;
using Ganglion.Robots.Bodies;
using Ganglion.Robots.Robot;
using Ganglion.Robots.Scenes;
using Ganglion.Robots.Trunk;
using Ganglion.VirtualBoard.Time;

namespace Ganglion.VirtualBoard.Bodies;

/// <summary>
/// The mechanics of a trunk arm: the servos of all boards move its gears, the gears' strokes give the pose of every module by
/// <see cref="TrunkMechanics"/> (the exact forward kinematics, unless the description has a body of another kind), and an inertial sensor
/// turns with its module. The arm stands upright on its base.
/// </summary>
public sealed class TrunkBody : IWorldBody
{
    private readonly TrunkMechanics _mechanics;
    private readonly Servo[] _servos;
    private readonly Servo? _gripper;
    private readonly double[] _positions;
    private readonly List<Sensor> _sensors = [];
    private readonly DistanceMount[] _distances;
    private long _time = -1;

    /// <param name="robot">The arm's description.</param>
    /// <param name="boards">Its boards with their servos and distance sensors, in the description's order.</param>
    /// <param name="scene">What stands around it and its distance sensors see; it is in nobody's way.</param>
    /// <exception cref="ArgumentException">The description is of another kind of robot.</exception>
    public TrunkBody(RobotDescription robot, IReadOnlyList<BoardRig> boards, SceneDescription scene)
    {
        Scene = scene;
        _distances = [.. boards.SelectMany(rig => rig.DistanceMounts)];
        Arm = TrunkArm.FromDescription(robot);
        _mechanics = new TrunkMechanics(robot.TrunkArm!.Body ?? TrunkBodyDescription.Faithful(Arm.Dimensions));
        _servos = [.. robot.TrunkArm.Gears.Select(gear => boards[gear.Board].Servos[gear.ChannelOnBoard])];
        _positions = new double[_servos.Length];
        _gripper = robot.TrunkArm.Gripper is { } gripper ? boards[gripper.Servo.Board].Servos[gripper.Servo.ChannelOnBoard] : null;
    }

    /// <summary>The arm as it is described.</summary>
    public TrunkArm Arm { get; }

    /// <summary>What stands around it.</summary>
    public SceneDescription Scene { get; }

    /// <summary>Positions of all gears, joint-major, as fractions of their travel, at the last <see cref="Advance"/>.</summary>
    public ReadOnlySpan<double> Strokes => _mechanics.Strokes;

    /// <summary>Poses of the modules, from the base to the last, at the last <see cref="Advance"/>.</summary>
    public ReadOnlySpan<Pose> Modules => _mechanics.Modules;

    /// <summary>Measured pose of the tool tip at the last <see cref="Advance"/>.</summary>
    public Pose Tip { get; private set; }

    /// <summary>How far its gripper is closed, 0 wide open to 1, at the last <see cref="Advance"/>; NaN without one. Nothing is between its
    /// fingers.</summary>
    public double Grip { get; private set; } = double.NaN;

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
            _positions[i] = _servos[i].PositionAt(nowNs);
        }

        Tip = _mechanics.Move(_positions);
        Grip = _gripper?.PositionAt(nowNs) ?? double.NaN;
        foreach (DistanceMount mount in _distances)
        {
            mount.Look(_mechanics.Modules, Tip.Position, Arm, Scene, nowNs);
        }

        foreach (Sensor sensor in _sensors)
        {
            sensor.Move(_mechanics.Modules[sensor.Module], first ? 0 : seconds, nowNs);
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
