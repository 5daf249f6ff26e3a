using Ganglion.Robots.Robot;
using Ganglion.VirtualBoard.Chips;
using Ganglion.VirtualBoard.Faults;
using Ganglion.VirtualBoard.Time;

namespace Ganglion.VirtualBoard.Bodies;

/// <summary>
/// A pendulum that two channels of a board push either way, and the potentiometer on its shaft: with its own angular frequency w, damping
/// ratio z and push p at full value, angle'' = -2 z w angle' - w² (sin angle - p (flexor - extensor)), by Runge-Kutta's rule in steps of a
/// millisecond.
/// </summary>
/// <param name="pendulum">What it is.</param>
/// <param name="flexor">What its flexor's channel gives at a time, 0..1.</param>
/// <param name="extensor">What its extensor's channel gives.</param>
public sealed class PendulumBody(PendulumDescription pendulum, Func<long, double> flexor, Func<long, double> extensor)
    : IWorldBody, IVoltageSource
{
    /// <summary>Longest step between two updates, ns.</summary>
    public const long StepNs = 1_000_000;

    /// <summary>Of the potentiometer: no angle gives more.</summary>
    private const double SupplyVolts = 3.3;

    private readonly double _omega = 2 * Math.PI * pendulum.Frequency;
    private long _ns;

    /// <summary>Angle from where it hangs at rest [rad] when it was last advanced.</summary>
    public double Angle { get; private set; }

    /// <summary>Its speed [rad/s].</summary>
    public double Speed { get; private set; }

    /// <summary>When the potentiometer's wire is off: 0 V.</summary>
    public FaultWindow UnpluggedWindow { get; set; }

    /// <summary>Somebody pushes it: from here it goes on by itself.</summary>
    public void Set(double angle, double speed) => (Angle, Speed) = (angle, speed);

    /// <inheritdoc/>
    public void Advance(long nowNs)
    {
        while (_ns < nowNs)
        {
            long step = Math.Min(StepNs, nowNs - _ns);
            _ns += step;
            double push = pendulum.Push * (flexor(_ns) - extensor(_ns));
            Step(step * 1e-9, push);
        }
    }

    /// <inheritdoc/>
    public double VoltsAt(long ns) => UnpluggedWindow.Contains(ns) ? 0
        : Math.Clamp(pendulum.ZeroVolts + pendulum.VoltsPerRadian * (Angle + Speed * ((ns - _ns) * 1e-9)), 0, SupplyVolts);

    private void Step(double dt, double push)
    {
        (double v1, double a1) = Slope(Angle, Speed, push);
        (double v2, double a2) = Slope(Angle + dt / 2 * v1, Speed + dt / 2 * a1, push);
        (double v3, double a3) = Slope(Angle + dt / 2 * v2, Speed + dt / 2 * a2, push);
        (double v4, double a4) = Slope(Angle + dt * v3, Speed + dt * a3, push);
        Angle += dt / 6 * (v1 + 2 * v2 + 2 * v3 + v4);
        Speed += dt / 6 * (a1 + 2 * a2 + 2 * a3 + a4);
    }

    private (double Velocity, double Acceleration) Slope(double angle, double speed, double push) =>
        (speed, -2 * pendulum.Damping * _omega * speed - _omega * _omega * (Math.Sin(angle) - push));
}
