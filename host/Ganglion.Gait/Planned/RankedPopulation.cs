using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Ganglion.Ranks;

namespace Ganglion.Gait.Planned;

/// <summary>
/// Shares the gaits of a population among ranks: rank 0 tells all of them the genes, each judges some blocks, and all get the scores.
/// Blocks are dealt out there and back (0 1 2 2 1 0 ...), the slowest first, so that all ranks take about as long; a block takes half a
/// millisecond, less than to ask for one. What is told of a generation of 64 gaits is 11 kB of genes and 7 kB of scores.
/// </summary>
/// <param name="ranks">All.</param>
/// <param name="capacity">Most gaits of a population.</param>
internal sealed class RankedPopulation(IRanks ranks, int capacity)
{
    /// <summary>Numbers before the genes: gaits, and gaits of a block.</summary>
    private const int Head = 2;

    private readonly double[] _told = new double[Head + capacity * GaitGenes.Count];
    private readonly GaitScore[] _packed = new GaitScore[capacity];
    private readonly int[] _starts = new int[ranks.Count + 1], _filled = new int[ranks.Count];

    /// <summary>Whether this rank judges a block, from 0.</summary>
    public bool Owns(int block) => OwnerOf(block) == ranks.Rank;

    /// <summary>Rank 0 tells what is to be judged. Concerns all; the others call <see cref="Hear"/>.</summary>
    /// <param name="genes">Genes, <see cref="GaitGenes.Count"/> a gait.</param>
    /// <param name="count">Gaits; 0: there are no more.</param>
    /// <exception cref="RanksException">A rank is lost.</exception>
    public void Tell(double[] genes, int count)
    {
        (_told[0], _told[1]) = (count, LaneBlock.Lanes);
        genes.AsSpan(0, count * GaitGenes.Count).CopyTo(_told.AsSpan(Head));
        Share();
    }

    /// <summary>What rank 0 tells. Concerns all.</summary>
    /// <param name="genes">Receives the genes.</param>
    /// <returns>How many gaits.</returns>
    /// <exception cref="RanksException">A rank is lost, or its processor has other registers than rank 0's.</exception>
    public int Hear(double[] genes)
    {
        Share();
        if (_told[1] != LaneBlock.Lanes)
        {
            throw new RanksException($"this processor judges {LaneBlock.Lanes} gaits at once and rank 0's {_told[1]}: start ranks on " +
                $"machines of one kind only, or make them alike with DOTNET_EnableAVX2=0 on all.");
        }

        int count = (int)_told[0];
        _told.AsSpan(Head, count * GaitGenes.Count).CopyTo(genes);
        return count;
    }

    /// <summary>All get all scores. Concerns all.</summary>
    /// <param name="order">Gaits in the order in which they lie in blocks.</param>
    /// <param name="scores">By gait: those of this rank's blocks, and afterwards all.</param>
    /// <exception cref="RanksException">A rank is lost.</exception>
    public void ShareScores(ReadOnlySpan<int> order, GaitScore[] scores)
    {
        Array.Clear(_filled);
        for (int i = 0; i < order.Length; i++)
        {
            _filled[OwnerOf(i / LaneBlock.Lanes)]++;
        }

        int size = Unsafe.SizeOf<GaitScore>();
        for (int rank = 0; rank < ranks.Count; rank++)
        {
            _starts[rank + 1] = _starts[rank] + _filled[rank] * size;
        }

        Exchange(order, scores, pack: true);
        ranks.Share(MemoryMarshal.AsBytes(_packed.AsSpan(0, order.Length)), _starts);
        Exchange(order, scores, pack: false);
    }

    private int OwnerOf(int block)
    {
        int round = block / ranks.Count, place = block % ranks.Count;
        return round % 2 == 0 ? place : ranks.Count - 1 - place;
    }

    private void Share()
    {
        Span<int> starts = stackalloc int[ranks.Count + 1];
        starts.Fill(_told.Length * sizeof(double));
        starts[0] = 0;
        ranks.Share(MemoryMarshal.AsBytes(_told.AsSpan()), starts);
    }

    /// <summary>Puts this rank's scores to where they are sent from, or everybody's to where they belong.</summary>
    private void Exchange(ReadOnlySpan<int> order, GaitScore[] scores, bool pack)
    {
        int size = Unsafe.SizeOf<GaitScore>();
        Array.Clear(_filled);
        for (int i = 0; i < order.Length; i++)
        {
            int owner = OwnerOf(i / LaneBlock.Lanes), place = _starts[owner] / size + _filled[owner]++;
            if (!pack)
            {
                scores[order[i]] = _packed[place];
            }
            else if (owner == ranks.Rank)
            {
                _packed[place] = scores[order[i]];
            }
        }
    }
}
