namespace Ganglion.Rhythm.Entrainment;

/// <summary>An oscillator and its pendulum over time, by Runge and Kutta's fourth order.</summary>
/// <param name="Oscillator">What was run.</param>
/// <param name="Step">Between two samples, s.</param>
/// <param name="Difference">x1 - x2.</param>
/// <param name="Angle">Of the pendulum, rad.</param>
/// <param name="SettledFrom">First sample that counts as settled.</param>
public sealed record EntrainmentRun(ReciprocalOscillator Oscillator, double Step, double[] Difference, double[] Angle, int SettledFrom)
{
    /// <summary>How far the frequency may be from the pendulum's own, and how much swings may differ, for the motion to be
    /// entrained.</summary>
    private const double Tolerance = 0.05, Unevenness = 0.02;

    private const int Parts = 6;

    /// <summary>Of the pendulum once settled [Hz]; NaN if it does not swing.</summary>
    public double Frequency => 1 / Waveform.Period(Angle.AsSpan(SettledFrom), Step);

    /// <summary>Turns of the oscillator in a swing of the pendulum once settled: 1, or an odd number where the pendulum is so slow that
    /// the oscillator fits several into a swing.</summary>
    public double TurnsPerSwing => 1 / (Waveform.Period(Difference.AsSpan(SettledFrom), Step) * Frequency);

    /// <summary>Of the pendulum once settled [rad].</summary>
    public double Amplitude => 0.5 * Waveform.PeakToPeak(Angle.AsSpan(SettledFrom));

    /// <summary>Frequency over the pendulum's own at this amplitude, which is lower by A²/16 of it for small A, less 1.</summary>
    public double Detuning => Frequency / (Oscillator.NaturalFrequency * (1 - Amplitude * Amplitude / 16)) - 1;

    /// <summary>Standard deviation of the length of a swing over its mean.</summary>
    public double Spread
    {
        get
        {
            double[] times = Waveform.UpwardCrossings(Angle.AsSpan(SettledFrom), Step);
            if (times.Length < 3)
            {
                return double.NaN;
            }

            double mean = (times[^1] - times[0]) / (times.Length - 1), sum = 0;
            for (int i = 1; i < times.Length; i++)
            {
                sum += Math.Pow(times[i] - times[i - 1] - mean, 2);
            }

            return Math.Sqrt(sum / (times.Length - 1)) / mean;
        }
    }

    /// <summary>Within 5 % of the pendulum's own frequency, swings within 2 % of each other.</summary>
    public bool IsEntrained => Math.Abs(Detuning) < Tolerance && Spread < Unevenness;

    /// <summary>Runs from a start at which the cells differ and the pendulum hangs a little aside.</summary>
    /// <param name="oscillator">What.</param>
    /// <param name="seconds">For how long, s; the first two thirds are left to settle.</param>
    /// <param name="step">s; a fortieth of the shortest time constant is fine enough.</param>
    public static EntrainmentRun Of(ReciprocalOscillator oscillator, double seconds, double step)
    {
        int steps = (int)Math.Round(seconds / step);
        double[] difference = new double[steps], angle = new double[steps];
        Span<double> state = stackalloc double[Parts], trial = stackalloc double[Parts], sum = stackalloc double[Parts],
            rates = stackalloc double[Parts];
        state[0] = 0.1;
        state[4] = 0.05;
        for (int k = 0; k < steps; k++)
        {
            difference[k] = state[0] - state[1];
            angle[k] = state[4];
            oscillator.Rates(state, rates);
            for (int stage = 0; stage < 3; stage++)
            {
                double share = stage == 2 ? 1 : 0.5;
                for (int i = 0; i < Parts; i++)
                {
                    sum[i] = stage == 0 ? rates[i] : sum[i] + 2 * rates[i];
                    trial[i] = state[i] + share * step * rates[i];
                }

                oscillator.Rates(trial, rates);
            }

            for (int i = 0; i < Parts; i++)
            {
                state[i] += step / 6 * (sum[i] + rates[i]);
            }
        }

        return new EntrainmentRun(oscillator, step, difference, angle, 2 * steps / 3);
    }

    /// <summary>Frequency of an oscillator by itself [Hz]; NaN if it comes to rest.</summary>
    public static double Alone(ReciprocalOscillator oscillator, double step)
    {
        EntrainmentRun run = Of(oscillator with { FeedbackSize = 0 }, 90, step);
        return 1 / Waveform.Period(run.Difference.AsSpan(run.SettledFrom), step);
    }
}
