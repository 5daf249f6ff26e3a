using Ganglion.Basics;

namespace Ganglion.Gait.Search;

/// <summary>
/// Genetic algorithm with the paper's settings (section 4.1): 100 individuals, 100 generations, crossover 0.8, mutation 0.29.
/// The operators are ours, since the paper names none and blending gene by gene loses what holds between genes (that feet and
/// body go at one speed): a crossover moves an individual a part of the way to the best of some drawn at random, and along
/// the difference of two others; a mutation moves a few genes by a normal step whose size is evenly spread over its
/// logarithm; a child takes its parent's place if it is no worse, which keeps the population varied.
/// </summary>
public sealed class GeneticSearch : ISearch
{
    private const double Crossover = 0.8, Mutation = 0.29, GeneMutation = 0.05, Difference = 1.2, Step = 0.2, SmallestStep = 0.1;
    private const int Drawn = 20;

    private readonly int _dimensions, _seed;
    private readonly double[] _parents, _fitness;

    /// <param name="dimensions">Coordinates of a point.</param>
    /// <param name="seed">Seed.</param>
    /// <param name="population">Individuals, at least 4.</param>
    public GeneticSearch(int dimensions, int seed, int population = 100)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(dimensions, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(population, 4);
        _dimensions = dimensions;
        _seed = seed;
        Population = population;
        _parents = new double[population * dimensions];
        _fitness = new double[population];
    }

    /// <inheritdoc/>
    public string Name => "ga";

    /// <inheritdoc/>
    public int Population { get; }

    /// <inheritdoc/>
    public int Generation { get; private set; }

    /// <inheritdoc/>
    public void Ask(Span<double> points)
    {
        var random = SeededRandom.OfHalves(_seed, Generation);
        if (Generation == 0)
        {
            for (int i = 0; i < points.Length; i++)
            {
                points[i] = random.NextUnit();
            }

            return;
        }
        for (int i = 0; i < Population; i++)
        {
            Span<double> child = points.Slice(i * _dimensions, _dimensions);
            Parent(i).CopyTo(child);
            if (random.NextUnit() < Crossover)
            {
                Cross(ref random, child);
            }

            if (random.NextUnit() < Mutation)
            {
                Mutate(ref random, child);
            }
        }
    }

    /// <inheritdoc/>
    public void Tell(ReadOnlySpan<double> points, ReadOnlySpan<double> fitness)
    {
        for (int i = 0; i < Population; i++)
        {
            if (Generation > 0 && !(fitness[i] >= _fitness[i]))
            {
                continue;
            }

            points.Slice(i * _dimensions, _dimensions).CopyTo(Parent(i));
            _fitness[i] = fitness[i];
        }
        Generation++;
    }

    /// <inheritdoc/>
    public SearchState Save() => new(Name, Generation, [.. _parents, .. _fitness]);

    /// <inheritdoc/>
    public void Load(SearchState state)
    {
        if (state.Name != Name || state.Numbers.Length != _parents.Length + _fitness.Length || state.Generation < 0)
        {
            throw new ArgumentException($"This is a state of '{state.Name}' with {state.Numbers.Length} numbers, not of a genetic search " +
                $"with {Population} individuals.", nameof(state));
        }

        if (!state.Numbers.Take(_parents.Length).All(coordinate => coordinate is >= 0 and <= 1) || state.Numbers.Any(double.IsNaN))
        {
            throw new ArgumentException("It holds points beyond the unit cube, or worths that are no numbers.", nameof(state));
        }

        state.Numbers.AsSpan(0, _parents.Length).CopyTo(_parents);
        state.Numbers.AsSpan(_parents.Length).CopyTo(_fitness);
        Generation = state.Generation;
    }

    private Span<double> Parent(int i) => _parents.AsSpan(i * _dimensions, _dimensions);

    private int Select(ref SeededRandom random)
    {
        int best = random.NextBelow(Population);
        for (int i = 1; i < Drawn; i++)
        {
            int other = random.NextBelow(Population);
            if (_fitness[other] > _fitness[best])
            {
                best = other;
            }
        }
        return best;
    }

    private void Cross(ref SeededRandom random, Span<double> child)
    {
        Span<double> mate = Parent(Select(ref random));
        Span<double> one = Parent(random.NextBelow(Population)), two = Parent(random.NextBelow(Population));
        double towards = random.NextUnit(), along = Difference * random.NextUnit();
        for (int g = 0; g < child.Length; g++)
        {
            child[g] = Math.Clamp(child[g] + towards * (mate[g] - child[g]) + along * (one[g] - two[g]), 0, 1);
        }
    }

    private static void Mutate(ref SeededRandom random, Span<double> point)
    {
        double step = Step * Math.Pow(SmallestStep, random.NextUnit());
        for (int g = 0; g < point.Length; g++)
        {
            if (random.NextUnit() < GeneMutation)
            {
                point[g] = Math.Clamp(point[g] + step * random.NextPolarGaussian(), 0, 1);
            }
        }
    }
}
