using Mono.Cecil;

namespace Ganglion.Conformance.Weaving;

/// <summary>
/// What a call into native code costs beyond its own IL instruction, in units of one IL instruction, by the member's full name
/// as in the member list (<c>System.Double System.Math::Sin(System.Double)</c>). The weaver adds it where the call stands.
/// </summary>
/// <remarks>
/// Only members that the firmware calls directly and that take the same time every time belong here. What the stand-ins of
/// Ganglion.Nano cost is counted inside them, and bus time is the virtual board's.
/// </remarks>
public sealed class NativeCallCosts(IReadOnlyDictionary<string, int> extra)
{
    /// <summary>No figure has been measured on a board or on the interpreter yet: every native call costs its instruction.</summary>
    public static NativeCallCosts Default { get; } = new(new Dictionary<string, int>(StringComparer.Ordinal));

    /// <summary>Extra instructions of a call; 0 for what is not in the table.</summary>
    public int Of(MethodReference called) => extra.GetValueOrDefault(called.FullName);
}
