using Ganglion.Shared.Rhythms;

namespace Ganglion.Shared.Tests.Rhythms;

public class ChannelMapTests
{
    [Fact]
    public void SignalsBecomeTravelAfterABlendWithoutJumps()
    {
        var map = new ChannelMap(2);
        Assert.Equal(RhythmReason.None, map.Configure(2, 4, 3, [3, 1], [0, 2], [0.5f, 0.25f], [0.2f, -0.5f], out _));
        int[] targets = [7, 1000, 7, 16000];
        float[] angles = [1, 9, -0.5f];
        map.Start(targets);
        int[] before = [.. targets];
        for (int n = 1; n <= 50; n++)
        {
            Assert.True(map.Write(angles, n / 50f, n / 50f, targets));
            Assert.InRange(Math.Abs(targets[3] - before[3]), 0, 1 + (16000 - 11469) / 50);
            before = [.. targets];
        }
        Assert.Equal([7, (int)Math.Round(0.5 * 16384), 7, (int)Math.Round(0.7 * 16384)], targets);
        // Signals at a third, offsets at half of the way.
        Assert.True(map.Write(angles, 0.5f, 1 / 3f, targets));
        Assert.InRange(targets[3], 8000 + 4096 + 0.2 * 16384 / 3 - 1, 8000 + 4096 + 0.2 * 16384 / 3 + 1);
    }

    [Fact]
    public void BeyondTheTravelStaysAtItsEndAndANaNIsTold()
    {
        var map = new ChannelMap(2);
        Assert.Equal(RhythmReason.None, map.Configure(2, 2, 2, [0, 1], [0, 1], [0.5f, 0.5f], [1, 1], out _));
        int[] targets = [8192, 8192];
        map.Start(targets);
        Assert.True(map.Write([2, -2], 1, 1, targets));
        Assert.Equal([16384, 0], targets);
        Assert.False(map.Write([float.NaN, 0], 1, 1, targets));
        Assert.Equal([16384, 8192], targets);
    }

    [Theory]
    [InlineData(0, 0, 0.5f, 1f, RhythmReason.ChannelTwice)]
    [InlineData(4, 1, 0.5f, 1f, RhythmReason.ChannelOutOfRange)]
    [InlineData(-1, 1, 0.5f, 1f, RhythmReason.ChannelOutOfRange)]
    [InlineData(1, 3, 0.5f, 1f, RhythmReason.OscillatorOutOfRange)]
    [InlineData(1, 1, 1.5f, 1f, RhythmReason.OffsetOutOfRange)]
    [InlineData(1, 1, 0.5f, float.NaN, RhythmReason.NotANumber)]
    [InlineData(1, 1, 0.5f, 101f, RhythmReason.GainOutOfRange)]
    public void WrongEntriesAreRefused(int channel, int signal, float offset, float gain, RhythmReason reason)
    {
        var map = new ChannelMap(2);
        Assert.Equal(reason, map.Configure(2, 4, 3, [0, channel], [0, signal], [0.5f, offset], [1, gain], out int at));
        Assert.Equal((1, 0), (at, map.Count));
        Assert.Equal(RhythmReason.CountOutOfRange, map.Configure(3, 4, 3, [0, 1, 2], [0, 0, 0], [0, 0, 0], [0, 0, 0], out _));
    }
}
