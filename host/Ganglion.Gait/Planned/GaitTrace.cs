namespace Ganglion.Gait.Planned;

/// <summary>
/// A gait over time, as its oscillators and mappings give it, sampled every tick: what the analyses and the pictures work on.
/// The paper's axes: x forward, y up, z right; metres and seconds. Foot 0 is the left one.
/// </summary>
public sealed class GaitTrace
{
    /// <param name="samples">Number of samples.</param>
    /// <param name="dt">Time between two [s]; sample k is at (k + 1) dt.</param>
    public GaitTrace(int samples, double dt)
    {
        Step = dt;
        Outputs = new double[7][];
        for (int i = 0; i < 7; i++)
        {
            Outputs[i] = new double[samples];
        }

        BodyX = new double[samples];
        BodyY = new double[samples];
        BodyZ = new double[samples];
        FootX = [new double[samples], new double[samples]];
        FootY = [new double[samples], new double[samples]];
        Stance = [new double[samples], new double[samples]];
    }

    /// <summary>Time between two samples [s].</summary>
    public double Step { get; }

    /// <summary>Number of samples.</summary>
    public int Samples => BodyX.Length;

    /// <summary>Outputs of lx, ly, rx, ry, cx, cy, cz.</summary>
    public double[][] Outputs { get; }

    /// <summary>Centre of mass.</summary>
    public double[] BodyX { get; }

    /// <inheritdoc cref="BodyX"/>
    public double[] BodyY { get; }

    /// <inheritdoc cref="BodyX"/>
    public double[] BodyZ { get; }

    /// <summary>Equations (2) and (3) for each foot; on the ground while FootY is 0 or below.</summary>
    public double[][] FootX { get; }

    /// <inheritdoc cref="FootX"/>
    public double[][] FootY { get; }

    /// <summary>Where each foot stands, or stood last: FootX at its touch-down (shared/README.md B4).</summary>
    public double[][] Stance { get; }

    /// <summary>Time of a sample [s].</summary>
    public double Time(int k) => (k + 1) * Step;

    /// <summary>True while a foot is on the ground.</summary>
    public bool Stands(int foot, int k) => FootY[foot][k] <= 0;

    /// <summary>When, as a share of the step before sample k, a foot meets or leaves the ground; NaN if it does neither.</summary>
    public double Change(int foot, int k)
    {
        double before = k == 0 ? 1 : FootY[foot][k - 1], now = FootY[foot][k];
        return k > 0 && before > 0 != now > 0 ? before / (before - now) : double.NaN;
    }

    /// <summary>Fills <see cref="Stance"/> from the feet.</summary>
    internal void Latch()
    {
        for (int foot = 0; foot < 2; foot++)
        {
            for (int k = 1; k < Samples; k++)
            {
                double when = Change(foot, k), x = FootX[foot][k - 1];
                Stance[foot][k] = !double.IsNaN(when) && Stands(foot, k) ? x + when * (FootX[foot][k] - x) : Stance[foot][k - 1];
            }
        }
    }
}
