using Ganglion.Robots.Rhythms;
using Ganglion.Shared.Rhythms;

namespace Ganglion.Rhythm.Shown;

/// <summary>Four limbs as phases (shared/README.md A10). A gait that is chosen brings its duty.</summary>
internal sealed class PhaseKind : NetworkKind
{
    private const int Gait = 0, Frequency = 1, Coupling = 2, Duty = 3;

    // Of three others, whose sum may not come to 1.
    private const double MostCoupling = 0.31;

    public override IEnumerable<Knob> Knobs(RhythmDescription file) =>
    [
        Knob.Of("gait", "gait", [.. LimbGait.All.Select(gait => gait.Name)], LimbGait.All.IndexOf(GaitOf(file)),
            "which the limbs pass into, by a quarter turn a cycle at most"),
        new Knob("speed", "speed", "cycles/s", Knob.Bound(PhaseParameters.MinFrequency), PhaseParameters.MaxFrequency,
            file.Phases[0].Frequency, "of all limbs") { Power = 3 },
        new Knob("coupling", "coupling", "", 0, MostCoupling, file.Couplings.IsEmpty ? 0 : file.Couplings[0].Weight,
            "what each limb does to each other, as a share of the frequency"),
        new Knob("duty", "duty", "", Knob.Bound(PhaseParameters.MinDuty), Knob.Bound(PhaseParameters.MaxDuty), file.Phases[0].Duty,
            "share of the cycle that is stance"),
    ];

    public override RhythmDescription With(RhythmDescription file, ReadOnlySpan<double> values)
    {
        LimbGait gait = LimbGait.All[(int)values[Gait]];
        double frequency = values[Frequency], weight = values[Coupling], duty = values[Duty];
        int count = file.Phases.Length;
        return file with
        {
            Phases = [.. file.Phases.Select((limb, i) => new RhythmPhase(limb.Name, frequency, gait.Delays[i], duty,
                (1 - gait.Delays[i]) % 1))],
            Couplings = [.. from to in Enumerable.Range(0, count)
                from other in Enumerable.Range(0, count)
                where to != other && weight != 0
                select new RhythmCoupling(to, other, weight)],
        };
    }

    public override void Follow(Span<double> values, int changed)
    {
        if (changed == Gait)
        {
            values[Duty] = LimbGait.All[(int)values[Gait]].Duty;
        }
    }

    public override IEnumerable<SignalGroup> Groups(RhythmDescription file) =>
    [
        new("outputs", "", [.. file.Names]),
        new("phases", "turns", [.. file.Names.Select(name => $"{name} phase")]) { Wraps = 0.5 },
    ];

    public override void Read(RhythmNetwork network, Span<float> signals)
    {
        var phases = (PhaseNetwork)network;
        for (int i = 0; i < network.Count; i++)
        {
            signals[i] = network.Output(i);
            signals[network.Count + i] = phases.Theta[i];
        }
    }

    private static LimbGait GaitOf(RhythmDescription file) =>
        LimbGait.All.First(gait => gait.Delays.SequenceEqual(file.Phases.Select(phase => phase.Delay)));
}
