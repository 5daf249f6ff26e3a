namespace Ganglion.Live.Replay;

/// <summary>Something that was told now and then, to be looked up by time.</summary>
/// <typeparam name="T">What was told.</typeparam>
public sealed class Track<T>
{
    private readonly List<long> _times = [];
    private readonly List<T> _values = [];

    public int Count => _times.Count;

    /// <summary>Adds what was told; one that is not in the order of time is left out.</summary>
    /// <param name="time">ns.</param>
    public void Add(long time, T value)
    {
        if (_times.Count == 0 || time >= _times[^1])
        {
            _times.Add(time);
            _values.Add(value);
        }
    }

    /// <summary>What was told last at a time.</summary>
    /// <returns>False before the first.</returns>
    public bool TryGet(long time, out T value)
    {
        int before = CountUntil(time);
        value = before > 0 ? _values[before - 1] : default!;
        return before > 0;
    }

    /// <summary>How often something had been told by a time, that included.</summary>
    public int CountUntil(long time)
    {
        int low = 0, high = _times.Count;
        while (low < high)
        {
            int middle = (low + high) / 2;
            (low, high) = _times[middle] > time ? (low, middle) : (middle + 1, high);
        }

        return low;
    }
}
