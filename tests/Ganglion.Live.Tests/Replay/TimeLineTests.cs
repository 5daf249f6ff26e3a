using Ganglion.Live.Replay;
using Ganglion.Live.Tests.Teleop;

namespace Ganglion.Live.Tests.Replay;

/// <summary>A time line goes where it is set and as fast as it is told.</summary>
public sealed class TimeLineTests
{
    private readonly HandClock _clock = new();

    [Fact]
    public void It_plays_pauses_and_ends()
    {
        var line = new TimeLine(10, _clock);
        Pass(5);
        AssertAt(line, 0, false, 1);
        line.Play();
        Pass(2);
        AssertAt(line, 2, true, 1);
        line.Pause();
        Pass(3);
        AssertAt(line, 2, false, 1);
        line.SetSpeed(4);
        line.Play();
        Pass(1);
        AssertAt(line, 6, true, 4);
        Pass(60);
        AssertAt(line, 10, false, 4);

        // From its end it plays from the beginning.
        line.Play();
        Pass(0.5);
        AssertAt(line, 2, true, 4);
    }

    [Fact]
    public void It_goes_anywhere_within_and_plays_on_or_not_as_before()
    {
        var line = new TimeLine(10, _clock);
        line.Play();
        line.Seek(7);
        AssertAt(line, 7, true, 1);
        line.Pause();
        line.Seek(-5);
        Pass(1);
        AssertAt(line, 0, false, 1);
        line.Seek(99);
        AssertAt(line, 10, false, 1);

        // One that had come to its end stands where it is set back to.
        line.Play();
        Pass(20);
        line.Seek(3);
        Pass(1);
        AssertAt(line, 3, false, 1);
    }

    private static void AssertAt(TimeLine line, double position, bool plays, double speed)
    {
        Assert.Equal(position, line.Now.Position, 1e-9);
        Assert.Equal((plays, speed), (line.Now.Plays, line.Now.Speed));
    }

    private void Pass(double seconds) => _clock.WaitUntil(_clock.NowNanoseconds + (long)(seconds * 1e9));
}
