using System.Collections.Immutable;

namespace Ganglion.Rhythm.Learned;

/// <summary>
/// Envelopes of a network that runs by itself, held against those of recorded strides of the same speed. Each of its strides is laid at the
/// beginning of the recording's mean stride, at the onset of the left flexor, and compared in time, unstretched, for as long as that mean
/// stride lasts: a wrong cycle, a wrong phase of the other limb and a wrong height all cost.
/// </summary>
/// <param name="RSquared">Share of the mean stride's variance that the network's envelopes explain, one a muscle; NaN without a
/// stride.</param>
/// <param name="Own">The same of the recorded strides themselves, each laid at the mean stride in the same way: what steps vary by.</param>
/// <param name="CycleOff">The network's mean cycle over the recording's, less 1.</param>
public sealed record EnvelopeScore(ImmutableArray<double> RSquared, ImmutableArray<double> Own, double CycleOff)
{
    /// <summary>Mean over the muscles.</summary>
    public double Mean => RSquared.Average();

    /// <inheritdoc cref="Mean"/>
    public double OwnMean => Own.Average();

    /// <summary>Judges a run at a speed of a recording.</summary>
    /// <param name="part">At the group's speed.</param>
    /// <param name="recording">It.</param>
    /// <param name="group">One of its groups.</param>
    public static EnvelopeScore Of(LearnedPart part, RecordedStrides recording, StrideGroup group)
    {
        int length = (int)(group.Cycle / MuscleEnvelopes.Step);
        double[][] mean = [.. EmgRecording.Names.Select((_, m) =>
            Enumerable.Range(0, length).Select(k => recording.Mean(group, m, k * MuscleEnvelopes.Step / group.Cycle)).ToArray())];
        var played = new MuscleEnvelopes(part.Envelopes, []);
        // The last stride of a run may be longer than what is left of it.
        double end = part.Envelopes[0].Length * MuscleEnvelopes.Step - group.Cycle;
        return new EnvelopeScore(Share(mean, played, part.Strides.Select(stride => stride.Start).Where(start => start <= end)),
            Share(mean, recording.Envelopes, group.Strides.Select(stride => stride.Start)), part.Cycle / group.Cycle - 1);
    }

    private static ImmutableArray<double> Share(double[][] mean, MuscleEnvelopes envelopes, IEnumerable<double> starts)
    {
        double[] begun = [.. starts];
        return [.. mean.Select((wanted, muscle) =>
        {
            double centre = wanted.Average(), total = begun.Length * wanted.Sum(value => (value - centre) * (value - centre));
            double left = begun.Sum(start => wanted.Select((value, k) =>
                Math.Pow(envelopes.At(muscle, start + k * MuscleEnvelopes.Step) - value, 2)).Sum());
            return begun.Length == 0 ? double.NaN : 1 - left / total;
        })];
    }
}
