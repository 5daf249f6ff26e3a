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
/// <param name="LagSeconds">Time constant with which a chamber follows its valve, s.</param>
/// <param name="Shortfall">What a valve gives less than it is told, as a fraction.</param>
public sealed record ValveModel(double LagSeconds, double Shortfall)
{
    /// <summary>Large chambers behind exact valves.</summary>
    public static ValveModel Slow { get; } = new(0.1, 0);
}

/// <summary>A chamber behind a proportional valve: its pressure follows the control voltage as a first-order lag,
/// p(t) = target + (p(t0) - target) exp(-(t - t0) / lag), and a sensor turns it into a voltage.</summary>
public sealed class PressureChamber(PressureModel model) : IVoltageInput, IVoltageSource
{
    private double _startKpa;
    private double _targetKpa;
    private long _startNs;
    private double? _heldVolts;

    /// <summary>When the sensor keeps showing what it showed at the start of the window.</summary>
    public FaultWindow StuckWindow { get; set; }

    /// <summary>Pressure at <paramref name="ns"/>, kPa. Times before the last change of the valve give the pressure at that change.</summary>
    public double KpaAt(long ns)
    {
        double seconds = Math.Max(0, ns - _startNs) * 1e-9;
        return _targetKpa + (_startKpa - _targetKpa) * Math.Exp(-seconds / model.LagSeconds);
    }

    public double VoltsAt(long ns)
    {
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
            VoltsAt(ns); // fixes the held voltage before the valve moves on

        _startKpa = KpaAt(ns);
        _startNs = ns;
        _targetKpa = model.FullScaleKpa * Math.Clamp(volts / model.FullScaleVolts, 0, 1);
    }

    private double SensorVolts(double kpa) => model.SensorZeroVolts + model.SensorVoltsPerKpa * kpa;
}
