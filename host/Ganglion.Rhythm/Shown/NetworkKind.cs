using Ganglion.Robots.Rhythms;
using Ganglion.Shared.Rhythms;

namespace Ganglion.Rhythm.Shown;

/// <summary>What can be set and seen of one kind of network that a board plays. A new kind needs one of these and a line in
/// <see cref="Of"/>.</summary>
internal abstract class NetworkKind
{
    /// <summary>Digits of numbers that follow from others, so that a file gives the same bits (<see cref="RhythmText"/>).</summary>
    private const int Digits = 9;

    /// <summary>The kind of a rhythm.</summary>
    public static NetworkKind Of(RhythmDescription rhythm) => !rhythm.Clocks.IsEmpty ? new ClockKind()
        : !rhythm.Phases.IsEmpty ? new PhaseKind() : !rhythm.Cells.IsEmpty ? new CellKind() : new NeuronKind();

    /// <summary>What can be set, at the values of a file.</summary>
    public abstract IEnumerable<Knob> Knobs(RhythmDescription file);

    /// <summary>The rhythm of a file with other values.</summary>
    /// <param name="file">As it was loaded.</param>
    /// <param name="values">One a knob.</param>
    public abstract RhythmDescription With(RhythmDescription file, ReadOnlySpan<double> values);

    /// <summary>Values that follow from one that was set.</summary>
    public virtual void Follow(Span<double> values, int changed)
    {
    }

    /// <summary>Its signals.</summary>
    public abstract IEnumerable<SignalGroup> Groups(RhythmDescription file);

    /// <summary>Reads all signals, in that order.</summary>
    public abstract void Read(RhythmNetwork network, Span<float> signals);

    /// <summary>A knob that multiplies all couplings; none where there are none.</summary>
    private protected static IEnumerable<Knob> CouplingKnob(RhythmDescription file, double most) => file.Couplings.IsEmpty ? [] :
    [
        new Knob("coupling", "coupling", "×", 0, Knob.LargestFactor(most, file.Couplings.Max(one => Math.Abs(one.Weight))), 1,
            "factor on all couplings of the file") { Power = 4 },
    ];

    /// <summary>The couplings of a file, multiplied.</summary>
    private protected static IEnumerable<RhythmCoupling> Coupled(RhythmDescription file, double factor) =>
        file.Couplings.Select(one => one with { Weight = Significant(factor * one.Weight) });

    /// <summary>As a file can say it.</summary>
    private protected static double Significant(double value) => Knob.Significant(value, Digits);
}
