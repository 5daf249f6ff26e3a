namespace Ganglion.Wire;

/// <summary>Writes what stands in host/Ganglion.Bridge/Messages: the host's readers of messages, and the numbers of a
/// configuration.</summary>
internal sealed class HostFiles(WireDefinition wire, WireTables tables)
{
    private const string Namespace = "namespace Ganglion.Bridge.Messages;";

    /// <summary>Messages that the host keeps, by the class that has them; one that is rewritten in place counts on.</summary>
    private static readonly (string Message, string Class, bool InPlace)[] Kept =
    [
        ("Identity", "BoardIdentity", false),
        ("Statistics", "BoardStatistics", false),
        ("Telemetry", "BoardTelemetry", true),
        ("WalkTelemetry", "WalkTelemetry", true),
    ];

    /// <summary>Codes that stay bytes, as their constants are.</summary>
    private static readonly string[] Codes = ["state", "reason", "mode", "stage"];

    /// <summary>Parts that the host writes from SI values, field by field.</summary>
    private static readonly string[] Scaled = ["header", "chip", "distance", "channel", "oscillator", "clock", "phase", "pair", "coupling",
        "map", "pressure"];

    public string ReceivedMessages()
    {
        var text = new SourceText();
        text.Line("#nullable enable");
        text.Line("using System.Collections.Immutable;");
        text.Line("using Ganglion.Shared.Link;");
        text.Line();
        text.Line(Namespace);
        foreach ((string name, string type, bool inPlace) in Kept)
        {
            List<WireField> fields = [.. wire.Message(name).Fields.Where(field => !CodeNames.HostSkips.Contains($"{name}.{field.Name}"))];
            text.Line();
            text.Open($"public sealed partial {(inPlace ? "class" : "record")} {type}");
            foreach (WireField field in fields)
            {
                text.Summary(tables.Meaning(name, CodeNames.Stem(field.Name)));
                text.Line(Property(name, field, inPlace));
                text.Line();
            }

            if (inPlace)
            {
                text.Open("private void ReadFields(ReadOnlySpan<byte> payload)");
                foreach (WireField field in fields)
                {
                    ReadInPlace(text, name, field);
                }

                text.Close();
            }
            else
            {
                text.Summary($"Reads the payload of {name}, whose length was judged");
                text.Line($"internal static {type} Read(ReadOnlySpan<byte> payload) => new()");
                text.Line("{");
                foreach (WireField field in fields)
                {
                    text.Line($"    {CodeNames.HostName(field.Name)} = {Value(name, field)},");
                }

                text.Line("};");
            }

            text.Close();
        }

        return text.ToString();
    }

    /// <summary>One method a message of the host: every argument is a field, so that the compiler asks for a new one.</summary>
    public string CommandWriter()
    {
        var text = new SourceText();
        text.Line("#nullable enable");
        text.Line("using System.Buffers.Binary;");
        text.Line("using Ganglion.Shared.Link;");
        text.Line();
        text.Line("namespace Ganglion.Bridge.Operations;");
        text.Line();
        text.Summary("Writes the payloads of the host's messages, in the units of the message. What a message has many of is the caller's");
        text.Open("internal static class CommandWriter");
        bool first = true;
        foreach (WireMessage message in wire.Messages.Where(message => !message.FromBoard && message.Fields.Count > 0))
        {
            if (!first)
            {
                text.Line();
            }

            first = false;
            List<WireField> fields = [.. message.Fields.TakeWhile(field => field.Count == 1)];
            text.Call($"public static void {message.Name}(", ["Span<byte> payload", .. fields.Select(Parameter)], ")");
            text.Open();
            foreach (WireField field in fields)
            {
                string name = CodeNames.Camel(field.Name), place = Place(message.Name, field);
                text.Line(field.Size == 1 ? $"payload[{place}] = {name};"
                    : $"BinaryPrimitives.Write{BinaryName(field)}LittleEndian(payload[{place}..], {name});");
            }

            text.Close();
        }

        text.Close();
        return text.ToString();
    }

