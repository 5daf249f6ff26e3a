using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Ganglion.Wire;

/// <summary>One field of a message or of a part of the configuration.</summary>
/// <param name="Type">u8, u16, i16, u32 or f32, little-endian.</param>
/// <param name="Name">As the block writes it.</param>
/// <param name="Count">How many numbers; -1: as many as the payload has.</param>
/// <param name="Offset">Bytes from the start of the payload or part.</param>
public sealed record WireField(string Type, string Name, int Count, int Offset)
{
    /// <summary>Bytes of one number.</summary>
    public int Size => Type switch
    {
        "u8" => 1,
        "u16" or "i16" => 2,
        "u32" or "f32" => 4,
        _ => throw new FormatException($"The block has a field '{Name}' of type '{Type}', which nobody can write."),
    };
}

/// <summary>One message.</summary>
/// <param name="FromBoard">The board sends it; else the host does.</param>
/// <param name="Type">Its type byte.</param>
/// <param name="Name">Its name.</param>
/// <param name="Fields">In order, without gaps.</param>
public sealed record WireMessage(bool FromBoard, int Type, string Name, IReadOnlyList<WireField> Fields)
{
    /// <summary>Bytes of the payload; -1 if it varies.</summary>
    public int Length => Fields.Any(each => each.Count < 0) ? -1 : Fields.Sum(each => each.Size * each.Count);
}

/// <summary>One part of the configuration.</summary>
/// <param name="Name">header, chip, channel and so on.</param>
/// <param name="Size">Bytes.</param>
/// <param name="Fields">With their offsets.</param>
public sealed record WirePart(string Name, int Size, IReadOnlyList<WireField> Fields);

/// <summary>What the definition block of PROTOCOL.md says.</summary>
public sealed partial class WireDefinition
{
    private readonly string[] _lines;

    /// <param name="protocol">Text of PROTOCOL.md.</param>
    /// <exception cref="FormatException">There is no block, or a line of it says nothing that is understood.</exception>
    public WireDefinition(string protocol)
    {
        Match block = Fence().Match(protocol);
        if (!block.Success)
        {
            throw new FormatException("PROTOCOL.md has no block 'definition'.");
        }

        Hash = Crc32(Encoding.UTF8.GetBytes(block.Groups[1].Value));
        _lines = block.Groups[1].Value.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Version = Number(Line("protocol "));
        MaxConfig = Number(Limit().Match(Line("limits ")).Groups[1].Value);
        Messages = [.. _lines.Select(line => MessageLine().Match(line)).Where(match => match.Success).Select(ReadMessage)];
        Parts = [.. _lines.Select(line => PartLine().Match(line)).Where(match => match.Success).Select(ReadPart)];
    }

    /// <summary>CRC-32 of the block.</summary>
    public uint Hash { get; }

    /// <summary>Version of the protocol.</summary>
    public int Version { get; }

    /// <summary>Largest configuration, bytes.</summary>
    public int MaxConfig { get; }

    public IReadOnlyList<WireMessage> Messages { get; }

    public IReadOnlyList<WirePart> Parts { get; }

    public WireMessage Message(string name) => Messages.Single(message => message.Name == name);

    public WirePart Part(string name) => Parts.Single(part => part.Name == name);

    /// <summary>Numbers and names after a keyword, which may stand on several lines.</summary>
    public IReadOnlyList<(int Number, string Name)> Codes(string keyword) =>
        [.. _lines.Where(line => line.StartsWith(keyword + " ", StringComparison.Ordinal))
            .SelectMany(line => line[(keyword.Length + 1)..].Split(", "))
            .Select(entry => entry.Split(' '))
            .Select(entry => (Number(entry[0]), entry[1]))];

    private string Line(string start) => _lines.FirstOrDefault(line => line.StartsWith(start, StringComparison.Ordinal))?[start.Length..]
        ?? throw new FormatException($"The block has no line '{start}...'.");

    private static WireMessage ReadMessage(Match line)
    {
        var fields = new List<WireField>();
        int offset = 0;
        foreach (string entry in line.Groups[4].Value.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            Match match = FieldEntry().Match(entry);
            string count = match.Groups[3].Value;
            var field = new WireField(match.Groups[1].Value, match.Groups[2].Value,
                count.Length == 0 ? 1 : count == "[]" ? -1 : Number(count[1..^1]), offset);
            fields.Add(field);
            offset += field.Size * Math.Max(field.Count, 0);
        }

        return new WireMessage(line.Groups[1].Value == "board",
            int.Parse(line.Groups[2].Value, NumberStyles.HexNumber, CultureInfo.InvariantCulture), line.Groups[3].Value, fields);
    }

    private static WirePart ReadPart(Match line) => new(line.Groups[1].Value, Number(line.Groups[2].Value),
        [.. line.Groups[3].Value.Split(", ").Select(entry => entry.Split(' '))
            .Select(entry => new WireField(entry[1], entry[2], 1, Number(entry[0])))]);

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    private static uint Crc32(byte[] bytes)
    {
        uint state = uint.MaxValue;
        foreach (byte value in bytes)
        {
            state ^= value;
            for (int bit = 0; bit < 8; bit++)
            {
                state = (state & 1) != 0 ? (state >> 1) ^ 0xEDB88320 : state >> 1;
            }
        }

        return ~state;
    }

    [GeneratedRegex(@"^```definition\n(.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Fence();

    [GeneratedRegex(@"config (\d+)")]
    private static partial Regex Limit();

    [GeneratedRegex(@"^(host|board) 0x([0-9A-F]{2}) (\w+):(.*)$")]
    private static partial Regex MessageLine();

    [GeneratedRegex(@"^(\w+) (\w+)(\[\d*\])?$")]
    private static partial Regex FieldEntry();

    [GeneratedRegex(@"^config-(\w+) (\d+): (.*)$")]
    private static partial Regex PartLine();
}
