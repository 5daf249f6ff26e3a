using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Ganglion.Conformance.Tests.House;

/// <summary>Which types a built assembly names, read from its IL: what the compiler saw, whatever the usings say.</summary>
internal static class TypeUses
{
    /// <summary>A built project of this solution, in the configuration that the tests run in.</summary>
    public static AssemblyDefinition Built(string room)
    {
        string folder = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "..", "..", $"Ganglion.{room}"));
        string configuration = new DirectoryInfo(AppContext.BaseDirectory).Name;
        string name = room == "Cli" ? "ganglion" : $"Ganglion.{room}";
        return Images.Open(File.ReadAllBytes(Path.Combine(folder, configuration, $"{name}.dll")));
    }

    /// <summary>Every pair of a type of the assembly and a type that its declarations or bodies name.</summary>
    public static IEnumerable<(TypeDefinition From, TypeReference To)> Of(AssemblyDefinition assembly) =>
        from type in assembly.MainModule.GetTypes()
        from used in Named(type)
        from part in Parts(used)
        select (type, part);

    private static IEnumerable<TypeReference> Named(TypeDefinition type)
    {
        IEnumerable<TypeReference> declared =
        [
            .. type.BaseType == null ? [] : new[] { type.BaseType },
            .. type.Interfaces.Select(one => one.InterfaceType),
            .. type.Fields.Select(field => field.FieldType),
            .. type.CustomAttributes.Select(attribute => attribute.AttributeType),
        ];
        return declared.Concat(type.Methods.SelectMany(Named));
    }

    private static IEnumerable<TypeReference> Named(MethodDefinition method)
    {
        yield return method.ReturnType;
        foreach (ParameterDefinition parameter in method.Parameters)
        {
            yield return parameter.ParameterType;
        }

        if (!method.HasBody)
        {
            yield break;
        }

        foreach (VariableDefinition variable in method.Body.Variables)
        {
            yield return variable.VariableType;
        }

        foreach (Instruction instruction in method.Body.Instructions)
        {
            switch (instruction.Operand)
            {
                case TypeReference type:
                    yield return type;
                    break;
                case MemberReference { DeclaringType: { } owner }:
                    yield return owner;
                    break;
            }
        }
    }

    private static IEnumerable<TypeReference> Parts(TypeReference type) => type switch
    {
        GenericInstanceType generic => generic.GenericArguments.SelectMany(Parts).Append(generic.ElementType),
        TypeSpecification specification => Parts(specification.ElementType),
        GenericParameter => [],
        _ => [type],
    };
}
