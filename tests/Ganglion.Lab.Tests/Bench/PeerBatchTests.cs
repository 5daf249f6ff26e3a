using Ganglion.Lab.Bench;
using Ganglion.Neurons.Files;
using Ganglion.Neurons.Network;
using Ganglion.Neurons.Passes;
using Ganglion.Neurons.Tests;
namespace Ganglion.Lab.Tests.Bench;

/// <summary>How gradients of another program are judged; the dense pass stands in for the program.</summary>
public class PeerBatchTests
{
    private const int Count = 6;
    private readonly LsnnWeights _weights = Samples.Network(hidden: 48, windows: 4, seed: 9);
    private readonly TrunkSource _source = new(4, 5);

    [Fact]
    public void APeerThatAgreesIsFoundToAgree()
    {
        (double difference, int parted, double distance) = new PeerBatch(_weights, _source, Count).Compare(Answer([]));
        Assert.InRange(difference, 1e-12, 1e-5);
        Assert.Equal((0, 0.0), (parted, distance));
    }

    [Theory]
    [InlineData("hand.recurrent")]
    [InlineData("autograd.inputs")]
    public void ATensorThatDiffersShows(string name)
    {
        Dictionary<string, Tensor> answer = Answer([]);
        float[] data = answer[name].Data;
        int largest = Array.IndexOf(data, data.MaxBy(Math.Abs));
        data[largest] *= 1.001f;
        (double difference, _, _) = new PeerBatch(_weights, _source, Count).Compare(answer);
        Assert.Equal(1e-3, difference, 2e-5);
    }

    [Fact]
    public void ASampleThatPartsIsCountedAndLeftOut()
    {
        (int step, int neuron) = (17, 30);
        Dictionary<string, Tensor> answer = Answer([2]);
        answer["parted"].Data[2] = step * 48 + neuron;
        (double difference, int parted, double distance) = new PeerBatch(_weights, _source, Count).Compare(answer);
        Assert.InRange(difference, 1e-12, 1e-5);
        Assert.Equal(1, parted);

        float[] inputs = new float[_source.InputLength], targets = new float[_source.TargetLength];
        _source.Fill(2, inputs, targets);
        var reference = new ReferenceLsnn(_weights);
        reference.Forward(Samples.Double(inputs));
        Assert.Equal(Math.Abs(reference.Voltages[step, neuron] - reference.Thresholds[step, neuron]), distance);
    }

    /// <summary>What the script is told is enough to spike alike: its constants are those of float32.</summary>
    [Fact]
    public void TheFileHoldsNetworkSamplesAndSpikes()
    {
        string path = Path.GetTempFileName();
        new PeerBatch(_weights, _source, Count).Write(path);
        (IReadOnlyDictionary<string, Tensor> tensors, IReadOnlyDictionary<string, string> metadata) = SafeTensors.Read(path);
        File.Delete(path);
        (LsnnWeights weights, _, _) = TrainedModel.Restore(path, "ganglion-exchange/1", metadata);
        Assert.Equal(_weights.Constants.ToSingle(), weights.Constants);
        TrainedModel.FillWeights(path, "weights", tensors, weights);
        LsnnPass pass = LsnnEngine.CreateDensePass(weights);
        byte[] raster = new byte[48 * 48];
        for (int s = 0; s < Count; s++)
        {
            pass.Forward(tensors["inputs"].Data.AsSpan(s * 12, 12));
            pass.CopyRaster(raster);
            Assert.Equal(raster.Select(spike => (float)spike), tensors["spikes"].Data.Skip(s * raster.Length).Take(raster.Length));
        }
    }

    [Fact]
    public void APythonThatIsNotThereOrHasNoTorchIsNoPeer()
    {
        Assert.Null(Run("no-such-python"));
        Assert.Null(Run("false"));
    }

    [Fact]
    [System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
    public void AScriptThatFailsIsQuoted()
    {
        string python = Path.GetTempFileName();
        File.WriteAllText(python, "#!/bin/sh\n[ \"$1\" = -c ] && exit 0\necho it went wrong >&2\nexit 3\n");
        File.SetUnixFileMode(python, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        InvalidOperationException failure = Assert.Throws<InvalidOperationException>(() => Run(python));
        File.Delete(python);
        Assert.Contains("no-such-script.py failed: it went wrong", failure.Message);
    }

    private TorchFigures? Run(string python) =>
        TorchPeer.Run(_weights, _source, threads: 1, TimeSpan.FromMilliseconds(1), "no-such-script.py", python);

    private Dictionary<string, Tensor> Answer(int[] leftOut)
    {
        LsnnShape shape = _weights.Shape;
        LsnnPass pass = LsnnEngine.CreateDensePass(_weights);
        var gradients = new LsnnWeights(shape, _weights.Constants);
        float[] targets = new float[_source.TargetLength], inputs = new float[shape.InputLength], toInputs =
            new float[Count * shape.InputLength];
        float[] back = LsnnBenchmark.OutputGradients(shape, Count);
        for (int s = 0; s < Count; s++)
        {
            if (leftOut.Contains(s))
            {
                continue;
            }

            ReadOnlySpan<float> own = back.AsSpan(s * shape.OutputLength, shape.OutputLength);
            _source.Fill(s, inputs, targets);
            pass.Forward(inputs);
            pass.BackwardToInputs(own, toInputs.AsSpan(s * shape.InputLength, shape.InputLength));
            pass.BackwardToWeights(own, gradients);
        }

        float[] parted = [.. Enumerable.Repeat(-1f, Count)];
        IEnumerable<Tensor> Version(string name) =>
            [.. WeightTensors.Of(name, gradients), new Tensor($"{name}.inputs", [Count, shape.InputLength], [.. toInputs])];
        return Version("hand").Concat(Version("autograd")).Append(new Tensor("parted", [Count], parted)).ToDictionary(tensor =>
            tensor.Name);
    }
}
