namespace Ganglion.Nano;

/// <summary>
/// Counts the IL instructions that the firmware executes on this thread. The weaver inserts one <see cref="Add"/> per
/// basic block; the board turns the count into time (the interpreter's cost dominates on an ESP32).
/// </summary>
public static class InstructionCounter
{
    [ThreadStatic]
    private static long t_remaining;

    [ThreadStatic]
    private static long t_granted;

    /// <summary>Instructions executed on this thread since the last <see cref="Restart"/>.</summary>
    public static long Executed => t_granted - t_remaining;

    /// <summary>Adds <paramref name="instructions"/> (>= 0); asks the board for more time when its grant is spent.</summary>
    public static void Add(int instructions)
    {
        long remaining = t_remaining - instructions;
        t_remaining = remaining;
        if (remaining < 0)
            NanoHost.CurrentOrNull?.InstructionsSpent();
    }

    /// <summary>Sets the count to zero and grants <paramref name="instructions"/> before the board is asked again.</summary>
    public static void Restart(long instructions)
    {
        t_granted = instructions;
        t_remaining = instructions;
    }
}
