namespace Ganglion.Wire;

/// <summary>The tables of PROTOCOL.md that say what the fields of its block mean.</summary>
public sealed class WireTables
{
    private readonly Dictionary<string, List<string[]>> _tables = [];

    /// <param name="protocol">Text of PROTOCOL.md.</param>
    public WireTables(string protocol)
    {
        List<string[]>? table = null;
        foreach (string line in protocol.Split('\n'))
        {
            if (!line.StartsWith('|'))
            {
                table = null;
                continue;
            }

            string[] cells = [.. line.Trim().Trim('|').Split('|').Select(cell => cell.Trim())];
            if (table == null)
            {
                table = [];
                _tables.TryAdd(string.Join('|', cells), table);
            }
            else if (!cells.All(cell => cell.Trim('-').Length == 0))
            {
                table.Add(cells);
            }
        }
    }

    /// <summary>What a field of a message means.</summary>
    /// <param name="message">The message.</param>
    /// <param name="stem">The field's name without its unit.</param>
    /// <exception cref="FormatException">No row tells it.</exception>
    public string Meaning(string message, string stem) =>
        Rows($"field of {message}|").FirstOrDefault(row => row[0].Split(", ").Contains(stem))?[1]
            ?? throw new FormatException($"The table 'field of {message}' of PROTOCOL.md has no row '{stem}'.");

    /// <summary>Why there is such a reason, and what its detail is.</summary>
    public (string Why, string Detail) Reason(string name) =>
        Rows("reason|why|detail").FirstOrDefault(row => row[0].Split(", ").Contains(name)) is { } row
            ? (row[1], row[2])
            : name == "None" ? ("nothing is wrong", "")
            : throw new FormatException($"The table of reasons of PROTOCOL.md has no row '{name}'.");

    /// <summary>What a code means.</summary>
    /// <param name="field">The field that has it.</param>
    /// <param name="name">Its name.</param>
    /// <exception cref="FormatException">No row tells it.</exception>
    public string Code(string field, string name) => Rows($"{field}|").FirstOrDefault(row => row[0] == name)?[1]
        ?? throw new FormatException($"The table '{field}' of PROTOCOL.md has no row '{name}'.");

    /// <summary>Aspect, unit and range of a field of the configuration.</summary>
    /// <param name="part">The part; its order decides what lies within "First..Last".</param>
    /// <param name="name">The field.</param>
    /// <exception cref="FormatException">No row tells it.</exception>
    public (string Aspect, string Unit, string Range) Setting(WirePart part, string name)
    {
        foreach (string[] row in Rows("field|aspect|unit|range"))
        {
            string names = row[0];
            string prefix = char.IsLower(names[0]) ? names[..names.IndexOf(' ')] : "header";
            if (prefix == part.Name && Covers(part, prefix == "header" ? names : names[(prefix.Length + 1)..], name))
            {
                return (row[1], row[2], row[3]);
            }
        }

        throw new FormatException($"The table of the configuration in PROTOCOL.md has no row for '{part.Name} {name}'.");
    }

    private static bool Covers(WirePart part, string names, string name)
    {
        List<string> order = [.. part.Fields.Select(field => field.Name)];
        return names.Split(", ").Any(entry => entry.Split("..") is [var first, var last]
            ? order.IndexOf(name) >= order.IndexOf(first) && order.IndexOf(name) <= order.IndexOf(last)
            : entry == name);
    }

    private List<string[]> Rows(string header) => _tables.TryGetValue(header, out List<string[]>? rows)
        ? rows
        : throw new FormatException($"PROTOCOL.md has no table '{header.Replace("|", " | ")}'.");
}
