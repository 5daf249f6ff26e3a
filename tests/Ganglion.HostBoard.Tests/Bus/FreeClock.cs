using Ganglion.Bridge.Timing;

namespace Ganglion.HostBoard.Tests.Bus;

/// <summary>Time that passes as it is waited for.</summary>
internal sealed class FreeClock : IClock
{
    public long NowNanoseconds { get; private set; }

    public void WaitUntil(long nanoseconds) => NowNanoseconds = Math.Max(NowNanoseconds, nanoseconds);
}
