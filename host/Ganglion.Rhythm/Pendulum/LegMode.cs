namespace Ganglion.Rhythm.Pendulum;

/// <summary>A mode of a leg that hangs straight down and swings little, from the linearised matrices in closed form.</summary>
/// <param name="AngularFrequency">Without damping, rad/s.</param>
/// <param name="Ratio">Angle of the lower rod where that of the upper one is 1.</param>
/// <param name="Decay">What damping takes of the amplitude, 1/s, to first order: x'Cx / (2 x'Mx).</param>
public sealed record LegMode(double AngularFrequency, double Ratio, double Decay)
{
    /// <summary>Hz.</summary>
    public double Frequency => AngularFrequency / (2 * Math.PI);

    /// <summary>Both modes, the slow one first.</summary>
    public static (LegMode Slow, LegMode Fast) Of(LegBody body)
    {
        double m11 = body.UpperInertia, m12 = body.SharedInertia, m22 = body.LowerInertia;
        double k1 = body.UpperWeight, k2 = body.LowerWeight;

        // det(K - w² M) = 0, a square equation in w².
        double a = m11 * m22 - m12 * m12, b = m11 * k2 + m22 * k1, root = Math.Sqrt(b * b - 4 * a * k1 * k2);
        return (Mode((b - root) / (2 * a)), Mode((b + root) / (2 * a)));

        LegMode Mode(double square)
        {
            double ratio = (k1 - square * m11) / (square * m12);
            double inertia = m11 + 2 * m12 * ratio + m22 * ratio * ratio;
            double elbow = body.Law == ElbowDamping.Relative ? (ratio - 1) * (ratio - 1) : ratio * (ratio - 1);
            return new LegMode(Math.Sqrt(square), ratio,
                (body.ShoulderDamping + body.ElbowDampingFactor * elbow) / (2 * inertia));
        }
    }

    /// <summary>By how much the amplitude grows in Euler's explicit steps [1/s], below 0 where it shrinks: each multiplies a mode by
    /// |1 + (-decay + i w) dt|.</summary>
    /// <param name="dt">Step, s.</param>
    public double EulerGrowth(double dt) =>
        Math.Log((1 - Decay * dt) * (1 - Decay * dt) + AngularFrequency * dt * AngularFrequency * dt) / (2 * dt);

    /// <summary>Longest step in which Euler's explicit rule lets the mode shrink [s], to first order in the damping.</summary>
    public double EulerLimit => 2 * Decay / (AngularFrequency * AngularFrequency);
}
