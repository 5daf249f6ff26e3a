using Ganglion.Basics;
using Ganglion.Neurons.Vectors;
namespace Ganglion.Neurons.Network;

/// <summary>
/// All weights of one network (or a gradient of the same form) in one contiguous block: <see cref="LsnnShape.InputRows"/> rows of input
/// weights, then <see cref="LsnnShape.Hidden"/> rows, one per presynaptic neuron. A neuron's row holds everything its spike does: the
/// recurrent weights to all hidden neurons, then the weights to the readouts. So one pass over the row serves both, forward and backward.
/// Rows are padded with zeros to whole vectors; padding stays zero because nothing ever gives it a gradient.
/// </summary>
public sealed unsafe class LsnnWeights
{
    internal const int RowMultiple = 16;
    private readonly AlignedFloats _floats;

    /// <summary>Creates zero weights of the given shape; throws <see cref="ArgumentException"/> when the shape or a constant is out of
    /// range.</summary>
    public LsnnWeights(LsnnShape shape, NeuronConstants constants)
    {
        shape.Validate();
        constants.Validate();
        Shape = shape;
        Constants = constants;
        HiddenStride = RoundUp(shape.Hidden);
        Stride = HiddenStride + RoundUp(shape.Outputs);
        _floats = new AlignedFloats(checked((shape.InputRows + shape.Hidden) * Stride));
    }

    public LsnnShape Shape { get; }

    public NeuronConstants Constants { get; }

    /// <summary>Columns from one row to the next: hidden (padded) plus readouts (padded).</summary>
    internal int Stride { get; }

    /// <summary>Hidden columns of a row, padded; the readout columns start here.</summary>
    internal int HiddenStride { get; }

    internal float* Pointer => _floats.Pointer;

    /// <summary>The whole padded block, row-major; what optimisers and checkpoints walk.</summary>
    internal Span<float> Padded => _floats.Span;

    internal float* InputRow(int row) => _floats.Pointer + (long)row * Stride;

    internal float* NeuronRow(int neuron) => _floats.Pointer + (long)(Shape.InputRows + neuron) * Stride;

    /// <summary>Weight from input row <paramref name="input"/> (channels, then clock inputs) to <paramref name="hidden"/>.</summary>
    public ref float Input(int input, int hidden) => ref At(input, Shape.InputRows, hidden, Shape.Hidden, 0, 0);

    /// <summary>Recurrent weight from neuron <paramref name="from"/> to neuron <paramref name="to"/>.</summary>
    public ref float Recurrent(int from, int to) => ref At(from, Shape.Hidden, to, Shape.Hidden, Shape.InputRows, 0);

    /// <summary>Weight from neuron <paramref name="hidden"/> to readout <paramref name="output"/>.</summary>
    public ref float Readout(int hidden, int output) => ref At(hidden, Shape.Hidden, output, Shape.Outputs, Shape.InputRows, HiddenStride);

    /// <summary>
    /// Draws N(0,1)/sqrt(fan-in) for all three groups, the authors' initialisation (fan-in of the input weights includes the clock inputs),
    /// times a factor for the weights of the channels and one for the recurrent weights.
    /// </summary>
    public void Initialise(ulong seed, double channelScale, double recurrentScale)
    {
        var random = new SeededRandom(seed, 0);
        double inputScale = 1.0 / Math.Sqrt(Shape.InputRows);
        double hiddenScale = 1.0 / Math.Sqrt(Shape.Hidden);
        for (int i = 0; i < Shape.InputRows; i++)
        {
            for (int j = 0; j < Shape.Hidden; j++)
            {
                Input(i, j) = (float)(random.NextGaussian() * inputScale * (i < Shape.Channels ? channelScale : 1));
            }
        }

        for (int i = 0; i < Shape.Hidden; i++)
        {
            for (int j = 0; j < Shape.Hidden; j++)
            {
                Recurrent(i, j) = (float)(random.NextGaussian() * hiddenScale * recurrentScale);
            }

            for (int k = 0; k < Shape.Outputs; k++)
            {
                Readout(i, k) = (float)(random.NextGaussian() * hiddenScale);
            }
        }
    }

    /// <summary>Sets every weight to zero.</summary>
    public void Clear() => _floats.Span.Clear();

    /// <summary>Copies all weights from a block of the same shape.</summary>
    public void CopyFrom(LsnnWeights source)
    {
        if (source.Shape != Shape)
        {
            throw new ArgumentException($"weights of shape {source.Shape} do not fit {Shape}.");
        }

        source._floats.Span.CopyTo(_floats.Span);
    }

    internal static int RoundUp(int count) => (count + RowMultiple - 1) / RowMultiple * RowMultiple;

    private ref float At(int row, int rows, int column, int columns, int firstRow, int firstColumn)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(row);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(row, rows);
        ArgumentOutOfRangeException.ThrowIfNegative(column);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(column, columns);
        return ref _floats.Pointer[(long)(firstRow + row) * Stride + firstColumn + column];
    }
}
