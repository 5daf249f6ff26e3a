using Ganglion.Robots.Walkers;

namespace Ganglion.Physics;

/// <summary>
/// Position servos: torque = stiffness x (target - angle), bounded by what a motor gives. Against its motion it gives its
/// full torque; with its motion the bound falls in a line to 0 at its no-load speed.
/// </summary>
internal sealed class ServoDrives(JointServo servo) : JointDrives
{
    public override double Damping => servo.Damping;

    protected override double Torque(int joint, double target, double angle, double rate)
    {
        if (double.IsNaN(target))
        {
            return 0.0;
        }

        double up = servo.Torque, down = -servo.Torque;
        if (rate > 0.0)
        {
            up *= Math.Max(0.0, 1.0 - rate / servo.Speed);
        }
        else
        {
            down *= Math.Max(0.0, 1.0 + rate / servo.Speed);
        }

        return Math.Clamp(servo.Stiffness * (target - angle), down, up);
    }
}
