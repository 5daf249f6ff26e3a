namespace Ganglion.Nano;

/// <summary>Counts the IL instructions that each method of the firmware executes on this thread, callees left out.</summary>
public static class MethodCounters
{
    [ThreadStatic]
    private static long[]? t_counts;

    /// <summary>Starts to count on the calling thread, from zero.</summary>
    /// <param name="methods">Number of methods that the weaver numbered.</param>
    /// <returns>The counts by method number; they go on growing while the firmware runs on this thread.</returns>
    public static long[] Start(int methods) => t_counts = new long[methods];

    /// <summary>Woven into firmware that is to be reported method by method.</summary>
    public static void Add(int method, int instructions)
    {
        if (t_counts != null)
            t_counts[method] += instructions;

        InstructionCounter.Add(instructions);
    }
}
