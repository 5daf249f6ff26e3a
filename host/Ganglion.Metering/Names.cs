using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Ganglion.Metering;

/// <summary>How members are written in lists and messages.</summary>
internal static class Names
{
    /// <summary><c>Namespace.Type::Method</c>, the same for all overloads.</summary>
    public static string Of(MemberReference member) => member.DeclaringType.FullName + "::" + member.Name;

    /// <summary>The method a person wrote: a lambda's or local function's body belongs to the method around it.</summary>
    public static string Written(MethodDefinition method)
    {
        TypeDefinition type = method.DeclaringType;
        string name = method.Name;
        while (type.DeclaringType != null && type.Name.StartsWith('<'))
        {
            type = type.DeclaringType;
        }

        if (name.StartsWith('<') && name.IndexOf('>') is var end and > 1)
        {
            name = name[1..end];
        }

        return type.FullName + "::" + name;
    }

    /// <summary>The source line of an instruction where symbols are at hand, else its IL offset.</summary>
    public static string Place(MethodDefinition method, Instruction instruction)
    {
        SequencePoint? last = null;
        if (method.DebugInformation is { HasSequencePoints: true } information)
        {
            foreach (SequencePoint? point in information.SequencePoints)
            {
                if (!point.IsHidden && point.Offset <= instruction.Offset)
                {
                    last = point;
                }
            }
        }

        return last is null
            ? $"IL_{instruction.Offset:x4}"
            : $"{System.IO.Path.GetFileName(last.Document.Url)}:{last.StartLine}";
    }

    /// <summary>The list key of a reference: <c>M System.Void System.SpanByte::.ctor(System.Byte[])</c>.</summary>
    public static string Key(MemberReference member) => member switch
    {
        MethodReference method => "M " + method.GetElementMethod().FullName,
        FieldReference field => "F " + field.FullName,
        _ => "T " + member.FullName,
    };
}