    public string ConfigFields()
    {
        var text = new SourceText();
        text.Line("#nullable enable");
        text.Line("using Ganglion.Shared.Config;");
        text.Line("using Ganglion.Shared.Link;");
        text.Line();
        text.Line(Namespace);
        text.Line();
        text.Summary("The numbers of a configuration on the wire: where each stands in its part, its unit, and the aspect under which it "
            + "is refused");
        text.Open("internal static class ConfigFields");
        bool first = true;
        foreach (WirePart part in Scaled.Select(wire.Part))
        {
            foreach (WireField field in part.Fields)
            {
                if (!first)
                {
                    text.Line();
                }

                first = false;
                (string aspect, string unit, string range) = tables.Setting(part, field.Name);
                (string value, string perOne) = CodeNames.SettingUnit(unit);
                string name = ConfigFiles.Name(part, field);
                text.Summary(range);
                string kind = field.Type.ToUpperInvariant();
                text.Line($"public static readonly ConfigNumber {name} = new(");
                text.Line($"    ConfigLayout.{name}At, NumberKind.{kind}, {value}, {perOne}, ConfigField.{aspect});");
            }
        }

        text.Close();
        return text.ToString();
    }

    public string WalkEncoding()
    {
        var text = new SourceText();
        text.Line("#nullable enable");
        text.Line("using System.Buffers.Binary;");
        text.Line("using Ganglion.Bridge.Session;");
        text.Line("using Ganglion.Shared.Config;");
        text.Line("using Ganglion.Shared.Link;");
        text.Line("using Ganglion.Shared.Walking;");
        text.Line();
        text.Line(Namespace);
        text.Line();
        text.Summary("Writes the walk part of a configuration: walk, joints, loads, speeds and grounds. Shared.Config.WalkReader reads it");
        text.Line("/// <param name=\"walk\">What to write.</param>");
        text.Line("/// <param name=\"bytes\">The configuration.</param>");
        text.Line("/// <param name=\"start\">Where the part starts.</param>");
        text.Line("/// <param name=\"refuse\">Makes the error of a field that does not fit its type.</param>");
        text.Open("internal sealed class WalkEncoding(WalkDefinition walk, byte[] bytes, int start, "
            + "Func<byte, int, BoardException> refuse)");
        text.Line("private int _at = start;");
        text.Line("private byte _field = ConfigField.Walk;");
        text.Line("private int _index;");
        text.Line();
        text.Summary("Bytes that the part takes");
        text.Line("public static int Length(WalkDefinition? walk) => walk == null ? 0");
        text.Line("    : ConfigLayout.WalkSize + walk.JointCount * ConfigLayout.JointSize + walk.SensorCount * ConfigLayout.LoadSize");
        text.Line("    + walk.SpeedCount * ConfigLayout.SpeedSize + walk.GroundCount * ConfigLayout.GroundSize;");
        text.Line();
        text.Open("public void Run()");
        foreach ((WireField field, string member) in CodeNames.WalkMembers(wire.Part("walk")))
        {
            text.Line(field.Type == "f32" ? $"F32(ConfigLayout.Walk{field.Name}At, walk.{member});"
                : $"U8(ConfigLayout.Walk{field.Name}At, walk.{member}{(member is "SpeedCount" or "GroundCount" ? "" : " ? 1 : 0")});");
        }

        text.Line("_at += ConfigLayout.WalkSize;");
        foreach ((string part, string count) in ((string, string)[])[("joint", "JointCount"), ("load", "SensorCount"),
            ("speed", "SpeedCount"), ("ground", "GroundCount")])
        {
            string name = CodeNames.Pascal(part);
            text.Line($"_field = ConfigField.Walk{name};");
            text.Open($"for (_index = 0; _index < walk.{count}; _index++, _at += ConfigLayout.{name}Size)");
            foreach (WireField field in wire.Part(part).Fields)
            {
                text.Line($"{field.Type.ToUpperInvariant()}(ConfigLayout.{name}{field.Name}At, "
                    + $"walk.{CodeNames.ListMember(part, field.Name).Replace("[i]", "[_index]")});");
            }

            text.Close();
        }

        text.Close();
        text.Line();
        text.Line("private void U8(int offset, int value) => bytes[_at + offset] = value is >= 0 and <= byte.MaxValue ? (byte)value");
        text.Line("    : throw refuse(_field, _index);");
        text.Line();
        text.Line("private void F32(int offset, float value) => BinaryPrimitives.WriteSingleLittleEndian(");
        text.Line("    bytes.AsSpan(_at + offset), float.IsFinite(value) ? value : throw refuse(_field, _index));");
        text.Close();
        return text.ToString();
    }

