using Ganglion.Live.Viewing;

namespace Ganglion.Live.Replay;

/// <summary>A recording as a source of views: each is of where its time line is now, also while that stands still. It begins to play when
/// somebody looks for the first time.</summary>
/// <param name="line">Where one is.</param>
/// <param name="make">Makes an empty view.</param>
/// <param name="fill">Fills it with a moment, s from the recording's beginning. On one thread at a time.</param>
/// <typeparam name="T">The view.</typeparam>
public sealed class RecordedViews<T>(TimeLine line, Func<T> make, Action<T, double> fill) : IViews<T>
    where T : class, IView<T>
{
    private readonly Lock _filling = new();

    /// <summary>Length of the recording, s.</summary>
    public double Seconds => line.Seconds;

    public T Make() => make();

    public bool TryRead(T into, ref long last)
    {
        if (last == 0)
        {
            line.Play();
        }

        Fill(into, line.Now.Position);
        last++;
        return true;
    }

    /// <summary>Fills a view with any moment, wherever the time line is. From any thread.</summary>
    /// <param name="into">Receives it.</param>
    /// <param name="seconds">From the recording's beginning.</param>
    public void Fill(T into, double seconds)
    {
        lock (_filling)
        {
            fill(into, seconds);
        }
    }

    /// <summary>A recording needs not to be told.</summary>
    public IDisposable Watch() => new Nobody();

    private sealed class Nobody : IDisposable
    {
        public void Dispose()
        {
        }
    }
}
