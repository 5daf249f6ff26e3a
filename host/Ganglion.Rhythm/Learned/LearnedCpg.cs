using Ganglion.Neurons.Network;
using Ganglion.Neurons.Passes;

namespace Ganglion.Rhythm.Learned;

/// <summary>
/// A learned pattern generator that runs by itself: from one speed it makes the activation of four muscles, for ever. Nothing drives it but
/// the speed and its own spikes. Windows of <see cref="MuscleEnvelopes.Step"/>; nothing is allocated.
/// </summary>
public sealed class LearnedCpg
{
    private readonly CpgNetwork _network;
    private readonly LsnnRunner _runner;
    private readonly float[] _inputs = new float[CpgNetwork.Inputs];
    private readonly double[] _activations = new double[EmgRecording.Names.Length];

    /// <summary>Begins with the neurons at rest and the fed-back phase at a point of its circle, or off it.</summary>
    /// <param name="network">Scales.</param>
    /// <param name="weights">Read in place.</param>
    /// <param name="cos">Where the phase begins.</param>
    /// <param name="sin">The same.</param>
    public LearnedCpg(CpgNetwork network, LsnnWeights weights, double cos = 1, double sin = 0)
    {
        (_network, _runner, Cos, Sin) = (network, LsnnEngine.CreateRunner(weights), cos, sin);
        Speed = network.Slowest;
    }

    /// <summary>Commanded speed from the next window on [m/s].</summary>
    public double Speed { get; set; }

    /// <summary>The phase that it feeds back to itself: cosine and sine, times the radius. May be set: a disturbance.</summary>
    public double Cos { get; set; }

    /// <inheritdoc cref="Cos"/>
    public double Sin { get; set; }

    /// <summary>Windows that it has run.</summary>
    public long Windows { get; private set; }

    /// <summary>Where it is [s].</summary>
    public double Seconds => Windows * MuscleEnvelopes.Step;

    /// <summary>Activation of the muscles, not negative, in the unit of the recording, [4].</summary>
    public ReadOnlySpan<double> Activations => _activations;

    /// <summary>Neurons that fired in a step of the last window.</summary>
    /// <param name="step">0..<see cref="CpgNetwork.WindowSteps"/>-1.</param>
    public ReadOnlySpan<int> Fired(int step) => _runner.SpikesAt(step);

    /// <summary>One window.</summary>
    public void Advance()
    {
        _network.WriteInputs(_inputs, Speed, Cos, Sin);
        _runner.Advance(_inputs);
        Cos = _runner.Means[0] / CpgNetwork.OutputScale;
        Sin = _runner.Means[1] / CpgNetwork.OutputScale;
        for (int m = 0; m < _activations.Length; m++)
        {
            _activations[m] = Math.Max(0, _runner.Means[2 + m] / CpgNetwork.OutputScale) * _network.MuscleScale[m];
        }

        Windows++;
    }
}
