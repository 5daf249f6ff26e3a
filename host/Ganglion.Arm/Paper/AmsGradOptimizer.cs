namespace Ganglion.Arm.Paper;

/// <summary>
/// AMSGrad (Reddi et al. 2018) as the trunk paper's Algorithm 1 writes it, with or without its sign damping: v' = max(v', v), and
/// theta -= eta s^2 m / (sqrt(v') + epsilon), where m and v' are corrected for their start; without damping s = 1.
/// </summary>
/// <param name="inputs">Number of inputs.</param>
/// <param name="signDamped">True: SD-AMSGrad, the paper's own.</param>
public sealed class AmsGradOptimizer(int inputs, bool signDamped) : InputOptimizer(inputs)
{
    private readonly double[] _second = new double[inputs], _greatest = new double[inputs];
    private readonly SignMean _signs = new(inputs, Beta3);

    public override void Restart()
    {
        base.Restart();
        Array.Clear(_second);
        Array.Clear(_greatest);
        _signs.Restart();
    }

    protected override double Scaled(int i, double gradient, double mean)
    {
        _second[i] = Beta2 * _second[i] + (1 - Beta2) * gradient * gradient;
        _greatest[i] = Math.Max(_greatest[i], _second[i]);
        double step = mean / (Math.Sqrt(_greatest[i] / (1 - Math.Pow(Beta2, Steps))) + Epsilon);
        return signDamped ? _signs.Damping(i, gradient, Steps) * step : step;
    }
}
