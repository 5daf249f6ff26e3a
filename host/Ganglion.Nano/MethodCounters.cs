namespace Ganglion.Nano;

/// <summary>Counts what each method of the firmware executes and allocates on this thread. Woven into firmware that is to be
/// reported method by method.</summary>
public static class MethodCounters
{
    [ThreadStatic]
    private static MethodCounts? _counts;

    [ThreadStatic]
    private static int _caller;

    /// <summary>Starts to count on the calling thread, from zero.</summary>
    /// <param name="methods">Number of methods that the weaver numbered.</param>
    /// <returns>The counts; they go on growing while the firmware runs on this thread.</returns>
    public static MethodCounts Start(int methods) => _counts = new MethodCounts(methods);

    /// <summary>A basic block was entered: its instructions, and the units that they take beyond one each.</summary>
    public static void Add(int method, int instructions, int overhead)
    {
        if (_counts is { } counts)
        {
            counts.Instructions[method] += instructions;
            counts.Overhead[method] += overhead;
        }

        InstructionCounter.Add(instructions, overhead);
    }

    /// <summary>A basic block was entered that puts objects on the heap.</summary>
    public static void Allocate(int method, int objects)
    {
        if (_counts is { } counts)
        {
            counts.Objects[method] += objects;
        }
    }

    /// <summary>The method is about to call a library member: what runs there counts as its.</summary>
    public static void Calls(int method) => _caller = method;

    internal static void AddLibrary(in LibraryCall call, int overhead)
    {
        if (_counts is not { } counts)
        {
            return;
        }

        counts.LibraryInstructions[_caller] += call.Instructions;
        counts.LibraryOverhead[_caller] += overhead;
        counts.SpanObjects += call.SpanObjects;
        counts.TransferObjects += call.TransferObjects;
        counts.ChecksumObjects += call.ChecksumObjects;
    }
}

/// <summary>What the methods of the firmware did, by method number.</summary>
public sealed class MethodCounts
{
    internal MethodCounts(int methods)
    {
        Instructions = new long[methods];
        Overhead = new long[methods];
        LibraryInstructions = new long[methods];
        LibraryOverhead = new long[methods];
        Objects = new long[methods];
    }

    private MethodCounts(MethodCounts other)
    {
        Instructions = [.. other.Instructions];
        Overhead = [.. other.Overhead];
        LibraryInstructions = [.. other.LibraryInstructions];
        LibraryOverhead = [.. other.LibraryOverhead];
        Objects = [.. other.Objects];
        SpanObjects = other.SpanObjects;
        TransferObjects = other.TransferObjects;
        ChecksumObjects = other.ChecksumObjects;
    }

    /// <summary>IL instructions in the method itself.</summary>
    public long[] Instructions { get; }

    /// <summary>Units of time that they took beyond one each.</summary>
    public long[] Overhead { get; }

    /// <summary>IL instructions in library members that the method called.</summary>
    public long[] LibraryInstructions { get; }

    /// <summary>Units of time that those calls took beyond one an instruction.</summary>
    public long[] LibraryOverhead { get; }

    /// <summary>Objects, arrays and boxes that the method itself put on the heap.</summary>
    public long[] Objects { get; }

    /// <summary>Objects that nanoFramework puts on the heap because a span is a struct: one for each.</summary>
    public long SpanObjects { get; internal set; }

    /// <summary>Objects that its I2C transfers need besides the span that they are given.</summary>
    public long TransferObjects { get; internal set; }

    /// <summary>Objects that its checksums need besides the span that they are given.</summary>
    public long ChecksumObjects { get; internal set; }

    /// <summary>A copy that stays as it is.</summary>
    public MethodCounts Snapshot() => new(this);

    /// <summary>What came since an earlier snapshot.</summary>
    public MethodCounts Since(MethodCounts before)
    {
        var difference = new MethodCounts(this);
        Subtract(difference.Instructions, before.Instructions);
        Subtract(difference.Overhead, before.Overhead);
        Subtract(difference.LibraryInstructions, before.LibraryInstructions);
        Subtract(difference.LibraryOverhead, before.LibraryOverhead);
        Subtract(difference.Objects, before.Objects);
        difference.SpanObjects -= before.SpanObjects;
        difference.TransferObjects -= before.TransferObjects;
        difference.ChecksumObjects -= before.ChecksumObjects;
        return difference;
    }

    private static void Subtract(long[] from, long[] what)
    {
        for (int i = 0; i < from.Length; i++)
        {
            from[i] -= what[i];
        }
    }
}
