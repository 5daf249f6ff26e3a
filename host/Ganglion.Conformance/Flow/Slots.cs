using Ganglion.Metering;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Ganglion.Conformance.Flow;

/// <summary>
/// Names for places: <c>A0</c> an argument, <c>L0</c> a local, <c>S.Type::Field</c> a static field, and behind any of them
/// <c>.name</c> for a readonly field and <c>!name</c> for one that can be assigned.
/// </summary>
internal static class Slots
{
    /// <summary>The argument that the instruction loads or stores or takes the address of, `this` counting as 0; or null.</summary>
    public static int? Argument(MethodDefinition method, Instruction instruction) => instruction.OpCode.Code switch
    {
        Code.Ldarg_0 => 0,
        Code.Ldarg_1 => 1,
        Code.Ldarg_2 => 2,
        Code.Ldarg_3 => 3,
        Code.Ldarg or Code.Ldarg_S or Code.Starg or Code.Starg_S or Code.Ldarga or Code.Ldarga_S
            => ((ParameterDefinition)instruction.Operand) is var parameter && parameter == method.Body.ThisParameter
                ? 0
                : parameter.Index + (method.HasThis ? 1 : 0),
        _ => null,
    };

    /// <summary>The local that the instruction loads or stores or takes the address of; or null.</summary>
    public static int? Local(Instruction instruction) => instruction.OpCode.Code switch
    {
        Code.Ldloc_0 or Code.Stloc_0 => 0,
        Code.Ldloc_1 or Code.Stloc_1 => 1,
        Code.Ldloc_2 or Code.Stloc_2 => 2,
        Code.Ldloc_3 or Code.Stloc_3 => 3,
        Code.Ldloc or Code.Ldloc_S or Code.Stloc or Code.Stloc_S or Code.Ldloca or Code.Ldloca_S
            => ((VariableDefinition)instruction.Operand).Index,
        _ => null,
    };

    public static TypeReference ArgumentType(MethodDefinition method, int index) => !method.HasThis
        ? method.Parameters[index].ParameterType
        : index == 0 ? method.DeclaringType : method.Parameters[index - 1].ParameterType;

    /// <summary>The place of a field of an object in <paramref name="of"/>, or of a static field; null if the object has no
    /// place.</summary>
    public static string? OfField(string? of, FieldReference field, bool isStatic)
    {
        bool assignable = field is not FieldDefinition { IsInitOnly: true };
        if (isStatic)
        {
            return (assignable ? "S!" : "S.") + Names.Of(field);
        }

        return of == null ? null : of + (assignable ? '!' : '.') + field.Name;
    }

    /// <summary>True if storing to the variable changes the place.</summary>
    public static bool IsIn(string place, string variable) =>
        place.StartsWith(variable, StringComparison.Ordinal)
        && (place.Length == variable.Length || place[variable.Length] is '.' or '!');

    /// <summary>True if storing to a field of that name, of whatever object, may change the place.</summary>
    public static bool Passes(string place, string field)
    {
        for (int at = place.IndexOf(field, StringComparison.Ordinal); at > 0; at = place.IndexOf(field, at + 1, StringComparison.Ordinal))
        {
            int end = at + field.Length;
            if (place[at - 1] is '.' or '!' or ':' && (end == place.Length || place[end] is '.' or '!'))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>True if any code may change the place: it goes through a field that can be assigned.</summary>
    public static bool IsAssignable(string place) => place.Contains('!', StringComparison.Ordinal);

    /// <summary>The place in words of the source.</summary>
    public static string Describe(MethodDefinition method, string place)
    {
        string root = place;
        string rest = "";
        for (int i = 0; i < place.Length; i++)
        {
            if (place[i] is '.' or '!' && place[0] != 'S')
            {
                root = place[..i];
                rest = place[i..].Replace('!', '.');
                break;
            }
        }

        return root[0] switch
        {
            'S' => root[2..],
            'A' => (int.Parse(root[1..]) is var index && method.HasThis && index == 0
                ? "this"
                : method.Parameters[index - (method.HasThis ? 1 : 0)].Name) + rest,
            _ => LocalName(method, int.Parse(root[1..])) + rest,
        };
    }

    private static string LocalName(MethodDefinition method, int index) =>
        method.DebugInformation?.TryGetName(method.Body.Variables[index], out string? name) == true ? name : $"local {index}";
}
