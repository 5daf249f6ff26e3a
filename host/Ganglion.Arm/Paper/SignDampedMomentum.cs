namespace Ganglion.Arm.Paper;

/// <summary>SD-Momentum (Otte et al. 2018): theta -= eta s^2 m. Nothing scales the gradient's size.</summary>
public sealed class SignDampedMomentum(int inputs) : InputOptimizer(inputs)
{
    private readonly SignMean _signs = new(inputs, Beta3);

    public override void Restart()
    {
        base.Restart();
        _signs.Restart();
    }

    protected override double Scaled(int i, double gradient, double mean) => _signs.Damping(i, gradient, Steps) * mean;
}
