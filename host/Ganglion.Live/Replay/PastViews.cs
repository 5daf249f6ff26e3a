using Ganglion.Live.Viewing;

namespace Ganglion.Live.Replay;

/// <summary>Moments of a recording up to one of them, oldest first, one a reading: as close as a plot of the latest seconds shows them, and
/// less so before. For one reader.</summary>
/// <param name="recorded">The recording.</param>
/// <param name="until">The last moment, s from its beginning; that of its end where it is later.</param>
/// <typeparam name="T">The view.</typeparam>
public sealed class PastViews<T>(RecordedViews<T> recorded, double until) : IViews<T>
    where T : class, IView<T>
{
    /// <summary>How far they go back [s], and from which moment before the last they are close.</summary>
    public const double Longest = 30, Close = 10;

    /// <summary>From one to the next [s].</summary>
    private const double Step = 0.1, CloseStep = 0.04;

    private readonly double _until = Math.Min(until, recorded.Seconds);
    private double _next = Math.Max(0, Math.Min(until, recorded.Seconds) - Longest);

    public T Make() => recorded.Make();

    public bool TryRead(T into, ref long last)
    {
        if (!(_next <= _until))
        {
            return false;
        }

        recorded.Fill(into, _next);
        last++;
        _next += _next < _until - Close ? Step : CloseStep;
        return true;
    }

    public IDisposable Watch() => recorded.Watch();
}
