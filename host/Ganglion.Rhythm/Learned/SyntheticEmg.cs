using Ganglion.Basics;
using Ganglion.Rhythm.ChessClock;

namespace Ganglion.Rhythm.Learned;

/// <summary>
/// EMG of a cat that nobody recorded: phases by the cat's law (<see cref="PhaseDurations.CatAt"/>), each step longer or shorter and each
/// burst stronger or weaker than the last, right and left half a cycle apart. Flexors are active in the swing, extensors in the stance,
/// falling by 30 % until its end; both are stronger at higher speeds. Raw EMG is noise from 20 Hz up with these envelopes, in mV, and a
/// little noise of the amplifier.
/// </summary>
public static class SyntheticEmg
{
    /// <summary>Rate of raw EMG, and of envelopes [Hz].</summary>
    public const double RawRate = 1000, EnvelopeRate = 100;

    /// <summary>Standard deviations from step to step, relative: of phases and of heights.</summary>
    public const double PhaseSpread = 0.05, HeightSpread = 0.1;

    // Rise and fall of an envelope [s], height of a burst, and the amplifier's noise [mV].
    private const double Ramp = 0.09, Height = 0.5, Floor = 0.01;

    private sealed record Step(double Start, double Swing, double Cycle, double[] Heights);

    /// <summary>Records a cat that walks at one speed after the other.</summary>
    /// <param name="speeds">[m/s], above 0.</param>
    /// <param name="strides">Whole strides at each speed, 1 or more.</param>
    /// <param name="seed">Of all that varies.</param>
    /// <param name="rectified">Envelopes instead of raw EMG.</param>
    public static EmgRecording Record(IReadOnlyList<double> speeds, int strides, int seed, bool rectified)
    {
        var random = new SeededRandom((ulong)seed, 31);
        double rate = rectified ? EnvelopeRate : RawRate, start = 0;
        var steps = new List<(Step Step, double Speed)>();
        foreach (double speed in speeds)
        {
            var cat = PhaseDurations.CatAt([speed]);
            for (int k = 0; k < strides; k++)
            {
                double swing = cat.Swing[0] * Vary(PhaseSpread), stance = cat.Stance[0] * Vary(PhaseSpread);
                double[] heights = [.. EmgRecording.Names.Select((_, m) => (m % 2 == 0 ? 0.6 + 0.25 * speed : 0.5 + 0.3 * speed)
                    * Vary(HeightSpread))];
                steps.Add((new Step(start, swing, swing + stance, heights), speed));
                start += swing + stance;
            }
        }

        int samples = (int)(start * rate);
        double[] speedAt = new double[samples];
        double[][] muscles = [.. EmgRecording.Names.Select(_ => new double[samples])];
        for (int k = 0, at = 0; k < samples; k++)
        {
            double t = k / rate;
            while (at + 1 < steps.Count && t >= steps[at + 1].Step.Start)
            {
                at++;
            }

            speedAt[k] = steps[at].Speed;
            for (int m = 0; m < muscles.Length; m++)
            {
                // Bursts begin before and end behind their phase, so the strides beside this one count too.
                for (int near = Math.Max(0, at - 2); near < Math.Min(steps.Count, at + 2); near++)
                {
                    muscles[m][k] += Activation(steps[near].Step, m, t);
                }
            }
        }

        return new EmgRecording(rate, rectified ? muscles : [.. muscles.Select(Raw)], speedAt, rectified);

        double Vary(double spread) => Math.Clamp(1 + spread * random.NextGaussian(), 0.5, 1.5);

        double[] Raw(double[] envelope)
        {
            double[] noise = [.. envelope.Select(_ => random.NextGaussian())];
            double[] carrier = ZeroPhaseFilter.HighPass(noise, RawRate, MuscleEnvelopes.HighPass);
            return [.. envelope.Select((value, k) => Height * value * carrier[k] + Floor * random.NextGaussian())];
        }
    }

    private static double Activation(Step step, int muscle, double time)
    {
        double t = time - step.Start - (muscle < 2 ? 0 : step.Cycle / 2), height = step.Heights[muscle];
        if (muscle % 2 == 0)
        {
            return height * Rise(t) * Rise(step.Swing - t);
        }

        double fall = 1 - 0.3 * Math.Clamp((t - step.Swing) / (step.Cycle - step.Swing), 0, 1);
        return height * fall * Rise(t - step.Swing) * Rise(step.Cycle - t);
    }

    private static double Rise(double t) => 0.5 + 0.5 * Math.Sin(Math.PI * Math.Clamp(t / Ramp, -0.5, 0.5));
}