    private string Property(string message, WireField field, bool inPlace)
    {
        string name = CodeNames.HostName(field.Name), type = Type(message, field);
        string count = $"MessageLayout.{message}{CodeNames.Pascal(field.Name)}Count";
        return field.Count == 1 ? $"public {type} {name} {{ get; {(inPlace ? "private set" : "init")}; }}"
            : inPlace ? $"public {type}[] {name} {{ get; }} = new {type}[{count}];"
            : $"public ImmutableArray<{type}> {name} {{ get; init; }} = [];";
    }

    private string Type(string message, WireField field) => CodeNames.HostScale(field.Name).Length > 0 ? "double"
        : Counts(message, field) ? "long"
        : field.Type == "u32" ? "uint"
        : Codes.Contains(field.Name) ? "byte"
        : "int";

    /// <summary>A counter of 16 bits that goes on in the host beyond its wrap.</summary>
    private bool Counts(string message, WireField field) =>
        tables.Meaning(message, CodeNames.Stem(field.Name)).StartsWith("counts ", StringComparison.Ordinal);

    private void ReadInPlace(SourceText text, string message, WireField field)
    {
        string name = CodeNames.HostName(field.Name);
        string place = Place(message, field);
        string scale = CodeNames.HostScale(field.Name);
        if (field.Count > 1)
        {
            text.Open($"for (int i = 0; i < {name}.Length; i++)");
            text.Line($"{name}[i] = {Number(field, $"{place} + {field.Size} * i")}{scale};");
            text.Close();
        }
        else if (Counts(message, field))
        {
            text.Line($"{name} = Unwrap({name}, {Number(field, place)});");
        }
        else
        {
            text.Line($"{name} = {Number(field, place)}{scale};");
        }
    }

    private static string Value(string message, WireField field)
    {
        string place = Place(message, field), scale = CodeNames.HostScale(field.Name);
        string count = field.Count < 0 ? field.Size == 1 ? $"payload.Length - {place}" : $"(payload.Length - {place}) / {field.Size}"
            : $"MessageLayout.{message}{CodeNames.Pascal(field.Name)}Count";
        return field.Count == 1 ? Number(field, place) + scale
            : $"Payload.{field.Type.ToUpperInvariant()}s(payload, {place}, {count})";
    }

    private static string Parameter(WireField field) => field.Type switch
    {
        "u8" => "byte ",
        "u16" => "ushort ",
        "i16" => "short ",
        "u32" => "uint ",
        _ => "float ",
    } + CodeNames.Camel(field.Name);

    private static string BinaryName(WireField field) => field.Type switch
    {
        "u16" => "UInt16",
        "i16" => "Int16",
        "u32" => "UInt32",
        _ => "Single",
    };

    private static string Place(string message, WireField field) => $"MessageLayout.{message}{CodeNames.Pascal(field.Name)}At";

    private static string Number(WireField field, string place) => field.Type switch
    {
        "u8" => $"payload[{place}]",
        "u16" or "i16" or "u32" => $"Payload.{field.Type.ToUpperInvariant()}(payload, {place})",
        _ => throw new FormatException($"No message of a board has had a field of type '{field.Type}' so far."),
    };
}
