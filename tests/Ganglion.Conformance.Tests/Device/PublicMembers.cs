using Mono.Cecil;

namespace Ganglion.Conformance.Tests.Device;

/// <summary>What an assembly lets others use, as lines of a member list.</summary>
internal static class PublicMembers
{
    public static IEnumerable<string> Of(AssemblyDefinition assembly) =>
        assembly.MainModule.GetTypes().Where(IsVisible).SelectMany(Lines).Select(line => $"{assembly.Name.Name} {line}");

    private static IEnumerable<string> Lines(TypeDefinition type)
    {
        string kind = type.IsEnum ? "enum" : type.IsInterface ? "interface" : type.IsValueType ? "struct" : "class";
        yield return $"T {kind} {type.FullName} : {type.BaseType?.FullName}".TrimEnd();
        foreach (MethodDefinition method in type.Methods.Where(method => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly))
        {
            yield return $"M {method.FullName}";
        }

        foreach (FieldDefinition field in type.Fields.Where(field => field.IsPublic || field.IsFamily || field.IsFamilyOrAssembly))
        {
            // The list does not show characters that cannot be printed, and no others are constants.
            string constant = field.HasConstant ? $" = {(field.Constant is char ? "" : field.Constant)}" : "";
            yield return $"F {field.FullName}{constant}".TrimEnd();
        }
    }

    private static bool IsVisible(TypeDefinition type) => type.IsNested
        ? (type.IsNestedPublic || type.IsNestedFamily) && IsVisible(type.DeclaringType)
        : type.IsPublic;
}
