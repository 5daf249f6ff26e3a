namespace Ganglion.Rhythm.Spiking;

/// <summary>Neurons that are given a vector each step, fire, and whose spikes add up to the values that are decoded from them.</summary>
public interface ISpikingEnsemble
{
    /// <summary>One step of <see cref="LifPopulation.Step"/>.</summary>
    /// <param name="x">Represented vector, one value a dimension.</param>
    void Advance(ReadOnlySpan<double> x);

    /// <summary>Neurons that fired in the last step, in rising order.</summary>
    ReadOnlySpan<int> Fired { get; }

    /// <summary>What their spikes say, one value an output: decoders of those that fired, by the step's length. Mostly noise until a
    /// synapse has smoothed it.</summary>
    ReadOnlySpan<double> Decoded { get; }
}
