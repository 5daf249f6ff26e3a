using System.Diagnostics;
using Ganglion.Bridge.Serial;

namespace Ganglion.Bridge.Timing;

/// <summary>
/// Real time from the system's monotonic clock (CLOCK_MONOTONIC on Linux), untouched by NTP steps and clock changes.
/// Waiting is to an absolute deadline, so a late wake-up does not push the later ones back. Nothing here allocates.
/// </summary>
public sealed class MonotonicClock : IClock
{
    private const long NanosecondsPerSecond = 1_000_000_000;
    private const long NanosecondsPerMillisecond = 1_000_000;

    /// <inheritdoc/>
    public long NowNanoseconds
    {
        get
        {
            // Stopwatch counts nanoseconds on Linux and macOS and 100 ns on Windows; on Linux it reads CLOCK_MONOTONIC,
            // the clock that clock_nanosleep below takes its deadline on.
            long ticks = Stopwatch.GetTimestamp();
            return ticks * (NanosecondsPerSecond / Stopwatch.Frequency);
        }
    }

    /// <inheritdoc/>
    public void WaitUntil(long nanoseconds)
    {
        if (nanoseconds <= NowNanoseconds)
        {
            return;
        }

        if (OperatingSystem.IsLinux())
        {
            SleepUntil(nanoseconds);
        }
        else
        {
            SleepThenSpinUntil(nanoseconds);
        }
    }

    private static void SleepUntil(long nanoseconds)
    {
        var deadline = new Libc.TimeSpec
        {
            Seconds = nanoseconds / NanosecondsPerSecond,
            Nanoseconds = nanoseconds % NanosecondsPerSecond,
        };
        while (true)
        {
            int error = Libc.clock_nanosleep(Libc.ClockMonotonic, Libc.TimerAbsoluteTime, in deadline, 0);
            if (error == 0)
            {
                return;
            }

            if (error != Libc.EINTR)
            {
                throw new InvalidOperationException($"clock_nanosleep failed with errno {error} for deadline {nanoseconds} ns");
            }
        }
    }

    // Sleeps come back up to a scheduler step late: stop short of the deadline and spin the rest.
    private void SleepThenSpinUntil(long nanoseconds)
    {
        const long margin = 2 * NanosecondsPerMillisecond;
        while (true)
        {
            long left = nanoseconds - NowNanoseconds;
            if (left <= 0)
            {
                return;
            }

            if (left > margin)
            {
                Thread.Sleep((int)Math.Min((left - margin) / NanosecondsPerMillisecond + 1, int.MaxValue));
            }
            else
            {
                Thread.SpinWait(20);
            }
        }
    }
}
