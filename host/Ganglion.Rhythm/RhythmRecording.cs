using Ganglion.Shared.Rhythms;

namespace Ganglion.Rhythm;

/// <summary>The outputs y_h of a network over time, sampled every step.</summary>
public sealed class RhythmRecording
{
    private readonly double[][] _outputs;

    private RhythmRecording(double dt, double[][] outputs)
    {
        StepSeconds = dt;
        _outputs = outputs;
    }

    /// <summary>Time between two samples [s].</summary>
    public double StepSeconds { get; }

    /// <summary>Recorded oscillators.</summary>
    public int Count => _outputs.Length;

    /// <summary>Samples of oscillator i; the first is the state after the first recorded step.</summary>
    public ReadOnlySpan<double> Output(int i) => _outputs[i];

    /// <summary>Steps a configured network and records every oscillator's output.</summary>
    /// <param name="network">The network; it is left at the end of the recording.</param>
    /// <param name="seconds">Length of the recording [s], at least one step.</param>
    /// <param name="discardSeconds">Time to run before recording, so that transients die out [s].</param>
    /// <param name="eachStep">Called after every step, the discarded ones included.</param>
    /// <exception cref="ArgumentException">The network is not configured or the recording shorter than a step.</exception>
    public static RhythmRecording Record(RhythmNetwork network, double seconds, double discardSeconds = 0, Action? eachStep = null)
    {
        if (network.Count == 0)
        {
            throw new ArgumentException("The network has no definition; call Configure first.", nameof(network));
        }

        double dt = network.StepSeconds;
        int steps = (int)Math.Round(seconds / dt);
        if (steps < 1)
        {
            throw new ArgumentException($"{seconds} s is shorter than one step of {dt} s.", nameof(seconds));
        }

        for (int k = (int)Math.Round(discardSeconds / dt); k > 0; k--)
        {
            network.Step();
            eachStep?.Invoke();
        }
        double[][] outputs = new double[network.Count][];
        for (int i = 0; i < outputs.Length; i++)
        {
            outputs[i] = new double[steps];
        }

        for (int k = 0; k < steps; k++)
        {
            network.Step();
            eachStep?.Invoke();
            for (int i = 0; i < outputs.Length; i++)
            {
                outputs[i][k] = network.Output(i);
            }
        }
        return new RhythmRecording(dt, outputs);
    }

    /// <summary>Mean period of oscillator i [s]; NaN with fewer than two upward zero crossings.</summary>
    public double Period(int i) => Waveform.Period(Output(i), StepSeconds);

    /// <summary>Peak-to-peak amplitude of oscillator i.</summary>
    public double PeakToPeak(int i) => Waveform.PeakToPeak(Output(i));

    /// <summary>Lead of every oscillator over a reference, cycle by cycle.</summary>
    public PhaseHistory Phases(int reference = 0) => Phases(reference, Count);

    /// <summary>The same for the first oscillators alone, such as the feet of a walker.</summary>
    public PhaseHistory Phases(int reference, int count) => PhaseHistory.Of(_outputs[..count], StepSeconds, reference);
}
