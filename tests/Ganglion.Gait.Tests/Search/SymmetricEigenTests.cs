using Ganglion.Basics;
using Ganglion.Gait.Search;

namespace Ganglion.Gait.Tests.Search;

public class SymmetricEigenTests
{
    [Theory]
    [InlineData(1, 0)]
    [InlineData(2, 0)]
    [InlineData(3, 0)]
    [InlineData(9, 0)]
    [InlineData(22, 0)]
    [InlineData(41, 0)]
    [InlineData(22, 4)]
    [InlineData(41, 20)]
    public void Eigenvectors_rebuild_a_random_matrix(int n, int equal)
    {
        var random = SeededRandom.OfHalves(1, n);
        double[] a = new double[n * n];
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                a[i * n + j] = a[j * n + i] = random.NextPolarGaussian();
            }
        }

        // The first rows are those of a multiple of the unit matrix: values that are equal.
        for (int i = 0; i < equal; i++)
        {
            for (int j = 0; j < n; j++)
            {
                a[i * n + j] = a[j * n + i] = i == j ? 3 : 0;
            }
        }

        Rebuild(a, n);
    }

    /// <summary>As a search that has found its valley comes to: axes from 1e-4 to 1.</summary>
    [Fact]
    public void Eigenvectors_rebuild_a_long_ellipsoid()
    {
        const int n = 22;
        double[] a = new double[n * n];
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < n; j++)
            {
                a[i * n + j] = Math.Pow(10, -4.0 * Math.Max(i, j) / n) * Math.Pow(10, -4.0 * Math.Min(i, j) / n) / (1 + Math.Abs(i - j));
            }
        }

        Assert.All(Rebuild(a, n), value => Assert.True(value > 0));
    }

    /// <summary>The second difference of a string with fixed ends has the values 2 - 2 cos(k pi / (n + 1)).</summary>
    [Fact]
    public void A_strings_modes_are_those_of_the_closed_form()
    {
        const int n = 22;
        double[] a = new double[n * n];
        for (int i = 0; i < n; i++)
        {
            a[i * n + i] = 2;
            if (i > 0)
            {
                a[i * n + i - 1] = a[(i - 1) * n + i] = -1;
            }
        }

        double[] values = Rebuild(a, n);
        Array.Sort(values);
        for (int k = 1; k <= n; k++)
        {
            Assert.Equal(2 - 2 * Math.Cos(k * Math.PI / (n + 1)), values[k - 1], 1e-13);
        }
    }

    [Fact]
    public void Nothing_and_the_unit_matrix_have_their_axes()
    {
        const int n = 5;
        Assert.All(Rebuild(new double[n * n], n), value => Assert.Equal(0, value));
        double[] unit = new double[n * n];
        for (int i = 0; i < n; i++)
        {
            unit[i * n + i] = 1;
        }

        Assert.All(Rebuild(unit, n), value => Assert.Equal(1, value));
    }

    /// <summary>Solves it and asserts that its vectors are unit vectors at right angles, and rebuild it; returns the values.</summary>
    private static double[] Rebuild(double[] a, int n)
    {
        double[] values = new double[n], vectors = new double[n * n];
        new SymmetricEigen(n).Solve([.. a], values, vectors);
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < n; j++)
            {
                double sum = 0, dot = 0;
                for (int k = 0; k < n; k++)
                {
                    sum += vectors[k * n + i] * values[k] * vectors[k * n + j];
                    dot += vectors[i * n + k] * vectors[j * n + k];
                }

                Assert.Equal(a[i * n + j], sum, 1e-12);
                Assert.Equal(i == j ? 1 : 0, dot, 1e-12);
            }
        }

        return values;
    }
}
