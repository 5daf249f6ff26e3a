namespace Ganglion.Lab.Pictures;

/// <summary>One axis of a picture: data to 0..1, linearly or by the logarithm, and where its numbers stand.</summary>
/// <param name="low">Smallest value.</param>
/// <param name="high">Largest; a little more is shown where both are the same.</param>
/// <param name="logarithmic">By the logarithm: both are above 0.</param>
internal sealed class Axis(double low, double high, bool logarithmic)
{
    private const int MostTicks = 7;

    private readonly double _low = logarithmic ? Math.Log10(low) : low;
    private readonly double _high = Math.Max(logarithmic ? Math.Log10(high) : high, (logarithmic ? Math.Log10(low) : low) + 1e-9);

    /// <summary>0 at the low end, 1 at the high end.</summary>
    public double Place(double value) => ((logarithmic ? Math.Log10(value) : value) - _low) / (_high - _low);

    /// <summary>Round values within the axis: 1, 2 or 5 times a power of ten apart, or powers of ten.</summary>
    public IEnumerable<double> Ticks()
    {
        if (!logarithmic)
        {
            double raw = (_high - _low) / (MostTicks - 1), power = Math.Pow(10, Math.Floor(Math.Log10(raw)));
            double step = power * (raw / power <= 1 ? 1 : raw / power <= 2 ? 2 : raw / power <= 5 ? 5 : 10);
            for (long k = (long)Math.Ceiling(_low / step - 1e-9); k * step <= _high + 1e-9 * step; k++)
            {
                yield return k * step;
            }

            yield break;
        }

        double[] within = _high - _low > 2.5 ? [1] : _high - _low > 1.2 ? [1, 3] : [1, 2, 3, 5, 7];
        int every = Math.Max(1, (int)Math.Ceiling((_high - _low) / MostTicks));
        for (int power = (int)Math.Floor(_low); power <= _high; power++)
        {
            foreach (double mantissa in within)
            {
                if (power % every == 0 && Math.Log10(mantissa) + power is var at && at >= _low - 1e-9 && at <= _high + 1e-9)
                {
                    yield return mantissa * Math.Pow(10, power);
                }
            }
        }
    }
}
