namespace Ganglion.VirtualBoard.Faults;

/// <summary>A span of time in which a fault acts: from <paramref name="FromNs"/> (inclusive) to <paramref name="UntilNs"/>
/// (exclusive).</summary>
public readonly record struct FaultWindow(long FromNs, long UntilNs)
{
    /// <summary>No fault.</summary>
    public static FaultWindow Never => default;

    public bool Contains(long ns) => ns >= FromNs && ns < UntilNs;
}
