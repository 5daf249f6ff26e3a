namespace Ganglion.Rhythm.Cells;

/// <summary>
/// Constants of Izhikevich's simple model of a spiking neuron (2003): v' = 0.04 v² + linear v + constant - u + I and
/// u' = a (b (v - rest) - leak u); at 30 mV a spike: v := c, u := u + d. v, u and I in mV (and mV/ms), time in ms.
/// </summary>
/// <param name="A">Rate of the recovery u, 1/ms.</param>
/// <param name="B">How far the recovery follows v.</param>
/// <param name="C">v after a spike, mV.</param>
/// <param name="D">What a spike adds to u.</param>
public sealed record IzhikevichCell(double A, double B, double C, double D)
{
    /// <summary>v at which a spike ends, mV.</summary>
    public const double Peak = 30;

    /// <summary>Factor of v; 4.1 in cells that integrate, with a <see cref="Constant"/> of 108.</summary>
    public double Linear { get; init; } = 5;

    /// <summary>What is added to v', mV/ms.</summary>
    public double Constant { get; init; } = 140;

    /// <summary>v from which the recovery counts, mV.</summary>
    public double Rest { get; init; }

    /// <summary>1; 0 where the recovery has no decay of its own, as in Izhikevich's cell that accommodates.</summary>
    public double Leak { get; init; } = 1;
}
