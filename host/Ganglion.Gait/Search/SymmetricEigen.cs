namespace Ganglion.Gait.Search;

/// <summary>
/// Eigenvalues and eigenvectors of small symmetric matrices, without allocation: Householder's reflections make the matrix tridiagonal,
/// rotations with implicit shifts make that diagonal (Golub and Van Loan, "Matrix Computations", 4th edition, sections 8.3.1 and 8.3.4).
/// Both act on whole rows, so that what bounds it is the chain of square roots and divisions of the shifts. To draw 64 points in 22
/// dimensions and adapt to them takes 0.06 ms so, and took 0.17 with Jacobi's rotations. Values have the accuracy of the largest one.
/// </summary>
/// <param name="n">Rows and columns, at least 1.</param>
internal sealed class SymmetricEigen(int n)
{
    /// <summary>Half of the distance from 1 to the next number.</summary>
    private const double HalfUlp = 1.0 / (1L << 53);

    /// <summary>A value is found with two shifts in the mean.</summary>
    private const int MostShifts = 60;

    private readonly double[] _beside = new double[n], _mirror = new double[n], _row = new double[n];

    /// <summary>Solves A = V' diag(values) V.</summary>
    /// <param name="a">n x n, symmetric, row by row; it is destroyed.</param>
    /// <param name="values">Receives the eigenvalues, in no order.</param>
    /// <param name="vectors">Receives the unit eigenvectors, one a row.</param>
    public void Solve(double[] a, double[] values, double[] vectors)
    {
        Array.Clear(vectors);
        for (int i = 0; i < n; i++)
        {
            vectors[i * n + i] = 1;
        }

        for (int k = 0; k < n - 2; k++)
        {
            Reflect(a, k, vectors);
        }

        for (int i = 0; i < n; i++)
        {
            values[i] = a[i * n + i];
            _beside[i] = i + 1 < n ? a[(i + 1) * n + i] : 0;
        }

        for (int l = 0; l < n; l++)
        {
            for (int shifts = 0; shifts < MostShifts && EndOf(l, values) is int end && end > l; shifts++)
            {
                Chase(l, end, values, vectors);
            }
        }
    }

    /// <summary>Reflects the space below row k so that only the first number below the diagonal is left of its column.</summary>
    private void Reflect(double[] a, int k, double[] vectors)
    {
        int first = k + 1;
        Span<double> mirror = _mirror, row = _row;
        double square = 0;
        for (int i = first; i < n; i++)
        {
            mirror[i] = a[i * n + k];
            square += mirror[i] * mirror[i];
        }

        if (square == mirror[first] * mirror[first])
        {
            return;
        }

        double left = mirror[first] > 0 ? -Math.Sqrt(square) : Math.Sqrt(square);
        mirror[first] -= left;
        double twice = 1 / (square - left * (mirror[first] + left)); // 2 / (mirror' mirror)
        mirror[..first].Clear();

        // A - v w' - w v', with w = p - (p'v / (v'v)) v and p = 2 A v / (v'v).
        row.Clear();
        for (int i = first; i < n; i++)
        {
            VectorRow.AddScaled(row, twice * mirror[i], a.AsSpan(i * n, n));
        }

        double along = 0;
        for (int i = first; i < n; i++)
        {
            along += row[i] * mirror[i];
        }

        VectorRow.AddScaled(row, -along * twice / 2, mirror);
        for (int i = first; i < n; i++)
        {
            VectorRow.AddScaled(a.AsSpan(i * n, n), -mirror[i], row);
            VectorRow.AddScaled(a.AsSpan(i * n, n), -row[i], mirror);
        }

        a[first * n + k] = left;

        // The rows of the vectors are reflected with it.
        row.Clear();
        for (int i = first; i < n; i++)
        {
            VectorRow.AddScaled(row, twice * mirror[i], vectors.AsSpan(i * n, n));
        }

        for (int i = first; i < n; i++)
        {
            VectorRow.AddScaled(vectors.AsSpan(i * n, n), -mirror[i], row);
        }
    }

    /// <summary>Where the block that begins with a value ends: there what is beside the diagonal is nothing.</summary>
    private int EndOf(int l, double[] values)
    {
        int end = l;
        while (end < n - 1 && Math.Abs(_beside[end]) > HalfUlp * (Math.Abs(values[end]) + Math.Abs(values[end + 1])))
        {
            end++;
        }

        return end;
    }

    /// <summary>A sweep from the end of a block to its beginning, with Wilkinson's shift.</summary>
    private void Chase(int l, int end, double[] values, double[] vectors)
    {
        double half = (values[l + 1] - values[l]) / (2 * _beside[l]), root = Math.Sqrt(half * half + 1);
        double bulge = values[end] - values[l] + _beside[l] / (half + (half >= 0 ? root : -root));
        double s = 1, c = 1, moved = 0;
        for (int i = end - 1; i >= l; i--)
        {
            double f = s * _beside[i], b = c * _beside[i], r = Math.Sqrt(f * f + bulge * bulge);
            _beside[i + 1] = r;
            if (r == 0)
            {
                // It falls apart here.
                values[i + 1] -= moved;
                _beside[end] = 0;
                return;
            }

            (s, c) = (f / r, bulge / r);
            bulge = values[i + 1] - moved;
            r = (values[i] - bulge) * s + 2 * c * b;
            moved = s * r;
            values[i + 1] = bulge + moved;
            bulge = c * r - b;
            VectorRow.Turn(vectors.AsSpan(i * n, n), vectors.AsSpan((i + 1) * n, n), c, s);
        }

        values[l] -= moved;
        _beside[l] = bulge;
        _beside[end] = 0;
    }
}
