using Ganglion.Basics;

namespace Ganglion.Gait.Stability;

/// <summary>Dimensionless cost of transport, the paper's equations (23) and (24).</summary>
public static class CostOfTransport
{
    /// <summary>E = integral of the power over time (trapezoids), CoT = E / (m g d).</summary>
    /// <param name="power">Power of all drives together at evenly spaced times [W].</param>
    /// <param name="dt">Time between two [s].</param>
    /// <param name="mass">Mass of the robot [kg].</param>
    /// <param name="distance">Way walked in that time [m].</param>
    /// <exception cref="ArgumentOutOfRangeException">Mass or distance is not above 0, or there are fewer than two samples.</exception>
    public static double Of(ReadOnlySpan<double> power, double dt, double mass, double distance)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(power.Length, 2);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(mass);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(distance);
        double energy = 0;
        for (int k = 1; k < power.Length; k++)
        {
            energy += 0.5 * (power[k - 1] + power[k]) * dt;
        }

        return energy / (mass * Gravity.OfBodies * distance);
    }
}
