namespace Ganglion.Basics;

/// <summary>What independent runs say of a figure: their mean, how far they are apart, and where the mean of all such runs lies.</summary>
/// <param name="Count">Runs with a figure.</param>
/// <param name="Mean">NaN without runs.</param>
/// <param name="Deviation">Standard deviation of the runs (n - 1); NaN with fewer than two.</param>
public readonly record struct MeanInterval(int Count, double Mean, double Deviation)
{
    /// <summary>Confidence of <see cref="HalfWidth"/>.</summary>
    public const double Confidence = 0.95;

    /// <summary>Half the width of Student's interval of the mean at 95 %: t s / sqrt(n), n - 1 degrees of freedom. It supposes runs that
    /// are independent and spread about normally. NaN with fewer than two runs.</summary>
    public double HalfWidth => Count < 2 ? double.NaN : StudentQuantile(Count - 1) * Deviation / Math.Sqrt(Count);

    /// <summary>Of some figures; those that are no numbers are left out.</summary>
    public static MeanInterval Of(IEnumerable<double> figures)
    {
        double[] known = [.. figures.Where(double.IsFinite)];
        double mean = known.Length == 0 ? double.NaN : known.Average();
        return new MeanInterval(known.Length, mean,
            known.Length < 2 ? double.NaN : Math.Sqrt(known.Sum(figure => (figure - mean) * (figure - mean)) / (known.Length - 1)));
    }

    /// <summary>The t that 95 % of Student's distribution is within, to either side.</summary>
    /// <param name="degrees">Degrees of freedom, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are none.</exception>
    public static double StudentQuantile(int degrees)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(degrees, 1);
        double low = 0, high = Math.PI / 2;
        for (int i = 0; i < 60; i++)
        {
            double middle = 0.5 * (low + high);
            (low, high) = Within(middle, degrees) < Confidence ? (middle, high) : (low, middle);
        }

        return Math.Sqrt(degrees) * Math.Tan(0.5 * (low + high));
    }

    // Probability of |t| < sqrt(degrees) tan(angle): the finite series of Abramowitz and Stegun, 26.7.3 and 26.7.4.
    private static double Within(double angle, int degrees)
    {
        (double sin, double cos) = Math.SinCos(angle);
        bool odd = degrees % 2 == 1;
        double term = odd ? cos : 1, sum = 0;
        for (int k = odd ? 1 : 0; k <= degrees - 2; k += 2)
        {
            sum += term;
            term *= cos * cos * (k + 1) / (k + 2);
        }

        return odd ? 2 / Math.PI * (angle + sin * sum) : sin * sum;
    }
}
