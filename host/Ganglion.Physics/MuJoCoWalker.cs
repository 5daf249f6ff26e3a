using Ganglion.Basics;
using Ganglion.Basics.Space;
using Ganglion.Physics.Muscles;
using Ganglion.Physics.Native;
using Ganglion.Robots.Walkers;

namespace Ganglion.Physics;

/// <summary>A walker's body in MuJoCo. Not for several threads at once; several walkers in parallel are fine.</summary>
public sealed unsafe class MuJoCoWalker : IWalkerPhysics
{
    /// <summary>Step of the simulation [s].</summary>
    public const double TimeStep = 0.0025;

    // The torso's free joint: place and quaternion, linear and angular velocity.
    private const int RootPlaces = 7, RootRates = 6;

    private readonly Terrain _terrain;
    private readonly TurningBelt _belt;
    private readonly double _halfLength, _halfWidth;
    private readonly JointDrives _drives;
    private readonly int _driven, _perLeg;
    private readonly double[] _angles = new double[IWalkerPhysics.JointCount], _rates = new double[IWalkerPhysics.JointCount];
    private readonly double[] _torques = new double[IWalkerPhysics.JointCount];
    private readonly double* _q, _v, _control, _sensors, _gravity, _time;
    private readonly nint _model, _data;
    private CompiledModel? _compiled;
    private double _startHeight;
    private Vec3 _push, _hung;
    private bool _held;

    /// <param name="walker">The body.</param>
    /// <param name="terrain">What it walks on.</param>
    /// <param name="friction">Coulomb coefficient between soles and ground; null: as the robot's description says.</param>
    /// <param name="muscles">True: pairs of pneumatic muscles turn the joints; false: servos.</param>
    /// <param name="load">What the torso carries; null: nothing.</param>
    /// <exception cref="PhysicsException">The library is missing or does not fit, or it refused the model.</exception>
    public MuJoCoWalker(WalkerLayout walker, Terrain terrain, double? friction = null, bool muscles = false, WalkerLoad? load = null)
    {
        (_halfLength, _halfWidth) = (0.5 * walker.Body.Sole.Length, 0.5 * walker.Body.Sole.Width);
        Layout layout = Layout.Current;
        _terrain = terrain;
        _belt = new TurningBelt(terrain);
        _perLeg = WalkerMjcf.Joints(walker);
        _driven = 2 * _perLeg;
        _drives = muscles ? new MuscleDrives(walker.Body.Servo) : new ServoDrives(walker.Body.Servo);
        _compiled = ModelPool.Take(WalkerMjcf.Write(walker, terrain, friction ?? walker.Body.Sole.Friction, _drives.Damping, load),
            WalkerMjcf.FieldFile, TerrainMjcf.FieldOf(terrain)?.ToFile());
        (_model, _data) = (_compiled.Model, _compiled.Data);
        _q = Layout.Array(_data, layout.Positions);
        _v = Layout.Array(_data, layout.Velocities);
        _control = Layout.Array(_data, layout.Controls);
        _sensors = Layout.Array(_data, layout.Sensors);
        _gravity = (double*)(_model + layout.Gravity);
        _time = (double*)(_data + layout.Time);
        Mass = walker.Body.Mass + (load?.Mass ?? 0.0);
        Reset(new double[IWalkerPhysics.JointCount]);
    }

    ~MuJoCoWalker()
    {
        if (Interlocked.Exchange(ref _compiled, null) is { } compiled)
        {
            ModelPool.Free(compiled);
        }
    }

    public double StepSeconds => TimeStep;

    public double Time => *_time;

    public ReadOnlySpan<double> Angles => _angles;

    public ReadOnlySpan<double> Rates => _rates;

    public ReadOnlySpan<double> Torques => _torques;

    public Vec3 Hips => new(_q[0], _q[1], _q[2]);

    public Vec3 HipsVelocity => new(_v[0], _v[1], _v[2]);

    public Quat Attitude => new(_q[3], _q[4], _q[5], _q[6]);

    public double Pitch
    {
        get
        {
            Vec3 up = UpInTorso;
            return Math.Atan2(-up.X, Math.Sqrt(up.Y * up.Y + up.Z * up.Z));
        }
    }

    public double Roll => Math.Atan2(UpInTorso.Y, UpInTorso.Z);

    public double Yaw
    {
        get
        {
            double w = _q[3], x = _q[4], y = _q[5], z = _q[6];
            return Math.Atan2(2.0 * (x * y + w * z), 1.0 - 2.0 * (y * y + z * z));
        }
    }

    public Vec3 AngularRate => Sensed(WalkerMjcf.Gyro) + Attitude.ToMatrix().Transposed * _belt.Turning;

    public Vec3 SpecificForce => Sensed(WalkerMjcf.Accelerometer);

    public Vec3 CentreOfMass => Sensed(WalkerMjcf.Centre);

    public Vec3 CentreVelocity => Sensed(WalkerMjcf.CentreVelocity);

    public Vec3 Up => new(-_gravity[0] / Gravity.OfBodies, -_gravity[1] / Gravity.OfBodies, -_gravity[2] / Gravity.OfBodies);

    public double Mass { get; }

    public double Work { get; private set; }

    public bool Fallen { get; private set; }

    private Vec3 UpInTorso => Attitude.ToMatrix().Transposed * Up;

    public Vec3 Sole(int foot) => Sensed(WalkerMjcf.Sole + 3 * foot);

