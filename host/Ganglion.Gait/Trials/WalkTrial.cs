using Ganglion.Physics;
using Ganglion.Robots;
using Ganglion.Shared.Legs;
using Ganglion.Shared.Reflexes;
using Ganglion.Shared.Rhythms;

namespace Ganglion.Gait.Trials;

/// <summary>
/// A walker in physics with the code of the board beside it instead of inside one: network, walker, reflexes and joint map
/// once a tick, an IMU and foot sensors as noisy as real ones, servo pulses as coarse as the PWM chip's. What the board needs
/// to compute and send them goes by before the new targets hold. For tuning, which needs thousands of trials. Not for several
/// threads at once.
/// </summary>
public sealed class WalkTrial : IDisposable
{
    /// <summary>From the IMU's reading to new servo pulses on a board: half a tick.</summary>
    private const double Latency = .01;

    private readonly RobotDescription _robot;
    private readonly WalkerLayout _layout;
    private readonly TrialConditions _conditions;
    private readonly MuJoCoWalker _body;
    private readonly double _tick, _pulseStep;
    private readonly double[] _angles = new double[IWalkerPhysics.JointCount];
    private readonly double[] _ends = new double[4];
    private readonly int _steps, _late;

    /// <param name="robot">A walker.</param>
    /// <param name="conditions">What it is put through.</param>
    /// <exception cref="PhysicsException">MuJoCo is missing.</exception>
    public WalkTrial(RobotDescription robot, TrialConditions conditions)
    {
        _robot = robot;
        _layout = robot.Walker ?? throw new ArgumentException($"'{robot.Name}' is no walker.", nameof(robot));
        _conditions = conditions;
        _body = new MuJoCoWalker(_layout, conditions.Terrain, conditions.Friction);
        _tick = robot.Boards[0].Tick;
        _steps = (int)Math.Round(_tick / _body.StepSeconds);
        _late = (int)Math.Round(Latency / _body.StepSeconds);
        _pulseStep = PulseStep(robot);
    }

    /// <summary>Walks once.</summary>
    /// <param name="gait">The gait.</param>
    /// <param name="reflexes">Gains.</param>
    /// <param name="seed">Of all noise.</param>
    /// <param name="samples">Receives a sample a tick; null: none.</param>
    /// <exception cref="GaitRefusedException">A board would refuse the gait.</exception>
    public WalkMeasures Run(GaitDescription gait, ReflexParameters reflexes, int seed, List<WalkSample>? samples = null)
    {
        BoardWalk walk = BoardWalk.Build(gait, _robot);
        Walker walker = walk.Walker;
        KimuraNetwork network = walk.Network;
        WalkReflexes reflex = new((float)_tick);
        WalkReason reason = reflex.Configure(reflexes);
        if (reason != WalkReason.None) throw new GaitRefusedException(GaitPart.Walk, $"the board refuses the reflexes: {reason}");
        TrialNoise noise = new(seed, 0);
        SimulatedImu imu = new(_tick, _body.StepSeconds, _conditions.ImuBias, noise);
        WalkMeter meter = new(_body, _conditions.Terrain, _layout, _tick);
        bool finite = walker.Step(network);
        Round(walker.Angles);
        _body.Reset(_angles);
        _ends.AsSpan().Fill(.25);
        Disturbance disturbance = new(_conditions, _tick, seed);
        int outOfReach = 0, ticks = (int)Math.Round(_conditions.Seconds / _tick);
        bool walking = false;
        for (int t = 0; t < ticks; t++)
        {
            double time = t * _tick;
            if (!walking && time >= TrialConditions.StandSeconds)
            {
                walking = true;
                network.Reset();
                reflex.Reset();
                walker.SetCommand((float)gait.Speed, 0, 1);
                walker.Start();
                meter.Start();
            }
            imu.Read(reflex, !walking);
            Loads(reflex, t);
            finite = reflex.Step(walker, network);
            if (walking) network.Step();
            if (!walker.Step(network)) outOfReach++;
            Round(walker.Angles);
            disturbance.Apply(_body);
            for (int s = 0; s < _steps; s++)
            {
                if (s == _late) Send();
                _body.Step(1);
                imu.Follow(_body);
                meter.Work(_body.StepSeconds);
            }
            WalkEstimate estimate = new(reflex.Pitch, reflex.Slope, reflex.Shift);
            if (walking) meter.Tick(TrialConditions.SettleSeconds, estimate);
            samples?.Add(meter.Sample(estimate));
            if (_body.Fallen || !finite) return meter.Result(_body.Time, false, outOfReach);
            if (walking && meter.Distance > _conditions.Goal) return meter.Result(null, true, outOfReach);
        }
        return meter.Result(null, double.IsInfinity(_conditions.Goal), outOfReach);
    }

    /// <inheritdoc/>
    public void Dispose() => _body.Dispose();

    // Largest angle that one count of the PWM makes [rad]; 0 without servos.
    private static double PulseStep(RobotDescription robot)
    {
        double coarsest = 0;
        foreach (WalkerJoint joint in robot.Walker!.Joints)
            if (robot.Channels[joint.Channel] is ServoChannel servo)
                coarsest = Math.Max(coarsest, new PulseRounding(servo, (Pca9685)robot.Boards[servo.Board].Chips[servo.Chip]).Step / Math.Abs(joint.TravelPerRadian));
        return coarsest;
    }

    private void Round(float[] angles)
    {
        for (int i = 0; i < _angles.Length; i++) _angles[i] = _pulseStep > 0 ? Math.Round(angles[i] / _pulseStep) * _pulseStep : angles[i];
    }

    private void Send()
    {
        for (int i = 0; i < _angles.Length; i++) _body.SetTarget(i, _angles[i]);
    }

    // The converter of the foot sensors is read one input a tick, as the board does.
    private void Loads(WalkReflexes reflexes, int tick)
    {
        double weight = _body.Mass * GaitProblem.Gravity;
        int foot = tick / 2 % 2, end = tick % 2;
        _ends[2 * foot + end] = (_body.CornerForce(foot, 2 * end) + _body.CornerForce(foot, 2 * end + 1)) / weight;
        reflexes.LeftLoad = (float)(_ends[0] + _ends[1]);
        reflexes.RightLoad = (float)(_ends[2] + _ends[3]);
    }
}
