using Ganglion.Neurons.Network;

namespace Ganglion.Neurons.Training;

/// <summary>What a rank sends and receives for one update of a shared training (<see cref="RankedGradients"/>).</summary>
/// <param name="Messages">Gradients that it sends, each to one other rank.</param>
/// <param name="GradientBytes">Gradients that it receives.</param>
/// <param name="FigureBytes">What it receives of losses, rates and norms, in one sharing by all.</param>
/// <param name="WeightBytes">Weights that it receives, in one sharing by all.</param>
public readonly record struct RankedTraffic(long Messages, long GradientBytes, long FigureBytes, long WeightBytes)
{
    /// <summary>All that it receives.</summary>
    public long Bytes => GradientBytes + FigureBytes + WeightBytes;

    /// <param name="shape">Of the network.</param>
    /// <param name="slices">Of a batch.</param>
    /// <param name="ranks">1..slices.</param>
    /// <param name="rank">Which.</param>
    public static RankedTraffic Of(LsnnShape shape, int slices, int ranks, int rank)
    {
        int rows = shape.InputRows + shape.Hidden;
        long own = RankedGradients.Part(slices, rank + 1, ranks) - RankedGradients.Part(slices, rank, ranks);
        long ownRows = RankedGradients.Part(rows, rank + 1, ranks) - RankedGradients.Part(rows, rank, ranks);
        long rowBytes = sizeof(float) * (long)(LsnnWeights.RoundUp(shape.Hidden) + LsnnWeights.RoundUp(shape.Outputs));
        return new RankedTraffic(own * (ranks - 1), (slices - own) * ownRows * rowBytes,
            (slices - own) * SliceFigures.SizeOf(shape.Hidden, shape.Channels) + (rows - ownRows) * sizeof(float),
            (rows - ownRows) * rowBytes);
    }
}
