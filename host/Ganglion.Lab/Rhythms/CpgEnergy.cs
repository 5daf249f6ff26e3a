using Ganglion.Rhythm.HalfCenters;
using Ganglion.Rhythm.Spiking;

namespace Ganglion.Lab.Rhythms;

/// <summary>
/// What a second of the network costs, and of the same circuit of other cells. The half-centers of four cells are simulated, and their
/// operations are those that the simulation did; the network's are counted by its equations, step by step and spike by spike. An
/// operation of 32 bits in 45 nm is taken for 0.9 pJ (addition) and 3.7 pJ (multiplication), as Horowitz (2014) has them; a division for
/// 4 and an exponential for 10 of both. These are recalled, so this is an estimate of proportions.
/// </summary>
/// <param name="SpikesPerSecond">Of the network, measured.</param>
/// <param name="Circuits">The network, and others of the same task.</param>
public sealed record CpgEnergy(double SpikesPerSecond, CircuitCost[] Circuits)
{
    /// <summary>The speed at which circuits are compared [m/s], and for how long [s].</summary>
    public const double Speed = 0.6, Seconds = 4;

    private const double Addition = 0.9e-12, Multiplication = 3.7e-12;
    private const int DivisionPairs = 4, ExponentialPairs = 10;

    // Gains of the clocks at that speed: 18 and 33 spikes a phase at 68 Hz, 33 and 68 at 125 Hz. Calibration moves them by some percent.
    private const double HodgkinHuxleyFlexor = 0.054, HodgkinHuxleyExtensor = 0.026, FireFlexor = 0.043, FireExtensor = 0.019;

    /// <summary>Simulates and counts.</summary>
    /// <param name="design">The network.</param>
    /// <param name="spikesPerSecond">Of all its neurons.</param>
    public static CpgEnergy Count(CpgDesign design, double spikesPerSecond)
    {
        CircuitCost fire = Simulate<IntegrateAndFireCell<Tallied>>("half-centers of 4 integrate-and-fire cells", FireFlexor, FireExtensor);
        CircuitCost squid = Simulate<HodgkinHuxleyCell<Tallied>>("half-centers of 4 Hodgkin-Huxley cells", HodgkinHuxleyFlexor,
            HodgkinHuxleyExtensor);
        double share = design.Settings.Neurons / (double)HalfCenterCircuit<Tallied, HodgkinHuxleyCell<Tallied>>.Count;
        return new CpgEnergy(spikesPerSecond,
        [
            Network(design, spikesPerSecond), fire, squid,
            Of("the network's neurons, were they Hodgkin-Huxley cells", "counted", double.NaN, share * squid.Additions,
                share * squid.Multiplications, share * squid.Divisions, share * squid.Exponentials),
        ]);
    }

    private static CircuitCost Network(CpgDesign design, double spikes)
    {
        const double steps = 1 / LifPopulation.Step;
        double neurons = design.Population.Count * steps, dimensions = design.Population.Dimensions,
            outputs = design.Decoders.GetLength(1);

        // A neuron's step: a current of as many products as dimensions, a membrane that approaches it, what is left of the refractory
        // time and what of the step, floor and threshold. A spike: its moment, a logarithm, and the exponential of the part of a step
        // that remains behind the refractory time; what it adds to each output. Each output is a synapse that fades.
        return Of($"this network of {design.Population.Count} spiking neurons", "counted", spikes,
            neurons * (dimensions + 7) + spikes * (4 + outputs) + outputs * steps,
            neurons * (dimensions + 1) + spikes + 2 * outputs * steps, 2 * spikes, 2 * spikes);
    }

    private static CircuitCost Simulate<TCell>(string name, double flexor, double extensor)
        where TCell : struct, ISpikingCell<Tallied, TCell>
    {
        var circuit = new HalfCenterCircuit<Tallied, TCell> { FlexorGain = flexor, ExtensorGain = extensor };
        OperationTally before = Tallied.Tally;
        while (circuit.Seconds < Seconds)
        {
            circuit.Advance();
        }

        OperationTally done = Tallied.Tally - before;
        return Of(name, "simulated", circuit.Spikes / Seconds, done.Additions / Seconds, done.Multiplications / Seconds,
            done.Divisions / Seconds, done.Exponentials / Seconds);
    }

    private static CircuitCost Of(string name, string how, double spikes, double additions, double multiplications, double divisions,
        double exponentials)
    {
        double pairs = DivisionPairs * divisions + ExponentialPairs * exponentials;
        return new CircuitCost(name, how, spikes, additions, multiplications, divisions, exponentials,
            (additions + pairs) * Addition + (multiplications + pairs) * Multiplication);
    }
}

/// <summary>A circuit and what a second of it costs.</summary>
/// <param name="Name">Of the circuit.</param>
/// <param name="How">Whether its operations were those of a simulation or counted by its equations.</param>
/// <param name="Spikes">Of all cells; NaN where none were simulated.</param>
/// <param name="Additions">Additions and comparisons.</param>
/// <param name="Multiplications">Multiplications.</param>
/// <param name="Divisions">Divisions.</param>
/// <param name="Exponentials">Exponentials and logarithms.</param>
/// <param name="Joules">Energy by the estimate [J].</param>
public sealed record CircuitCost(string Name, string How, double Spikes, double Additions, double Multiplications, double Divisions,
    double Exponentials, double Joules)
{
    /// <summary>All operations of a second.</summary>
    public double Operations => Additions + Multiplications + Divisions + Exponentials;
}
