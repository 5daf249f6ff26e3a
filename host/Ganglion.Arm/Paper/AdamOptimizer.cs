namespace Ganglion.Arm.Paper;

/// <summary>Adam (Kingma and Ba 2015): theta -= eta m / (sqrt(v) + epsilon).</summary>
public sealed class AdamOptimizer(int inputs) : InputOptimizer(inputs)
{
    private readonly double[] _second = new double[inputs];

    public override void Restart()
    {
        base.Restart();
        Array.Clear(_second);
    }

    protected override double Scaled(int i, double gradient, double mean)
    {
        _second[i] = Beta2 * _second[i] + (1 - Beta2) * gradient * gradient;
        return mean / (Math.Sqrt(_second[i] / (1 - Math.Pow(Beta2, Steps))) + Epsilon);
    }
}
