using Ganglion.Bridge.Timing;

namespace Ganglion.HostBoard.Tests.Boards;

/// <summary>Virtual time for a board that runs on a thread of its own: it goes as far as a test grants, and the test goes on when the board
/// waits for what lies beyond. So a run depends on nothing but what it is told.</summary>
internal sealed class GrantedClock : IClock
{
    private readonly object _gate = new();
    private long _now, _horizon;
    private bool _waits;

    /// <summary>The board's time.</summary>
    public long NowNanoseconds
    {
        get
        {
            lock (_gate)
            {
                return _now;
            }
        }
    }

    /// <summary>The test's time, which the board follows.</summary>
    public IClock Host => new HostClock(this);

    /// <summary>The board waits.</summary>
    public void WaitUntil(long nanoseconds)
    {
        lock (_gate)
        {
            while (nanoseconds > _horizon)
            {
                _waits = true;
                Monitor.PulseAll(_gate);
                Monitor.Wait(_gate);
            }

            _now = Math.Max(_now, nanoseconds);
        }
    }

    /// <summary>Lets the board run as far as it wants, to its end.</summary>
    public void Release()
    {
        lock (_gate)
        {
            _horizon = long.MaxValue;
            Monitor.PulseAll(_gate);
        }
    }

    private void Grant(long nanoseconds)
    {
        lock (_gate)
        {
            _horizon = Math.Max(_horizon, nanoseconds);
            _waits = false;
            Monitor.PulseAll(_gate);
            while (!_waits)
            {
                Monitor.Wait(_gate);
            }
        }
    }

    private sealed class HostClock(GrantedClock clock) : IClock
    {
        public long NowNanoseconds => clock._horizon;

        public void WaitUntil(long nanoseconds) => clock.Grant(nanoseconds);
    }
}
