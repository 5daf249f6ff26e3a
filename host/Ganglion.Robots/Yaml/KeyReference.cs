using System.Globalization;
using System.Text;

namespace Ganglion.Robots.Yaml;

/// <summary>The list of every key of every description file, for people: hardware/KEYS.md.</summary>
internal static class KeyReference
{
    // The words at the end of a key that say its unit; the first that fits counts.
    private static readonly (string End, string Unit)[] Units =
    [
        ("_nms_per_rad", "N m s/rad"), ("_nm_per_rad", "N m/rad"), ("_per_rad", "1/rad"), ("_mm_per_s2", "mm/s2"), ("_mm_per_s", "mm/s"),
        ("_deg_per_s2", "degrees/s2"), ("_deg_per_s", "degrees/s"), ("_per_s", "1/s"), ("_kg_m2", "kg m2"), ("_us", "us"), ("_ms", "ms"),
        ("_s", "s"), ("_khz", "kHz"), ("_hz", "Hz"), ("_mm", "mm"), ("_deg", "degrees"), ("_kpa", "kPa"), ("_kg", "kg"), ("_nm", "N m"),
        ("_ns", "N s"), ("_n", "N"), ("_v", "V"), ("baud", "bit/s"),
    ];

    /// <summary>The text of hardware/KEYS.md.</summary>
    public static string Render()
    {
        StringBuilder text = new("""
            # Every key of every description file

            Written from the shapes by which the loaders check (host/Ganglion.Robots), as the JSON schemas in [schemas](schemas) are; a test
            tells when it is out of date. `a.b` is key b in the mapping under a, `a[].b` key b of an entry of the list under a. A key that
            only some kinds have stands with these in brackets. What is optional without a default changes nothing where it is left out,
            or its meaning says what then holds.

            """);
        foreach (FileShape file in FileShape.All)
        {
            text.Append($"\n## {char.ToUpperInvariant(file.Name[0])}{file.Name[1..]} files ({file.Folder})\n\n{file.Shape.Meaning}.\n\n");
            text.Append("| key | unit | range | default | meaning |\n|---|---|---|---|---|\n");
            foreach (string row in Inside(file.Shape, "", ""))
            {
                text.Append(row);
            }
        }

        return text.ToString().ReplaceLineEndings("\n");
    }

    /// <summary>The rows of what a mapping holds, or a list of mappings.</summary>
    /// <param name="shape">Of the value.</param>
    /// <param name="path">What stands before its keys.</param>
    /// <param name="kind">What the keys depend on, in brackets; empty if on nothing.</param>
    private static IEnumerable<string> Inside(Shape shape, string path, string kind) => shape switch
    {
        MapShape map => map.Fields.SelectMany(field => Rows(field, path, kind)),
        ListShape list => Inside(list.Item, path.Length == 0 ? "" : path[..^1] + "[].", kind),
        VariantShape variant => OfVariant(variant, path, kind),
        _ => [],
    };

    private static IEnumerable<string> OfVariant(VariantShape variant, string path, string kind)
    {
        string names = string.Join(", ", variant.Variants.Select(option => $"{option.Name} ({Lower(option.Shape.Meaning)})"));
        yield return Row(path + variant.Key, kind, "", string.Join(", ", variant.Variants.Select(option => option.Name)), "required",
            variant.Variants.Length == 1 ? "Kind of file" : $"Which it is: {names}");

        // What several kinds have is told once.
        foreach (Field field in variant.Variants.SelectMany(option => option.Shape.Fields).Distinct()
            .Where(field => field.Key != variant.Key))
        {
            string[] having = [.. variant.Variants.Where(option => option.Shape.Fields.Contains(field)).Select(option => option.Name)];
            string own = having.Length == variant.Variants.Length ? kind
                : kind.Length == 0 ? string.Join(", ", having) : $"{kind}; {string.Join(", ", having)}";
            foreach (string row in Rows(field, path, own))
            {
                yield return row;
            }
        }
    }

    private static IEnumerable<string> Rows(Field field, string path, string kind)
    {
        string absent = field.Required ? "required" : field.Shape.DefaultText ?? "optional";
        yield return Row(path + field.Key, kind, UnitOf(field), RangeOf(field.Shape), absent, field.Shape.Meaning);
        foreach (string row in Inside(field.Shape, $"{path}{field.Key}.", kind))
        {
            yield return row;
        }
    }

    private static string Row(string key, string kind, string unit, string range, string absent, string meaning) =>
        $"| `{key}`{(kind.Length == 0 ? "" : $" ({kind})")} | {unit} | {range} | {absent} | {meaning} |\n";

    private static string UnitOf(Field field) => field.Shape is not NumberShape ? ""
        : Array.Find(Units, unit => field.Key.EndsWith(unit.End, StringComparison.Ordinal)).Unit ?? "";

    private static string RangeOf(Shape shape) => shape switch
    {
        TextShape { Allowed: { } words } => string.Join(", ", words),
        TextShape text => text.Hint ?? "text",
        WordShape => "text, number, true or false",
        NumberShape { Allowed: { } numbers } => string.Join(", ", numbers.Select(Text)),
        NumberShape number => $"{Text(number.Min)}..{Text(number.Max)}{(number.Whole ? ", whole" : "")}",
        FlagShape => "true, false",
        RangeShape range => $"number or first-last within {range.Min}..{range.Max}",
        ListShape list => $"{list.MinItems}..{list.MaxItems} entries",
        _ => "",
    };

    private static string Lower(string sentence) => char.IsUpper(sentence[1]) ? sentence
        : char.ToLowerInvariant(sentence[0]) + sentence[1..];

    private static string Text(double value) => value.ToString(CultureInfo.InvariantCulture);
}
