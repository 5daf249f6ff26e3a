namespace Ganglion.Live.Rhythms;

/// <summary>What people ask of a shown rhythm between two of its periods; of a knob the latest alone. Asking never waits for the
/// loop, which takes it all at once.</summary>
/// <param name="knobs">How many there are.</param>
internal sealed class AskedSettings(int knobs)
{
    private readonly Lock _lock = new();
    private double?[] _values = new double?[knobs];
    private bool _anew;
    private long _asked, _given, _counted;

    /// <summary>Whether something was set that does not count yet. From any thread.</summary>
    public bool IsBehind
    {
        get
        {
            lock (_lock)
            {
                return _counted != _asked;
            }
        }
    }

    /// <summary>Sets a knob. From any thread.</summary>
    public void Set(int knob, double value)
    {
        lock (_lock)
        {
            _values[knob] = value;
            _asked++;
        }
    }

    /// <summary>Lets it begin anew. From any thread.</summary>
    public void StartAnew()
    {
        lock (_lock)
        {
            _anew = true;
        }
    }

    /// <summary>For the loop: what was asked since the last time; a knob that nobody set is null, and there is none where nobody set
    /// any.</summary>
    public (double?[] Values, bool Anew) Take()
    {
        lock (_lock)
        {
            double?[] values = _asked == _given ? [] : _values;
            _values = values.Length == 0 ? _values : new double?[knobs];
            (_given, bool anew, _anew) = (_asked, _anew, false);
            return (values, anew);
        }
    }

    /// <summary>For the loop: what it took last counts.</summary>
    public void Count()
    {
        lock (_lock)
        {
            _counted = _given;
        }
    }
}
