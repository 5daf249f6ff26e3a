using Ganglion.Neurons.Files;
using Ganglion.Neurons.Network;
using Ganglion.Neurons.Passes;
using Ganglion.Neurons.Training;
namespace Ganglion.Lab.Bench;

/// <summary>
/// Samples that another program gets with a network, to be answered with its gradients. Two correct float32 programs add in different
/// orders; where a neuron comes closer to its threshold than that rounding, one may let it spike and the other not, and from there on they
/// are different networks. So our spikes go along, samples on which they differ are counted, and gradients are compared on the others.
/// </summary>
internal sealed class PeerBatch
{
    private readonly LsnnWeights _weights;
    private readonly LsnnShape _shape;
    private readonly int _samples;
    private readonly float[] _inputs, _outputGradients;

    /// <summary>Takes the first <paramref name="samples"/> samples of the source as they come.</summary>
    public PeerBatch(LsnnWeights weights, ISampleSource source, int samples)
    {
        (_weights, _shape, _samples) = (weights, weights.Shape, samples);
        _inputs = new float[samples * _shape.InputLength];
        float[] targets = new float[source.TargetLength];
        for (int s = 0; s < samples; s++)
        {
            source.Fill(s, _inputs.AsSpan(s * _shape.InputLength, _shape.InputLength), targets);
        }

        _outputGradients = LsnnBenchmark.OutputGradients(_shape, samples);
    }

    /// <summary>Writes weights, inputs, output gradients and our raster (1 where a neuron spiked) as safetensors, with shape and constants
    /// in the metadata.</summary>
    public void Write(string path)
    {
        int places = _shape.Steps * _shape.Hidden;
        float[] spikes = new float[_samples * places];
        byte[] raster = new byte[places];
        LsnnPass pass = LsnnEngine.CreateEventPass(_weights);
        for (int s = 0; s < _samples; s++)
        {
            pass.Forward(Inputs(s));
            pass.CopyRaster(raster);
            for (int i = 0; i < places; i++)
            {
                spikes[s * places + i] = raster[i];
            }
        }

        var network = new LsnnWeights(_shape, _weights.Constants.ToSingle());
        network.CopyFrom(_weights);
        SafeTensors.Write(
            path,
            [
                .. WeightTensors.Of("weights", network),
                new Tensor("inputs", [_samples, _shape.InputLength], _inputs),
                new Tensor("output_gradients", [_samples, _shape.OutputLength], _outputGradients),
                new Tensor("spikes", [_samples, places], spikes),
            ],
            TrainedModel.Describe("ganglion-exchange/1", network, "", new TrainingRecipe { Updates = 1 }));
    }

    /// <summary>Holds a peer's gradients against ours.</summary>
    /// <param name="theirs">"parted", and the gradients of its versions "hand" and "autograd" over the samples that did not part.</param>
    /// <returns>
    /// Largest difference relative to the largest value of its tensor; samples that parted; and the largest distance |v - A| of a neuron
    /// from its threshold, in float64, where one parted.
    /// </returns>
    public (double Difference, int Parted, double Distance) Compare(IReadOnlyDictionary<string, Tensor> theirs)
    {
        LsnnPass pass = LsnnEngine.CreateEventPass(_weights);
        var reference = new ReferenceLsnn(_weights);
        var gradients = new LsnnWeights(_shape, _weights.Constants);
        float[] toInputs = new float[_inputs.Length];
        int parted = 0;
        double distance = 0, worst = 0;
        for (int s = 0; s < _samples; s++)
        {
            int place = (int)theirs["parted"].Data[s];
            if (place >= 0)
            {
                parted++;
                reference.Forward(Array.ConvertAll(Inputs(s).ToArray(), x => (double)x));
                (int step, int neuron) = Math.DivRem(place, _shape.Hidden);
                distance = Math.Max(distance, Math.Abs(reference.Voltages[step, neuron] - reference.Thresholds[step, neuron]));
                continue;
            }

            ReadOnlySpan<float> back = _outputGradients.AsSpan(s * _shape.OutputLength, _shape.OutputLength);
            pass.Forward(Inputs(s));
            pass.BackwardToInputs(back, toInputs.AsSpan(s * _shape.InputLength, _shape.InputLength));
            pass.BackwardToWeights(back, gradients);
        }

        Tensor[] ours = [.. WeightTensors.Of("", gradients), new Tensor(".inputs", [_samples, _shape.InputLength], toInputs)];
        foreach (string version in new[] { "hand", "autograd" })
        {
            foreach (Tensor tensor in ours)
            {
                float[] data = theirs[version + tensor.Name].Data;
                worst = Math.Max(worst, tensor.Data.Zip(data, (a, b) => Math.Abs(a - b)).Max() / data.Max(Math.Abs));
            }
        }

        return (worst, parted, distance);
    }

    private Span<float> Inputs(int sample) => _inputs.AsSpan(sample * _shape.InputLength, _shape.InputLength);
}
