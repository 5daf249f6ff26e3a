namespace Ganglion.Arm.Inference;

/// <summary>
/// A Jacobian that measurements mend. Each measured pair (dx, dy) is a secant that the corrected matrix meets: with P, how little each
/// direction is known (I at the start), J += (dy - J dx) (P dx)' / (dx' P dx + r), and P loses what was learned. P = I for ever would be
/// Broyden's rank-1 update (Broyden 1965); kept, it is recursive least squares, and earlier secants survive later ones. Some of P comes
/// back at every step, since the true Jacobian changes on the way.
/// </summary>
/// <param name="rows">Rows.</param>
/// <param name="columns">Columns.</param>
public sealed class SecantJacobian(int rows, int columns)
{
    /// <summary>Share of full ignorance that returns at every step.</summary>
    private const double Forgetting = 0.05;

    /// <summary>r over |dx|^2: how far a secant is trusted, since the map is not linear.</summary>
    private const double Distrust = 0.02;

    private readonly double[] _ignorance = new double[columns * columns], _direction = new double[columns];

    /// <summary>J, row-major.</summary>
    public double[] Values { get; } = new double[rows * columns];

    /// <summary>P, columns x columns: how little each direction is known, 1 where nothing was measured.</summary>
    public ReadOnlySpan<double> Ignorance => _ignorance;

    /// <summary>Forgets the secants, after <see cref="Values"/> were given from elsewhere.</summary>
    public void Restart()
    {
        Array.Clear(_ignorance);
        for (int i = 0; i < columns; i++)
        {
            _ignorance[i * columns + i] = 1;
        }
    }

    /// <summary>Takes one measurement in.</summary>
    /// <param name="dx">Change of the inputs, columns.</param>
    /// <param name="dy">Measured change of the outputs, rows.</param>
    /// <param name="doubt">How many times less it is trusted than a secant measured on the spot, at least 1.</param>
    /// <param name="noise">Variance of a component of dy, over that of an entry of J before anything was measured.</param>
    /// <param name="forgetting">Share of full ignorance that returns with it.</param>
    public void Update(ReadOnlySpan<double> dx, ReadOnlySpan<double> dy, double doubt = 1, double forgetting = Forgetting, double noise = 0)
    {
        double square = 0, along = 0;
        for (int i = 0; i < columns; i++)
        {
            Span<double> line = _ignorance.AsSpan(i * columns, columns);
            line[i] = Math.Min(1, line[i] + forgetting);
            _direction[i] = Dot(line, dx);
            along += _direction[i] * dx[i];
            square += dx[i] * dx[i];
        }

        if (square == 0)
        {
            return;
        }

        double scale = 1 / (along + doubt * Distrust * square + noise);
        for (int row = 0; row < rows; row++)
        {
            Span<double> line = Values.AsSpan(row * columns, columns);
            double missing = scale * (dy[row] - Dot(line, dx));
            for (int i = 0; i < columns; i++)
            {
                line[i] += missing * _direction[i];
            }
        }

        for (int i = 0; i < columns; i++)
        {
            double own = scale * _direction[i];
            for (int j = 0; j < columns; j++)
            {
                _ignorance[i * columns + j] -= own * _direction[j];
            }
        }
    }

    private static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        double sum = 0;
        for (int i = 0; i < a.Length; i++)
        {
            sum += a[i] * b[i];
        }

        return sum;
    }
}
