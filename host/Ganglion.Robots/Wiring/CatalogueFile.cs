using Ganglion.Robots.Yaml;

namespace Ganglion.Robots.Wiring;

/// <summary>Reads the catalogue of parts (YAML; the shipped one is hardware/wiring/catalogue.yaml).</summary>
public static class CatalogueFile
{
    /// <summary>Loads the catalogue: kinds of part by their names.</summary>
    /// <exception cref="RobotFileException">The file cannot be read or is refused; the message gives place, fault and cure.</exception>
    public static IReadOnlyDictionary<string, PartType> Load(string path)
    {
        var root = Entry.Checked(YamlSource.Parse(YamlSource.ReadFile(path, "a catalogue of parts"), path), WiringShapes.File, "catalogue");
        if (root.Text("kind") != "part-catalogue")
        {
            throw root.Error("kind", "it is no catalogue of parts; write kind: part-catalogue");
        }

        var parts = new Dictionary<string, PartType>();
        foreach (Entry entry in root.List("parts"))
        {
            PartType part = Part(entry);
            if (!parts.TryAdd(part.Name, part))
            {
                throw entry.Error("part", $"there are two parts '{part.Name}'; give one another name");
            }
        }

        return parts;
    }

    private static PartType Part(Entry entry)
    {
        PinType[] pins = [.. entry.List("pins").Select(Pin)];
        if (pins.GroupBy(pin => pin.Name).FirstOrDefault(group => group.Count() > 1) is { } twice)
        {
            throw entry.Error("pins", $"there are two pins '{twice.Key}'; number those that are alike");
        }

        return new PartType(entry.Text("part"), entry.Text("meaning"), entry.Flag("at_hand"), Maybe("chip"), Maybe("profile"),
            [.. entry.List("joins").Select(Join)], entry.Number("rated_a"), entry.Flag("fuse"), entry.Flag("stops"), entry.Flag("moves"),
            entry.Number("ohm"), 1e-6 * entry.Number("microfarad"), entry.Text("source"), [.. pins]);

        string? Maybe(string key) => entry.Has(key) ? entry.Text(key) : null;

        (string From, string To) Join(Entry join) => (Known(join, "from"), Known(join, "to"));

        string Known(Entry join, string key) => pins.Any(pin => pin.Name == join.Text(key)) ? join.Text(key)
            : throw join.Error(key, $"'{entry.Text("part")}' has no pin '{join.Text(key)}'; it has {string.Join(", ",
                pins.Select(pin => pin.Name))}");
    }

    private static PinType Pin(Entry entry)
    {
        PinKind kind = Enum.Parse<PinKind>(entry.Text("kind"), ignoreCase: true);
        if (kind == PinKind.Source && entry.Number("level") <= 0)
        {
            throw entry.Error("a source without a level; say what it gives (level)");
        }

        if (kind == PinKind.Supply && (entry.Number("max") <= 0 || entry.Number("min") > entry.Number("max")))
        {
            throw entry.Error("a supply without bounds; say what it takes and bears (min, max)");
        }

        return new PinType(entry.Text("pin"), kind, entry.Number("level"), entry.Number("min"), entry.Number("max"),
            entry.Number("rated_a"), 1e-3 * entry.Number("idle_ma"), 1e-3 * entry.Number("moving_ma"), 1e-3 * entry.Number("stall_ma"),
            Maybe("pull_up_ohm"), Maybe("pull_down_ohm"), 1e-12 * entry.Number("bus_pf"));

        double? Maybe(string key) => entry.Has(key) ? entry.Number(key) : null;
    }
}
