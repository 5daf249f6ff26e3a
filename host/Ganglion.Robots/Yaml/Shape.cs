namespace Ganglion.Robots.Yaml;

/// <summary>
/// What a place in a description file may hold. The shapes are the single source for the loader's checks
/// (<see cref="ShapeChecker"/>) and for the JSON schema that editors use (<see cref="FileSchema"/>), so the two cannot part.
/// </summary>
/// <param name="About">One sentence for people: shown by editors.</param>
internal abstract record Shape(string About);

/// <summary>Text, either one of a list or matching a pattern that <paramref name="Hint"/> puts in words.</summary>
internal sealed record TextShape(string About, string[]? Allowed = null, string? Pattern = null, string? Hint = null) : Shape(About);

/// <summary>A number within bounds (inclusive), perhaps whole, perhaps one of a list.</summary>
internal sealed record NumberShape(string About, double Min, double Max, bool Whole = false, double[]? Allowed = null) : Shape(About);

/// <summary>true or false.</summary>
internal sealed record FlagShape(string About) : Shape(About);

/// <summary>One whole number, or a range of them written first-last.</summary>
internal sealed record RangeShape(string About, int Min, int Max) : Shape(About);

internal sealed record ListShape(string About, Shape Item, int MinItems, int MaxItems) : Shape(About);

/// <summary>A mapping with a fixed set of keys; any other key is refused.</summary>
internal sealed record MapShape(string About, params Field[] Fields) : Shape(About);

/// <summary>A mapping whose keys depend on the text under <paramref name="Key"/>.</summary>
internal sealed record VariantShape(string About, string Key, params (string Name, MapShape Shape)[] Variants) : Shape(About);

internal sealed record Field(string Key, Shape Shape, bool Required = true);
