using Ganglion.Rhythm.Spiking;

namespace Ganglion.Lab.Rhythms;

/// <summary>How a spiking pattern generator answers: to another speed all at once, to a push, to a foot that meets the ground early or
/// late.</summary>
/// <param name="Changes">To other speeds.</param>
/// <param name="Pushes">To a push at eight places of the cycle.</param>
/// <param name="Contacts">To the ground.</param>
public sealed record CpgResponse(SpeedChange[] Changes, PushAnswer[] Pushes, ContactAnswer[] Contacts)
{
    private const double Settle = 3, Near = 0.05, PushSeconds = 0.1, Push = 0.5, PushSpeed = 0.5, EarlyShare = 0.6, LateSeconds = 0.1;

    /// <summary>Measures.</summary>
    public static CpgResponse Measure(CpgDesign design) => new(
        [Change(design, 0.3, 1.2), Change(design, 1.2, 0.3)],
        [.. Enumerable.Range(0, 8).Select(k => PushAt(design, k / 8.0))],
        [.. from speed in new[] { 0.3, 0.6, 1 } from early in new[] { true, false } select Contact(design, speed, early)]);

    private static SpeedChange Change(CpgDesign design, double from, double to)
    {
        double usual = CpgCalibration.Measure(design, to).Cycle;
        SpikingCpg cpg = Settled(design, from);
        double changed = Now(cpg);
        cpg.Place = SpeedScale.Of(to);
        double[] onsets = Onsets(cpg, 12, () => (0, 0));
        double[] cycles = [.. onsets.Zip(onsets.Skip(1), (a, b) => b - a)];
        int cycle = Array.FindIndex(cycles, one => Math.Abs(one / usual - 1) < Near);
        return new SpeedChange(from, to, onsets[0] - changed, cycles[0], usual, cycle, cycle < 0 ? double.NaN : onsets[cycle] - changed);
    }

    private static PushAnswer PushAt(CpgDesign design, double place)
    {
        double usual = CpgCalibration.Measure(design, PushSpeed).Cycle;
        SpikingCpg pushed = Settled(design, PushSpeed), undisturbed = Settled(design, PushSpeed);
        double begin = Onsets(pushed, 1, () => (0, 0))[0] + place * usual;
        double[] with = Onsets(pushed, 8, () => Now(pushed) >= begin && Now(pushed) < begin + PushSeconds ? (Push, 0) : (0, 0));
        Onsets(undisturbed, 1, () => (0, 0));
        double[] without = Onsets(undisturbed, 8, () => (0, 0));
        double shift = Math.IEEERemainder(without[3] - with[3], usual) / usual;
        double[] cycles = [.. with.Zip(with.Skip(1), (a, b) => b - a)];
        int last = Array.FindLastIndex(cycles, one => Math.Abs(one / usual - 1) > 2 * Near);
        return new PushAnswer(place, shift, last + 1);
    }

    private static ContactAnswer Contact(CpgDesign design, double speed, bool early)
    {
        PhaseMeter usual = CpgCalibration.Measure(design, speed);
        double contact = early ? EarlyShare * usual.Swing : usual.Swing + LateSeconds;
        SpikingCpg cpg = Settled(design, speed);
        double onset = Onsets(cpg, 1, () => (0, 0))[0];
        var meter = new PhaseMeter();
        meter.Add(onset - LifPopulation.Step, false);
        meter.Add(onset, true);
        bool disturbed = true;
        while (meter.Swings.Count < 2)
        {
            disturbed &= cpg.LeftFlexor;
            cpg.Afferent = disturbed ? FootAfferent.Of(cpg, design.Settings.Synapse, Now(cpg) - onset >= contact) : (0, 0);
            cpg.Advance();
            meter.Add(Now(cpg), cpg.LeftFlexor);
        }

        return new ContactAnswer(speed, early, contact, usual.Swing, meter.Swings[0], usual.Stance, meter.Stances[0], meter.Swings[1]);
    }

    private static SpikingCpg Settled(CpgDesign design, double speed)
    {
        var cpg = new SpikingCpg(design) { Place = SpeedScale.Of(speed) };
        while (Now(cpg) < Settle)
        {
            cpg.Advance();
        }

        return cpg;
    }

    /// <summary>Moments of the next swings of the left limb [s].</summary>
    private static double[] Onsets(SpikingCpg cpg, int count, Func<(double, double)> afferent)
    {
        double[] onsets = new double[count];
        for (int k = 0; k < count;)
        {
            bool before = cpg.LeftFlexor;
            cpg.Afferent = afferent();
            cpg.Advance();
            if (cpg.LeftFlexor && !before)
            {
                onsets[k++] = Now(cpg);
            }
        }

        return onsets;
    }

    private static double Now(SpikingCpg cpg) => cpg.Steps * LifPopulation.Step;
}

/// <summary>Another speed all at once.</summary>
/// <param name="From">Before [m/s].</param>
/// <param name="To">From then on [m/s].</param>
/// <param name="ToFirstStep">Until the next swing began [s].</param>
/// <param name="FirstCycle">The first whole cycle after it [s].</param>
/// <param name="Usual">Cycle at the new speed [s].</param>
/// <param name="Cycles">Whole cycles before the first that is within 5 % of the usual one; -1: none of eleven.</param>
/// <param name="Seconds">From the change to the beginning of that cycle [s]; NaN if there was none.</param>
public sealed record SpeedChange(double From, double To, double ToFirstStep, double FirstCycle, double Usual, int Cycles, double Seconds);

/// <summary>A push of 0.5 along the cosine for 0.1 s, at 0.5 m/s.</summary>
/// <param name="Place">When, as a share of the cycle behind the swing's beginning.</param>
/// <param name="Shift">By how much of a cycle later steps come earlier, -0.5..0.5.</param>
/// <param name="Cycles">Cycles until all are within 10 % of the usual one.</param>
public sealed record PushAnswer(double Place, double Shift, int Cycles);

/// <summary>A foot that meets the ground early or late, once.</summary>
/// <param name="Speed">[m/s].</param>
/// <param name="Early">Or late.</param>
/// <param name="Contact">When it met the ground, from the swing's beginning [s].</param>
/// <param name="UsualSwing">Swing as it is otherwise [s].</param>
/// <param name="Swing">This swing [s].</param>
/// <param name="UsualStance">Stance as it is otherwise [s].</param>
/// <param name="Stance">The stance behind it [s].</param>
/// <param name="NextSwing">The next swing, without disturbance [s].</param>
public sealed record ContactAnswer(double Speed, bool Early, double Contact, double UsualSwing, double Swing, double UsualStance,
    double Stance, double NextSwing);
