using Ganglion.Basics;
using Ganglion.Physics;
using Ganglion.Robots.Boards;
using Ganglion.Robots.Gaits;
using Ganglion.Robots.Robot;
using Ganglion.Robots.Walkers;
using Ganglion.Shared.Motion;
using Ganglion.Shared.Walking;

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
    private const double Latency = 0.01;

    /// <summary>The whole travel in Q14.</summary>
    private const double Full = FixedPoint.One;

    private readonly RobotDescription _robot;
    private readonly WalkerLayout _layout;
    private readonly TrialConditions _conditions;
    private readonly MuJoCoWalker _body;
    private readonly double _tick;
    private readonly PulseRounding[] _rounding;
    private readonly int[] _targets;
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
        _body = new MuJoCoWalker(_layout, conditions.Terrain, conditions.Friction, load: conditions.Load);
        _tick = robot.Boards[0].Tick;
        _steps = (int)Math.Round(_tick / _body.StepSeconds);
        _late = (int)Math.Round(Latency / _body.StepSeconds);
        _targets = new int[robot.Channels.Length];
        _rounding = [.. _layout.Joints.Select(joint =>
        {
            var servo = (ServoChannel)robot.Channels[joint.Channel];
            return new PulseRounding(servo, (Pca9685)robot.Boards[servo.Board].Chips[servo.Chip]);
        })];
    }

    /// <summary>Walks once.</summary>
    /// <param name="gait">The gait with its reflexes.</param>
    /// <param name="seed">Of all noise.</param>
    /// <param name="samples">Receives a sample a tick; null: none.</param>
    /// <param name="cancellation">Ends it early with an <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="GaitRefusedException">A board would refuse the gait.</exception>
    public WalkMeasures Run(GaitDescription gait, int seed, List<WalkSample>? samples = null, CancellationToken cancellation = default)
    {
        WalkPlayer player = BoardWalk.Build(gait, _robot);
        WalkReflexes reflexes = player.Reflexes;
        SimulatedImu imu = new(_tick, _body.StepSeconds, _conditions.ImuBias, new TrialNoise(seed, 0));
        Disturbance disturbance = new(_conditions, _tick, seed);
        WalkMeter meter = new(_body, _conditions.Terrain, _layout, _tick, gait);
        Stand(player);
        int outOfReach = 0, ticks = (int)Math.Round(_conditions.Seconds / _tick);
        for (int t = 0; t < ticks; t++)
        {
            cancellation.ThrowIfCancellationRequested();
            bool stood = player.Stage != WalkStage.Walking;
            imu.Read(reflexes, stood);
            Loads(player.Loads, t);
            bool sound = player.Step(_targets);
            bool walking = player.Stage == WalkStage.Walking;
            if (stood && walking)
            {
                player.Modulate((float)gait.Speed, 0, 1, 1);
                meter.Start();
            }
            if (!player.Reached)
            {
                outOfReach++;
            }

            disturbance.Apply(_body);
            for (int s = 0; s < _steps; s++)
            {
                if (s == _late)
                {
                    Send();
                }

                _body.Step(1);
                imu.Follow(_body);
                meter.Work(_body.StepSeconds);
            }
            WalkEstimate estimate = new(reflexes.LevelPitch, reflexes.Slope, reflexes.Shift, player.Walker.Speed);
            if (walking)
            {
                meter.Tick(_conditions.Settle, estimate, gait.Speed, 0);
            }

            samples?.Add(meter.Sample(estimate));

            // A board that gives up goes safe in the middle of a step: a walker does not survive that.
            if (_body.Fallen || !sound)
            {
                return meter.Result(_body.Time, false, outOfReach);
            }

            if (walking && meter.Distance > _conditions.Goal)
            {
                return meter.Result(null, true, outOfReach);
            }
        }
        return meter.Result(null, meter.Began && double.IsInfinity(_conditions.Goal), outOfReach);
    }

    /// <inheritdoc/>
    public void Dispose() => _body.Dispose();

    // The body begins in the pose to which the player blends.
    private void Stand(WalkPlayer player)
    {
        player.Walker.Stand();
        foreach (WalkerJoint joint in _layout.Joints)
        {
            double angle = player.Walker.Angles[joint.Index];
            _targets[joint.Channel] = (int)Math.Round(Full * joint.ValueOf(angle));
            _angles[joint.Index] = angle;
        }
        _body.Reset(_angles, held: true);
        player.Start(_targets);
        _ends.AsSpan().Fill(0.25);
    }

    // What the servos make of the channels' targets: within their limits, in counts of the PWM.
    private void Send()
    {
        for (int i = 0; i < _layout.Joints.Length; i++)
        {
            WalkerJoint joint = _layout.Joints[i];
            var servo = (ServoChannel)_robot.Channels[joint.Channel];
            double value = Math.Clamp(_targets[joint.Channel] / Full, servo.LimitMin, servo.LimitMax);
            _body.SetTarget(joint.Index, joint.AngleOf(_rounding[i].Rounded(value)));
        }
    }

    // The converter of the foot sensors is read one input a tick, as the board does.
    private void Loads(FootLoads loads, int tick)
    {
        double weight = _body.Mass * Gravity.OfBodies;
        int foot = tick / 2 % 2, end = tick % 2;
        _ends[2 * foot + end] = (_body.CornerForce(foot, 2 * end) + _body.CornerForce(foot, 2 * end + 1)) / weight;
        loads.Left = (float)(_ends[0] + _ends[1]);
        loads.Right = (float)(_ends[2] + _ends[3]);
        loads.LeftEnds = (float)(_ends[0] - _ends[1]);
        loads.RightEnds = (float)(_ends[2] - _ends[3]);
    }
}
