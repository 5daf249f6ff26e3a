namespace Ganglion.VirtualBoard.Chips;

/// <summary>Something on a PWM output.</summary>
public interface IPulseInput
{
    /// <summary>The pulse length changes.</summary>
    /// <param name="seconds">New pulse length, s; 0: no pulses (off, or constantly high).</param>
    /// <param name="fromNs">When, ns; may lie ahead, and then replaces any earlier change that has not come yet.</param>
    void PulseChanged(double seconds, long fromNs);
}

/// <summary>Something on an analog output.</summary>
public interface IVoltageInput
{
    /// <summary>The voltage changes at <paramref name="ns"/> to <paramref name="volts"/>.</summary>
    void VoltageChanged(double volts, long ns);
}

/// <summary>A voltage that an analog input measures.</summary>
public interface IVoltageSource
{
    /// <summary>Volts at <paramref name="ns"/>.</summary>
    double VoltsAt(long ns);
}

/// <summary>The motion of an inertial sensor, in its own axes.</summary>
public interface IImuMotion
{
    /// <summary>Specific force, m/s^2 (at rest: minus gravity, so +9.81 along the axis that points up), and angular rate,
    /// rad/s. Each span holds x, y, z.</summary>
    void MotionAt(long ns, Span<double> specificForce, Span<double> angularRate);
}

/// <summary>What is before a distance sensor.</summary>
public interface IDistanceSource
{
    /// <summary>Distance at <paramref name="ns"/>, m; infinite where there is nothing.</summary>
    double MetresAt(long ns);
}
