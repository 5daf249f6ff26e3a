using System.Collections.Concurrent;

namespace Ganglion.Ranks.Tests;

/// <summary>Pieces that are spread over ranks and threads.</summary>
public sealed class FarmTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 3)]
    [InlineData(2, 1)]
    [InlineData(4, 2)]
    public void Every_piece_is_done_once_and_its_result_comes_to_the_first(int count, int threads)
    {
        const int pieces = 57, rounds = 3;
        var did = new ConcurrentBag<int>();
        byte[]?[] results = new byte[rounds * pieces][];
        ThreadRanks.Run(count, ranks =>
        {
            using var farm = new Farm(ranks, threads, told =>
            {
                int piece = BitConverter.ToInt32(told);
                did.Add(piece);
                return [.. Enumerable.Repeat((byte)piece, piece)];
            });
            for (int round = 0; round < rounds && ranks.Rank == 0; round++)
            {
                int first = round * pieces;
                farm.Run([.. Enumerable.Range(0, pieces).Reverse()], piece => BitConverter.GetBytes(first + piece), (piece, result) =>
                {
                    Assert.Null(results[first + piece]);
                    results[first + piece] = result;
                });
                Assert.All(results.Take(first + pieces), Assert.NotNull);
            }

            if (ranks.Rank > 0)
            {
                farm.Serve();
            }
        });
        Assert.Equal(Enumerable.Range(0, rounds * pieces), did.Order());
        Assert.All(Enumerable.Range(0, rounds * pieces), piece => Assert.Equal(Enumerable.Repeat((byte)piece, piece), results[piece]!));
    }

    [Fact]
    public void They_are_begun_in_the_order_given()
    {
        var begun = new List<int>();
        using var farm = new Farm(new SoloRanks(), 1, told =>
        {
            begun.Add(BitConverter.ToInt32(told));
            return [];
        });
        farm.Run([3, 0, 2, 1], BitConverter.GetBytes, (_, _) => { });
        Assert.Equal([3, 0, 2, 1], begun);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Stopped_it_begins_no_more_and_all_ranks_return(int count)
    {
        using var stop = new CancellationTokenSource();
        int came = 0;
        ThreadRanks.Run(count, ranks => Share(ranks, 1000, _ => [], (_, _) =>
        {
            if (++came == 10)
            {
                stop.Cancel();
            }
        }, stop.Token));
        Assert.InRange(came, 10, 10 + count);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void A_failure_of_a_piece_is_the_farms(int count) =>
        Assert.Equal("piece 5", Assert.Throws<InvalidOperationException>(() => ThreadRanks.Run(count, ranks => Share(ranks, 9, told =>
            BitConverter.ToInt32(told) == 5 ? throw new InvalidOperationException("piece 5") : [], (_, _) => { }, default))).Message);

    private static void Share(IRanks ranks, int pieces, Func<byte[], byte[]> work, Action<int, byte[]> done, CancellationToken stop)
    {
        using var farm = new Farm(ranks, 1, work);
        if (ranks.Rank > 0)
        {
            farm.Serve();
        }
        else
        {
            farm.Run([.. Enumerable.Range(0, pieces)], BitConverter.GetBytes, done, stop);
        }
    }
}