    public Quat SoleAttitude(int foot)
    {
        double* q = _sensors + WalkerMjcf.SoleQuaternion + 4 * foot;
        return new(q[0], q[1], q[2], q[3]);
    }

    public double CornerForce(int foot, int corner) => _sensors[WalkerMjcf.Corner + 4 * foot + corner];

    public void Reset(ReadOnlySpan<double> angles, bool held = false)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(angles.Length, IWalkerPhysics.JointCount);
        MuJoCo.mj_resetData(_model, _data);
        for (int i = 0; i < _driven; i++)
        {
            _q[RootPlaces + i] = angles[Numbered(i)];
        }

        _belt.Reset(_gravity);
        if (held)
        {
            Quat upright = Gantry.Upright(Up);
            (_q[3], _q[4], _q[5], _q[6]) = (upright.W, upright.X, upright.Y, upright.Z);
        }

        // The corner that is deepest tells how high the hips must be; the model's own start is at 1 m.
        MuJoCo.mj_forward(_model, _data);
        _q[2] += Deepest();
        MuJoCo.mj_forward(_model, _data);
        (_held, _hung, _push) = (held, Hips, default);
        _startHeight = _q[2] - _terrain.HeightAt(0.0);
        _drives.Reset(angles);
        Array.Clear(_torques);
        Work = 0.0;
        Fallen = false;
        ReadJoints();
    }

    public void SetTarget(int joint, double angle) => _drives.SetTarget(joint, angle);

    public void Relax(int joint) => _drives.Relax(joint);

    public void Push(in Vec3 force) => _push = force;

    public void Knock(double amplitude, Random random)
    {
        for (int i = 0; i < 3; i++)
        {
            _v[i] += amplitude * Normal(random);
        }

        for (int i = 0; i < _driven; i++)
        {
            _v[RootRates + i] += amplitude * Normal(random);
        }

        ReadJoints();
    }

    public void Step(int steps)
    {
        double begin = *_time;
        for (int s = 0; s < steps; s++)
        {
            if (_terrain.BeltSlopes.Count > 0)
            {
                _belt.Step(*_time, _gravity, _q[2] - _terrain.HeightAt(_q[0]), Attitude, _v);
            }

            double power = 0.0;
            for (int i = 0; i < _driven; i++)
            {
                int joint = Numbered(i);
                double rate = _v[RootRates + i], torque = _drives.Torque(joint, _q[RootPlaces + i], rate);
                _control[i] = _torques[joint] = torque;
                power += Math.Abs(torque * rate);
            }
            Work += power * TimeStep;
            PullRoot();
            MuJoCo.mj_step(_model, _data);
        }

        // MuJoCo puts a simulation with a number that is none or huge back to its start.
        if (*_time < begin + (steps - 0.5) * TimeStep)
        {
            throw new PhysicsException($"The simulation became unstable at {begin:0.000} s; make the servos softer or the links heavier.");
        }

        ReadJoints();
        Judge();
    }

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _compiled, null) is { } compiled)
        {
            ModelPool.Give(compiled);
        }

        GC.SuppressFinalize(this);
    }

    // From the model's joints to the twelve of the interface.
    private int Numbered(int i) => i < _perLeg ? i : i - _perLeg + IWalkerPhysics.JointCount / 2;

    private void ReadJoints()
    {
        for (int i = 0; i < _driven; i++)
        {
            int joint = Numbered(i);
            _angles[joint] = _q[RootPlaces + i];
            _rates[joint] = _v[RootRates + i];
        }
    }

    // Pushes and gantry.
    private void PullRoot()
    {
        Vec3 force = _push, torque = default;
        if (_held && *_time < Gantry.Gone)
        {
            (Vec3 pull, torque) = Gantry.At(*_time, Hips - _hung, HipsVelocity, Up, UpInTorso, new(_v[3], _v[4], _v[5]),
                Mass * Gravity.OfBodies);
            force += pull;
        }

        double* root = _control + _driven;
        (root[0], root[1], root[2], root[3], root[4], root[5]) = (force.X, force.Y, force.Z, torque.X, torque.Y, torque.Z);
    }

    // How far the hips must rise for the deepest corner of the soles to touch the ground.
    private double Deepest()
    {
        double deepest = double.NegativeInfinity;
        for (int foot = 0; foot < 2; foot++)
        {
            Mat3 turn = SoleAttitude(foot).ToMatrix();
            for (int corner = 0; corner < 4; corner++)
            {
                Vec3 place = Sole(foot)
                    + turn * new Vec3(corner < 2 ? _halfLength : -_halfLength, corner % 2 == 0 ? _halfWidth : -_halfWidth, 0.0);
                deepest = Math.Max(deepest, _terrain.HeightAt(place.X) - place.Z);
            }
        }

        return deepest;
    }

    private void Judge()
    {
        if (_q[2] - _terrain.HeightAt(_q[0]) < 0.5 * _startHeight || UpInTorso.Z < 0.54)
        {
            Fallen = true;
        }
    }

    private Vec3 Sensed(int at) => new(_sensors[at], _sensors[at + 1], _sensors[at + 2]);

    // Box and Muller.
    private static double Normal(Random random) =>
        Math.Sqrt(-2.0 * Math.Log(1.0 - random.NextDouble())) * Math.Cos(2.0 * Math.PI * random.NextDouble());
}
