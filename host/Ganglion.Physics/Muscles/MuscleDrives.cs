using Ganglion.Robots.Walkers;

namespace Ganglion.Physics.Muscles;

/// <summary>
/// A pair of muscle bundles at every joint, mounted so that both are alike in a crouch. Every 10 ms a joint's
/// controller asks for the torque that a servo of the same stiffness would give, turns it into two pressures by the
/// muscles' model (which takes out their springs), and has them made by its pressure loops.
/// </summary>
internal sealed class MuscleDrives : JointDrives
{
    // Eight muscles a side at 30 mm: 280 N m at most in the middle, which a walker of 30 kg needs in its knees.
    private static readonly MusclePair Pair = new(0.03, 8, 350.0, 0.02);

    // The crouch, by joint of a leg [rad].
    private static readonly double[] Middle = [0.0, 0.0, -0.4, 0.8, -0.4, 0.0];

    private const double Lag = 0.04, Period = 0.01, Integral = 1.0;

    // A limp joint's muscles go to the least pressure for which the model holds.
    private const double Limp = PneumaticMuscle.LeastPressure;

    private readonly JointServo _servo;
    private readonly PairPressures[] _loops = new PairPressures[IWalkerPhysics.JointCount];
    private readonly double[] _pressures = new double[2 * IWalkerPhysics.JointCount], _valves = new double[2 * IWalkerPhysics.JointCount];
    private readonly int[] _untilControl = new int[IWalkerPhysics.JointCount];
    private readonly double _follow = 1.0 - Math.Exp(-MuJoCoWalker.TimeStep / Lag);

    public MuscleDrives(JointServo servo)
    {
        _servo = servo;
        for (int i = 0; i < _loops.Length; i++)
        {
            _loops[i] = new PairPressures(Lag, Period, Integral);
        }
    }

    /// <summary>One muscle of a pair contracts while the other is stretched: their dampers' sum at lower pressures, where it is
    /// constant. The simulation treats it implicitly.</summary>
    public override double Damping => Pair.Bundle * Pair.Radius * Pair.Radius
        * (PneumaticMuscle.Damper(PneumaticMuscle.LeastPressure, true) + PneumaticMuscle.Damper(PneumaticMuscle.LeastPressure, false));

    public override void Reset(ReadOnlySpan<double> pose)
    {
        base.Reset(pose);
        Array.Fill(_pressures, Pair.CoContraction);
        Array.Clear(_untilControl);
        foreach (PairPressures loop in _loops)
        {
            loop.Reset();
        }
    }

    protected override double Torque(int joint, double target, double angle, double rate)
    {
        double from = angle - Middle[joint % Middle.Length];
        int flexor = 2 * joint, extensor = flexor + 1;
        if (--_untilControl[joint] < 0)
        {
            _untilControl[joint] = (int)Math.Round(Period / MuJoCoWalker.TimeStep) - 1;
            bool limp = double.IsNaN(target);
            double difference = limp ? 0.0 : Pair.Difference(Math.Clamp(_servo.Stiffness * (target - angle), -_servo.Torque, _servo.Torque),
                from, 0.0);
            double middle = limp ? Limp : Pair.CoContraction;
            (_valves[flexor], _valves[extensor]) = _loops[joint].Next(middle + difference, middle - difference, _pressures[flexor],
                _pressures[extensor]);
        }
        _pressures[flexor] += _follow * (_valves[flexor] - _pressures[flexor]);
        _pressures[extensor] += _follow * (_valves[extensor] - _pressures[extensor]);

        // Springs and forces; the dampers are the simulation's.
        return Pair.Torque(_pressures[flexor], _pressures[extensor], from, 0.0);
    }
}
