namespace Ganglion.Shared.Tests;

/// <summary>What some work allocates.</summary>
internal static class Allocation
{
    private const int Rounds = 5;

    /// <summary>Bytes that a round allocates, the least of some: a collection for another test's thread meanwhile makes the runtime count
    /// what is left of this thread's room, up to 8 kB, as allocated, and what the work itself allocates it allocates in each.</summary>
    /// <param name="round">Can be done again and again.</param>
    public static long Of(Action round)
    {
        long least = long.MaxValue;
        for (int i = 0; i < Rounds; i++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            round();
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        return least;
    }
}
