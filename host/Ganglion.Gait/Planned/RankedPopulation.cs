using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Ganglion.Ranks;

namespace Ganglion.Gait.Planned;

/// <summary>
/// Shares the gaits of a population among ranks: all of them have the genes, each judges some blocks, and all get the scores. Blocks are
/// dealt out there and back (0 1 2 2 1 0 ...), the slowest first, so that all ranks take about as long; a block takes a fifth of a
/// millisecond, less than to ask for one. What is told of a generation of 64 gaits is 7 kB of scores.
/// </summary>
/// <param name="ranks">All.</param>
/// <param name="capacity">Most gaits of a population.</param>
internal sealed class RankedPopulation(IRanks ranks, int capacity)
{
    /// <summary>Before a rank's scores: what it judged, and how many gaits at once.</summary>
    private const int Head = 2 * sizeof(ulong);

    private static readonly int Size = Unsafe.SizeOf<GaitScore>();

    private readonly byte[] _packed = new byte[ranks.Count * Head + capacity * Size];
    private readonly int[] _starts = new int[ranks.Count + 1], _filled = new int[ranks.Count];

    /// <summary>Whether this rank judges a block, from 0.</summary>
    public bool Owns(int block) => OwnerOf(block) == ranks.Rank;

    /// <summary>All get all scores. Concerns all.</summary>
    /// <param name="genes">What was judged: the same at all ranks.</param>
    /// <param name="order">Gaits in the order in which they lie in blocks.</param>
    /// <param name="scores">By gait: those of this rank's blocks, and afterwards all.</param>
    /// <exception cref="RanksException">A rank is lost, or computes otherwise than this one.</exception>
    public void ShareScores(ReadOnlySpan<double> genes, ReadOnlySpan<int> order, GaitScore[] scores)
    {
        if (ranks.Count == 1)
        {
            return;
        }

        Array.Clear(_filled);
        for (int i = 0; i < order.Length; i++)
        {
            _filled[OwnerOf(i / LaneBlock.Lanes)]++;
        }

        for (int rank = 0; rank < ranks.Count; rank++)
        {
            _starts[rank + 1] = _starts[rank] + Head + _filled[rank] * Size;
        }

        (ulong judged, ulong lanes) = (Sum(genes), (ulong)LaneBlock.Lanes);
        Span<ulong> own = HeadOf(ranks.Rank);
        (own[0], own[1]) = (judged, lanes);
        Exchange(order, scores, pack: true);
        ranks.Share(_packed.AsSpan(0, _starts[ranks.Count]), _starts);
        for (int rank = 0; rank < ranks.Count; rank++)
        {
            Span<ulong> head = HeadOf(rank);
            if (head[1] != lanes)
            {
                throw new RanksException($"this processor judges {lanes} gaits at once and rank {rank}'s {head[1]}: start ranks on " +
                    $"machines of one kind only, or make them alike with DOTNET_EnableAVX2=0 on all.");
            }

            if (head[0] != judged)
            {
                throw new RanksException($"this machine draws other gaits than rank {rank}'s from the same seed: start ranks on machines " +
                    $"of one kind, with one version of Ganglion and of the C library.");
            }
        }

        Exchange(order, scores, pack: false);
    }

    private Span<ulong> HeadOf(int rank) => MemoryMarshal.Cast<byte, ulong>(_packed.AsSpan(_starts[rank], Head));

    private int OwnerOf(int block)
    {
        int round = block / ranks.Count, place = block % ranks.Count;
        return round % 2 == 0 ? place : ranks.Count - 1 - place;
    }

    /// <summary>Of all bits, in their order.</summary>
    private static ulong Sum(ReadOnlySpan<double> genes)
    {
        ulong sum = 0;
        foreach (ulong bits in MemoryMarshal.Cast<double, ulong>(genes))
        {
            sum = BitOperations.RotateLeft(sum, 1) ^ bits;
        }

        return sum;
    }

    /// <summary>Puts this rank's scores to where they are sent from, or everybody's to where they belong.</summary>
    private void Exchange(ReadOnlySpan<int> order, GaitScore[] scores, bool pack)
    {
        Array.Clear(_filled);
        for (int i = 0; i < order.Length; i++)
        {
            int owner = OwnerOf(i / LaneBlock.Lanes);
            Span<byte> place = _packed.AsSpan(_starts[owner] + Head + _filled[owner]++ * Size, Size);
            if (!pack)
            {
                scores[order[i]] = MemoryMarshal.Read<GaitScore>(place);
            }
            else if (owner == ranks.Rank)
            {
                MemoryMarshal.Write(place, scores[order[i]]);
            }
        }
    }
}
