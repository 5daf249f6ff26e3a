namespace Ganglion.VirtualBoard.Boards;

/// <summary>Queue of bytes with the time at which each is there. Holds at most 1 MiB: then the newest are lost.</summary>
internal sealed class TimedBytes
{
    private const int MaxCount = 1 << 20;

    private byte[] _values = new byte[1024];
    private long[] _times = new long[1024];
    private int _head;

    public int Count { get; private set; }

    /// <summary>Time of the oldest byte, ns; long.MaxValue where there is none.</summary>
    public long NextTime => Count == 0 ? long.MaxValue : _times[_head];

    public void Enqueue(byte value, long time)
    {
        if (Count == MaxCount)
        {
            return;
        }

        if (Count == _values.Length)
        {
            Grow();
        }

        int tail = (_head + Count) & (_values.Length - 1);
        _values[tail] = value;
        _times[tail] = time;
        Count++;
    }

    public byte Dequeue()
    {
        byte value = _values[_head];
        _head = (_head + 1) & (_values.Length - 1);
        Count--;
        return value;
    }

    /// <summary>Removes the newest bytes while they are later than <paramref name="time"/>.</summary>
    public void DropAfter(long time)
    {
        while (Count > 0 && _times[(_head + Count - 1) & (_values.Length - 1)] > time)
        {
            Count--;
        }
    }

    private void Grow()
    {
        byte[] values = new byte[_values.Length * 2];
        long[] times = new long[_values.Length * 2];
        for (int i = 0; i < Count; i++)
        {
            int from = (_head + i) & (_values.Length - 1);
            values[i] = _values[from];
            times[i] = _times[from];
        }

        _values = values;
        _times = times;
        _head = 0;
    }
}
