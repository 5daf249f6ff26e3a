using Ganglion.Shared.Legs;

namespace Ganglion.Shared.Tests.Legs;

public class JointMapTests
{
    [Fact]
    public void AnglesBecomeTravelAfterABlendWithoutJumps()
    {
        var map = new JointMap(2, .02f);
        Assert.Equal(WalkReason.None, map.Configure(2, 4, 3, [3, 1], [0, 2], [.5f, .25f], [.2f, -.5f], 1, out _));
        int[] targets = [7, 1000, 7, 16000];
        float[] angles = [1, 9, -.5f];
        map.Start(targets);
        int[] before = [.. targets];
        for (int n = 0; n < 50; n++)
        {
            Assert.False(map.Blended);
            Assert.True(map.Write(angles, targets));
            Assert.InRange(Math.Abs(targets[3] - before[3]), 0, 1 + (16000 - 11469) / 50);
            before = [.. targets];
        }
        Assert.Equal([7, (int)Math.Round(.5 * 16384), 7, (int)Math.Round(.7 * 16384)], targets);
    }

    [Fact]
    public void BeyondTheTravelStaysAtItsEndAndANaNIsTold()
    {
        var map = new JointMap(2, .02f);
        Assert.Equal(WalkReason.None, map.Configure(2, 2, 2, [0, 1], [0, 1], [.5f, .5f], [1, 1], .1f, out _));
        int[] targets = [8192, 8192];
        map.Start(targets);
        for (int n = 0; n < 10; n++) Assert.True(map.Write([2, -2], targets));
        Assert.Equal([16384, 0], targets);
        Assert.False(map.Write([float.NaN, 0], targets));
        Assert.Equal([16384, 8192], targets);
    }

    [Theory]
    [InlineData(0, 0, .5f, 1f, 0, 1)]
    [InlineData(4, 1, .5f, 1f, 1, 1)]
    [InlineData(1, 3, .5f, 1f, 1, 1)]
    [InlineData(1, 1, 1.5f, 1f, 1, 1)]
    [InlineData(1, 1, .5f, float.NaN, 1, 1)]
    [InlineData(1, 1, .5f, 1f, 0, 0)]
    public void WrongEntriesAreRefused(int channel, int joint, float centre, float gain, int where, float blend)
    {
        var map = new JointMap(2, .02f);
        if (channel == 0) where = 1;
        WalkReason expected = blend == 0 ? WalkReason.RampOutOfRange : WalkReason.JointOutOfRange;
        Assert.Equal(expected, map.Configure(2, 4, 3, [0, channel], [0, joint], [.5f, centre], [1, gain], blend, out int at));
        Assert.Equal(where, at);
    }
}
