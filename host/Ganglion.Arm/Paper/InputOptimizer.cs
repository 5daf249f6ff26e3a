namespace Ganglion.Arm.Paper;

/// <summary>
/// Gradient descent on the inputs of a network. Names follow the trunk paper's Algorithm 1: g gradient, m and v estimates of its first and
/// second moment, s that of its sign, all exponential means corrected for their start at zero; eta the rate. Component-wise throughout.
/// </summary>
public abstract class InputOptimizer(int inputs)
{
    /// <summary>Decay of m (appendix I).</summary>
    protected const double Beta1 = 0.9;

    /// <summary>Decay of v (appendix I).</summary>
    protected const double Beta2 = 0.999;

    /// <summary>Decay of s (appendix I).</summary>
    protected const double Beta3 = 0.9;

    /// <summary>Keeps the quotient finite where no gradient has come yet.</summary>
    protected const double Epsilon = 1e-8;

    /// <summary>m, [inputs].</summary>
    protected double[] First { get; } = new double[inputs];

    /// <summary>Steps since the start.</summary>
    protected int Steps { get; private set; }

    /// <summary>Moves <paramref name="values"/> against the gradient.</summary>
    /// <param name="values">theta, as many as inputs; moved in place.</param>
    /// <param name="gradient">g.</param>
    /// <param name="rate">eta, above 0.</param>
    public void Step(Span<double> values, ReadOnlySpan<double> gradient, double rate)
    {
        Steps++;
        double correction = 1 - Math.Pow(Beta1, Steps);
        for (int i = 0; i < values.Length; i++)
        {
            First[i] = Beta1 * First[i] + (1 - Beta1) * gradient[i];
            values[i] -= rate * Scaled(i, gradient[i], First[i] / correction);
        }
    }

    /// <summary>Forgets all it has seen, for a new target.</summary>
    public virtual void Restart()
    {
        Array.Clear(First);
        Steps = 0;
    }

    /// <summary>What is subtracted, over eta.</summary>
    /// <param name="i">Which input.</param>
    /// <param name="gradient">g.</param>
    /// <param name="mean">m, corrected.</param>
    protected abstract double Scaled(int i, double gradient, double mean);
}
