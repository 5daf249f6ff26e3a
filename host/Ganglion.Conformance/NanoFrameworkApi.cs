using Mono.Cecil;

namespace Ganglion.Conformance;

/// <summary>
/// A list of nanoFramework members, one a line: <c>assembly M|F|T signature</c>, where the signature is Mono.Cecil's full
/// name; fields of constants end in <c> = value</c>, types read <c>class|struct|enum|interface Name : Base</c>. Empty lines
/// and lines that start with # are skipped.
/// </summary>
public sealed class NanoFrameworkApi
{
    private readonly Dictionary<string, ApiLine> _lines = new(StringComparer.Ordinal);

    private NanoFrameworkApi(IEnumerable<ApiLine> lines)
    {
        foreach (ApiLine line in lines)
        {
            _lines.TryAdd(line.Key, line);
        }
    }

    /// <summary>All lines, in the order of the file.</summary>
    public IReadOnlyCollection<ApiLine> Lines => _lines.Values;

    /// <summary>Parses the text of a list.</summary>
    /// <exception cref="FormatException">A line is not of the format; the message gives its number.</exception>
    public static NanoFrameworkApi Parse(string text)
    {
        var lines = new List<ApiLine>();
        int number = 0;
        foreach (string raw in text.Split('\n'))
        {
            number++;
            string line = raw.TrimEnd();
            if (line.Length > 0 && line[0] != '#')
            {
                lines.Add(ApiLine.Parse(line, number));
            }
        }

        return new NanoFrameworkApi(lines);
    }

    /// <summary>The project's own list, firmware/nanoframework-members.txt, as built into this assembly.</summary>
    public static NanoFrameworkApi Project() => Parse(ConformanceInputs.Resource("nanoframework-members.txt"));

    /// <param name="key">Kind and name, as <see cref="ApiLine.Key"/> gives it.</param>
    public bool Contains(string key) => _lines.ContainsKey(key);

    /// <summary>The line with that key, or null.</summary>
    public ApiLine? Find(string key) => _lines.GetValueOrDefault(key);

    /// <summary>True for a value type that is neither a number nor an enum.</summary>
    internal bool IsStruct(TypeReference type)
    {
        if (type is ArrayType or ByReferenceType or PointerType or GenericParameter || type.IsPrimitive
            || type.MetadataType == MetadataType.Void)
        {
            return false;
        }

        // A reference does not always carry what it refers to; the list knows.
        return Find("T " + type.FullName)?.Text.StartsWith("struct ", StringComparison.Ordinal) ?? (type.IsValueType && !IsEnum(type));
    }

    /// <summary>True for an enum: one of the assembly's own, or one that the list knows as an enum.</summary>
    internal bool IsEnum(TypeReference type) => type is TypeDefinition own
        ? own.IsEnum
        : Find("T " + type.FullName)?.Text.StartsWith("enum ", StringComparison.Ordinal) == true;
}

/// <summary>One line of a member list.</summary>
/// <param name="Assembly">Name of the nanoFramework assembly that holds the member.</param>
/// <param name="Kind">M, F or T.</param>
/// <param name="Text">The signature as it stands in the list.</param>
public sealed record ApiLine(string Assembly, char Kind, string Text)
{
    /// <summary>What a reference is matched by: the kind and the name, without a constant's value and a type's kind and base.</summary>
    public string Key { get; } = Kind + " " + Kind switch
    {
        'F' => Before(Text, " = "),
        'T' => Before(Text[(Text.IndexOf(' ') + 1)..], " :"),
        _ => Text,
    };

    internal static ApiLine Parse(string line, int number)
    {
        string[] parts = line.Split(' ', 3);
        if (parts.Length != 3 || parts[1] is not ("M" or "F" or "T") || parts[2].Length == 0
            || (parts[1] == "T" ? !IsType(parts[2]) : !parts[2].Contains("::", StringComparison.Ordinal)))
        {
            throw new FormatException($"Line {number} of the member list is not `assembly M|F|T signature`: {line}");
        }

        return new ApiLine(parts[0], parts[1][0], parts[2].TrimEnd());
    }

    public override string ToString() => $"{Assembly} {Kind} {Text}";

    private static bool IsType(string text) =>
        text.Contains(" :", StringComparison.Ordinal) && Before(text, " ") is "class" or "struct" or "enum" or "interface";

    private static string Before(string text, string mark)
    {
        int at = text.IndexOf(mark, StringComparison.Ordinal);
        return at < 0 ? text : text[..at];
    }
}
