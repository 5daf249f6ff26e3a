using Ganglion.Basics;
using Ganglion.Basics.Space;
using Ganglion.VirtualBoard.Chips;
using Ganglion.VirtualBoard.Faults;

namespace Ganglion.VirtualBoard.Bodies;

/// <summary>What an inertial sensor is fixed to. Its motion is set from time to time; in between it turns on at its last rate.</summary>
public sealed class ImuMount : IImuMotion
{
    /// <summary>Motions that it remembers, for a sensor that lags behind.</summary>
    private const int Remembered = 64;

    private readonly Motion[] _motions = new Motion[Remembered];
    private int _newest;

    /// <summary>Longest lag, ns: what it remembers at a motion every 2.5 ms, less a margin.</summary>
    public const long MaxLagNs = 150_000_000;

    /// <summary>At rest and level until its motion is set.</summary>
    public ImuMount() => Array.Fill(_motions, new Motion(Quat.Identity, default, default, 0));

    /// <summary>When it sits askew: the chip's nose is down by <see cref="Tilt"/>.</summary>
    public FaultWindow TiltWindow { get; set; }

    /// <summary>About the y axis, rad.</summary>
    public double Tilt { get; set; }

    /// <summary>When the sensor shows what was <see cref="LagNs"/> ago.</summary>
    public FaultWindow LagWindow { get; set; }

    /// <summary>0..<see cref="MaxLagNs"/>.</summary>
    public long LagNs { get; set; }

    /// <summary>Sets the motion at <paramref name="ns"/>.</summary>
    /// <param name="orientation">From the sensor's axes to the world's, z up.</param>
    /// <param name="rate">Angular rate in the sensor's axes, rad/s.</param>
    /// <param name="acceleration">Acceleration in the world's axes, m/s^2, without gravity.</param>
    /// <param name="ns">When, ns.</param>
    public void Set(Quat orientation, Vec3 rate, Vec3 acceleration, long ns)
    {
        _newest = (_newest + 1) % Remembered;
        _motions[_newest] = new Motion(orientation, rate, acceleration, ns);
    }

    public void MotionAt(long ns, Span<double> specificForce, Span<double> angularRate)
    {
        bool tilted = TiltWindow.Contains(ns);
        if (LagWindow.Contains(ns))
        {
            ns -= LagNs;
        }

        Motion motion = At(ns);
        Vec3 rate = motion.Rate;
        double half = 0.5e-9 * Math.Max(0, ns - motion.Ns) * rate.Length;
        double scale = half == 0 ? 0 : Math.Sin(half) / rate.Length;
        var turn = new Quat(Math.Cos(half), scale * rate.X, scale * rate.Y, scale * rate.Z);
        Mat3 toSensor = (motion.Orientation * turn).ToMatrix().Transposed;
        if (tilted)
        {
            Mat3 askew = Mat3.AboutY(Tilt).Transposed;
            (toSensor, rate) = (askew * toSensor, askew * rate);
        }

        Vec3 force = toSensor * (motion.Acceleration + new Vec3(0, 0, Gravity.Standard));
        (specificForce[0], specificForce[1], specificForce[2]) = force;
        (angularRate[0], angularRate[1], angularRate[2]) = rate;
    }

    /// <summary>The last motion set at or before a time; the oldest remembered one where all are later.</summary>
    private Motion At(long ns)
    {
        int at = _newest;
        for (int i = 1; i < Remembered && _motions[at].Ns > ns; i++)
        {
            at = (at + Remembered - 1) % Remembered;
        }

        return _motions[at];
    }

    private readonly record struct Motion(Quat Orientation, Vec3 Rate, Vec3 Acceleration, long Ns);
}
