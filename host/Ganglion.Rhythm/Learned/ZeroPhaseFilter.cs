namespace Ganglion.Rhythm.Learned;

/// <summary>
/// Butterworth filters of the fourth order, run forward and then back, so that nothing is delayed (and the order counts twice): what EMG
/// is filtered with offline. Two sections of the second order by the bilinear transform; ends are continued by reflection about the end
/// point, as SciPy's sosfiltfilt does it.
/// </summary>
public static class ZeroPhaseFilter
{
    /// <summary>Order of one run.</summary>
    public const int Order = 4;

    // 2 cos of the angles at which the poles of a fourth-order Butterworth filter stand: 1 / Q of each section.
    private static readonly double[] Damping = [2 * Math.Cos(Math.PI / 8), 2 * Math.Cos(3 * Math.PI / 8)];

    /// <summary>Lets frequencies below the cut-off through.</summary>
    /// <param name="values">Evenly sampled, two or more.</param>
    /// <param name="rate">[Hz].</param>
    /// <param name="cutOff">Where one run lets half the power through [Hz], below half the rate.</param>
    public static double[] LowPass(double[] values, double rate, double cutOff) => Run(values, rate, cutOff, high: false);

    /// <summary>Lets frequencies above the cut-off through.</summary>
    /// <inheritdoc cref="LowPass"/>
    public static double[] HighPass(double[] values, double rate, double cutOff) => Run(values, rate, cutOff, high: true);

    private static double[] Run(double[] values, double rate, double cutOff, bool high)
    {
        if (!(cutOff > 0 && cutOff < rate / 2))
        {
            throw new ArgumentOutOfRangeException(nameof(cutOff), cutOff, "a cut-off lies between 0 and half the rate.");
        }

        int count = values.Length, edge = Math.Min(count - 1, (int)Math.Ceiling(3 * rate / cutOff));
        double[] padded = new double[count + 2 * edge];
        for (int k = 0; k < padded.Length; k++)
        {
            int at = k - edge;
            padded[k] = at < 0 ? 2 * values[0] - values[-at]
                : at >= count ? 2 * values[^1] - values[2 * (count - 1) - at]
                : values[at];
        }

        for (int direction = 0; direction < 2; direction++)
        {
            foreach (double damping in Damping)
            {
                Section(padded, Math.Tan(Math.PI * cutOff / rate), damping, high);
            }

            Array.Reverse(padded);
        }

        return padded[edge..(edge + count)];
    }

    /// <summary>One section of the second order, in place, from the steady state of the first value.</summary>
    /// <param name="values">What is filtered.</param>
    /// <param name="tangent">Of half the cut-off's angle a sample.</param>
    /// <param name="damping">1 / Q.</param>
    /// <param name="high">High-pass instead of low-pass.</param>
    private static void Section(double[] values, double tangent, double damping, bool high)
    {
        double square = tangent * tangent, norm = 1 / (1 + damping * tangent + square);
        double b0 = (high ? 1 : square) * norm, b1 = (high ? -2 : 2) * b0, b2 = b0;
        double a1 = 2 * (square - 1) * norm, a2 = (1 - damping * tangent + square) * norm;
        double steady = high ? 0 : values[0];
        double first = steady - b0 * values[0], second = b2 * values[0] - a2 * steady; // states of the transposed form
        for (int k = 0; k < values.Length; k++)
        {
            double x = values[k], y = b0 * x + first;
            first = b1 * x - a1 * y + second;
            second = b2 * x - a2 * y;
            values[k] = y;
        }
    }
}
