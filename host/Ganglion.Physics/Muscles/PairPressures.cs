using Ganglion.Shared.Link;
using Ganglion.Shared.Motion;

namespace Ganglion.Physics.Muscles;

/// <summary>The pressure loops of a pair of muscles, the ones that a board runs, with valves of 600 kPa and sensors of 16 bits: pressures
/// in kPa go in and come out as a board rounds them.</summary>
internal sealed class PairPressures
{
    private const double FullScale = 600.0, CountsPerKpa = 40.0;

    private readonly PressureLoop _loop;
    private readonly int[] _command = new int[2], _analog = new int[2];
    private readonly bool[] _fresh = new bool[2];

    /// <param name="lag">Of the chambers [s].</param>
    /// <param name="period">Between two calls [s].</param>
    /// <param name="integral">How fast an error of a valve is taken out [1/s].</param>
    public PairPressures(double lag, double period, double integral)
    {
        _loop = new PressureLoop(2, (float)period, (float)period);
        for (int i = 0; i < 2; i++)
        {
            bool usable = _loop.Configure(i, new PressureSettings
            {
                Channel = i,
                Input = i,
                Full = (int)(FullScale * CountsPerKpa),
                Lag = (int)Math.Round(1000.0 * lag),
                Integral = (int)Math.Round(PressureSettings.IntegralOne * integral),
                MostError = FixedPoint.One,
                High = ToValue(PneumaticMuscle.MostPressure),
            });
            if (!usable)
            {
                throw new ArgumentOutOfRangeException(nameof(lag), lag, "A pressure loop takes a lag of 0.005..2 s and a gain of " +
                    "0..5 1/s.");
            }
        }
        Reset();
    }

    /// <summary>Forgets the past.</summary>
    public void Reset() => _loop.Reset(_fresh);

    /// <summary>One period.</summary>
    /// <param name="flexor">Pressure wanted at its end [kPa].</param>
    /// <param name="extensor">The same [kPa].</param>
    /// <param name="flexorNow">Pressure measured now [kPa]; like a board's converter the loop knows it one period later.</param>
    /// <param name="extensorNow">The same [kPa].</param>
    /// <returns>What to set the valves to for this period [kPa], within 0..<see cref="PneumaticMuscle.MostPressure"/>.</returns>
    /// <exception cref="InvalidOperationException">A board would go safe: a chamber does not follow its valve.</exception>
    public (double Flexor, double Extensor) Next(double flexor, double extensor, double flexorNow, double extensorNow)
    {
        byte reason = _loop.Measure(_analog, _fresh);
        if (reason != Reason.None)
        {
            throw new InvalidOperationException($"The chamber of muscle {_loop.FaultChannel} does not follow its valve (reason {reason}).");
        }

        _command[0] = ToValue(flexor);
        _command[1] = ToValue(extensor);
        _loop.Step(_command);
        _analog[0] = (int)Math.Round(CountsPerKpa * flexorNow);
        _analog[1] = (int)Math.Round(CountsPerKpa * extensorNow);
        _fresh[0] = _fresh[1] = true;
        return (ToKpa(_loop.Values[0]), ToKpa(_loop.Values[1]));
    }

    private static int ToValue(double kpa) => (int)Math.Round(Math.Clamp(kpa, 0.0, PneumaticMuscle.MostPressure) / FullScale
        * FixedPoint.One);

    private static double ToKpa(int value) => value * FullScale / FixedPoint.One;
}
