namespace Ganglion.Ranks;

/// <summary>One process by itself: what concerns all is done at once.</summary>
public sealed unsafe class SoloRanks : IRanks
{
    public int Rank => 0;

    public int Count => 1;

    public int OnThisMachine => 1;

    public void Send(int to, int tag, float* data, int length) => throw NoOther();

    public void Receive(int from, int tag, float* into, int length) => throw NoOther();

    public void WaitAll()
    {
    }

    public void Share(float* all, ReadOnlySpan<int> starts)
    {
    }

    public void Share(Span<byte> all, ReadOnlySpan<int> starts)
    {
    }

    public void Tell(int to, ReadOnlySpan<byte> message) => throw NoOther();

    public byte[] Hear(int from) => throw NoOther();

    public bool TryHear(out int from, out byte[] message)
    {
        (from, message) = (0, []);
        return false;
    }

    public void Dispose()
    {
    }

    private static InvalidOperationException NoOther() => new("there is no other rank.");
}
