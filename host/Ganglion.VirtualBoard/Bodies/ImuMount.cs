using Ganglion.Robots.Space;
using Ganglion.VirtualBoard.Chips;

namespace Ganglion.VirtualBoard.Bodies;

/// <summary>What an inertial sensor is fixed to. Its motion is set from time to time; in between it turns on at its last rate.</summary>
public sealed class ImuMount : IImuMotion
{
    private Quat _orientation = Quat.Identity;
    private Vec3 _rate;
    private Vec3 _acceleration;
    private long _sinceNs;

    /// <summary>Sets the motion at <paramref name="ns"/>.</summary>
    /// <param name="orientation">From the sensor's axes to the world's, z up.</param>
    /// <param name="rate">Angular rate in the sensor's axes, rad/s.</param>
    /// <param name="acceleration">Acceleration in the world's axes, m/s^2, without gravity.</param>
    /// <param name="ns">When, ns.</param>
    public void Set(Quat orientation, Vec3 rate, Vec3 acceleration, long ns)
    {
        _orientation = orientation;
        _rate = rate;
        _acceleration = acceleration;
        _sinceNs = ns;
    }

    public void MotionAt(long ns, Span<double> specificForce, Span<double> angularRate)
    {
        double half = 0.5e-9 * Math.Max(0, ns - _sinceNs) * _rate.Length;
        double scale = half == 0 ? 0 : Math.Sin(half) / _rate.Length;
        var turn = new Quat(Math.Cos(half), scale * _rate.X, scale * _rate.Y, scale * _rate.Z);
        Mat3 toSensor = (_orientation * turn).ToMatrix().Transposed;
        Vec3 force = toSensor * (_acceleration + new Vec3(0, 0, Mpu6050.Gravity));
        (specificForce[0], specificForce[1], specificForce[2]) = force;
        (angularRate[0], angularRate[1], angularRate[2]) = _rate;
    }
}
