namespace Ganglion.Conformance;

/// <summary>
/// The names of the rules, as they stand in <see cref="Violation.Rule"/> and in firmware/conformance-allow.txt.
/// Why each one exists: the C# and cost facts of nanoFramework 1.x, read in its interpreter and measured on it.
/// </summary>
public static class Rule
{
    /// <summary>A member that is not in firmware/nanoframework-members.txt.</summary>
    public const string FrameworkMember = "framework-member";
    /// <summary>User generics and generic instances: they compile and crash the CLR.</summary>
    public const string Generics = "generics";
    /// <summary>Func and other generic delegates: they compile and crash the CLR.</summary>
    public const string Func = "func";
    public const string GenericCollection = "generic-collection";
    /// <summary>float[,] and its kind: they compile and crash the CLR.</summary>
    public const string RectangularArray = "rectangular-array";
    public const string Nullable = "nullable";
    public const string MathF = "mathf";
    public const string Linq = "linq";
    public const string Async = "async";
    public const string Iterator = "iterator";
    public const string Volatile = "volatile";
    public const string Span = "span";
    public const string Record = "record";
    public const string Tuple = "tuple";
    public const string Stackalloc = "stackalloc";
    public const string Unsafe = "unsafe";
    /// <summary>State shared by all boards of one process.</summary>
    public const string MutableStatic = "mutable-static";
    public const string Finalizer = "finalizer";
    /// <summary>A clock or a source of randomness that the virtual board does not stand in for.</summary>
    public const string HostClock = "host-clock";
    /// <summary>A struct local, parameter, result or copy inside the tick: 1 to 3 heap blocks each on the board.</summary>
    public const string StructInTick = "struct-in-tick";
    public const string AllocationInTick = "allocation-in-tick";
    /// <summary>(int)uint and (long)ulong: no IL is emitted, and the interpreter goes on treating the value as unsigned.</summary>
    public const string UnsignedAsSigned = "unsigned-as-signed";
    /// <summary>A divisor that may be zero: float division by zero throws on the board too.</summary>
    public const string Division = "division";
    /// <summary>A float that came from bytes and is used before float.IsNaN looked at it.</summary>
    public const string NanInput = "nan-input";
    /// <summary>Math.Min, Max or Clamp on floats: with a NaN the answer on the board is not the one on .NET.</summary>
    public const string NanClamp = "nan-clamp";
    /// <summary>firmware/tick-path.txt names a method that is not there, or none.</summary>
    public const string TickPath = "tick-path";
    /// <summary>An entry of firmware/conformance-allow.txt is malformed or allows nothing.</summary>
    public const string AllowList = "allow-list";
    /// <summary>The .nfproj, packages.config and the files on disk disagree.</summary>
    public const string ProjectFile = "project-file";

    /// <summary>Every rule name, in the order of this file.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        FrameworkMember, Generics, Func, GenericCollection, RectangularArray, Nullable, MathF, Linq, Async, Iterator, Volatile,
        Span, Record, Tuple, Stackalloc, Unsafe, MutableStatic, Finalizer, HostClock, StructInTick, AllocationInTick,
        UnsignedAsSigned, Division, NanInput, NanClamp, TickPath, AllowList, ProjectFile,
    ];
}
