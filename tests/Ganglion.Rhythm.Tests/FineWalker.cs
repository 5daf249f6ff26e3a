namespace Ganglion.Rhythm.Tests;

/// <summary>
/// The equations of shared/README.md A1 for the four feet of A4 with Table 2, written down once more in double precision and integrated
/// by the classical Runge-Kutta method at half a millisecond: the limit that the board's integration stands for.
/// </summary>
internal sealed class FineWalker
{
    private const int Feet = 4, Step = 4 * Feet;
    private const double Dt = 0.0005, Tr = 0.139, Ta = 0.246, S = 0.375, Beta = 3.414, A = 1.79;

    // Extensor potentials, flexor potentials, extensor and flexor adaptations, by foot.
    private readonly double[] _x = new double[Step];
    private readonly double[,] _w;

    private FineWalker(double q)
    {
        _w = new double[,] { { 0, 0, -1, -q }, { -q, 0, 0, -1 }, { -1, -q, 0, 0 }, { 0, -1, -q, 0 } };
        // Published start of A5: lx at its trough, ly rising, rx at its peak, ry falling.
        double[] uE = [0.1291, 0.0431, -0.1436, 0.0513], uF = [-0.1436, 0.0513, 0.1291, 0.0431], vE = [0.0896, 0.083, 0.0341, 0.0186], vF =
            [0.0341, 0.0186, 0.0896, 0.083];
        uE.CopyTo(_x, 0);
        uF.CopyTo(_x, Feet);
        vE.CopyTo(_x, 2 * Feet);
        vF.CopyTo(_x, 3 * Feet);
    }

    /// <summary>Highest flexor activity of a foot, and the highest speeds of its signed output and of that activity [1/s], once
    /// settled.</summary>
    public static (double FlexorPeak, double SignedSpeed, double FlexorSpeed) Extremes(double q)
    {
        var walker = new FineWalker(q);
        double peak = 0, signed = 0, flexor = 0, before = 0, activity = 0;
        for (int k = 0; k < 40_000; k++)
        {
            walker.Advance();
            double output = walker._x[Feet] - walker._x[0], now = Math.Max(walker._x[Feet], 0);
            if (k > 20_000)
            {
                peak = Math.Max(peak, now);
                signed = Math.Max(signed, Math.Abs(output - before) / Dt);
                flexor = Math.Max(flexor, Math.Abs(now - activity) / Dt);
            }
            (before, activity) = (output, now);
        }
        return (peak, signed, flexor);
    }

    private void Advance()
    {
        double[] k1 = Slope(_x), k2 = Slope(Moved(k1, Dt / 2)), k3 = Slope(Moved(k2, Dt / 2)), k4 = Slope(Moved(k3, Dt));
        for (int i = 0; i < Step; i++)
        {
            _x[i] += Dt / 6 * (k1[i] + 2 * k2[i] + 2 * k3[i] + k4[i]);
        }
    }

    private double[] Moved(double[] slope, double h) => [.. _x.Select((value, i) => value + h * slope[i])];

    private double[] Slope(double[] x)
    {
        double[] slope = new double[Step];
        for (int i = 0; i < Feet; i++)
        {
            for (int side = 0; side < 2; side++)
            {
                int u = side * Feet + i, opponent = (1 - side) * Feet + i, v = 2 * Feet + u;
                double coupling = 0;
                for (int j = 0; j < Feet; j++)
                {
                    coupling += _w[i, j] * Math.Max(x[side * Feet + j], 0);
                }

                slope[u] = (-x[u] - A * Math.Max(x[opponent], 0) - Beta * x[v] + coupling + S) / Tr;
                slope[v] = (Math.Max(x[u], 0) - x[v]) / Ta;
            }
        }
        return slope;
    }
}
