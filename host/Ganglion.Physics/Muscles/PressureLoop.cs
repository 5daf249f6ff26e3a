namespace Ganglion.Physics.Muscles;

/// <summary>
/// Pressure control of a chamber that follows its valve with a lag: the valve is told what makes the lagging pressure
/// arrive when it is wanted, and a slow integral of the measured error takes out what the valve's own error is.
/// </summary>
/// <param name="lag">Of the chamber [s].</param>
/// <param name="period">Between two calls [s].</param>
/// <param name="integral">Gain [1/s]; 0: without measurement.</param>
public sealed class PressureLoop(double lag, double period, double integral)
{
    // What the valve's error may be [kPa].
    private const double MostTrim = 60.0;

    private readonly double _keep = Math.Exp(-period / lag);
    private double _expected = double.NaN, _trim;

    /// <summary>Forgets the past.</summary>
    public void Reset() => (_expected, _trim) = (double.NaN, 0.0);

    /// <summary>One period.</summary>
    /// <param name="wanted">Pressure at the end of the period [kPa].</param>
    /// <param name="measured">Pressure now [kPa].</param>
    /// <returns>Pressure to set the valve to for this period [kPa], within 0..<see cref="PneumaticMuscle.MostPressure"/>.</returns>
    public double Next(double wanted, double measured)
    {
        if (double.IsNaN(_expected)) _expected = measured;
        _trim = Math.Clamp(_trim + integral * period * (_expected - measured), -MostTrim, MostTrim);

        // p(end) = v + (p(now) - v) e^(-T/lag), solved for the valve's pressure v.
        double valve = Math.Clamp((wanted - _keep * _expected) / (1.0 - _keep), 0.0, PneumaticMuscle.MostPressure);
        _expected = valve + (_expected - valve) * _keep;
        return Math.Clamp(valve + _trim, 0.0, PneumaticMuscle.MostPressure);
    }
}
