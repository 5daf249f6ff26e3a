using Ganglion.Bridge.Timing;

namespace Ganglion.Lab.Reliability.Boards;

/// <summary>Virtual time that goes on by whoever waits, a millisecond at a time, and only so far: what waits for ever ends.</summary>
/// <param name="limit">Where it ends, s.</param>
internal sealed class StepClock(double limit) : IClock
{
    private const long Step = 1_000_000;

    private readonly long _limit = (long)(limit * 1e9);

    public long NowNanoseconds { get; private set; } = Step;

    /// <summary>Called after each step.</summary>
    public Action? Stepped { get; set; }

    /// <exception cref="TimeoutException">The time has come to its end.</exception>
    public void WaitUntil(long deadline)
    {
        while (NowNanoseconds < deadline)
        {
            if (NowNanoseconds >= _limit)
            {
                throw new TimeoutException($"It has waited for {limit:0} s of virtual time.");
            }

            NowNanoseconds += Math.Min(Step, deadline - NowNanoseconds);
            Stepped?.Invoke();
        }
    }
}
