using Ganglion.Basics;

namespace Ganglion.Gait.Search;

/// <summary>
/// Covariance matrix adaptation (CMA-ES; Hansen, "The CMA Evolution Strategy: A Tutorial", 2016, with its default settings) in
/// the unit cube. Samples beyond the cube are judged at its border and ranked lower by their distance from it. When its
/// steps have become too small to matter, it starts again from another place.
/// </summary>
public sealed class CmaSearch : ISearch
{
    private const double FirstStep = 0.25, SmallestStep = 1e-4, BorderCost = 100, MostNumber = 1e9;

    private readonly int _n, _seed, _parents;
    private readonly double[] _weights, _mean, _pathC, _pathS, _c, _basis, _scale, _samples, _work;
    private readonly int[] _ranks;
    private readonly double[] _keys;
    private readonly SymmetricEigen _eigen;
    private readonly double _effective, _cc, _cs, _c1, _cmu, _damping, _expected;
    private double _sigma;
    private int _age;

    /// <param name="dimensions">Coordinates of a point.</param>
    /// <param name="seed">Seed.</param>
    /// <param name="population">Points of a generation, at least 4. The tutorial advises 13 for 22 dimensions; this landscape has false
    /// summits, and with 64 every seed tried gets over them.</param>
    public CmaSearch(int dimensions, int seed, int population = 64)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(dimensions, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(population, 4);
        _n = dimensions;
        _seed = seed;
        Population = population;
        _parents = population / 2;
        _weights = new double[_parents];
        for (int i = 0; i < _parents; i++)
        {
            _weights[i] = Math.Log((population + 1) / 2.0) - Math.Log(i + 1);
        }

        double sum = _weights.Sum();
        for (int i = 0; i < _parents; i++)
        {
            _weights[i] /= sum;
        }

        _effective = 1 / _weights.Sum(w => w * w);
        double n = dimensions;
        _cc = (4 + _effective / n) / (n + 4 + 2 * _effective / n);
        _cs = (_effective + 2) / (n + _effective + 5);
        _c1 = 2 / ((n + 1.3) * (n + 1.3) + _effective);
        _cmu = Math.Min(1 - _c1, 2 * (_effective - 2 + 1 / _effective) / ((n + 2) * (n + 2) + _effective));
        _damping = 1 + 2 * Math.Max(0, Math.Sqrt((_effective - 1) / (n + 1)) - 1) + _cs;
        _expected = Math.Sqrt(n) * (1 - 1 / (4 * n) + 1 / (21 * n * n));
        _mean = new double[_n];
        _pathC = new double[_n];
        _pathS = new double[_n];
        _c = new double[_n * _n];
        _basis = new double[_n * _n];
        _scale = new double[_n];
        _samples = new double[population * _n];
        _work = new double[_n * _n];
        _ranks = new int[population];
        _keys = new double[population];
        _eigen = new SymmetricEigen(_n);
        Restart();
    }

    /// <inheritdoc/>
    public string Name => "cma";

    /// <inheritdoc/>
    public int Population { get; }

    /// <inheritdoc/>
    public int Generation { get; private set; }

    /// <summary>Middle of the next generation, each coordinate 0..1: where judgements are noisy, better than any one point of the
    /// past.</summary>
    public double[] Middle => [.. _mean.Select(x => Math.Clamp(x, 0, 1))];

    /// <inheritdoc/>
    public void Ask(Span<double> points)
    {
        var random = SeededRandom.OfHalves(_seed, Generation);
        Span<double> y = stackalloc double[_n];
        for (int k = 0; k < Population; k++)
        {
            y.Clear();
            for (int j = 0; j < _n; j++)
            {
                VectorRow.AddScaled(y, _scale[j] * random.NextPolarGaussian(), Axis(j));
            }

            for (int i = 0; i < _n; i++)
            {
                double x = _mean[i] + _sigma * y[i];
                _samples[k * _n + i] = x;
                points[k * _n + i] = Math.Clamp(x, 0, 1);
            }
        }
    }

    /// <inheritdoc/>
    public void Tell(ReadOnlySpan<double> points, ReadOnlySpan<double> fitness)
    {
        for (int k = 0; k < Population; k++)
        {
            double beyond = 0;
            for (int i = 0; i < _n; i++)
            {
                double d = _samples[k * _n + i] - points[k * _n + i];
                beyond += d * d;
            }
            _ranks[k] = k;
            _keys[k] = BorderCost * beyond - fitness[k];
        }
        Array.Sort(_keys, _ranks);
        Generation++;
        _age++;
        Adapt();
        double widest = 0;
        for (int i = 0; i < _n; i++)
        {
            widest = Math.Max(widest, _sigma * _scale[i]);
        }

        if (!(widest > SmallestStep) || !double.IsFinite(_sigma))
        {
            Restart();
        }
    }

    /// <inheritdoc/>
    public SearchState Save() => new(Name, Generation, [.. _mean, .. _pathC, .. _pathS, .. _c, _sigma, _age]);

