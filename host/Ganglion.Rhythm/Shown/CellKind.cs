using System.Collections.Immutable;
using Ganglion.Robots.Rhythms;
using Ganglion.Shared.Rhythms;

namespace Ganglion.Rhythm.Shown;

/// <summary>Pairs of Izhikevich cells as a board steps them (shared/README.md A11). What a board's cells feel of a sensor they do not feel
/// here.</summary>
internal sealed class CellKind : NetworkKind
{
    private const int Speed = 0, Drive = 1, Forth = 2, Back = 3, Envelope = 4;

    public override IEnumerable<Knob> Knobs(RhythmDescription file)
    {
        RhythmCellPair pair = file.Cells[0];
        const double most = CellPairParameters.MaxWeight;
        return
        [
            new Knob("speed", "time scale", "ms/s", 0.01, Math.Floor(CellPairParameters.MaxTimeScale), pair.TimeScale,
                "what passes in the cells in a second") { Power = 3 },
            new Knob("drive", "steady current", "mV/ms", -Math.Floor(CellPairParameters.MaxCurrent),
                Math.Floor(CellPairParameters.MaxCurrent), pair.Current, "into all cells") { Power = 3 },
            new Knob("inhibition", "inhibition, forth", "mV/ms", -most, most, -Weight(file, 1, 0),
                "what each spike of a flexor takes from its extensor") { Power = 3 },
            new Knob("inhibition-back", "inhibition, back", "mV/ms", -most, most, -Weight(file, 0, 1),
                "what each spike of an extensor takes from its flexor") { Power = 3 },
            new Knob("envelope", "envelope", "ms", 1, Math.Floor(CellPairParameters.MaxEnvelope), pair.Envelope,
                "time of the cells in which an activity decays") { Power = 4 },
        ];
    }

    public override RhythmDescription With(RhythmDescription file, ReadOnlySpan<double> values)
    {
        double speed = values[Speed], drive = values[Drive], forth = -values[Forth], back = -values[Back], envelope = values[Envelope];
        return file with
        {
            Cells = [.. file.Cells.Select(pair => pair with { TimeScale = speed, Current = drive, Envelope = envelope })],
            Couplings = [.. from i in Enumerable.Range(0, file.Cells.Length)
                from coupling in new RhythmCoupling[] { new(2 * i + 1, 2 * i, forth), new(2 * i, 2 * i + 1, back) }
                where coupling.Weight != 0
                select coupling],
        };
    }

    public override IEnumerable<SignalGroup> Groups(RhythmDescription file) =>
    [
        new("activities", "", Both(file, "")),
        new("outputs", "", [.. file.Names]),
        new("potentials", "mV", Both(file, "'s cell v")),
        new("recoveries", "", Both(file, "'s cell u")),
    ];

    public override void Read(RhythmNetwork network, Span<float> signals)
    {
        var cells = (CellPairNetwork)network;
        int count = network.Count;
        for (int i = 0; i < count; i++)
        {
            signals[2 * i] = network.FlexorActivity[i];
            signals[2 * i + 1] = network.ExtensorActivity[i];
            signals[2 * count + i] = network.Output(i);
        }

        for (int k = 0; k < 2 * count; k++)
        {
            signals[3 * count + k] = cells.V[k];
            signals[5 * count + k] = cells.U[k];
        }
    }

    private static ImmutableArray<string> Both(RhythmDescription file, string what) =>
        [.. file.Names.SelectMany(name => new[] { $"{name} flexor{what}", $"{name} extensor{what}" })];

    private static double Weight(RhythmDescription file, int to, int from) =>
        file.Couplings.FirstOrDefault(one => one.To == to && one.From == from)?.Weight ?? 0;
}
