using Ganglion.Bridge.Timing;
namespace Ganglion.Bridge.Tests.Session;

/// <summary>A clock that moves only when someone waits, and carries out on the way what is due.</summary>
internal sealed class VirtualTime : IClock
{
    private readonly List<IEventSource> _sources = [];

    public long NowNanoseconds { get; private set; }

    /// <summary>Extra time that each wait takes beyond its deadline: a host that wakes up late.</summary>
    public long WakeUpDelay;

    public void Add(IEventSource source) => _sources.Add(source);

    public void WaitUntil(long nanoseconds)
    {
        nanoseconds += WakeUpDelay;
        while (true)
        {
            IEventSource? first = null;
            foreach (IEventSource source in _sources)
            {
                if (source.NextEvent <= nanoseconds && (first == null || source.NextEvent < first.NextEvent))
                {
                    first = source;
                }
            }

            if (first == null)
            {
                break;
            }

            NowNanoseconds = Math.Max(NowNanoseconds, first.NextEvent);
            first.Run(NowNanoseconds);
        }
        NowNanoseconds = Math.Max(NowNanoseconds, nanoseconds);
    }

    public void Advance(double milliseconds) => WaitUntil(NowNanoseconds + (long)(milliseconds * 1e6));
}

/// <summary>Something that does things at certain times.</summary>
internal interface IEventSource
{
    /// <summary>ns.</summary>
    long NextEvent { get; }

    /// <summary>Does what is due now; <see cref="NextEvent"/> must have moved on afterwards.</summary>
    void Run(long now);
}
