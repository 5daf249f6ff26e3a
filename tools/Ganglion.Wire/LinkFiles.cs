namespace Ganglion.Wire;

/// <summary>Writes what stands in shared/Link: types, reasons, layout of messages, and the board's writers of its messages.</summary>
internal sealed class LinkFiles(WireDefinition wire, WireTables tables)
{
    private const string Namespace = "namespace Ganglion.Shared.Link";

    public string Definition()
    {
        SourceText text = Begin("Which protocol this code speaks. Host and board compare both at connect and refuse each other on a "
            + "difference", "Definition");
        text.Line($"public const int ProtocolVersion = {wire.Version};");
        text.Line();
        text.Summary("CRC-32 of the block \"definition\" in PROTOCOL.md (UTF-8, lines ended by \\n): any change of a message changes it");
        text.Line($"public const uint Hash = 0x{wire.Hash:X8};");
        return End(text);
    }

    public string MessageType()
    {
        SourceText text = Begin("Message types (one byte). Answers of the board have the top bit set", "MessageType");
        foreach (bool board in (bool[])[false, true])
        {
            if (board)
            {
                text.Line();
            }

            text.Line(board ? "// Board to host" : "// Host to board");
            foreach (WireMessage message in wire.Messages.Where(message => message.FromBoard == board))
            {
                text.Line($"public const byte {message.Name} = 0x{message.Type:X2};");
            }
        }

        return End(text);
    }

    public string Reason()
    {
        SourceText text = Begin("Why a board is in hold or safe (below 32), or why it refused a command (from 32). The host turns each "
            + "into words with cause and remedy", "Reason");
        foreach ((int number, string name) in wire.Codes("reason"))
        {
            (string why, string detail) = tables.Reason(name);
            text.Summary(detail.Length == 0 ? why : $"{why}. Detail: {detail}");
            text.Line($"public const byte {name} = {number};");
        }

        return End(text);
    }

    public string ConfigField()
    {
        SourceText text = Begin("The part of a board configuration that was found wrong", "ConfigField");
        foreach ((int number, string name) in wire.Codes("field"))
        {
            text.Line($"public const byte {name} = {number};");
        }

        return End(text);
    }

    public string MessageLayout()
    {
        SourceText text = Begin("Where the fields of each message stand in its payload, in bytes, how many numbers a field of several has, "
            + "and how long the payload is if that does not vary", "MessageLayout");
        bool first = true;
        foreach (WireMessage message in wire.Messages.Where(message => message.Fields.Count > 0))
        {
            if (!first)
            {
                text.Line();
            }

            first = false;
            foreach (WireField field in message.Fields)
            {
                string name = message.Name + CodeNames.Pascal(field.Name);
                text.Line($"public const int {name}At = {field.Offset}; // {field.Type}{Unit(field)}");
                if (field.Count > 1)
                {
                    text.Line($"public const int {name}Count = {field.Count};");
                }
            }

            if (message.Length >= 0)
            {
                text.Line($"public const int {message.Name}Length = {message.Length};");
            }

            if (CodeNames.Sections.TryGetValue(message.Name, out (string Name, string First, string Last) section))
            {
                (int start, int end) = Bounds(message, section);
                text.Line($"public const int {message.Name}{section.Name}At = {start};");
                text.Line($"public const int {message.Name}{section.Name}Length = {end - start};");
            }
        }

        return End(text);
    }

    /// <summary>One method a message of the board: every argument is a field, so that the compiler asks for a new one.</summary>
    public string MessageWriter()
    {
        SourceText text = Begin("Writes the payloads of the board's messages. Angles, speeds and shares come as floats in SI and leave in "
            + "the units of the message. One method a message, without loops and calls, because a call costs a board as much as five "
            + "instructions", "MessageWriter");
        bool first = true;
        foreach (WireMessage message in wire.Messages.Where(message => message.FromBoard && message.Fields[0].Count == 1))
        {
            if (!first)
            {
                text.Line();
            }

            first = false;
            bool partial = CodeNames.Sections.TryGetValue(message.Name, out (string Name, string First, string Last) section);
            (int start, int end) = partial ? Bounds(message, section) : (0, 0);
            string about = message.Length >= 0 ? "" : ". What it has many of is the caller's";
            if (partial)
            {
                Method(text, message.Name, message.Fields.Where(field => field.Offset < start || field.Offset >= end),
                    $"Writes a {message.Name} without its part {section.Name}");
                text.Line();
                Method(text, message.Name + section.Name, message.Fields.Where(field => field.Offset >= start && field.Offset < end),
                    $"Writes the part {section.Name} of a {message.Name}");
            }
            else
            {
                bool fixedLength = message.Length >= 0;
                Method(text, message.Name, fixedLength ? message.Fields : message.Fields.TakeWhile(field => field.Count == 1),
                    $"Writes the payload of {message.Name}{about}");
            }
        }

        return End(text);
    }

    private static void Method(SourceText text, string name, IEnumerable<WireField> all, string summary)
    {
        List<WireField> fields = [.. all];
        text.Summary(summary);
        text.Call($"public static void {name}(",
            ["byte[] buffer", "int at", .. fields.Select(Parameter)], ")");
        text.Open();
        if (fields.Any(field => field.Count > 1 || CodeNames.BoardScale(field.Name).Length > 0))
        {
            text.Line("int value;");
        }

        foreach (WireField field in fields)
        {
            for (int i = 0; i < field.Count; i++)
            {
                Store(text, field, i);
            }
        }

        text.Close();
    }

    private static string Parameter(WireField field) =>
        $"{(CodeNames.BoardScale(field.Name).Length > 0 ? "float" : "int")}{(field.Count > 1 ? "[]" : "")} {CodeNames.Camel(field.Name)}";

    private static void Store(SourceText text, WireField field, int index)
    {
        string value = CodeNames.Camel(field.Name) + (field.Count > 1 ? $"[{index}]" : "");
        string scale = CodeNames.BoardScale(field.Name);
        if (scale.Length > 0)
        {
            text.Line($"value = (int)({value} * {scale});");
            value = "value";
        }
        else if (field.Count > 1)
        {
            text.Line($"value = {value};");
            value = "value";
        }

        for (int i = 0; i < field.Size; i++)
        {
            int offset = field.Offset + index * field.Size + i;
            string place = offset == 0 ? "at" : $"at + {offset}";
            string shifted = i == 0 ? $"(byte){value}" : $"(byte)({value} >> {8 * i})";
            text.Line($"buffer[{place}] = {shifted};");
        }
    }

    private static (int Start, int End) Bounds(WireMessage message, (string Name, string First, string Last) section)
    {
        WireField last = message.Fields.Single(field => field.Name == section.Last);
        return (message.Fields.Single(field => field.Name == section.First).Offset, last.Offset + last.Size * last.Count);
    }

    private static string Unit(WireField field)
    {
        string stem = CodeNames.Stem(field.Name);
        string unit = stem == field.Name ? "" : ", " + field.Name[(stem.Length + 1)..];
        return field.Count < 0 ? unit + ", as many as there are" : unit;
    }

    private static SourceText Begin(string summary, string name)
    {
        var text = new SourceText();
        text.Open(Namespace);
        text.Summary(summary);
        text.Open($"public static class {name}");
        return text;
    }

    private static string End(SourceText text)
    {
        text.Close();
        text.Close();
        return text.ToString();
    }
}
