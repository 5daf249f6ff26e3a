using Ganglion.Bridge.Serial;
using Ganglion.Bridge.Timing;

namespace Ganglion.Flash.Tests.Looking;

/// <summary>A port whose far end says what it is told to say to what comes: speed and bytes in, bytes out.</summary>
internal sealed class ScriptedPort(string name, int baud, Func<int, byte[], byte[]> answer, byte[] greeting) : ISerialLink
{
    private readonly Queue<byte> _waiting = new(greeting);

    public string Name => name;

    public int Read(Span<byte> destination)
    {
        int count = 0;
        while (count < destination.Length && _waiting.TryDequeue(out byte one))
        {
            destination[count++] = one;
        }

        return count;
    }

    public int Write(ReadOnlySpan<byte> source)
    {
        foreach (byte one in answer(baud, source.ToArray()))
        {
            _waiting.Enqueue(one);
        }

        return source.Length;
    }

    public bool WaitReadable(TimeSpan timeout) => _waiting.Count > 0;

    public void Dispose() => _waiting.Clear();
}

/// <summary>Time that passes where somebody waits, and not otherwise.</summary>
internal sealed class WaitedClock : IClock
{
    public long NowNanoseconds { get; private set; }

    public void WaitUntil(long nanoseconds) => NowNanoseconds = Math.Max(NowNanoseconds, nanoseconds);
}
