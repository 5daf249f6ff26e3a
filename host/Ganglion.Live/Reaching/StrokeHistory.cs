namespace Ganglion.Live.Reaching;

/// <summary>
/// What the gears were told of late, and for when: the boards go in straight lines from one setpoint to the next, so it tells where the
/// gears were told to be at any moment, or so many setpoints ago. Allocates nothing after its construction.
/// </summary>
internal sealed class StrokeHistory
{
    /// <summary>1.3 s at 50 Hz: poses older than 250 ms are of no use.</summary>
    public const int Length = 64;

    private readonly double[][] _strokes;
    private readonly long[] _times = new long[Length];
    private long _count;

    /// <param name="gears">Gears of the arm.</param>
    public StrokeHistory(int gears) => _strokes = [.. Enumerable.Range(0, Length).Select(_ => new double[gears])];

    public int Gears => _strokes[0].Length;

    /// <summary>Notes a setpoint; one for the same time as the last replaces it.</summary>
    /// <param name="time">When it is reached, host clock, ns; not before the last.</param>
    /// <param name="strokes">0..1, joint-major.</param>
    public void Add(long time, ReadOnlySpan<double> strokes)
    {
        if (_count == 0 || time > _times[Slot(_count - 1)])
        {
            _count++;
        }

        int slot = Slot(_count - 1);
        _times[slot] = time;
        strokes.CopyTo(_strokes[slot]);
    }

    /// <summary>Where the gears were told to be.</summary>
    /// <param name="time">Host clock, ns; before the oldest or after the newest setpoint that is kept, that one holds.</param>
    /// <param name="strokes">Receives them; something has to have been told.</param>
    public void At(long time, Span<double> strokes)
    {
        long last = _count - 1, first = Math.Max(0, _count - Length);
        while (last > first && _times[Slot(last)] > time)
        {
            last--;
        }

        double[] before = _strokes[Slot(last)];
        if (last == _count - 1 || _times[Slot(last)] >= time)
        {
            before.CopyTo(strokes);
            return;
        }

        double[] after = _strokes[Slot(last + 1)];
        double share = (double)(time - _times[Slot(last)]) / (_times[Slot(last + 1)] - _times[Slot(last)]);
        for (int i = 0; i < strokes.Length; i++)
        {
            strokes[i] = before[i] + share * (after[i] - before[i]);
        }
    }

    /// <summary>A setpoint as it was told.</summary>
    /// <param name="back">0: the newest, 1: the one before; the oldest that is kept holds from there on. Something has to have been
    /// told.</param>
    public ReadOnlySpan<double> Setpoint(int back) => _strokes[Slot(Math.Max(_count - 1 - back, Math.Max(0, _count - Length)))];

    /// <summary>Where the gears were told to be so many setpoints ago, whenever those were.</summary>
    /// <param name="setpoints">0 for the newest; between two, in a straight line; no more than the second oldest that can be kept.</param>
    /// <param name="strokes">Receives them.</param>
    public void Back(double setpoints, Span<double> strokes)
    {
        double back = Math.Clamp(setpoints, 0, Length - 2);
        int whole = (int)back;
        ReadOnlySpan<double> newer = Setpoint(whole), older = Setpoint(whole + 1);
        for (int i = 0; i < strokes.Length; i++)
        {
            strokes[i] = newer[i] + (back - whole) * (older[i] - newer[i]);
        }
    }

    private static int Slot(long index) => (int)(index % Length);
}
