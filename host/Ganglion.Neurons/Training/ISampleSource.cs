namespace Ganglion.Neurons.Training;

/// <summary>
/// Training samples, addressed by index. <see cref="Fill"/> must give the same sample for the same index for ever, from any thread at once:
/// a resumed run asks for the indices that the interrupted one would have asked for, and nothing else has to be stored.
/// </summary>
public interface ISampleSource
{
    /// <summary>Numbers per sample input, [Windows x Channels].</summary>
    int InputLength { get; }

    /// <summary>Numbers per target, as the loss in use expects them.</summary>
    int TargetLength { get; }

    /// <summary>Writes sample <paramref name="index"/> (0 or more, without upper bound).</summary>
    void Fill(long index, Span<float> inputs, Span<float> targets);
}
