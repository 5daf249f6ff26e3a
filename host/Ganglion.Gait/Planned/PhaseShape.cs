using Ganglion.Shared.Rhythms;
using Ganglion.Shared.Walking;

namespace Ganglion.Gait.Planned;

/// <summary>
/// Period of a walking network and the coefficients that make its feet's phase even in time. The angle atan2(lx, ly) runs
/// twice as fast in some parts of the cycle as in others (shared/README.md B4), which would falsify the duty factor. The
/// half cycles are alike, so even harmonics are enough; they are fitted by least squares.
/// </summary>
/// <param name="Cycle">Period [s].</param>
/// <param name="Coefficients">Shift, Sin2, Cos2, Sin4, Cos4 of <see cref="WalkParameters"/> [rad].</param>
/// <param name="Error">Largest deviation of the phase from time [turns].</param>
public sealed record PhaseShape(double Cycle, double[] Coefficients, double Error)
{
    private const int SettleCycles = 12, Cycles = 8, Harmonics = 4;

    /// <summary>Measures a network as the walker sees it, through its low-pass. The network is left running.</summary>
    /// <param name="network">A configured walking network.</param>
    /// <param name="filter">Share of a new sample in a low-pass stage.</param>
    /// <exception cref="ArgumentException">The network makes no cycles within two minutes.</exception>
    public static PhaseShape Of(KimuraNetwork network, double filter)
    {
        double dt = network.StepSeconds, lastX = 0;
        double[] slow = new double[4];
        var angles = new List<double>();
        var times = new List<double>();
        double start = double.NaN, end = double.NaN;
        int crossings = 0;
        for (int k = 1; k * dt < 120 && crossings < SettleCycles + Cycles; k++)
        {
            network.Step();
            for (int i = 0; i < 2; i++)
            {
                slow[i] += filter * (network.Output(i) - slow[i]);
                slow[2 + i] += filter * (slow[i] - slow[2 + i]);
            }
            double x = slow[2];
            if (lastX < 0 && x >= 0)
            {
                crossings++;
                double at = (k - x / (x - lastX)) * dt;
                if (crossings == SettleCycles)
                {
                    start = at;
                }

                if (crossings == SettleCycles + Cycles)
                {
                    end = at;
                }
            }
            lastX = x;
            if (crossings < SettleCycles)
            {
                continue;
            }

            angles.Add(Math.Atan2(x, slow[3]));
            times.Add(k * dt);
        }
        if (double.IsNaN(end))
        {
            throw new ArgumentException("The network makes no cycles: its parameters break constraint (13), beta >= a - 1 and a > 1 + " +
                "Tr/Ta.", nameof(network));
        }

        double cycle = (end - start) / Cycles;
        return Fit(cycle, start, times, angles);
    }

    private static PhaseShape Fit(double cycle, double start, List<double> times, List<double> angles)
    {
        const int n = Harmonics + 1;
        double[,] normal = new double[n, n + 1];
        double[] basis = new double[n];
        for (int k = 0; k < times.Count; k++)
        {
            Fill(angles[k], basis);
            double wanted = Math.IEEERemainder(2 * Math.PI * (times[k] - start) / cycle - angles[k], 2 * Math.PI);
            for (int i = 0; i < n; i++)
            {
                for (int j = 0; j < n; j++)
                {
                    normal[i, j] += basis[i] * basis[j];
                }

                normal[i, n] += basis[i] * wanted;
            }
        }
        double[] c = Solve(normal);
        double worst = 0;
        for (int k = 0; k < times.Count; k++)
        {
            Fill(angles[k], basis);
            double phase = angles[k];
            for (int i = 0; i < n; i++)
            {
                phase += c[i] * basis[i];
            }

            worst = Math.Max(worst, Math.Abs(Math.IEEERemainder(phase / (2 * Math.PI) - (times[k] - start) / cycle, 1)));
        }

        // The middle of the swing is at angle 0.
        c[0] = -(c[2] + c[4]);
        return new PhaseShape(cycle, c, worst);
    }

    private static void Fill(double angle, double[] basis)
    {
        basis[0] = 1;
        basis[1] = Math.Sin(2 * angle);
        basis[2] = Math.Cos(2 * angle);
        basis[3] = Math.Sin(4 * angle);
        basis[4] = Math.Cos(4 * angle);
    }

    // Gauss-Jordan; normal equations of a well-spread angle are diagonally dominant.
    private static double[] Solve(double[,] m)
    {
        int n = m.GetLength(0);
        for (int p = 0; p < n; p++)
        {
            for (int i = 0; i < n; i++)
            {
                if (i == p)
                {
                    continue;
                }

                double factor = m[i, p] / m[p, p];
                for (int j = p; j <= n; j++)
                {
                    m[i, j] -= factor * m[p, j];
                }
            }
        }
        double[] x = new double[n];
        for (int i = 0; i < n; i++)
        {
            x[i] = m[i, n] / m[i, i];
        }

        return x;
    }
}
