namespace Ganglion.Arm.Paper;

/// <summary>
/// Sign damping (trunk paper, Algorithm 1): s = beta s + (1 - beta) sgn(g), corrected for its start; s^2 is 1 where the gradient keeps its
/// sign and near 0 where it changes sign at every step, so that what oscillates slows down.
/// </summary>
internal sealed class SignMean(int inputs, double beta)
{
    private readonly double[] _mean = new double[inputs];

    public void Restart() => Array.Clear(_mean);

    /// <summary>s^2 after one more gradient; <paramref name="steps"/> counts it.</summary>
    public double Damping(int i, double gradient, int steps)
    {
        _mean[i] = beta * _mean[i] + (1 - beta) * Math.Sign(gradient);
        double s = _mean[i] / (1 - Math.Pow(beta, steps));
        return s * s;
    }
}
