namespace Ganglion.Live.Teleop;

/// <summary>How fast a person may move a robot.</summary>
/// <param name="Speed">Of the tip, m/s, above 0.</param>
/// <param name="TurnRate">Of the tip, rad/s, above 0.</param>
public sealed record TeleopLimits(double Speed, double TurnRate)
{
    /// <summary>From rest to the largest speed and back, s: short enough that a released deadman stops the tip well within 300 ms, the way
    /// of a setpoint (60 ms) and of the servos included.</summary>
    public const double Ramp = 0.12;

    /// <summary>m/s^2.</summary>
    public double Acceleration => Speed / Ramp;

    /// <summary>rad/s^2.</summary>
    public double TurnAcceleration => TurnRate / Ramp;
}
