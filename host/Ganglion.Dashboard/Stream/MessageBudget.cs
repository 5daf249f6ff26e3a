namespace Ganglion.Dashboard.Stream;

/// <summary>A bucket of tokens: how many messages may come at once, and how many a second in the long run.</summary>
/// <param name="most">At once.</param>
/// <param name="perSecond">In the long run.</param>
internal sealed class MessageBudget(int most, int perSecond)
{
    private double _left = most;
    private long _last = long.MinValue;

    /// <summary>Takes one message.</summary>
    /// <param name="milliseconds">A clock that does not go back.</param>
    /// <returns>False if there are too many.</returns>
    public bool Spend(long milliseconds)
    {
        _left = _last == long.MinValue ? most : Math.Min(most, _left + (milliseconds - _last) * 1e-3 * perSecond);
        _last = milliseconds;
        if (_left < 1)
        {
            return false;
        }

        _left--;
        return true;
    }
}
