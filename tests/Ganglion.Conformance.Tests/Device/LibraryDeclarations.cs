using System.Text;
using System.Text.RegularExpressions;

namespace Ganglion.Conformance.Tests.Device;

/// <summary>
/// C# declarations, without anything behind them, of the nanoFramework libraries that no registry of ours serves: what stands of each
/// in a member list, and nothing else.
/// </summary>
internal static partial class LibraryDeclarations
{
    /// <summary>A signature does not say which members need no object. Of those that the firmware uses these do not: natively declared
    /// ones carry STATIC in nf-interpreter's names for them, I2cDevice.Create and Power.RebootDevice in their own C# sources.</summary>
    private static readonly string[] Static =
    [
        "System.Math::", "System.Device.I2c.I2cDevice::Create", "System.IO.Hashing.Crc32::HashToUInt32",
        "nanoFramework.Hardware.Esp32.Configuration::", "nanoFramework.Hardware.Esp32.HighResTimer::",
        "nanoFramework.Runtime.Native.GC::", "nanoFramework.Runtime.Native.Power::",
    ];

    /// <summary>The declarations of one library.</summary>
    /// <param name="lines">Its lines of the member list.</param>
    public static string Of(IReadOnlyCollection<ApiLine> lines)
    {
        var text = new StringBuilder();
        foreach (ApiLine type in lines.Where(line => line.Kind == 'T'))
        {
            Declare(text, type, [.. lines.Where(line => line.Kind != 'T' && OwnerOf(line) == NameOf(type))]);
        }

        return text.ToString();
    }

    private static void Declare(StringBuilder text, ApiLine type, ApiLine[] members)
    {
        string name = NameOf(type), kind = type.Text[..type.Text.IndexOf(' ')], simple = name[(name.LastIndexOf('.') + 1)..];
        string super = type.Text[(type.Text.IndexOf(" :", StringComparison.Ordinal) + 2)..].Trim();
        bool derives = kind == "class" && super != "System.Object";
        text.AppendLine($"namespace {name[..name.LastIndexOf('.')]} {{ public {kind} {simple}{(derives ? $" : {Type(super)}" : "")} {{");
        if (kind == "enum")
        {
            text.AppendJoin(",\n", members.Select(member => member.Text[(member.Text.IndexOf("::", StringComparison.Ordinal) + 2)..]));
        }
        else
        {
            DeclareMembers(text, simple, kind, members);
        }

        text.AppendLine("} }");
    }

    private static void DeclareMembers(StringBuilder text, string simple, string kind, ApiLine[] members)
    {
        (ApiLine Line, Match Parts)[] methods = [.. members.Where(member => member.Kind == 'M').Select(member => (member,
            Signature().Match(member.Text)))];
        if (kind == "class" && !Array.Exists(methods, method => method.Parts.Groups["name"].Value == ".ctor"))
        {
            text.AppendLine($"internal {simple}() {{ }}"); // or the compiler would add a public one
        }

        foreach ((ApiLine line, Match parts) in methods)
        {
            string name = parts.Groups["name"].Value, result = Type(parts.Groups["result"].Value);
            string[] parameters = [.. parts.Groups["parameters"].Value.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(Type)];
            string modifier = Static.Any(known => line.Text.Contains($" {known}", StringComparison.Ordinal)) ? "public static" : "public";
            text.AppendLine(name switch
            {
                ".ctor" => $"public {simple}({List(parameters)}) {{ throw null; }}",
                _ when name.StartsWith("get_", StringComparison.Ordinal) =>
                    $"{modifier} {result} {name[4..]} {{ get {{ throw null; }}{Setter(methods, name[4..])} }}",
                _ when name.StartsWith("set_", StringComparison.Ordinal) => Getter(methods, name[4..]) ? ""
                    : $"{modifier} {parameters[0]} {name[4..]} {{ set {{ }} }}",
                _ => $"{modifier} {result} {name}({List(parameters)}) {{ throw null; }}",
            });
        }
    }

    private static string Setter((ApiLine, Match Parts)[] methods, string property) =>
        Array.Exists(methods, method => method.Parts.Groups["name"].Value == $"set_{property}") ? " set { }" : "";

    private static bool Getter((ApiLine, Match Parts)[] methods, string property) =>
        Array.Exists(methods, method => method.Parts.Groups["name"].Value == $"get_{property}");

    private static string List(string[] types) => string.Join(", ", types.Select((type, number) => $"{type} p{number}"));

    private static string NameOf(ApiLine type) => type.Key[2..];

    private static string OwnerOf(ApiLine member)
    {
        string before = member.Text[..member.Text.IndexOf("::", StringComparison.Ordinal)];
        return before[(before.LastIndexOf(' ') + 1)..];
    }

    private static string Type(string name) => name == "System.Void" ? "void" : $"global::{name}";

    [GeneratedRegex(@"^(?<result>\S+) \S+::(?<name>[.\w]+)\((?<parameters>[^)]*)\)$")]
    private static partial Regex Signature();
}
