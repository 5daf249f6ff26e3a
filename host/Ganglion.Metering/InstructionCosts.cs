using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Ganglion.Metering;

/// <summary>
/// What an instruction takes on nanoFramework's interpreter beyond one unit, the unit being one average simple instruction.
/// The weaver adds it where the instruction stands.
/// </summary>
/// <remarks>
/// Measured on nanoFramework's own interpreter (nanoCLR built from its public sources, optimised for size and with the
/// debugger in, as the ESP32 images are): a loop around each construct, less the empty loop. Simple instructions differ little
/// from each other (float, double and int within 7 %). Members that Ganglion.Nano stands in for charge themselves
/// (LibraryCost there); bus time is the virtual board's.
/// </remarks>
/// <param name="members">Extra units of calls that differ from <see cref="NativeCall"/>, by the member's full name as in the
/// member list.</param>
public sealed class InstructionCosts(IReadOnlyDictionary<string, int> members)
{
    /// <summary>Entering and leaving a method of the firmware: static, instance or delegate.</summary>
    public const int Call = 5;

    /// <summary>The same through a virtual or an interface method.</summary>
    public const int VirtualCall = 10;

    /// <summary>A member of the framework; nearly all that the firmware uses are native.</summary>
    public const int NativeCall = 13;

    /// <summary>A new object with its constructor's call.</summary>
    public const int NewObject = 11;

    /// <summary>A small new array, or a box.</summary>
    public const int NewArray = 5;

    /// <summary>A protected region, charged where it is left.</summary>
    public const int Region = 20;

    private const string StandIns = "Ganglion.Nano";

    /// <summary>The measured figures.</summary>
    public static InstructionCosts Measured { get; } = new(new Dictionary<string, int>(StringComparer.Ordinal)
    {
        ["System.Void System.Object::.ctor()"] = Call,
        ["System.Boolean System.Single::IsNaN(System.Single)"] = 24, // managed code around a conversion
        // 15 to 20 in all for 2 to 1000 bytes
        ["System.Void System.Array::Copy(System.Array,System.Int32,System.Array,System.Int32,System.Int32)"] = 17,
    });

    /// <summary>Units beyond one.</summary>
    public int Of(Instruction instruction) => instruction.OpCode.Code switch
    {
        Code.Call or Code.Callvirt => OfCall(instruction.OpCode.Code, (MethodReference)instruction.Operand),
        Code.Newobj when !IsStandIn((MethodReference)instruction.Operand) => NewObject,
        Code.Newarr or Code.Box => NewArray,
        Code.Leave or Code.Leave_S => Region,
        _ => 0,
    };

    /// <summary>Whether a member is one of those that Ganglion.Nano stands in for.</summary>
    internal static bool IsStandIn(MethodReference called) => called.DeclaringType.Scope.Name == StandIns;

    private int OfCall(Code code, MethodReference called)
    {
        if (called is MethodDefinition own)
        {
            return code == Code.Callvirt && own.IsVirtual && !own.IsRuntime ? VirtualCall : Call;
        }

        return IsStandIn(called) ? 0 : members.GetValueOrDefault(called.FullName, NativeCall);
    }
}
