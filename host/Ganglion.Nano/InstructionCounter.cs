namespace Ganglion.Nano;

/// <summary>
/// Counts what the firmware executes on this thread, in two ways: IL instructions, and the time that they take. The unit of
/// time is one average simple instruction; calls, allocations and protected regions take longer (<c>InstructionCosts</c> of
/// the weaver, <see cref="LibraryCost"/>). The weaver inserts one Add per basic block; the board turns units into time.
/// </summary>
public static class InstructionCounter
{
    [ThreadStatic]
    private static long _remaining;

    [ThreadStatic]
    private static long _granted;

    [ThreadStatic]
    private static long _overhead;

    [ThreadStatic]
    private static long _objects;

    /// <summary>IL instructions executed on this thread since the last <see cref="Restart"/>.</summary>
    public static long Executed => Units - _overhead;

    /// <summary>What they took, in units of one average simple instruction.</summary>
    public static long Units => _granted - _remaining;

    /// <summary>Adds <paramref name="instructions"/> (>= 0) of one unit each; asks the board for more time when its grant is
    /// spent.</summary>
    public static void Add(int instructions)
    {
        long remaining = _remaining - instructions;
        _remaining = remaining;
        if (remaining < 0)
        {
            NanoHost.CurrentOrNull?.UnitsSpent();
        }
    }

    /// <summary>Adds instructions that take <paramref name="overhead"/> units more than one each; both >= 0.</summary>
    public static void Add(int instructions, int overhead)
    {
        _overhead += overhead;
        Add(instructions + overhead);
    }

    /// <summary>Objects that library members have put on the board's heap and dropped since this was last asked. What the firmware itself
    /// allocates it does at its start and for a configuration, and keeps.</summary>
    public static long TakeObjects()
    {
        long objects = _objects;
        _objects = 0;
        return objects;
    }

    internal static void AddObjects(int objects) => _objects += objects;

    /// <summary>Sets the counts to zero and grants <paramref name="units"/> before the board is asked again.</summary>
    public static void Restart(long units)
    {
        _granted = units;
        _remaining = units;
        _overhead = 0;
    }
}
