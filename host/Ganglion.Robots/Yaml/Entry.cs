using YamlDotNet.RepresentationModel;

namespace Ganglion.Robots.Yaml;

/// <summary>A mapping that has passed <see cref="ShapeChecker"/>: typed reading, defaults of the shape for what is left out, and errors
/// with their place.</summary>
internal readonly struct Entry
{
    private readonly YamlSource _source;
    private readonly YamlMappingNode _map;
    private readonly MapShape _shape;

    private Entry(YamlSource source, YamlNode node, Shape shape)
    {
        _source = source;
        _map = (YamlMappingNode)node;
        _shape = shape as MapShape ?? VariantOf(_map, (VariantShape)shape);
    }

    /// <summary>The whole of a file.</summary>
    /// <param name="source">The file.</param>
    /// <param name="shape">What it may hold.</param>
    /// <param name="place">What the file is called in errors.</param>
    /// <exception cref="RobotFileException">It holds something else.</exception>
    public static Entry Checked(YamlSource source, Shape shape, string place)
    {
        new ShapeChecker(source).Check(source.Root, shape, place);
        return new Entry(source, source.Root, shape);
    }

    public bool Has(string key) => _map.Children.ContainsKey(new YamlScalarNode(key));

    public string Text(string key) => Has(key) ? ((YamlScalarNode)Node(key)).Value! : Default(key, ((TextShape)_shape[key]!).Default);

    public double Number(string key) => !Has(key) ? Default(key, ((NumberShape)_shape[key]!).Default)
        : Numbers.TryRead(Node(key), out double value) ? value
        : throw Error(key, "not a number");

    public int Whole(string key) => (int)Number(key);

    public bool Flag(string key) => !Has(key) ? Default(key, ((FlagShape)_shape[key]!).Default)
        : Numbers.TryReadFlag(Node(key), out bool value) ? value
        : throw Error(key, "neither true nor false");

    public (int First, int Last) Range(string key) => Numbers.TryReadRange(Node(key), out int first, out int last) ? (first, last)
        : throw Error(key, "not a range");

    public Entry Map(string key) => new(_source, Node(key), _shape[key]!);

    public IEnumerable<Entry> List(string key)
    {
        YamlSource source = _source;
        Shape item = ((ListShape)_shape[key]!).Item;
        return Has(key) ? ((YamlSequenceNode)Node(key)).Children.Select(child => new Entry(source, child, item)) : [];
    }

    /// <summary>The entries of a list of plain words.</summary>
    public string[] Words(string key) =>
        Has(key) ? [.. ((YamlSequenceNode)Node(key)).Children.Select(child => ((YamlScalarNode)child).Value!)] : [];

    /// <summary>A fault at a key's value, or at the whole mapping if it has no such key.</summary>
    public RobotFileException Error(string key, string problem) => _source.Error(Has(key) ? Node(key) : _map, problem);

    /// <summary>A fault of the mapping as a whole.</summary>
    public RobotFileException Error(string problem) => _source.Error(_map, problem);

    private YamlNode Node(string key) => _map.Children[new YamlScalarNode(key)];

    private static MapShape VariantOf(YamlMappingNode map, VariantShape shape) =>
        shape.Of(((YamlScalarNode)map.Children[new YamlScalarNode(shape.Key)]).Value!);

    private static T Default<T>(string key, T? value) where T : class => value ?? throw NoDefault(key);

    private static T Default<T>(string key, T? value) where T : struct => value ?? throw NoDefault(key);

    // A reader asks Has first where the shape gives no default.
    private static InvalidOperationException NoDefault(string key) => new($"'{key}' was left out, and its shape has no default.");
}
