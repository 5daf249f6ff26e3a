using Ganglion.Robots.Rhythms;
using Ganglion.Shared.Rhythms;

namespace Ganglion.Rhythm.Shown;

/// <summary>Oscillators of two neurons (shared/README.md A1). A knob has the value of the first one; the others keep their ratio to
/// it.</summary>
internal sealed class NeuronKind : NetworkKind
{
    private const int Speed = 0, Drive = 1, Inhibition = 2, Adaptation = 3, Rise = 4, Tiring = 5, Coupling = 6;
    private const double Most = KimuraParameters.MaxMagnitude;

    private static readonly double Shortest = 1e3 * Knob.Bound(KimuraParameters.MinTimeConstant), Longest =
        1e3 * Knob.Bound(KimuraParameters.MaxTimeConstant);

    public override IEnumerable<Knob> Knobs(RhythmDescription file)
    {
        RhythmOscillator first = file.Oscillators[0];
        string whose = file.Oscillators.Length == 1 ? "" : $" of {first.Name}; the others keep their ratio to it";
        return
        [
            new Knob("speed", "speed", "×", Knob.Bound(RhythmNetwork.MinFrequency), RhythmNetwork.MaxFrequency, 1,
                "factor on the frequency: both times are divided by it") { Power = 3 },
            new Knob("drive", "drive s", "", 0, Most, first.Drive, $"tonic drive{whose}; the amplitude is proportional to it")
                { Power = 4 },
            new Knob("inhibition", "inhibition a", "", 0, Most, first.Inhibition, $"how strongly flexor and extensor inhibit each other" +
                whose) { Power = 4 },
            new Knob("adaptation", "adaptation β", "", 0, Most, first.Adaptation, $"how strongly a neuron tires{whose}") { Power = 4 },
            new Knob("rise-time", "rise time Tr", "ms", Shortest, Longest, Significant(1e3 * first.RiseTime),
                $"of both neurons{whose}") { Power = 4 },
            new Knob("adaptation-time", "adaptation time Ta", "ms", Shortest, Longest, Significant(1e3 * first.AdaptationTime),
                $"in which they tire{whose}") { Power = 4 },
            .. CouplingKnob(file, Most),
        ];
    }

    public override RhythmDescription With(RhythmDescription file, ReadOnlySpan<double> values)
    {
        OscillatorParameters first = file.Oscillators[0];
        double speed = values[Speed], drive = values[Drive], inhibition = values[Inhibition], adaptation = values[Adaptation];
        double rise = values[Rise], tiring = values[Tiring];
        RhythmDescription set = file with
        {
            Oscillators = [.. file.Oscillators.Select(one => new RhythmOscillator(one.Name, new OscillatorParameters(
                Time(one.RiseTime, first.RiseTime, rise), Time(one.AdaptationTime, first.AdaptationTime, tiring),
                Scaled(one.Drive, first.Drive, drive), Scaled(one.Adaptation, first.Adaptation, adaptation),
                Scaled(one.Inhibition, first.Inhibition, inhibition)), one.Quarter))],
        };
        return values.Length <= Coupling ? set : set with { Couplings = [.. Coupled(file, values[Coupling])] };

        double Time(double own, double firsts, double value) => 1e-3 * Significant(own / firsts * value / speed);
    }

    public override IEnumerable<SignalGroup> Groups(RhythmDescription file) =>
    [
        new("outputs", "", [.. file.Names]),
        new("potentials", "", [.. file.Names.SelectMany(name => new[] { $"{name} flexor u", $"{name} extensor u" })]),
        new("adaptations", "", [.. file.Names.SelectMany(name => new[] { $"{name} flexor v", $"{name} extensor v" })]),
    ];

    public override void Read(RhythmNetwork network, Span<float> signals)
    {
        var neurons = (KimuraNetwork)network;
        int count = network.Count;
        for (int i = 0; i < count; i++)
        {
            signals[i] = network.Output(i);
            signals[count + 2 * i] = network.FlexorPotential[i];
            signals[count + 2 * i + 1] = network.ExtensorPotential[i];
            signals[3 * count + 2 * i] = neurons.FlexorAdaptation[i];
            signals[3 * count + 2 * i + 1] = neurons.ExtensorAdaptation[i];
        }
    }

    /// <summary>What is 0 for the first is the same for all once it is set.</summary>
    private static double Scaled(double own, double firsts, double value) => Significant(firsts > 0 ? own / firsts * value
        : value > 0 ? value : own);
}
