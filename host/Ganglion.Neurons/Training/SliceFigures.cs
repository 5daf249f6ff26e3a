using System.Runtime.InteropServices;

namespace Ganglion.Neurons.Training;

/// <summary>What a slice of a batch comes to besides its gradients.</summary>
internal sealed class SliceFigures(int hidden, int channels)
{
    private readonly int[] _spikeCounts = new int[hidden];
    private readonly double[] _inputSums = new double[channels];
    private readonly double[] _sums = new double[2];

    /// <summary>Sum of the losses.</summary>
    public double Loss => _sums[0];

    /// <summary>Places at which a neuron was near its threshold: whole, and far below 2^53.</summary>
    public double Active => _sums[1];

    /// <summary>Spikes of each neuron.</summary>
    public ReadOnlySpan<int> SpikeCounts => _spikeCounts;

    /// <summary>Sum of each input channel.</summary>
    public ReadOnlySpan<double> InputSums => _inputSums;

    /// <summary>Length of the figures as bytes.</summary>
    public int Size => SizeOf(_spikeCounts.Length, _inputSums.Length);

    /// <summary>The same for so many neurons and input channels.</summary>
    public static int SizeOf(int hidden, int channels) => sizeof(double) * (2 + channels) + sizeof(int) * hidden;

    public void Clear()
    {
        Array.Clear(_sums);
        Array.Clear(_spikeCounts);
        Array.Clear(_inputSums);
    }

    /// <summary>Adds a sample.</summary>
    public void Add(double loss, long active, ReadOnlySpan<int> spikeCounts, ReadOnlySpan<float> inputs)
    {
        _sums[0] += loss;
        _sums[1] += active;
        for (int j = 0; j < spikeCounts.Length; j++)
        {
            _spikeCounts[j] += spikeCounts[j];
        }

        for (int i = 0; i < inputs.Length; i++)
        {
            _inputSums[i % _inputSums.Length] += inputs[i];
        }
    }

    /// <summary>Writes them for other ranks, in this machine's order of bytes.</summary>
    public void Write(Span<byte> bytes)
    {
        MemoryMarshal.AsBytes(_sums.AsSpan()).CopyTo(bytes);
        MemoryMarshal.AsBytes(_inputSums.AsSpan()).CopyTo(bytes[(sizeof(double) * _sums.Length)..]);
        MemoryMarshal.AsBytes(_spikeCounts.AsSpan()).CopyTo(bytes[(sizeof(double) * (_sums.Length + _inputSums.Length))..]);
    }

    /// <summary>Reads what another rank wrote.</summary>
    public void Read(ReadOnlySpan<byte> bytes)
    {
        Span<byte> sums = MemoryMarshal.AsBytes(_sums.AsSpan()), inputs = MemoryMarshal.AsBytes(_inputSums.AsSpan());
        bytes[..sums.Length].CopyTo(sums);
        bytes.Slice(sums.Length, inputs.Length).CopyTo(inputs);
        bytes[(sums.Length + inputs.Length)..].CopyTo(MemoryMarshal.AsBytes(_spikeCounts.AsSpan()));
    }
}
