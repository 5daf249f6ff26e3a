using Ganglion.Live.Replay;

namespace Ganglion.Live.Tests.Replay;

/// <summary>What was told last is found by time.</summary>
public sealed class TrackTests
{
    [Fact]
    public void The_newest_that_is_not_later_is_found()
    {
        var track = new Track<string>();
        Assert.False(track.TryGet(100, out _));
        track.Add(10, "a");
        track.Add(20, "b");
        track.Add(15, "too late");
        track.Add(20, "c");
        Assert.Equal(3, track.Count);
        Assert.False(track.TryGet(9, out _));
        Assert.Equal(("a", "a", "c", "c"), (At(10), At(19), At(20), At(1000)));
        Assert.Equal((0, 1, 3), (track.CountUntil(9), track.CountUntil(10), track.CountUntil(20)));

        string At(long time) => track.TryGet(time, out string value) ? value : "";
    }
}
