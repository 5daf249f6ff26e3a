namespace Ganglion.Lab.Reliability.Soak;

/// <summary>How far the managed memory of the process grows while something runs, once it has settled. Whatever else the process does
/// counts too, so nothing else should run.</summary>
/// <param name="seconds">How long the run will take, in its own time, s.</param>
internal sealed class MemoryWatch(double seconds)
{
    /// <summary>Code is compiled, buffers and windows of the latest minutes reach their size, s; of a short run a tenth.</summary>
    private const double Settling = 600;

    private const int Looks = 10;

    private readonly double _from = Math.Min(Settling, seconds / 10);
    private double _next = Math.Min(Settling, seconds / 10);
    private long _first = -1;

    /// <summary>Largest growth that a look has seen, bytes; a look collects all garbage first.</summary>
    public long Growth { get; private set; }

    /// <summary>Looks, if it is time.</summary>
    /// <param name="now">s since the beginning.</param>
    public void Look(double now)
    {
        if (now < _next)
        {
            return;
        }

        long memory = GC.GetTotalMemory(forceFullCollection: true);
        _first = _first < 0 ? memory : _first;
        Growth = Math.Max(Growth, memory - _first);
        _next = now + (seconds - _from) / Looks;
    }
}
