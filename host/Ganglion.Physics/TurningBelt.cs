using Ganglion.Basics;
using Ganglion.Basics.Space;

namespace Ganglion.Physics;

/// <summary>
/// What a belt and the slope of the ground to the side do to who walks in their frame. Gravity turns in it, and while the belt's slope
/// rises by w [rad/s] the frame itself turns by -w about y, about an axis in the belt's surface under the hips. A gyroscope measures that
/// too. And a body keeps its own motion when w changes: against the frame its speeds then change as those of a rigid body. What else a
/// turning frame has, Coriolis' and the centrifugal force, is left out: at 9 degrees/s and 0.5 m/s it is below 0.02 g.
/// </summary>
/// <param name="terrain">What is walked on.</param>
internal sealed unsafe class TurningBelt(Terrain terrain)
{
    private double _rate;

    /// <summary>Turning of the frame [rad/s], in its axes.</summary>
    public Vec3 Turning => new(0.0, -_rate, 0.0);

    /// <summary>Puts a body that rests against the belt on it.</summary>
    /// <param name="gravity">Receives gravity in the frame [m/s2].</param>
    public void Reset(double* gravity)
    {
        _rate = terrain.BeltRateAt(0.0);
        Turn(0.0, gravity);
    }

    /// <summary>Goes on to a time.</summary>
    /// <param name="time">[s].</param>
    /// <param name="gravity">As above.</param>
    /// <param name="height">Of the hips above the ground [m].</param>
    /// <param name="attitude">Of the torso.</param>
    /// <param name="speeds">Of the torso's free joint: three along the frame's axes [m/s], three about its own [rad/s]; changed where the
    /// belt begins to turn otherwise.</param>
    public void Step(double time, double* gravity, double height, in Quat attitude, double* speeds)
    {
        Turn(time, gravity);
        double change = terrain.BeltRateAt(time) - _rate;
        if (change == 0.0)
        {
            return;
        }

        _rate += change;
        Vec3 turning = new(0.0, change, 0.0), speed = Vec3.Cross(turning, new(0.0, 0.0, height));
        Vec3 about = attitude.ToMatrix().Transposed * turning;
        (speeds[0], speeds[1], speeds[2]) = (speeds[0] + speed.X, speeds[1] + speed.Y, speeds[2] + speed.Z);
        (speeds[3], speeds[4], speeds[5]) = (speeds[3] + about.X, speeds[4] + about.Y, speeds[5] + about.Z);
    }

    private void Turn(double time, double* gravity)
    {
        (double sin, double cos) = Math.SinCos(terrain.BeltAt(time));
        (double sinSide, double cosSide) = Math.SinCos(terrain.Side);
        (gravity[0], gravity[1], gravity[2]) =
            (-Gravity.OfBodies * sin * cosSide, -Gravity.OfBodies * sinSide, -Gravity.OfBodies * cos * cosSide);
    }
}