    /// <inheritdoc/>
    public void Load(SearchState state)
    {
        if (state.Name != Name || state.Numbers.Length != 3 * _n + _n * _n + 2 || state.Generation < 0)
        {
            throw new ArgumentException($"This is a state of '{state.Name}' with {state.Numbers.Length} numbers, not of a CMA-ES in {_n} " +
                $"dimensions.", nameof(state));
        }

        // A step or an age of nothing would be divided by.
        if (!state.Numbers.All(number => Math.Abs(number) <= MostNumber) || !(state.Numbers[^2] > 0) || !(state.Numbers[^1] >= 0))
        {
            throw new ArgumentException("It holds numbers that no search comes to.", nameof(state));
        }

        ReadOnlySpan<double> numbers = state.Numbers;
        numbers[.._n].CopyTo(_mean);
        numbers[_n..(2 * _n)].CopyTo(_pathC);
        numbers[(2 * _n)..(3 * _n)].CopyTo(_pathS);
        numbers[(3 * _n)..^2].CopyTo(_c);
        _sigma = numbers[^2];
        _age = (int)numbers[^1];
        Generation = state.Generation;
        Decompose();
    }

    private void Restart()
    {
        // A stream of its own, so that a restart does not repeat the samples of a generation.
        var random = SeededRandom.OfHalves(~_seed, Generation);
        for (int i = 0; i < _n; i++)
        {
            _mean[i] = Generation == 0 ? 0.5 : 0.2 + 0.6 * random.NextUnit();
        }

        Array.Clear(_pathC);
        Array.Clear(_pathS);
        Array.Clear(_c);
        for (int i = 0; i < _n; i++)
        {
            _c[i * _n + i] = 1;
        }

        _sigma = FirstStep;
        _age = 0;
        Decompose();
    }

    // Tutorial, equations (41) to (47): mean, paths, step and covariance from the ranked samples.
    private void Adapt()
    {
        int n = _n;
        Span<double> step = stackalloc double[n], turned = stackalloc double[n];
        for (int i = 0; i < n; i++)
        {
            double mean = 0;
            for (int k = 0; k < _parents; k++)
            {
                mean += _weights[k] * _samples[_ranks[k] * n + i];
            }

            step[i] = (mean - _mean[i]) / _sigma;
        }

        // C^-1/2 step = B D^-1 B' step
        turned.Clear();
        for (int j = 0; j < n; j++)
        {
            ReadOnlySpan<double> axis = Axis(j);
            double along = 0;
            for (int i = 0; i < n; i++)
            {
                along += axis[i] * step[i];
            }

            VectorRow.AddScaled(turned, along / _scale[j], axis);
        }

        double length = 0;
        for (int i = 0; i < n; i++)
        {
            _pathS[i] = (1 - _cs) * _pathS[i] + Math.Sqrt(_cs * (2 - _cs) * _effective) * turned[i];
            length += _pathS[i] * _pathS[i];
        }
        length = Math.Sqrt(length);
        bool moves = length / Math.Sqrt(1 - Math.Pow(1 - _cs, 2 * _age)) < (1.4 + 2.0 / (n + 1)) * _expected;
        for (int i = 0; i < n; i++)
        {
            _pathC[i] = (1 - _cc) * _pathC[i] + (moves ? Math.Sqrt(_cc * (2 - _cc) * _effective) * step[i] : 0);
        }

        SumOverParents();
        double keep = 1 - _c1 - _cmu + (moves ? 0 : _c1 * _cc * (2 - _cc));
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                double c = keep * _c[i * n + j] + _c1 * _pathC[i] * _pathC[j] + _cmu * _work[i * n + j] / (_sigma * _sigma);
                _c[i * n + j] = _c[j * n + i] = c;
            }
        }

        for (int i = 0; i < n; i++)
        {
            _mean[i] += _sigma * step[i];
        }

        _sigma *= Math.Exp(_cs / _damping * (length / _expected - 1));
        Decompose();
    }

    /// <summary>The weighted sum over parents of (x - mean) (x - mean)', into the work space.</summary>
    private void SumOverParents()
    {
        Span<double> apart = stackalloc double[_n];
        Array.Clear(_work);
        for (int k = 0; k < _parents; k++)
        {
            for (int i = 0; i < _n; i++)
            {
                apart[i] = _samples[_ranks[k] * _n + i] - _mean[i];
            }

            for (int i = 0; i < _n; i++)
            {
                VectorRow.AddScaled(_work.AsSpan(i * _n, _n), _weights[k] * apart[i], apart);
            }
        }
    }

    /// <summary>An axis of the samples' ellipsoid.</summary>
    private ReadOnlySpan<double> Axis(int j) => _basis.AsSpan(j * _n, _n);

    private void Decompose()
    {
        _c.CopyTo(_work, 0);
        _eigen.Solve(_work, _scale, _basis);
        for (int i = 0; i < _n; i++)
        {
            _scale[i] = Math.Sqrt(Math.Max(1e-20, _scale[i]));
        }
    }
}
