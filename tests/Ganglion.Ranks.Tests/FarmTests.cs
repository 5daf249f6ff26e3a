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
        const int pieces = 57;
        var did = new ConcurrentBag<int>();
        byte[]?[] results = new byte[pieces][];
        ThreadRanks.Run(count, ranks => Farm.Run(ranks, threads, [.. Enumerable.Range(0, pieces).Reverse()], piece =>
        {
            did.Add(piece);
            return [.. Enumerable.Repeat((byte)piece, piece)];
        }, (piece, result) =>
        {
            Assert.Equal(0, ranks.Rank);
            Assert.Null(results[piece]);
            results[piece] = result;
        }));
        Assert.Equal(Enumerable.Range(0, pieces), did.Order());
        Assert.All(Enumerable.Range(0, pieces), piece => Assert.Equal(Enumerable.Repeat((byte)piece, piece), results[piece]!));
    }

    [Fact]
    public void They_are_begun_in_the_order_given()
    {
        var begun = new List<int>();
        Farm.Run(new SoloRanks(), 1, [3, 0, 2, 1], piece =>
        {
            begun.Add(piece);
            return [];
        }, (_, _) => { });
        Assert.Equal([3, 0, 2, 1], begun);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Stopped_it_begins_no_more_and_all_ranks_return(int count)
    {
        using var stop = new CancellationTokenSource();
        int came = 0;
        ThreadRanks.Run(count, ranks => Farm.Run(ranks, 1, [.. Enumerable.Range(0, 1000)], piece => [], (_, _) =>
        {
            if (++came == 10)
            {
                stop.Cancel();
            }
        }, stop.Token));
        Assert.InRange(came, 10, 10 + count);
    }

    [Fact]
    public void A_failure_of_a_piece_is_the_farms() =>
        Assert.Equal("piece 5", Assert.Throws<InvalidOperationException>(() => ThreadRanks.Run(3, ranks => Farm.Run(ranks, 1,
            [.. Enumerable.Range(0, 9)], piece => piece == 5 ? throw new InvalidOperationException("piece 5") : [], (_, _) => { })))
            .Message);
}
