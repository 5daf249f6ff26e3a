using Ganglion.Basics;

namespace Ganglion.Rhythm.Spiking;

/// <summary>
/// What does not change about an ensemble of leaky integrate-and-fire neurons that represents a vector: for each neuron the direction that
/// it prefers, gain and bias (Eliasmith and Anderson, Neural Engineering, 2003, chapter 2; Nengo's names and units). Neuron i receives the
/// current J = bias + gain encoder . (x / radius), where 1 is the least that makes it fire.
/// </summary>
public sealed class LifPopulation
{
    /// <summary>Time constant of the membrane, absolute refractory time, and the step of the simulation [s].</summary>
    public const double MembraneTime = 0.02, RefractoryTime = 0.002, Step = 0.001;

    /// <summary>Where rates at the end of the preferred direction are drawn from [Hz], and where along it firing begins.</summary>
    private const double LowestRate = 200, HighestRate = 400, LowestIntercept = -0.95, HighestIntercept = 0.9;

    private readonly double[] _currents; // [groups x dimensions x lanes], gain encoder / radius: read from end to end in a step
    private readonly double[] _bias;     // [stride]

    private LifPopulation(int count, int dimensions)
    {
        (Count, Dimensions, Stride) = (count, dimensions, (count + Lanes - 1) / Lanes * Lanes);
        _currents = new double[dimensions * Stride];
        _bias = new double[Stride];
    }

    /// <summary>Neurons that are worked on together; what fills up the last group never fires.</summary>
    internal const int Lanes = 4;

    public int Count { get; }

    public int Dimensions { get; }

    /// <summary><see cref="Count"/>, rounded up to whole groups.</summary>
    internal int Stride { get; }

    /// <summary>Current per unit of each dimension of x, [groups x dimensions x lanes].</summary>
    internal ReadOnlySpan<double> Currents => _currents;

    /// <summary>Current without input, [stride].</summary>
    internal ReadOnlySpan<double> Bias => _bias;

    /// <summary>Draws a population: directions uniform on the unit sphere, rates of 200 to 400 Hz, intercepts from -0.95 to 0.9.</summary>
    /// <param name="count">Neurons, 1 or more.</param>
    /// <param name="radii">Largest value of each dimension that is represented well, one a dimension.</param>
    /// <param name="seed">Of everything that is drawn.</param>
    /// <param name="stream">Tells several populations of one seed apart.</param>
    public static LifPopulation Draw(int count, ReadOnlySpan<double> radii, ulong seed, ulong stream = 0)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        var population = new LifPopulation(count, radii.Length);
        var random = new SeededRandom(seed, stream);
        Span<double> direction = stackalloc double[radii.Length];
        for (int i = 0; i < count; i++)
        {
            double square = 0;
            foreach (ref double component in direction)
            {
                component = random.NextGaussian();
                square += component * component;
            }

            double rate = random.NextUniform(LowestRate, HighestRate);
            double intercept = random.NextUniform(LowestIntercept, HighestIntercept);
            double most = 1 / (1 - Math.Exp((RefractoryTime - 1 / rate) / MembraneTime)); // the current that makes it fire so often
            double gain = (1 - most) / (intercept - 1);
            population._bias[i] = 1 - gain * intercept;
            for (int d = 0; d < direction.Length; d++)
            {
                population._currents[population.Place(i, d)] = gain * direction[d] / Math.Sqrt(square) / radii[d];
            }
        }

        return population;
    }

    /// <summary>Current of a neuron at x.</summary>
    /// <param name="neuron">0 to <see cref="Count"/> - 1.</param>
    /// <param name="x">Represented vector, one value a dimension.</param>
    public double Current(int neuron, ReadOnlySpan<double> x)
    {
        double current = _bias[neuron];
        for (int d = 0; d < x.Length; d++)
        {
            current += _currents[Place(neuron, d)] * x[d];
        }

        return current;
    }

    /// <summary>How often a neuron fires while x stays as it is [Hz].</summary>
    /// <param name="neuron">0 to <see cref="Count"/> - 1.</param>
    /// <param name="x">Represented vector, one value a dimension.</param>
    public double Rate(int neuron, ReadOnlySpan<double> x)
    {
        double current = Current(neuron, x);
        return current <= 1 ? 0 : 1 / (RefractoryTime + MembraneTime * Math.Log(1 + 1 / (current - 1)));
    }

    private int Place(int neuron, int dimension) => (neuron / Lanes * Dimensions + dimension) * Lanes + neuron % Lanes;
}
