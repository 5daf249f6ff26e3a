namespace Ganglion.Live.Viewing;

/// <summary>
/// Hands views from one control loop to any number of readers. The loop fills one of a ring of views and publishes it: it never waits, and
/// allocates nothing, whoever looks or does not. A reader copies the newest into a view of its own; if the loop has come round the ring
/// meanwhile, the number that stands beside each view tells, and the copy is made again (a sequence lock for each of them).
/// </summary>
/// <typeparam name="T">The view.</typeparam>
public sealed class ViewExchange<T> : IViews<T>
    where T : class, IView<T>
{
    /// <summary>A reader has so many periods less one to copy a view.</summary>
    private const int Slots = 4;

    /// <summary>Copies that a reader tries to make until it looks again later.</summary>
    private const int Attempts = 8;

    private readonly Func<T> _make;
    private readonly T[] _views;

    /// <summary>Number of the view that stands in each slot; 0 while it is being written.</summary>
    private readonly long[] _numbers = new long[Slots];
    private long _published;
    private int _watchers;

    /// <param name="make">Makes an empty view of the robot.</param>
    public ViewExchange(Func<T> make)
    {
        _make = make;
        _views = [.. Enumerable.Range(0, Slots).Select(_ => make())];
    }

    /// <summary>Whether anybody looks: what costs something is left out otherwise.</summary>
    public bool IsWatched => Volatile.Read(ref _watchers) > 0;

    /// <summary>Views published so far.</summary>
    public long Published => Volatile.Read(ref _published);

    /// <inheritdoc/>
    public T Make() => _make();

    /// <inheritdoc/>
    public IDisposable Watch() => new Watcher(this);

    /// <summary>The view to fill next; what stands in it is an older one. For the loop alone.</summary>
    public T Begin()
    {
        long number = _published + 1;
        Volatile.Write(ref _numbers[number % Slots], 0);

        // No write to the view may be seen before the 0.
        Thread.MemoryBarrier();
        return _views[number % Slots];
    }

    /// <summary>Makes the view that was begun the newest. For the loop alone.</summary>
    public void Publish()
    {
        long number = _published + 1;
        Volatile.Write(ref _numbers[number % Slots], number);
        Volatile.Write(ref _published, number);
    }

    /// <inheritdoc/>
    public bool TryRead(T into, ref long last)
    {
        for (int attempt = 0; attempt < Attempts; attempt++)
        {
            long number = Volatile.Read(ref _published);
            if (number == last)
            {
                return false;
            }

            ref long stands = ref _numbers[number % Slots];
            if (Volatile.Read(ref stands) != number)
            {
                continue;
            }

            into.CopyFrom(_views[number % Slots]);
            Thread.MemoryBarrier();
            if (Volatile.Read(ref stands) == number)
            {
                last = number;
                return true;
            }
        }

        return false;
    }

    private sealed class Watcher : IDisposable
    {
        private ViewExchange<T>? _exchange;

        public Watcher(ViewExchange<T> exchange)
        {
            _exchange = exchange;
            Interlocked.Increment(ref exchange._watchers);
        }

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _exchange, null) is { } exchange)
            {
                Interlocked.Decrement(ref exchange._watchers);
            }
        }
    }
}
