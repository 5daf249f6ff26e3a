using Ganglion.Bridge.Timing;

namespace Ganglion.Live.Tests.Teleop;

/// <summary>A clock that a test sets.</summary>
internal sealed class HandClock : IClock
{
    public double Seconds
    {
        get => NowNanoseconds * 1e-9;
        set => NowNanoseconds = (long)(value * 1e9);
    }

    public long NowNanoseconds { get; private set; } = 1_000_000_000;

    public void WaitUntil(long nanoseconds) => NowNanoseconds = Math.Max(NowNanoseconds, nanoseconds);
}
