using System.Collections.Immutable;

namespace Ganglion.Rhythm.Learned;

/// <summary>One stride: from one burst of the left flexor to the next.</summary>
/// <param name="Start">When it begins [s].</param>
/// <param name="Cycle">How long it lasts [s].</param>
/// <param name="Swing">How long its burst lasts [s].</param>
/// <param name="Speed">Mean speed [m/s].</param>
public sealed record Stride(double Start, double Cycle, double Swing, double Speed);

/// <summary>Strides of about one speed.</summary>
/// <param name="Strides">One or more.</param>
public sealed record StrideGroup(ImmutableArray<Stride> Strides)
{
    /// <summary>Means: [m/s], [s], [s].</summary>
    public double Speed { get; } = Strides.Average(stride => stride.Speed);

    /// <inheritdoc cref="Speed"/>
    public double Cycle { get; } = Strides.Average(stride => stride.Cycle);

    /// <inheritdoc cref="Speed"/>
    public double Swing { get; } = Strides.Average(stride => stride.Swing);
}

/// <summary>A recording cut into strides.</summary>
public sealed class RecordedStrides
{
    /// <summary>Fewest strides and speeds that a network learns from.</summary>
    public const int LeastStrides = 20, LeastSpeeds = 2;

    // A stride is left out where the speed changes by more than this within it, or it is so much longer or shorter than is usual at its
    // speed; strides whose speeds are this close count as of one speed.
    private const double SteadySpeed = 0.1, OddCycle = 0.4, SameSpeed = 0.06;

    private RecordedStrides(MuscleEnvelopes envelopes, ImmutableArray<StrideGroup> groups) => (Envelopes, Groups) = (envelopes, groups);

    public MuscleEnvelopes Envelopes { get; }

    /// <summary>By speed, the slowest first.</summary>
    public ImmutableArray<StrideGroup> Groups { get; }

    /// <summary>Strides of all groups.</summary>
    public int Count => Groups.Sum(group => group.Strides.Length);

    /// <summary>Cuts a recording.</summary>
    /// <param name="envelopes">Its activations.</param>
    /// <param name="name">What messages call it.</param>
    /// <exception cref="InvalidDataException">There are too few strides or speeds in it.</exception>
    public static RecordedStrides Cut(MuscleEnvelopes envelopes, string name)
    {
        List<Burst> bursts = Bursts.Find(envelopes.Muscles[0], MuscleEnvelopes.Step);
        var strides = new List<Stride>();
        for (int k = 0; k + 1 < bursts.Count; k++)
        {
            double cycle = bursts[k + 1].On - bursts[k].On;
            int from = (int)(bursts[k].On / MuscleEnvelopes.Step), to = (int)(bursts[k + 1].On / MuscleEnvelopes.Step) + 1;
            double[] speeds = envelopes.Speed[from..Math.Min(to + 1, envelopes.Speed.Length)];
            if (speeds.Max() - speeds.Min() <= SteadySpeed * speeds.Average())
            {
                strides.Add(new Stride(bursts[k].On, cycle, bursts[k].Off - bursts[k].On, speeds.Average()));
            }
        }

        ImmutableArray<StrideGroup> groups = Group(strides);
        int count = groups.Sum(group => group.Strides.Length);
        if (count < LeastStrides)
        {
            throw new InvalidDataException($"{name}: {count} strides at steady speeds (bursts of {EmgRecording.Names[0]} begin them), " +
                $"and {LeastStrides} are needed; record for longer, and see that the column is the flexor's.");
        }

        return groups.Length >= LeastSpeeds ? new RecordedStrides(envelopes, groups)
            : throw new InvalidDataException($"{name}: all {count} strides are at {groups[0].Speed:0.00} m/s, and a network learns to " +
                $"obey a speed from {LeastSpeeds} at least; record other speeds too.");
    }

    /// <summary>Mean activation of a muscle over the strides of a group.</summary>
    /// <param name="group">One of <see cref="Groups"/>.</param>
    /// <param name="muscle">0..3.</param>
    /// <param name="phase">Of the stride, 0..1 and beyond, where it begins again.</param>
    public double Mean(StrideGroup group, int muscle, double phase) => group.Strides.Average(stride => At(stride, muscle, phase));

    /// <summary>Activation of a muscle in a stride.</summary>
    /// <param name="stride">Of this recording.</param>
    /// <param name="muscle">0..3.</param>
    /// <param name="phase">0..1 and beyond, where it begins again.</param>
    public double At(Stride stride, int muscle, double phase) =>
        Envelopes.At(muscle, stride.Start + (phase - Math.Floor(phase)) * stride.Cycle);

    private static ImmutableArray<StrideGroup> Group(List<Stride> strides)
    {
        var groups = new List<StrideGroup>();
        foreach (Stride[] close in Close(strides.OrderBy(stride => stride.Speed)))
        {
            double usual = close.Select(stride => stride.Cycle).Order().ElementAt(close.Length / 2);
            Stride[] kept = [.. close.Where(stride => Math.Abs(stride.Cycle - usual) <= OddCycle * usual)];
            groups.Add(new StrideGroup([.. kept]));
        }

        return [.. groups];
    }

    private static IEnumerable<Stride[]> Close(IEnumerable<Stride> bySpeed)
    {
        var group = new List<Stride>();
        foreach (Stride stride in bySpeed)
        {
            if (group.Count > 0 && stride.Speed > group[0].Speed * (1 + SameSpeed))
            {
                yield return [.. group];
                group.Clear();
            }

            group.Add(stride);
        }

        if (group.Count > 0)
        {
            yield return [.. group];
        }
    }
}
