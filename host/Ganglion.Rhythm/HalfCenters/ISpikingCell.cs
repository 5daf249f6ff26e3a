namespace Ganglion.Rhythm.HalfCenters;

/// <summary>A cell of a <see cref="HalfCenterCircuit{T, TCell}"/>: how it is stepped, and how strongly the circuit acts on it.</summary>
/// <typeparam name="T">What it computes in.</typeparam>
/// <typeparam name="TCell">The type itself.</typeparam>
public interface ISpikingCell<T, TCell>
    where T : struct, ICellNumber<T>
    where TCell : struct, ISpikingCell<T, TCell>
{
    /// <summary>A cell that nothing has driven yet.</summary>
    static abstract TCell Resting { get; }

    /// <summary>Its step [ms].</summary>
    static abstract double Step { get; }

    /// <summary>Time constant in which a synapse of the circuit closes [ms].</summary>
    static abstract double SynapticTime { get; }

    /// <summary>Share of a clock that a spike of the opposite cell takes off it.</summary>
    static abstract double Clearing { get; }

    /// <summary>One step.</summary>
    /// <param name="synapse">Of the opposite cell: 1 a spike, fading.</param>
    /// <param name="brake">By its own clock, 0..1.</param>
    /// <returns>Whether it fired.</returns>
    bool Advance(T synapse, T brake);
}
