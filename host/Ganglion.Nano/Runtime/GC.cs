using Ganglion.Nano;

namespace nanoFramework.Runtime.Native;

/// <summary>The runtime's garbage collector, which stops everything while it works.</summary>
public static class GC
{
    /// <summary>Collects now.</summary>
    /// <param name="compactHeap">Not simulated.</param>
    /// <returns>Bytes that are free afterwards.</returns>
    public static uint Run(bool compactHeap)
    {
        if (compactHeap)
        {
            throw new ArgumentException("The virtual board's heap has no holes to compact.", nameof(compactHeap));
        }

        LibraryCost.Native.Spend();
        return NanoHost.Current.CollectGarbage();
    }
}
