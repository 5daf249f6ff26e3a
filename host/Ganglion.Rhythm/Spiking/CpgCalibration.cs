using Ganglion.Rhythm.ChessClock;

namespace Ganglion.Rhythm.Spiking;

/// <summary>
/// Runs a network as it is and corrects it by what it does: what 200 neurons decode is wrong by some percent, in a way of each drawing's
/// own, so frequency and swing are multiplied by wanted / measured at some speeds, and the decoders solved again. The least squares smear
/// a factor over the speeds beside it, so a factor that is right for one speed does too little there: frequencies are corrected by more
/// than they were off, often. 2 rounds at 24 speeds without that left 1.9 to 5.7 % of the period between .1 and .26 m/s, with neither
/// scatter nor the distance of the speeds to blame; 12 at 12 leave 0.7 to 1.8 % and take less time (seeds 601 to 603, 799, 801, which
/// tuned this). Beyond 2 it swings up, and swings, which have less room, do so from 1.5.
/// </summary>
public static class CpgCalibration
{
    private const double Settle = 2, RateRelaxation = 1.5;

    /// <summary>Draws a network and calibrates it.</summary>
    /// <exception cref="NoOscillationException">It does not step at one of the speeds.</exception>
    public static CpgDesign Build(CpgSettings settings)
    {
        int count = settings.CalibrationSpeeds;
        double[] places = [.. Enumerable.Range(0, count).Select(k => -1 + 2.0 * k / (count - 1))];
        var wanted = PhaseDurations.CatAt([.. places.Select(SpeedScale.SpeedAt)]);
        double[] rates = [.. places.Select(_ => 1.0)], swings = [.. rates];
        var design = CpgDesign.Draw(settings);
        for (int round = 0; round < settings.Rounds; round++)
        {
            for (int k = 0; k < count; k++)
            {
                PhaseMeter measured = Measure(design, wanted.Speed[k]);
                rates[k] *= Math.Pow(measured.Cycle / (wanted.Swing[k] + wanted.Stance[k]), RateRelaxation);
                swings[k] *= wanted.Swing[k] / measured.Swing;
            }

            design = design.With(new SpeedCurve(places, [.. rates]), new SpeedCurve(places, [.. swings]));
        }

        return design;
    }

    /// <summary>Phases of a network at a speed, after it has settled from its start.</summary>
    /// <param name="design">The network.</param>
    /// <param name="speed">[m/s].</param>
    /// <exception cref="NoOscillationException">It does not step.</exception>
    public static PhaseMeter Measure(CpgDesign design, double speed)
    {
        var cpg = new SpikingCpg(design) { Place = SpeedScale.Of(speed) };
        var meter = new PhaseMeter();
        var wanted = PhaseDurations.CatAt([speed]);
        double seconds = Settle + design.Settings.MeasuredCycles * (wanted.Swing[0] + wanted.Stance[0]);
        for (double t = 0; t < seconds; t = cpg.Steps * LifPopulation.Step)
        {
            cpg.Advance();
            if (t >= Settle)
            {
                meter.Add(t, cpg.LeftFlexor);
            }
        }

        if (meter.Swings.Count < 2 || meter.Stances.Count < 2)
        {
            throw new NoOscillationException($"{design.Settings.Neurons} neurons of seed {design.Settings.Seed} make no steps at " +
                $"{speed:0.00} m/s: their decoders are too coarse to hold the circle. Take more neurons (200 do), or another seed.");
        }

        return meter;
    }
}

/// <summary>The network comes to rest instead of oscillating; the message says which and what to do.</summary>
public sealed class NoOscillationException(string message) : Exception(message);
