using Ganglion.Bridge.Timing;
namespace Ganglion.Bridge.Tests.Timing;

public class MonotonicClockTests
{
    private readonly MonotonicClock _clock = new();

    [Fact]
    public void Waiting_ends_at_the_deadline_or_after_but_never_before()
    {
        for (int i = 0; i < 5; i++)
        {
            long deadline = _clock.NowNanoseconds + 1_000_000;
            _clock.WaitUntil(deadline);
            Assert.True(_clock.NowNanoseconds >= deadline);
        }
    }

    [Fact]
    public async Task A_deadline_that_is_past_returns_at_once()
    {
        // A wait that never ends is the only way in which this can go wrong: the guard turns it into a failure.
        var waits = Task.Run(() =>
        {
            _clock.WaitUntil(_clock.NowNanoseconds - 1);
            _clock.WaitUntil(long.MinValue);
        });
        Assert.Same(waits, await Task.WhenAny(waits, Task.Delay(TimeSpan.FromMinutes(1))));
    }

    [Fact]
    public void Counts_the_same_nanoseconds_as_the_system()
    {
        long before = _clock.NowNanoseconds;
        long system = (long)(System.Diagnostics.Stopwatch.GetTimestamp() * (1e9 / System.Diagnostics.Stopwatch.Frequency));
        long after = _clock.NowNanoseconds;
        // A double holds nanoseconds since boot to within 1 microsecond for 100 days.
        Assert.InRange(system, before - 1000, after + 1000);
    }
}
