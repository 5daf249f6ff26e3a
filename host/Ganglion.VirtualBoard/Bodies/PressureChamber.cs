using Ganglion.VirtualBoard.Chips;
using Ganglion.VirtualBoard.Faults;

namespace Ganglion.VirtualBoard.Bodies;

/// <summary>How a proportional valve, a chamber and its sensor behave.</summary>
/// <param name="FullScaleKpa">Pressure of the valve at <paramref name="FullScaleVolts"/>, kPa.</param>
/// <param name="FullScaleVolts">Control voltage for full pressure, V; higher ones give no more.</param>
/// <param name="LagSeconds">Time constant with which the chamber follows, s.</param>
/// <param name="SensorZeroVolts">Sensor voltage at 0 kPa.</param>
/// <param name="SensorVoltsPerKpa">Slope of the sensor, V/kPa.</param>
public sealed record PressureModel(
    double FullScaleKpa, double FullScaleVolts, double LagSeconds, double SensorZeroVolts, double SensorVoltsPerKpa);

/// <summary>How valves and chambers differ from what the robot's description says of them.</summary>
/// <param name="Shortfall">What a valve gives less than it is told, as a fraction.</param>
/// <param name="LagSeconds">Time constant with which a chamber follows its valve, s; null: that of the description, and 0.1 s where
/// it has none.</param>
public sealed record ValveModel(double Shortfall = 0, double? LagSeconds = null);

/// <summary>A chamber behind a proportional valve: its pressure follows the control voltage as a first-order lag,
/// p(t) = target + (p(t0) - target) exp(-(t - t0) / lag), and a sensor turns it into a voltage.</summary>
public sealed class PressureChamber(PressureModel model) : IVoltageInput, IVoltageSource
{
    private double _startKpa;
    private double _valveKpa;
    private long _startNs;
    private double? _heldVolts;
    private double _stuckKpa;
    private FaultWindow _stuckValve, _leak;
    private double _leakShare;

    /// <summary>When the sensor keeps showing what it showed at the start of the window.</summary>
    public FaultWindow StuckWindow { get; set; }

    /// <summary>When the sensor is unplugged: 0 V.</summary>
    public FaultWindow UnpluggedWindow { get; set; }

    /// <summary>From now on and for a time the valve gives what it gives now.</summary>
    public void HoldValve(FaultWindow window)
    {
        Restart(window.FromNs);
        (_stuckValve, _stuckKpa) = (window, _valveKpa);
    }

    /// <summary>From now on and for a time the chamber gets only to a part of what the valve gives.</summary>
    /// <param name="window">From now.</param>
    /// <param name="share">What is lost, 0..1.</param>
    public void Leak(FaultWindow window, double share)
    {
        Restart(window.FromNs);
        (_leak, _leakShare) = (window, share);
    }

    /// <summary>Pressure at <paramref name="ns"/>, kPa. Times before the last change of the valve give the pressure at that
    /// change.</summary>
    public double KpaAt(long ns)
    {
        (long from, double kpa) = (_startNs, _startKpa);
        foreach (long end in (ReadOnlySpan<long>)[Math.Min(_stuckValve.UntilNs, _leak.UntilNs),
            Math.Max(_stuckValve.UntilNs, _leak.UntilNs), ns])
        {
            if (end <= from || end > ns)
            {
                continue;
            }

            double target = Target(from);
            kpa = target + (kpa - target) * Math.Exp(-(end - from) * 1e-9 / model.LagSeconds);
            from = end;
        }

        return kpa;
    }

    public double VoltsAt(long ns)
    {
        if (UnpluggedWindow.Contains(ns))
        {
            return 0;
        }

        if (!StuckWindow.Contains(ns))
        {
            _heldVolts = null;
            return SensorVolts(KpaAt(ns));
        }

        return _heldVolts ??= SensorVolts(KpaAt(StuckWindow.FromNs));
    }

    public void VoltageChanged(double volts, long ns)
    {
        if (StuckWindow.Contains(ns))
        {
            VoltsAt(ns); // fixes the held voltage before the valve moves on
        }

        Restart(ns);
        _valveKpa = model.FullScaleKpa * Math.Clamp(volts / model.FullScaleVolts, 0, 1);
    }

    /// <summary>What the chamber goes to, kPa; it changes with the valve and at the windows' ends.</summary>
    private double Target(long ns) => (_stuckValve.Contains(ns) ? _stuckKpa : _valveKpa) * (_leak.Contains(ns) ? 1 - _leakShare : 1);

    private void Restart(long ns) => (_startKpa, _startNs) = (KpaAt(ns), ns);

    private double SensorVolts(double kpa) => model.SensorZeroVolts + model.SensorVoltsPerKpa * kpa;
}
