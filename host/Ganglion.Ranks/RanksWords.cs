using System.Buffers.Binary;

namespace Ganglion.Ranks;

/// <summary>What all ranks come to know together.</summary>
public static class RanksWords
{
    /// <summary>Every rank says a byte of bits, and all get the bits that anybody set. Concerns all.</summary>
    public static int Agree(this IRanks ranks, int bits)
    {
        Span<byte> all = stackalloc byte[ranks.Count];
        Span<int> starts = stackalloc int[ranks.Count + 1];
        for (int rank = 0; rank <= ranks.Count; rank++)
        {
            starts[rank] = rank;
        }

        all.Clear();
        all[ranks.Rank] = checked((byte)bits);
        ranks.Share(all, starts);
        int any = 0;
        foreach (byte one in all)
        {
            any |= one;
        }

        return any;
    }

    /// <summary>Rank 0 says a number, and all get it. Concerns all.</summary>
    public static long FromFirst(this IRanks ranks, long value)
    {
        Span<byte> all = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(all, value);
        ranks.FromFirst(all);
        return BinaryPrimitives.ReadInt64LittleEndian(all);
    }

    /// <summary>Rank 0 has bytes, and all get them. Concerns all.</summary>
    /// <param name="ranks">All.</param>
    /// <param name="data">At rank 0 what is told, elsewhere what receives it; as long.</param>
    public static void FromFirst(this IRanks ranks, Span<byte> data) =>
        ranks.Share(data, FirstOnly(ranks, data.Length, stackalloc int[ranks.Count + 1]));

    /// <summary>Rank 0 has floats, and all get them. Concerns all.</summary>
    /// <param name="ranks">All.</param>
    /// <param name="data">At rank 0 what is told, elsewhere what receives it.</param>
    /// <param name="length">How many.</param>
    public static unsafe void FromFirst(this IRanks ranks, float* data, int length) =>
        ranks.Share(data, FirstOnly(ranks, length, stackalloc int[ranks.Count + 1]));

    /// <summary>Parts of which the first is all.</summary>
    private static Span<int> FirstOnly(IRanks ranks, int length, Span<int> starts)
    {
        starts.Fill(length);
        starts[0] = 0;
        return starts[..(ranks.Count + 1)];
    }
}
