using Ganglion.Robots;

namespace Ganglion.Physics;

/// <summary>
/// Position servos: torque = stiffness x (target - angle) while they are driven, bounded by what a motor gives. Against its motion it gives its
/// full torque; with its motion the bound falls in a line to 0 at its no-load speed.
/// </summary>
internal sealed class ServoDrives(JointServo servo, int joints)
{
    private readonly double[] _targets = new double[joints];
    private readonly bool[] _limp = new bool[joints];

    public void Reset(ReadOnlySpan<double> targets)
    {
        targets.CopyTo(_targets);
        Array.Clear(_limp);
    }

    public void SetTarget(int joint, double angle) => (_targets[joint], _limp[joint]) = (angle, false);

    public void Relax(int joint) => _limp[joint] = true;

    /// <summary>Torque of a joint's servo [N m].</summary>
    public double Torque(int joint, double angle, double rate)
    {
        if (_limp[joint]) return 0.0;
        double up = servo.Torque, down = -servo.Torque;
        if (rate > 0.0) up *= Math.Max(0.0, 1.0 - rate / servo.Speed);
        else down *= Math.Max(0.0, 1.0 + rate / servo.Speed);
        return Math.Clamp(servo.Stiffness * (_targets[joint] - angle), down, up);
    }
}
