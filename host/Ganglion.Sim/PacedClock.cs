using System.Diagnostics;
using Ganglion.Bridge.Timing;

namespace Ganglion.Sim;

/// <summary>
/// Virtual time that passes no faster than real time, so that a person's or a browser's hand finds the arm at its usual speed. A busy
/// machine makes it slower for everybody alike: no board falls silent, and nothing that is counted in it changes.
/// </summary>
/// <param name="world">Virtual time.</param>
public sealed class PacedClock(IClock world) : IClock
{
    /// <summary>So far behind, it does not hurry to catch up, ns.</summary>
    private const long MostBehind = 100_000_000;

    private readonly long _start = Stopwatch.GetTimestamp();
    private long _given;

    public long NowNanoseconds => world.NowNanoseconds;

    public void WaitUntil(long deadline)
    {
        world.WaitUntil(deadline);
        long real = (long)(Stopwatch.GetElapsedTime(_start).TotalSeconds * 1e9) - _given, ahead = world.NowNanoseconds - real;
        if (ahead > 1_000_000)
        {
            Thread.Sleep((int)(ahead / 1_000_000));
        }
        else if (ahead < -MostBehind)
        {
            _given += -ahead;
        }
    }
}
