using System.Globalization;

namespace Ganglion.Robots.Yaml;

/// <summary>
/// What a place in a description file may hold. The shapes are the single source for the loader's checks
/// (<see cref="ShapeChecker"/>), for what a reader gets where a key is left out (<see cref="Entry"/>), for the JSON schema that editors
/// use (<see cref="FileSchema"/>) and for the list of keys that people read (<see cref="KeyReference"/>), so that these cannot part.
/// </summary>
/// <param name="Meaning">One sentence for people, without the default.</param>
internal abstract record Shape(string Meaning)
{
    /// <summary>What a key that is left out stands for, as written in a file; null if it has no such value.</summary>
    public virtual string? DefaultText => null;

    /// <summary>One sentence for people, with the default: shown by editors and in refusals.</summary>
    public string About => DefaultText is { } value ? $"{Meaning}; {value} if left out" : Meaning;
}

/// <summary>Text, either one of a list or matching a pattern that <paramref name="Hint"/> puts in words.</summary>
internal sealed record TextShape(string Meaning, string[]? Allowed = null, string? Pattern = null, string? Hint = null,
    string? Default = null) : Shape(Meaning)
{
    public override string? DefaultText => Default;
}

/// <summary>A word as it is written, be it a number or true or false to YAML: it goes on to a command line.</summary>
internal sealed record WordShape(string Meaning) : Shape(Meaning);

/// <summary>A number within bounds (inclusive), perhaps whole, perhaps one of a list.</summary>
internal sealed record NumberShape(string Meaning, double Min, double Max, bool Whole = false, double[]? Allowed = null,
    double? Default = null) : Shape(Meaning)
{
    public override string? DefaultText => Default?.ToString(CultureInfo.InvariantCulture);
}

/// <summary>true or false.</summary>
internal sealed record FlagShape(string Meaning, bool? Default = null) : Shape(Meaning)
{
    public override string? DefaultText => Default switch { true => "true", false => "false", null => null };
}

/// <summary>One whole number, or a range of them written first-last.</summary>
internal sealed record RangeShape(string Meaning, int Min, int Max) : Shape(Meaning);

/// <summary>A list; one that is left out is empty.</summary>
internal sealed record ListShape(string Meaning, Shape Item, int MinItems, int MaxItems) : Shape(Meaning);

/// <summary>A mapping with a fixed set of keys; any other key is refused.</summary>
internal sealed record MapShape(string Meaning, params Field[] Fields) : Shape(Meaning)
{
    /// <summary>The shape under a key; null if there is no such key.</summary>
    public Shape? this[string key] => Array.Find(Fields, field => field.Key == key)?.Shape;
}

/// <summary>A mapping whose keys depend on the text under <paramref name="Key"/>.</summary>
internal sealed record VariantShape(string Meaning, string Key, params (string Name, MapShape Shape)[] Variants) : Shape(Meaning)
{
    /// <summary>The variant of that name.</summary>
    public MapShape Of(string name) => Array.Find(Variants, variant => variant.Name == name).Shape;
}

/// <summary>A key of a mapping.</summary>
/// <param name="Key">The key.</param>
/// <param name="Shape">What it holds.</param>
/// <param name="Optional">Whether it may be left out although its shape has no default.</param>
internal sealed record Field(string Key, Shape Shape, bool Optional = false)
{
    public bool Required => !Optional && Shape.DefaultText is null;
}
