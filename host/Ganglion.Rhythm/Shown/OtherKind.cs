using Ganglion.Robots.Rhythms;
using Ganglion.Shared.Rhythms;

namespace Ganglion.Rhythm.Shown;

/// <summary>Any network that a board plays and that has no knobs of its own here.</summary>
internal sealed class OtherKind : NetworkKind
{
    public override IEnumerable<Knob> Knobs(RhythmDescription file) => [];

    public override RhythmDescription With(RhythmDescription file, ReadOnlySpan<double> values) => file;

    public override IEnumerable<SignalGroup> Groups(RhythmDescription file) =>
    [
        new("outputs", "", [.. file.Names]),
        new("activities", "", [.. file.Names.SelectMany(name => new[] { $"{name} flexor", $"{name} extensor" })]),
    ];

    public override void Read(RhythmNetwork network, Span<float> signals)
    {
        int count = network.Count;
        for (int i = 0; i < count; i++)
        {
            signals[i] = network.Output(i);
            signals[count + 2 * i] = network.FlexorActivity[i];
            signals[count + 2 * i + 1] = network.ExtensorActivity[i];
        }
    }
}
