using Ganglion.Arm.Inference;

namespace Ganglion.Live.Viewing;

/// <summary>What the spiking network of an arm's controller did in its latest run.</summary>
/// <param name="neurons">Neurons.</param>
/// <param name="adaptive">From this one on their thresholds adapt; those before have a fixed one.</param>
/// <param name="steps">Steps of a run, 1 ms each of simulated time.</param>
public sealed class NetworkView(int neurons, int adaptive, int steps) : IView<NetworkView>
{
    private readonly byte[] _spikes = new byte[steps * neurons];
    private readonly float[] _thresholds = new float[neurons];

    public int Neurons { get; } = neurons;

    /// <summary>Neurons from this one on have thresholds that adapt.</summary>
    public int Adaptive { get; } = adaptive;

    public int Steps { get; } = steps;

    /// <summary>Runs so far. The same as in an earlier view: the network has not run since.</summary>
    public long Runs { get; set; }

    /// <summary>1 where a neuron spiked, [Steps x Neurons].</summary>
    public Span<byte> Spikes => _spikes;

    /// <summary>Thresholds at the end of the run, [Neurons].</summary>
    public Span<float> Thresholds => _thresholds;

    /// <summary>A view for a network; null for none.</summary>
    public static NetworkView? Of(SpikingPoseModel? network) =>
        network == null ? null : new NetworkView(network.Neurons, network.AdaptiveFrom, network.Steps);

    /// <summary>Takes the latest run, if it is not there already.</summary>
    internal void Read(SpikingPoseModel network)
    {
        if (Runs != network.Runs)
        {
            Runs = network.Runs;
            network.CopySpikes(_spikes);
            network.CopyThresholds(_thresholds);
        }
    }

    public void CopyFrom(NetworkView other)
    {
        other._spikes.CopyTo(_spikes, 0);
        other._thresholds.CopyTo(_thresholds, 0);
        Runs = other.Runs;
    }
}
