namespace Ganglion.Neurons.Network;

/// <summary>
/// Constants of the LSNN cell, one value for the whole layer. Defaults are those of the trunk paper ("Many-Joint Robot Arm Control with
/// Recurrent Spiking Neural Networks", appendix I). One step is 1 ms of simulated time.
/// </summary>
public sealed record NeuronConstants
{
    /// <summary>Base threshold v_thr of every neuron; also what a spike subtracts from the voltage. Positive.</summary>
    public double Threshold { get; init; } = 0.61;

    /// <summary>Membrane decay alpha per step, in [0, 1). Paper: exp(-1/20).</summary>
    public double MembraneDecay { get; init; } = Math.Exp(-1.0 / 20.0);

    /// <summary>Decay rho of the adaptation trace per step, in [0, 1). Paper: exp(-1/1200).</summary>
    public double AdaptationDecay { get; init; } = Math.Exp(-1.0 / 1200.0);

    /// <summary>Threshold increase zeta per unit of adaptation, not negative. Paper: 0.03.</summary>
    public double AdaptationScale { get; init; } = 0.03;

    /// <summary>Decay kappa of the readout per step, in [0, 1). Paper: exp(-1/20).</summary>
    public double ReadoutDecay { get; init; } = Math.Exp(-1.0 / 20.0);

    /// <summary>Height lambda of the triangular pseudo-derivative, positive. Paper: 0.3.</summary>
    public double Dampening { get; init; } = 0.3;

    /// <summary>Steps after a spike in which a neuron neither spikes nor passes gradient; 0 (default, as in the paper) is none, the
    /// authors' code uses 5.</summary>
    public int RefractorySteps { get; init; }

    /// <summary>
    /// The constants as a float32 network has them. alpha in float64 differs from alpha in float32 by up to 3e-8, always in the same
    /// direction: over the memory of a neuron that is ten times what rounding does at random, so every implementation that is to be
    /// compared with another must use these.
    /// </summary>
    public NeuronConstants ToSingle() => this with
    {
        Threshold = (float)Threshold,
        MembraneDecay = (float)MembraneDecay,
        AdaptationDecay = (float)AdaptationDecay,
        AdaptationScale = (float)AdaptationScale,
        ReadoutDecay = (float)ReadoutDecay,
        Dampening = (float)Dampening,
    };

    /// <summary>Throws <see cref="ArgumentException"/> naming the constant that is out of its range.</summary>
    public void Validate()
    {
        Require(Threshold > 0 && double.IsFinite(Threshold), nameof(Threshold), "a positive number");
        Require(MembraneDecay is >= 0 and < 1, nameof(MembraneDecay), "in [0, 1)");
        Require(AdaptationDecay is >= 0 and < 1, nameof(AdaptationDecay), "in [0, 1)");
        Require(AdaptationScale >= 0 && double.IsFinite(AdaptationScale), nameof(AdaptationScale), "zero or a positive number");
        Require(ReadoutDecay is >= 0 and < 1, nameof(ReadoutDecay), "in [0, 1)");
        Require(Dampening > 0 && double.IsFinite(Dampening), nameof(Dampening), "a positive number");
        Require(RefractorySteps >= 0, nameof(RefractorySteps), "zero or more steps");
    }

    private static void Require(bool holds, string name, string range)
    {
        if (!holds)
        {
            throw new ArgumentException($"neuron constant {name} must be {range}.");
        }
    }
}
