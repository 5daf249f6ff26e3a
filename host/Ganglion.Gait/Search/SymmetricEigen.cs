namespace Ganglion.Gait.Search;

/// <summary>Eigenvalues and eigenvectors of a small symmetric matrix by Jacobi's rotations, without allocation.</summary>
internal static class SymmetricEigen
{
    private const int MaxSweeps = 60;

    /// <summary>Solves A = V' diag(values) V.</summary>
    /// <param name="a">n x n, symmetric, row by row; it is destroyed.</param>
    /// <param name="n">Size.</param>
    /// <param name="values">Receives the eigenvalues, in no order.</param>
    /// <param name="vectors">Receives the unit eigenvectors, one a row.</param>
    public static void Solve(double[] a, int n, double[] values, double[] vectors)
    {
        Array.Clear(vectors, 0, n * n);
        for (int i = 0; i < n; i++)
        {
            vectors[i * n + i] = 1;
        }

        for (int sweep = 0; sweep < MaxSweeps; sweep++)
        {
            double off = 0, on = 0;
            for (int i = 0; i < n; i++)
            {
                on += a[i * n + i] * a[i * n + i];
                for (int j = 0; j < i; j++)
                {
                    off += a[i * n + j] * a[i * n + j];
                }
            }
            if (off <= 1e-28 * on)
            {
                break;
            }

            for (int p = 0; p < n - 1; p++)
            {
                for (int q = p + 1; q < n; q++)
                {
                    if (a[p * n + q] != 0)
                    {
                        Rotate(a, n, p, q, vectors);
                    }
                }
            }
        }
        for (int i = 0; i < n; i++)
        {
            values[i] = a[i * n + i];
        }
    }

    // The rotation that makes a[p, q] zero, with the smaller of the two angles.
    private static void Rotate(double[] a, int n, int p, int q, double[] turned)
    {
        double theta = (a[q * n + q] - a[p * n + p]) / (2 * a[p * n + q]);
        double t = (theta >= 0 ? 1 : -1) / (Math.Abs(theta) + Math.Sqrt(theta * theta + 1));
        double c = 1 / Math.Sqrt(t * t + 1), s = t * c;
        for (int k = 0; k < n; k++)
        {
            double kp = a[k * n + p], kq = a[k * n + q];
            a[k * n + p] = c * kp - s * kq;
            a[k * n + q] = s * kp + c * kq;
        }

        VectorRow.Turn(a.AsSpan(p * n, n), a.AsSpan(q * n, n), c, s);
        VectorRow.Turn(turned.AsSpan(p * n, n), turned.AsSpan(q * n, n), c, s);
    }
}
