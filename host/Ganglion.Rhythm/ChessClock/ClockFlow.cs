namespace Ganglion.Rhythm.ChessClock;

/// <summary>
/// The two running clocks between two events, x' = k - r x + B y (1 - y) and y' likewise, by Taylor series: the equations are quadratic,
/// so that each coefficient follows from those before it (Cauchy's product), a step is as long as the last coefficient allows, and the
/// moment at which a clock arrives at 1 is a root of a polynomial that one has in hand. Each step is good to 1e-9.
/// </summary>
internal sealed class ClockFlow
{
    private const int Order = 12;
    private const double Tolerance = 1e-9, LongestStep = 0.5, Arrival = 1e-12;

    private readonly double[] _a = new double[Order + 1], _b = new double[Order + 1];
    private double _step = LongestStep;

    /// <summary>States of both sides' running clocks.</summary>
    public double X, Y;

    /// <summary>Runs both clocks until one arrives at 1, or for a time.</summary>
    /// <param name="kx">Drive of the first side's running clock [1/s].</param>
    /// <param name="ky">Of the second's.</param>
    /// <param name="leak">r [1/s].</param>
    /// <param name="bx">Coupling onto the first side's [1/s].</param>
    /// <param name="by">Onto the second's.</param>
    /// <param name="most">Longest time [s].</param>
    /// <returns>The time that passed; the clocks that have arrived stand at 1 exactly. NaN if a clock ran backward below 0.</returns>
    public double Run(double kx, double ky, double leak, double bx, double by, double most)
    {
        double passed = 0;
        while (passed < most)
        {
            Expand(kx, ky, leak, bx, by);
            double h = Math.Min(Step(), most - passed), x = At(_a, h), y = At(_b, h);
            if (x >= 1 - Arrival || y >= 1 - Arrival)
            {
                double whenX = x >= 1 - Arrival ? Root(_a, h) : double.PositiveInfinity;
                double whenY = y >= 1 - Arrival ? Root(_b, h) : double.PositiveInfinity;
                h = Math.Min(whenX, whenY);
                X = whenX <= h ? 1 : Snap(At(_a, h));
                Y = whenY <= h ? 1 : Snap(At(_b, h));
                return passed + h;
            }

            (X, Y) = (x, y);
            passed += h;
            if (!(x > -0.01 && y > -0.01))
            {
                return double.NaN;
            }
        }

        return passed;
    }

    private void Expand(double kx, double ky, double leak, double bx, double by)
    {
        double[] a = _a, b = _b;
        a[0] = X;
        b[0] = Y;
        for (int n = 0; n < Order; n++)
        {
            double aa = 0, bb = 0;
            for (int i = 0, j = n; i < j; i++, j--)
            {
                aa += a[i] * a[j];
                bb += b[i] * b[j];
            }

            aa *= 2;
            bb *= 2;
            if ((n & 1) == 0)
            {
                aa += a[n / 2] * a[n / 2];
                bb += b[n / 2] * b[n / 2];
            }

            double scale = 1.0 / (n + 1);
            a[n + 1] = ((n == 0 ? kx : 0) - leak * a[n] + bx * (b[n] - bb)) * scale;
            b[n + 1] = ((n == 0 ? ky : 0) - leak * b[n] + by * (a[n] - aa)) * scale;
        }
    }

    /// <summary>As long as the series holds, and not far beyond the next arrival: past it the other side's clock is another.</summary>
    private double Step()
    {
        double last = Math.Max(Math.Abs(_a[Order]), Math.Abs(_b[Order])), h = Math.Min(LongestStep, 1.5 * _step);
        while (last * Power(h) > Tolerance && h > 1e-6)
        {
            h *= 0.75;
        }

        _step = h;
        return Math.Min(h, 1.6 * Math.Min(Linear(_a), Linear(_b)) + 1e-6);
    }

    private static double Linear(double[] series) => series[1] > 0 ? (1 - series[0]) / series[1] : LongestStep;

    private static double Power(double h)
    {
        double fourth = h * h * h * h;
        return fourth * fourth * fourth;
    }

    private static double At(double[] series, double h)
    {
        double value = series[Order];
        for (int n = Order - 1; n >= 0; n--)
        {
            value = value * h + series[n];
        }

        return value;
    }

    /// <summary>When a series that is below 1 at 0 and at least 1 at the end comes to 1, by Newton's method within a bracket.</summary>
    private static double Root(double[] series, double end)
    {
        double low = 0, high = end, h = Math.Min(end, Linear(series));
        for (int i = 0; i < 60; i++)
        {
            double value = series[Order], slope = 0;
            for (int n = Order - 1; n >= 0; n--)
            {
                slope = slope * h + value;
                value = value * h + series[n];
            }

            double off = value - 1;
            if (Math.Abs(off) <= Arrival)
            {
                return h;
            }

            (low, high) = off < 0 ? (h, high) : (low, h);
            double next = slope > 0 ? h - off / slope : double.NaN;
            h = next > low && next < high ? next : 0.5 * (low + high);
        }

        return h;
    }

    /// <summary>Two clocks that arrive together do so exactly.</summary>
    private static double Snap(double value) => value >= 1 - 1e-10 ? 1 : value;
}
