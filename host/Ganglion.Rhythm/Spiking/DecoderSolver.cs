using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Factorization;

namespace Ganglion.Rhythm.Spiking;

/// <summary>
/// Finds decoders of a population: the least squares of a function over sample points, by the neurons' rates there, with the
/// regularisation that noise of 5 % of the highest rate asks for: D = (A'A + m sigma^2 I)^-1 A'Y (Nengo's LstsqL2). What depends on the
/// points alone is worked out once, so that another function is soon solved.
/// </summary>
public sealed class DecoderSolver
{
    private const double Noise = 0.05;

    private readonly Matrix<double> _rates; // [points, neurons]
    private readonly Cholesky<double> _normal;

    /// <param name="population">The neurons.</param>
    /// <param name="points">Sample points, [points, dimensions].</param>
    public DecoderSolver(LifPopulation population, double[,] points)
    {
        int count = points.GetLength(0);
        _rates = Matrix<double>.Build.Dense(count, population.Count);
        double highest = 0;
        double[] x = new double[population.Dimensions];
        for (int p = 0; p < count; p++)
        {
            for (int d = 0; d < x.Length; d++)
            {
                x[d] = points[p, d];
            }

            for (int i = 0; i < population.Count; i++)
            {
                double rate = population.Rate(i, x);
                _rates[p, i] = rate;
                highest = Math.Max(highest, rate);
            }
        }

        Matrix<double> gram = _rates.TransposeThisAndMultiply(_rates);
        double ridge = count * Noise * Noise * highest * highest;
        for (int i = 0; i < population.Count; i++)
        {
            gram[i, i] += ridge;
        }

        _normal = gram.Cholesky();
    }

    /// <summary>Decoders of a function.</summary>
    /// <param name="values">Its values at the sample points, [points, outputs].</param>
    /// <returns>[neurons, outputs].</returns>
    public double[,] Solve(double[,] values) =>
        _normal.Solve(_rates.TransposeThisAndMultiply(Matrix<double>.Build.DenseOfArray(values))).ToArray();
}
