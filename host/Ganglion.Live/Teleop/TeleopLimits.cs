namespace Ganglion.Live.Teleop;

/// <summary>How fast a person may move a robot.</summary>
/// <param name="Speed">Of the tip, m/s, above 0.</param>
/// <param name="TurnRate">Of the tip, rad/s, above 0.</param>
public sealed record TeleopLimits(double Speed, double TurnRate)
{
    /// <summary>From rest to the largest speed and back, s: short enough that a released deadman stops the tip well within 300 ms, the way
    /// of a setpoint (60 ms) and of the servos included.</summary>
    public const double Ramp = 0.12;

    /// <summary>What the target is led with, so that the arm can catch up with it within the bounds.</summary>
    internal TeleopLimits Governed() => new(Lead * Speed, Lead * TurnRate);

    private const double Lead = 0.9;

    /// <summary>
    /// The largest speed of a step from which it can be braked within a way, that step included. From n steps' worth of braking and k = its
    /// whole part the way is (k + 1) n - k (k + 1) / 2 times what a step's braking brings in a step.
    /// </summary>
    /// <param name="left">The way.</param>
    /// <param name="change">Change of speed in a step.</param>
    /// <param name="period">Of a step, s.</param>
    internal static double Approach(double left, double change, double period)
    {
        double ways = left / (change * period), whole = Math.Floor((Math.Sqrt(1 + 8 * ways) - 1) / 2);
        return change * (ways / (whole + 1) + whole / 2);
    }

    /// <summary>m/s^2.</summary>
    public double Acceleration => Speed / Ramp;

    /// <summary>rad/s^2.</summary>
    public double TurnAcceleration => TurnRate / Ramp;
}
