using System.Text;
using Ganglion.Robots.Wiring;

namespace Ganglion.Robots.Tests.Building;

/// <summary>The shipped netlists, and changed ones.</summary>
internal static class Netlists
{
    public static IReadOnlyDictionary<string, PartType> Catalogue => CatalogueFile.Load(Shipped.At("wiring/catalogue.yaml"));

    public static IEnumerable<string> Names => Directory.GetFiles(Shipped.At("wiring"), "*.yaml")
        .Select(file => Path.GetFileNameWithoutExtension(file)).Where(name => name != "catalogue").Order(StringComparer.Ordinal);

    public static string Text(string name) => File.ReadAllText(Shipped.At($"wiring/{name}.yaml"));

    public static WiringDescription Load(string name, string? from = null, string? to = null)
    {
        string text = Text(name);
        Assert.True(from == null || text.Contains(from, StringComparison.Ordinal), $"{name} has no '{from}'");
        return WiringFile.Parse(Encoding.UTF8.GetBytes(from == null ? text : text.Replace(from, to)), $"{name}.yaml", Catalogue);
    }

    public static Harness Harness(string name, string? robot = null, int board = 0)
    {
        WiringDescription wiring = Load(name);
        return Ganglion.Robots.Wiring.Harness.Of(wiring, Shipped.Description(robot ?? wiring.Robot), board);
    }
}
