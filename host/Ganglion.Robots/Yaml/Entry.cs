using YamlDotNet.RepresentationModel;

namespace Ganglion.Robots.Yaml;

/// <summary>A mapping that has passed <see cref="ShapeChecker"/>: typed reading, and errors with their place.</summary>
internal readonly struct Entry(YamlSource source, YamlNode node)
{
    private readonly YamlMappingNode _map = (YamlMappingNode)node;

    public bool Has(string key) => _map.Children.ContainsKey(new YamlScalarNode(key));

    public string Text(string key) => ((YamlScalarNode)Node(key)).Value!;

    public double Number(string key) => Numbers.TryRead(Node(key), out double value) ? value
        : throw Error(key, "not a number");

    public double Number(string key, double otherwise) => Has(key) ? Number(key) : otherwise;

    public int Whole(string key) => (int)Number(key);

    public bool Flag(string key) => Numbers.TryReadFlag(Node(key), out bool value) ? value
        : throw Error(key, "neither true nor false");

    public bool Flag(string key, bool otherwise) => Has(key) ? Flag(key) : otherwise;

    public (int First, int Last) Range(string key) => Numbers.TryReadRange(Node(key), out int first, out int last) ? (first, last)
        : throw Error(key, "not a range");

    public Entry Map(string key) => new(source, Node(key));

    public IEnumerable<Entry> List(string key)
    {
        YamlSource from = source;
        return Has(key) ? ((YamlSequenceNode)Node(key)).Children.Select(child => new Entry(from, child)) : [];
    }

    /// <summary>The entries of a list of plain words.</summary>
    public string[] Words(string key) =>
        Has(key) ? [.. ((YamlSequenceNode)Node(key)).Children.Select(child => ((YamlScalarNode)child).Value!)] : [];

    /// <summary>A fault at a key's value, or at the whole mapping if it has no such key.</summary>
    public RobotFileException Error(string key, string problem) => source.Error(Has(key) ? Node(key) : _map, problem);

    /// <summary>A fault of the mapping as a whole.</summary>
    public RobotFileException Error(string problem) => source.Error(_map, problem);

    private YamlNode Node(string key) => _map.Children[new YamlScalarNode(key)];
}
