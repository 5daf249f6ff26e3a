using System.Runtime.InteropServices;
using Ganglion.Neurons.Network;
using Ganglion.Neurons.Vectors;
using Ganglion.Ranks;

namespace Ganglion.Neurons.Training;

/// <summary>
/// Shares a batch among ranks. Each works out some slices of it, and owns some rows of the weights: it gets these rows of all slices,
/// for it to add up in the slices' order, and after the step all get its rows. So a rank sends and receives each update about twice the
/// weights, whatever the number of ranks (reduce-scatter and all-gather, as in Rabenseifner 2004, but for the order of the sum, which is
/// fixed: the same bits for any number of ranks), and keeps the optimiser's moments of its own rows alone.
/// </summary>
internal sealed unsafe class RankedGradients
{
    private readonly IRanks _ranks;
    private readonly int _slices, _rows, _stride;
    private readonly AlignedFloats? _received;
    private readonly int[] _rowStarts, _floatStarts, _byteStarts;
    private readonly byte[] _bytes;
    private readonly SliceFigures[] _figures;

    /// <param name="ranks">All.</param>
    /// <param name="weights">What is trained.</param>
    /// <param name="rows">Its rows.</param>
    /// <param name="figures">Of all slices.</param>
    public RankedGradients(IRanks ranks, LsnnWeights weights, int rows, SliceFigures[] figures)
    {
        (_ranks, _slices, _rows, _stride, _figures) = (ranks, figures.Length, rows, weights.Stride, figures);
        (FirstRow, EndRow) = (RowOf(ranks.Rank), RowOf(ranks.Rank + 1));
        (FirstSlice, EndSlice) = (SliceOf(ranks.Rank), SliceOf(ranks.Rank + 1));
        int others = _slices - (EndSlice - FirstSlice);
        _received = others == 0 ? null : new AlignedFloats(others * (EndRow - FirstRow) * _stride);
        _rowStarts = [.. Enumerable.Range(0, ranks.Count + 1).Select(RowOf)];
        _floatStarts = [.. _rowStarts.Select(row => row * _stride)];
        _byteStarts = new int[ranks.Count + 1];
        for (int rank = 0; rank < ranks.Count; rank++)
        {
            _byteStarts[rank + 1] = _byteStarts[rank] + (SliceOf(rank + 1) - SliceOf(rank)) * figures[0].Size
                + (RowOf(rank + 1) - RowOf(rank)) * sizeof(float);
        }

        _bytes = new byte[_byteStarts[^1]];
    }

    /// <summary>Rows of which this rank adds up the gradients and makes the steps.</summary>
    public int FirstRow { get; }

    public int EndRow { get; }

    /// <summary>Slices that this rank works out.</summary>
    public int FirstSlice { get; }

    public int EndSlice { get; }

    /// <summary>Begins to receive what the others work out.</summary>
    public void Expect()
    {
        for (int rank = 0; rank < _ranks.Count; rank++)
        {
            for (int slice = SliceOf(rank); rank != _ranks.Rank && slice < SliceOf(rank + 1); slice++)
            {
                _ranks.Receive(rank, slice, Received(slice), (EndRow - FirstRow) * _stride);
            }
        }
    }

    /// <summary>Begins to send a slice that has been worked out: to each of the others its rows.</summary>
    public void Send(int slice, LsnnWeights gradients)
    {
        for (int rank = 0; rank < _ranks.Count; rank++)
        {
            if (rank != _ranks.Rank)
            {
                _ranks.Send(rank, slice, gradients.Pointer + _floatStarts[rank], _floatStarts[rank + 1] - _floatStarts[rank]);
            }
        }
    }

    /// <summary>Waits for all that is under way.</summary>
    public void Complete() => _ranks.WaitAll();

    /// <summary>Clears what was sent of a slice.</summary>
    public void Clear(LsnnWeights gradients)
    {
        new Span<float>(gradients.Pointer, _floatStarts[_ranks.Rank]).Clear();
        new Span<float>(gradients.Pointer + _floatStarts[_ranks.Rank + 1], (_rows - EndRow) * _stride).Clear();
    }

    /// <summary>A row of this rank's, of a slice that another worked out.</summary>
    public float* Row(int slice, int row) => Received(slice) + (long)(row - FirstRow) * _stride;

    /// <summary>All get the figures of all slices, and the norms of all rows.</summary>
    public void ShareFigures(float[] norms)
    {
        if (_ranks.Count == 1)
        {
            return;
        }

        Span<byte> mine = _bytes.AsSpan(_byteStarts[_ranks.Rank]);
        for (int slice = FirstSlice; slice < EndSlice; slice++)
        {
            _figures[slice].Write(mine);
            mine = mine[_figures[slice].Size..];
        }

        MemoryMarshal.AsBytes(norms.AsSpan(FirstRow, EndRow - FirstRow)).CopyTo(mine);
        _ranks.Share(_bytes, _byteStarts);
        for (int rank = 0; rank < _ranks.Count; rank++)
        {
            ReadOnlySpan<byte> theirs = _bytes.AsSpan(_byteStarts[rank].._byteStarts[rank + 1]);
            for (int slice = SliceOf(rank); slice < SliceOf(rank + 1); slice++)
            {
                _figures[slice].Read(theirs[.._figures[slice].Size]);
                theirs = theirs[_figures[slice].Size..];
            }

            theirs.CopyTo(MemoryMarshal.AsBytes(norms.AsSpan(RowOf(rank)..RowOf(rank + 1))));
        }
    }

    /// <summary>All get all rows of weights or moments, each from the rank that owns it.</summary>
    public void ShareRows(LsnnWeights weights) => _ranks.Share(weights.Pointer, _floatStarts);

    /// <summary>All get what rank 0 has.</summary>
    public void FromFirst(LsnnWeights weights) => _ranks.FromFirst(weights.Pointer, _rows * _stride);

    private float* Received(int slice)
    {
        int place = slice < FirstSlice ? slice : slice - (EndSlice - FirstSlice);
        return _received!.Pointer + (long)place * (EndRow - FirstRow) * _stride;
    }

    /// <summary>Where the part of a rank begins of what all share.</summary>
    internal static int Part(int all, int rank, int ranks) => (int)((long)all * rank / ranks);

    private int RowOf(int rank) => Part(_rows, rank, _ranks.Count);

    private int SliceOf(int rank) => Part(_slices, rank, _ranks.Count);
}
