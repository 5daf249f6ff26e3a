using Ganglion.Bridge.Timing;
using Ganglion.Ranks;

namespace Ganglion.Lab.Scaling;

/// <summary>What a rank had to do with others.</summary>
/// <param name="Messages">That it sent to one other rank.</param>
/// <param name="Bytes">That it received.</param>
/// <param name="Seconds">Processor time of its thread in that: an MPI waits at work.</param>
public readonly record struct RankTraffic(long Messages, long Bytes, double Seconds);

/// <summary>Ranks whose traffic is counted.</summary>
/// <param name="ranks">What they are.</param>
public sealed unsafe class MeteredRanks(IRanks ranks) : IRanks
{
    public int Rank => ranks.Rank;

    public int Count => ranks.Count;

    public int OnThisMachine => ranks.OnThisMachine;

    /// <summary>Since the beginning.</summary>
    public RankTraffic Traffic { get; private set; }

    public void Send(int to, int tag, float* data, int length)
    {
        double begun = ProcessorTime.OfThread;
        ranks.Send(to, tag, data, length);
        Add(1, 0, begun);
    }

    public void Receive(int from, int tag, float* into, int length)
    {
        double begun = ProcessorTime.OfThread;
        ranks.Receive(from, tag, into, length);
        Add(0, (long)length * sizeof(float), begun);
    }

    public void WaitAll()
    {
        double begun = ProcessorTime.OfThread;
        ranks.WaitAll();
        Add(0, 0, begun);
    }

    public void Share(float* all, ReadOnlySpan<int> starts)
    {
        double begun = ProcessorTime.OfThread;
        ranks.Share(all, starts);
        Add(0, (long)FromOthers(starts) * sizeof(float), begun);
    }

    public void Share(Span<byte> all, ReadOnlySpan<int> starts)
    {
        double begun = ProcessorTime.OfThread;
        ranks.Share(all, starts);
        Add(0, FromOthers(starts), begun);
    }

    public void Tell(int to, ReadOnlySpan<byte> message) => ranks.Tell(to, message);

    public byte[] Hear(int from) => ranks.Hear(from);

    public bool TryHear(out int from, out byte[] message) => ranks.TryHear(out from, out message);

    public void Dispose() => ranks.Dispose();

    private int FromOthers(ReadOnlySpan<int> starts) => starts[Count] - starts[0] - (starts[Rank + 1] - starts[Rank]);

    private void Add(long messages, long bytes, double begun) => Traffic = new RankTraffic(Traffic.Messages + messages,
        Traffic.Bytes + bytes, Traffic.Seconds + ProcessorTime.OfThread - begun);
}
