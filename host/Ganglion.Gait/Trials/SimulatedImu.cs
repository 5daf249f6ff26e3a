using Ganglion.Basics;
using Ganglion.Basics.Space;
using Ganglion.Physics;
using Ganglion.Shared.Sensing;
using Ganglion.Shared.Walking;

namespace Ganglion.Gait.Trials;

/// <summary>
/// The torso's IMU and the board's filter, for trials without a board: an MPU6050 with the figures of its data sheet (offsets
/// with three sigma at the limits, noise densities, low-pass of 44 Hz), read once a tick.
/// </summary>
internal sealed class SimulatedImu
{
    private const double RateOffset = 20 * Math.PI / 180 / 3, ForceOffset = 0.05 * Gravity.OfBodies / 3;
    private const double ForceOffsetUp = 0.08 * Gravity.OfBodies / 3;
    private const double Bandwidth = 44, FilterTime = 2;

    private static readonly double RateNoise = 0.005 * Math.PI / 180 * Math.Sqrt(Bandwidth);
    private static readonly double ForceNoise = 400e-6 * Gravity.OfBodies * Math.Sqrt(Bandwidth);

    private readonly ComplementaryFilter _filter;
    private readonly GyroZero _zero;
    private readonly TrialNoise _noise;
    private readonly double _share, _tilt;
    private readonly Vec3 _rateOffset, _forceOffset;
    private Vec3 _rate, _force = new(0, 0, Gravity.OfBodies);

    /// <param name="tick">Period of the readings [s].</param>
    /// <param name="step">Period of <see cref="Follow"/> [s].</param>
    /// <param name="bias">How far the chip is mounted askew, nose down above 0 [rad].</param>
    /// <param name="noise">Random numbers.</param>
    public SimulatedImu(double tick, double step, double bias, TrialNoise noise)
    {
        _filter = new ComplementaryFilter((float)FilterTime, (float)tick);
        _zero = new GyroZero((float)tick);
        _noise = noise;
        double rate = 2 * Math.PI * Bandwidth * step;
        _share = rate / (1 + rate);
        _tilt = bias;
        _rateOffset = new(RateOffset * noise.Normal(), RateOffset * noise.Normal(), RateOffset * noise.Normal());
        _forceOffset = new(ForceOffset * noise.Normal(), ForceOffset * noise.Normal(), ForceOffsetUp * noise.Normal());
    }

    /// <summary>The chip's own low-pass, a step of the simulation.</summary>
    public void Follow(MuJoCoWalker body)
    {
        _rate += _share * (body.AngularRate - _rate);
        _force += _share * (body.SpecificForce - _force);
    }

    /// <summary>One reading, as the reflexes get it.</summary>
    /// <param name="reflexes">Receives angles and rates.</param>
    /// <param name="still">True while the walker stands.</param>
    public void Read(WalkReflexes reflexes, bool still)
    {
        (double sin, double cos) = Math.SinCos(_tilt);
        Vec3 force = _force + _forceOffset;
        double x = cos * force.X - sin * force.Z, z = sin * force.X + cos * force.Z;
        _zero.Update(
            (float)(_rate.X + _rateOffset.X + RateNoise * _noise.Normal()), (float)(_rate.Y + _rateOffset.Y + RateNoise * _noise.Normal()),
            (float)(_rate.Z + _rateOffset.Z + RateNoise * _noise.Normal()), still);
        _filter.Update(
            (float)(x + ForceNoise * _noise.Normal()), (float)(force.Y + ForceNoise * _noise.Normal()),
            (float)(z + ForceNoise * _noise.Normal()),
            _zero.X, _zero.Y);
        reflexes.Pitch = _filter.Pitch;
        reflexes.Roll = _filter.Roll;
        reflexes.PitchRate = _filter.PitchRate;
        reflexes.RollRate = _filter.RollRate;
        reflexes.YawRate = _zero.Z;
    }
}
