using Ganglion.Rhythm.Spiking;

namespace Ganglion.Lab.Rhythms;

/// <summary>
/// What a second of the network costs, by counting: spikes, what they add to, and the arithmetic of the membranes; beside it the same
/// circuit of other neurons. Operations of a neuron and millisecond are Izhikevich's (2004): 5 of an integrate-and-fire neuron, 1 200 of
/// Hodgkin and Huxley's; the energy of an operation is Horowitz's (2014) for 32 bits in 45 nm: 0.9 pJ an addition, 4.6 pJ with a
/// multiplication. Both are recalled, so this is an estimate of proportions.
/// </summary>
/// <param name="SpikesPerSecond">Measured.</param>
/// <param name="Circuits">The network, and others of the same task.</param>
public sealed record CpgEnergy(double SpikesPerSecond, CircuitCost[] Circuits)
{
    private const double SpikingOperations = 5, HodgkinHuxleyOperations = 1200, Addition = 0.9e-12, Multiplication = 4.6e-12;
    private const int HalfCenterCells = 4;

    /// <summary>Counts.</summary>
    /// <param name="design">The network.</param>
    /// <param name="spikesPerSecond">Of all its neurons.</param>
    public static CpgEnergy Count(CpgDesign design, double spikesPerSecond)
    {
        const double steps = 1 / LifPopulation.Step;
        int neurons = design.Population.Count, outputs = design.Decoders.GetLength(1), dimensions = design.Population.Dimensions;
        double inputs = neurons * dimensions * steps; // a multiplication and an addition each
        return new CpgEnergy(spikesPerSecond,
        [
            Of("this network, spikes decoded and encoded", SpikingOperations),
            Of("the same of Hodgkin-Huxley neurons", HodgkinHuxleyOperations),
            Cells("half-centers of 4 integrate-and-fire neurons", SpikingOperations),
            Cells("half-centers of 4 Hodgkin-Huxley neurons", HodgkinHuxleyOperations),
        ]);

        CircuitCost Of(string name, double operations) => new(name, spikesPerSecond * outputs + inputs, neurons * operations * steps,
            spikesPerSecond * outputs * Addition + inputs * Multiplication + Membranes(neurons * operations * steps));

        // Each cell hears the other of its side and its like on the other side.
        CircuitCost Cells(string name, double operations) => new(name, 2 * HalfCenterCells * steps, HalfCenterCells * operations * steps,
            2 * HalfCenterCells * steps * Multiplication + Membranes(HalfCenterCells * operations * steps));

        static double Membranes(double operations) => operations * (Addition + Multiplication) / 2; // as many of each
    }
}

/// <summary>A circuit and what a second of it costs.</summary>
/// <param name="Name">Of the circuit.</param>
/// <param name="Synaptic">Synaptic operations.</param>
/// <param name="Membrane">Operations of the membranes.</param>
/// <param name="Joules">Energy by the estimate [J].</param>
public sealed record CircuitCost(string Name, double Synaptic, double Membrane, double Joules);
