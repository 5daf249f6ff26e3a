namespace Ganglion.Arm.Tests.Control;

/// <summary>Jacobians that are wrong at random: each row by a normal vector of the given covariance.</summary>
internal sealed class WrongJacobians
{
    private readonly double[] _right, _lower;
    private readonly int _n;
    private readonly double _entry;
    private readonly Random _random = new(5);

    /// <param name="right">What they scatter around, 3 x n.</param>
    /// <param name="covariance">Of a row, n x n, in units of an entry's variance.</param>
    /// <param name="n">Columns.</param>
    /// <param name="entry">Standard deviation of an entry.</param>
    public WrongJacobians(double[] right, double[] covariance, int n, double entry)
    {
        (_right, _n, _entry, _lower) = (right, n, entry, new double[n * n]);
        // Cholesky's lower triangle makes the covariance from white noise.
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                double sum = covariance[i * n + j];
                for (int k = 0; k < j; k++)
                {
                    sum -= _lower[i * n + k] * _lower[j * n + k];
                }

                _lower[i * n + j] = i == j ? Math.Sqrt(sum) : sum / _lower[j * n + j];
            }
        }
    }

    public double[] Draw()
    {
        double[] drawn = [.. _right], white = new double[_n];
        for (int axis = 0; axis < 3; axis++)
        {
            for (int i = 0; i < _n; i++)
            {
                white[i] = Math.Sqrt(-2 * Math.Log(1 - _random.NextDouble())) * Math.Cos(2 * Math.PI * _random.NextDouble());
                for (int k = 0; k <= i; k++)
                {
                    drawn[axis * _n + i] += _entry * _lower[i * _n + k] * white[k];
                }
            }
        }

        return drawn;
    }
}
