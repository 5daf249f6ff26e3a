using System.Numerics;
using Ganglion.Basics;
using Ganglion.Neurons.Network;
using Ganglion.Neurons.Training;

namespace Ganglion.Rhythm.Learned;

/// <summary>
/// Training samples from recorded strides: some seconds at one speed of the recording, stride after stride drawn from those of that speed.
/// The loop is open: the network is fed a phase that runs as the stride does (teacher forcing), off the circle by a wandering radius and
/// by noise, and is to answer with what leads back to the circle, and with the muscles' activation in this stride at this phase. So closed,
/// the loop comes back from wherever its own spikes carry it.
/// </summary>
public sealed class StrideSamples : ISampleSource
{
    /// <summary>Radius of the fed phase, the time it wanders in [s], noise on it and the noise's time constant [s].</summary>
    private const double Narrowest = 0.6, Widest = 1.4, WanderTime = 0.3, WanderEvery = 0.5, Noise = 0.05, NoiseTime = 0.05;

    private readonly RecordedStrides _strides;
    private readonly CpgNetwork _network;
    private readonly PhaseLoop _loop;
    private readonly int _windows;
    private readonly ulong _seed;

    /// <param name="strides">What is learned.</param>
    /// <param name="network">Gives scales of speed and muscles.</param>
    /// <param name="windows">Of a sample.</param>
    /// <param name="seed">Of all that is drawn.</param>
    public StrideSamples(RecordedStrides strides, CpgNetwork network, int windows, ulong seed)
    {
        (_strides, _network, _windows, _seed) = (strides, network, windows, seed);
        _loop = new PhaseLoop(CpgNetwork.ReadoutTime);
    }

    /// <inheritdoc/>
    public int InputLength => _windows * CpgNetwork.Inputs;

    /// <inheritdoc/>
    public int TargetLength => _windows * CpgNetwork.Outputs;

    /// <inheritdoc/>
    public void Fill(long index, Span<float> inputs, Span<float> targets)
    {
        var random = new SeededRandom(_seed, 1000 + (ulong)index);
        StrideGroup group = _strides.Groups[random.NextBelow(_strides.Groups.Length)];
        Stride stride = group.Strides[random.NextBelow(group.Strides.Length)];
        double phase = random.NextUnit(), radius = random.NextUniform(Narrowest, Widest), goal = radius;
        double wander = Math.Exp(-MuscleEnvelopes.Step / WanderTime), keep = Math.Exp(-MuscleEnvelopes.Step / NoiseTime);
        double fresh = Noise * Math.Sqrt(1 - keep * keep);
        Complex noise = 0, end = 0;
        for (int w = 0; w < _windows; w++)
        {
            goal = random.NextUnit() < MuscleEnvelopes.Step / WanderEvery ? random.NextUniform(Narrowest, Widest) : goal;
            radius = goal + wander * (radius - goal);
            noise = keep * noise + fresh * new Complex(random.NextGaussian(), random.NextGaussian());
            Complex x = Complex.FromPolarCoordinates(radius, 2 * Math.PI * phase) + noise;
            _network.WriteInputs(inputs.Slice(w * CpgNetwork.Inputs, CpgNetwork.Inputs), stride.Speed, x.Real, x.Imaginary);
            Complex drive = _loop.Drive(x, 1 / stride.Cycle);
            end = w == 0 ? drive : end;
            Complex answer = _loop.Filter(ref end, drive);
            Span<float> target = targets.Slice(w * CpgNetwork.Outputs, CpgNetwork.Outputs);
            target[0] = (float)(CpgNetwork.OutputScale * answer.Real);
            target[1] = (float)(CpgNetwork.OutputScale * answer.Imaginary);
            for (int m = 0; m < EmgRecording.Names.Length; m++)
            {
                target[2 + m] = (float)(CpgNetwork.OutputScale * _strides.At(stride, m, phase) / _network.MuscleScale[m]);
            }

            phase += MuscleEnvelopes.Step / stride.Cycle;
            if (phase >= 1)
            {
                phase -= 1;
                stride = group.Strides[random.NextBelow(group.Strides.Length)];
            }
        }
    }
}

/// <summary>Mean of (y - u)^2 / 2 over the outputs at every step behind the first windows, in which the network finds from rest into its
/// motion; targets are held within a window, [Windows x Outputs].</summary>
/// <param name="settle">Windows that carry no loss.</param>
public sealed class SettledSquaredError(int settle) : IOutputLoss
{
    /// <inheritdoc/>
    public int TargetLength(LsnnShape shape) => shape.MeanLength;

    /// <inheritdoc/>
    public double Evaluate(LsnnShape shape, ReadOnlySpan<float> outputs, ReadOnlySpan<float> targets, Span<float> gradients)
    {
        int first = settle * shape.LossSteps * shape.Outputs;
        gradients[..first].Clear();
        double sum = 0;
        for (int i = first; i < outputs.Length; i++)
        {
            float error = outputs[i] - targets[i / (shape.LossSteps * shape.Outputs) * shape.Outputs + i % shape.Outputs];
            gradients[i] = error;
            sum += 0.5 * error * error;
        }

        return sum / ((shape.Windows - settle) * shape.LossSteps);
    }
}
