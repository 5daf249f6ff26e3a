using Ganglion.Physics;
using Ganglion.Robots.Walkers;
using Ganglion.Shared.Legs;

namespace Ganglion.Gait.Trials;

/// <summary>Powers and energies of a walker's joints by part: 0 hips, 1 knees, 2 ankles of both legs.</summary>
/// <param name="body">The body.</param>
/// <param name="servo">What turns its joints.</param>
/// <param name="muscles">True: pneumatic muscles do, and nothing is electric; they feel no damping of a gear.</param>
internal sealed class JointMeter(IWalkerPhysics body, JointServo servo, bool muscles)
{
    private const int Parts = 3;

    private readonly double[] _magnitude = new double[Parts], _driving = new double[Parts], _electric = new double[Parts];
    private readonly double[] _friction = new double[Parts], _peak = new double[Parts], _power = new double[Parts];
    private readonly double[] _rates = body.Rates.ToArray();
    private readonly double _heat = muscles ? double.NaN : servo.Speed / servo.Torque, _damping = muscles ? 0 : servo.Damping;

    /// <summary>Sum of |torque x rate| of a part in the last step [W].</summary>
    public double Power(int part) => _power[part];

    /// <summary>What a part has spent.</summary>
    public JointEnergy Energy(int part) =>
        new(_magnitude[part], _driving[part], _electric[part], _friction[part], _peak[part]);

    /// <summary>A step of the simulation: torques of that step at the rates that they met, as <see cref="IWalkerPhysics.Work"/> has
    /// them.</summary>
    /// <param name="seconds">Its length.</param>
    /// <param name="counts">False: it changes the powers alone.</param>
    public void Step(double seconds, bool counts)
    {
        ReadOnlySpan<double> torques = body.Torques;
        _power.AsSpan().Clear();
        for (int i = 0; i < IWalkerPhysics.JointCount; i++)
        {
            int joint = i % LegGeometry.Slots, part = joint < LegGeometry.Knee ? 0 : joint == LegGeometry.Knee ? 1 : 2;
            double torque = torques[i], rate = _rates[i], power = torque * rate;
            _power[part] += Math.Abs(power);
            if (!counts)
            {
                continue;
            }

            _magnitude[part] += seconds * Math.Abs(power);
            _driving[part] += seconds * Math.Max(0, power);
            _electric[part] += seconds * Math.Max(0, power + _heat * torque * torque);
            _friction[part] += seconds * _damping * rate * rate;
            _peak[part] = Math.Max(_peak[part], Math.Abs(power));
        }

        body.Rates.CopyTo(_rates);
    }
}
