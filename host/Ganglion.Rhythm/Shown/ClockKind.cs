using Ganglion.Robots.Rhythms;
using Ganglion.Shared.Rhythms;

namespace Ganglion.Rhythm.Shown;

/// <summary>A chess clock of two sides alike (shared/README.md A9).</summary>
internal sealed class ClockKind : NetworkKind
{
    private const int Speed = 0, FlexorDrive = 1, ExtensorDrive = 2, FlexorGain = 3, ExtensorGain = 4, Leak = 5, Coupling = 6;
    private const double Most = ChessClockParameters.MaxRate;

    public override IEnumerable<Knob> Knobs(RhythmDescription file)
    {
        RhythmClock side = file.Clocks[0];
        double speed = file.Speed;
        return
        [
            new Knob("speed", "speed", "m/s", Significant(Knob.Bound(RhythmNetwork.MinFrequency) * speed),
                Significant(RhythmNetwork.MaxFrequency * speed), speed, "of the animal; phases follow it as an animal's do") { Power = 3 },
            new Knob("flexor-drive", "flexors' drive x0", "1/s", -Most, Most, side.FlexorBias, "what drives their clocks at rest")
                { Power = 3 },
            new Knob("extensor-drive", "extensors' drive x0", "1/s", -Most, Most, side.ExtensorBias, "what drives their clocks at rest")
                { Power = 3 },
            new Knob("flexor-gain", "flexors' gain g", "1/m", -Most, Most, Significant(side.FlexorGain / speed), "what each m/s adds")
                { Power = 3 },
            new Knob("extensor-gain", "extensors' gain g", "1/m", -Most, Most, Significant(side.ExtensorGain / speed), "what each m/s adds")
                { Power = 3 },
            new Knob("leak", "leak r", "1/s", 0, Most, side.Leak, "of all clocks") { Power = 3 },
            .. CouplingKnob(file, Most),
        ];
    }

    public override RhythmDescription With(RhythmDescription file, ReadOnlySpan<double> values)
    {
        double speed = values[Speed], flexor = values[FlexorDrive], extensor = values[ExtensorDrive], leak = values[Leak];
        double flexorGain = values[FlexorGain] * speed, extensorGain = values[ExtensorGain] * speed;
        RhythmDescription set = file with
        {
            Speed = speed,
            Clocks = [.. file.Clocks.Select(side => new RhythmClock(side.Name, flexor, extensor, flexorGain, extensorGain, leak,
                side.Start))],
        };
        return values.Length <= Coupling ? set : set with { Couplings = [.. Coupled(file, values[Coupling])] };
    }

    public override IEnumerable<SignalGroup> Groups(RhythmDescription file) =>
    [
        new("activities", "", [.. file.Names.SelectMany(name => new[] { $"{name} flexor", $"{name} extensor" })]),
        new("clocks", "", [.. file.Names.SelectMany(name => new[] { $"{name} flexor's clock", $"{name} extensor's clock" })]),
    ];

    public override void Read(RhythmNetwork network, Span<float> signals)
    {
        var clocks = (ChessClockNetwork)network;
        int count = network.Count;
        for (int i = 0; i < count; i++)
        {
            signals[2 * i] = network.FlexorActivity[i];
            signals[2 * i + 1] = network.ExtensorActivity[i];
            signals[2 * (count + i)] = clocks.Swings(i) ? clocks.Place(i) : 0;
            signals[2 * (count + i) + 1] = clocks.Swings(i) ? 0 : clocks.Place(i);
        }
    }
}
