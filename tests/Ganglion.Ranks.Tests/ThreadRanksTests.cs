namespace Ganglion.Ranks.Tests;

/// <summary>What ranks do together, as threads of this process.</summary>
public sealed unsafe class ThreadRanksTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    public void Every_rank_has_all_parts_afterwards(int count)
    {
        float[][] got = new float[count][];
        ThreadRanks.Run(count, ranks =>
        {
            // Rank r has r floats: the first part is empty.
            int[] starts = [.. Enumerable.Range(0, count + 1).Select(rank => rank * (rank - 1) / 2)];
            float[] all = new float[starts[^1]];
            for (int round = 1; round <= 50; round++)
            {
                all.AsSpan(starts[ranks.Rank], ranks.Rank).Fill(ranks.Rank + 100 * round);
                fixed (float* data = all)
                {
                    ranks.Share(data, starts);
                }
            }

            got[ranks.Rank] = all;
        });
        float[] expected = [.. Enumerable.Range(0, count).SelectMany(rank => Enumerable.Repeat(rank + 5000f, rank))];
        Assert.All(got, all => Assert.Equal(expected, all));
    }

    [Fact]
    public void Messages_go_to_whom_they_are_for_whatever_their_order()
    {
        const int count = 4, tags = 6;
        ThreadRanks.Run(count, ranks =>
        {
            float[] sent = new float[count * tags], received = new float[count * tags];
            fixed (float* from = sent, into = received)
            {
                for (int rank = 0; rank < count; rank++)
                {
                    for (int tag = 0; tag < tags && rank != ranks.Rank; tag++)
                    {
                        from[rank * tags + tag] = 100 * ranks.Rank + 10 * rank + tag;
                        ranks.Send(rank, tag, from + rank * tags + tag, 1);
                        ranks.Receive(rank, tags - 1 - tag, into + rank * tags + tags - 1 - tag, 1);
                    }
                }

                ranks.WaitAll();
            }

            for (int i = 0; i < received.Length; i++)
            {
                Assert.Equal(i / tags == ranks.Rank ? 0 : 100 * (i / tags) + 10 * ranks.Rank + i % tags, received[i]);
            }
        });
    }

    [Fact]
    public void What_any_says_all_know_and_a_number_comes_from_the_first()
    {
        ThreadRanks.Run(3, ranks =>
        {
            Assert.Equal(0b101, ranks.Agree(ranks.Rank == 1 ? 0b100 : ranks.Rank == 2 ? 0b001 : 0));
            Assert.Equal(0, ranks.Agree(0));
            Assert.Equal(7_000_000_000, ranks.FromFirst(ranks.Rank == 0 ? 7_000_000_000 : ranks.Rank));
        });
    }

    [Fact]
    public void A_failure_of_one_lets_the_others_go_and_is_told() =>
        Assert.Equal("rank 2 broke", Assert.Throws<InvalidOperationException>(() => ThreadRanks.Run(3, ranks =>
        {
            if (ranks.Rank == 2)
            {
                throw new InvalidOperationException("rank 2 broke");
            }

            ranks.Agree(1);
        })).Message);
}
