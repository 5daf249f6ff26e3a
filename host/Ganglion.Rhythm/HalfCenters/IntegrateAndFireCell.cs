namespace Ganglion.Rhythm.HalfCenters;

/// <summary>
/// A leaky integrate-and-fire cell: v' = (J - v) / 20 ms, a spike at 1, then 0 for 2 ms; below -1 nothing carries it. J is a steady 4, at
/// which a cell alone fires 125 times a second, less 8 for each spike that inhibits and up to 12 for the brake. Exact between two steps of
/// 1 ms if J holds still.
/// </summary>
/// <typeparam name="T">What it computes in.</typeparam>
public struct IntegrateAndFireCell<T> : ISpikingCell<T, IntegrateAndFireCell<T>>
    where T : struct, ICellNumber<T>
{
    private const double Drive = 4, Inhibition = 8, Brake = 12, MembraneTime = 20, Floor = -1;
    private const int RefractorySteps = 2;

    private static readonly double Approach = 1 - Math.Exp(-Step / MembraneTime);

    private T _v;
    private int _refractory;

    /// <inheritdoc/>
    public static IntegrateAndFireCell<T> Resting => new() { _v = 0.0 };

    /// <inheritdoc/>
    public static double Step => 1;

    /// <inheritdoc/>
    public static double SynapticTime => 20;

    /// <inheritdoc/>
    public static double Clearing => 0.2;

    /// <inheritdoc/>
    public bool Advance(T synapse, T brake)
    {
        if (_refractory > 0)
        {
            _refractory--;
            return false;
        }

        _v += (Drive - Inhibition * synapse - Brake * brake - _v) * Approach;
        _v = _v <= Floor ? Floor : _v;
        if (_v <= 1)
        {
            return false;
        }

        (_v, _refractory) = (0.0, RefractorySteps);
        return true;
    }
}
