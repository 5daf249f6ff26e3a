using System.Buffers.Binary;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Ganglion.Bridge.Tests.Protocol;

/// <summary>One field of a message: a number, or several if it has a count (-1: as many as there are).</summary>
internal sealed record Field(string Type, string Name, int Count)
{
    public int Size => Type[1..] switch { "8" => 1, "16" => 2, "32" => 4, _ => throw new FormatException(Type) };
}

internal sealed record Message(string Sender, byte Type, string Name, IReadOnlyList<Field> Fields)
{
    /// <summary>Bytes of the payload; -1 if it varies.</summary>
    public int Length => Fields.Any(f => f.Count < 0) ? -1 : Fields.Sum(f => f.Size * f.Count);

    /// <summary>Payload with the given values, one a number; floats as their bits.</summary>
    public byte[] Encode(IReadOnlyDictionary<string, long[]> values)
    {
        var payload = new List<byte>();
        foreach (Field field in Fields)
        {
            long[] numbers = values[field.Name];
            if (field.Count >= 0)
            {
                Assert.Equal(field.Count, numbers.Length);
            }

            foreach (long number in numbers)
            {
                for (int i = 0; i < field.Size; i++)
                {
                    payload.Add((byte)(number >> (8 * i)));
                }
            }
        }
        return [.. payload];
    }

    public Dictionary<string, long[]> Decode(ReadOnlySpan<byte> payload)
    {
        var values = new Dictionary<string, long[]>();
        foreach (Field field in Fields)
        {
            int count = field.Count >= 0 ? field.Count : payload.Length / field.Size;
            long[] numbers = new long[count];
            for (int i = 0; i < count; i++, payload = payload[field.Size..])
            {
                numbers[i] = Number(field, payload);
            }

            values[field.Name] = numbers;
        }
        Assert.Equal(0, payload.Length);
        return values;
    }

    private static long Number(Field field, ReadOnlySpan<byte> bytes) => field.Type switch
    {
        "u8" => bytes[0],
        "u16" => BinaryPrimitives.ReadUInt16LittleEndian(bytes),
        "i16" => BinaryPrimitives.ReadInt16LittleEndian(bytes),
        _ => BinaryPrimitives.ReadUInt32LittleEndian(bytes),
    };
}

/// <summary>The definition block of PROTOCOL.md, read as another implementer would.</summary>
internal sealed partial class ProtocolText
{
    public static readonly ProtocolText Instance = new();

    private ProtocolText()
    {
        Text = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "PROTOCOL.md"));
        Block = Fence().Match(Text).Groups[1].Value;
        Lines = Block.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        foreach (string line in Lines)
        {
            Match match = MessageLine().Match(line);
            if (match.Success)
            {
                byte type = byte.Parse(match.Groups[2].Value, NumberStyles.HexNumber);
                Messages.Add(match.Groups[3].Value, new Message(match.Groups[1].Value, type, match.Groups[3].Value,
                    Fields(match.Groups[4].Value)));
            }
        }
    }

    public string Text { get; }

    public string Block { get; }

    public string[] Lines { get; }

    public Dictionary<string, Message> Messages { get; } = [];

    /// <summary>Numbers and names after a keyword that may stand on several lines: "reason 0 None, 1 HostLost".</summary>
    public Dictionary<string, int> Names(string keyword) => Lines
        .Where(line => line.StartsWith(keyword + " ", StringComparison.Ordinal))
        .SelectMany(line => line[(keyword.Length + 1)..].Split(", "))
        .Select(entry => entry.Split(' '))
        .ToDictionary(entry => entry[1], entry => int.Parse(entry[0], CultureInfo.InvariantCulture));

    /// <summary>A part of the configuration: its size, and offset, type and name of each field.</summary>
    public (int Size, List<(int Offset, Field Field)> Fields) Part(string name)
    {
        string line = Assert.Single(Lines, l => l.StartsWith($"config-{name} ", StringComparison.Ordinal));
        string[] halves = line.Split(": ");
        var fields = new List<(int, Field)>();
        foreach (string entry in halves[1].Split(", "))
        {
            string[] words = entry.Split(' ');
            fields.Add((int.Parse(words[0], CultureInfo.InvariantCulture), new Field(words[1], words[2], 1)));
        }
        return (int.Parse(halves[0].Split(' ')[1], CultureInfo.InvariantCulture), fields);
    }

    private static List<Field> Fields(string text)
    {
        var fields = new List<Field>();
        foreach (string entry in text.Split(", ", StringSplitOptions.RemoveEmptyEntries))
        {
            Match match = FieldEntry().Match(entry.Trim());
            Assert.True(match.Success, entry);
            string count = match.Groups[3].Value;
            fields.Add(new Field(match.Groups[1].Value, match.Groups[2].Value,
                count == "" ? 1 : count == "[]" ? -1 : int.Parse(count[1..^1], CultureInfo.InvariantCulture)));
        }
        return fields;
    }

    [GeneratedRegex("```definition\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Fence();

    [GeneratedRegex(@"^(host|board) 0x([0-9A-F]{2}) (\w+):(.*)$")]
    private static partial Regex MessageLine();

    [GeneratedRegex(@"^([uif]\d+) (\w+)(\[\d*\])?$")]
    private static partial Regex FieldEntry();
}
