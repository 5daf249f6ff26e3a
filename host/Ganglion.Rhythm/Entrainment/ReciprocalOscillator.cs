namespace Ganglion.Rhythm.Entrainment;

/// <summary>What the oscillator feels of its pendulum.</summary>
public enum PendulumFeedback
{
    /// <summary>h tanh(lam angle).</summary>
    Position,

    /// <summary>h tanh(lam speed / 10).</summary>
    Rate,
}

/// <summary>
/// A reciprocal inhibition oscillator and the pendulum that it moves and feels, after Iwasaki and Zheng (2006, 2008):
/// tm x_i' = -x_i + d - mu tanh(x_j) - ka z_i +- h tanh(...), ta z_i' = x_i - leak z_i,
/// th'' = -2 zeta w th' - w² sin th + g w² (max(0, tanh x1) - max(0, tanh x2)).
/// </summary>
public sealed record ReciprocalOscillator
{
    /// <summary>Time constant of the membranes tm, s, above 0.</summary>
    public double MembraneTime { get; init; } = 0.1;

    /// <summary>Time constant of the adaptation ta, s, above 0.</summary>
    public double AdaptationTime { get; init; } = 0.1;

    /// <summary>Mutual inhibition mu.</summary>
    public double Inhibition { get; init; } = 2;

    /// <summary>Adaptation ka.</summary>
    public double Adaptation { get; init; } = 1;

    /// <summary>Drive d.</summary>
    public double Drive { get; init; } = 0.2;

    /// <summary>Of the adaptation: 0 where it is complete, so that a steady input has no lasting effect; more where it is
    /// partial.</summary>
    public double Leak { get; init; }

    /// <summary>Feedback h.</summary>
    public double FeedbackSize { get; init; } = 3;

    /// <summary>How soon it saturates, lam, 1/rad.</summary>
    public double FeedbackSteepness { get; init; } = 20;

    /// <summary>What is felt.</summary>
    public PendulumFeedback Feedback { get; init; }

    /// <summary>Natural frequency of the pendulum, Hz, above 0.</summary>
    public double NaturalFrequency { get; init; } = 1;

    /// <summary>Damping ratio zeta of the pendulum.</summary>
    public double Damping { get; init; } = 0.02;

    /// <summary>Drive of the pendulum g: of its weight.</summary>
    public double Gain { get; init; } = 0.02;

    /// <summary>What each part of a state gains in a second.</summary>
    /// <param name="state">x1, x2, z1, z2, angle, speed.</param>
    /// <param name="rates">Of the same length.</param>
    public void Rates(ReadOnlySpan<double> state, Span<double> rates)
    {
        double first = Math.Tanh(state[0]), second = Math.Tanh(state[1]), w = 2 * Math.PI * NaturalFrequency;
        double felt = FeedbackSize * Math.Tanh(FeedbackSteepness * (Feedback == PendulumFeedback.Position ? state[4] : state[5] / 10));
        rates[0] = (-state[0] + Drive - Inhibition * second - Adaptation * state[2] + felt) / MembraneTime;
        rates[1] = (-state[1] + Drive - Inhibition * first - Adaptation * state[3] - felt) / MembraneTime;
        rates[2] = (state[0] - Leak * state[2]) / AdaptationTime;
        rates[3] = (state[1] - Leak * state[3]) / AdaptationTime;
        rates[4] = state[5];
        rates[5] = -2 * Damping * w * state[5] + w * w * (Gain * (Math.Max(0, first) - Math.Max(0, second)) - Math.Sin(state[4]));
    }
}
