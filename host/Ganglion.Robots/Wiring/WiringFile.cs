using System.Collections.Immutable;
using Ganglion.Basics.Text;
using Ganglion.Robots.Yaml;

namespace Ganglion.Robots.Wiring;

/// <summary>Reads netlists (YAML; the shipped ones are in hardware/wiring, their schema in hardware/schemas).</summary>
public static class WiringFile
{
    /// <summary>Loads a netlist.</summary>
    /// <param name="path">The file.</param>
    /// <param name="catalogue">The kinds of part that there are.</param>
    /// <exception cref="RobotFileException">The file cannot be read or is refused; the message gives place, fault and cure.</exception>
    public static WiringDescription Load(string path, IReadOnlyDictionary<string, PartType> catalogue) =>
        Parse(YamlSource.ReadFile(path, "a netlist"), path, catalogue);

    /// <summary>Checks a netlist given as bytes; <paramref name="file"/> is the name to use in errors.</summary>
    /// <exception cref="RobotFileException">The netlist is refused.</exception>
    public static WiringDescription Parse(ReadOnlySpan<byte> utf8, string file, IReadOnlyDictionary<string, PartType> catalogue)
    {
        var root = Entry.Checked(YamlSource.Parse(utf8, file), WiringShapes.File, "wiring");
        if (root.Text("kind") != "wiring")
        {
            throw root.Error("kind", "it is no netlist; write kind: wiring");
        }

        var parts = new List<WiringPart>();
        foreach (Entry entry in root.List("parts"))
        {
            WiringPart part = Part(entry, catalogue);
            if (parts.Exists(other => other.Id == part.Id))
            {
                throw entry.Error("id", $"there are two parts '{part.Id}'; give one another id");
            }

            parts.Add(part);
        }

        return new WiringDescription(root.Text("name"), root.Text("about"), root.Text("robot"), [.. parts],
            [.. root.List("nets").Select(Net)], [.. root.List("unused").Select(Unused)]);

        WiringNet Net(Entry entry) => new(entry.Text("net"), (Rail)Array.IndexOf(Rails.Words, entry.Text("rail")),
            [.. entry.Words("pins").Select(pin => Pin(entry, "pins", pin))], RepeatOf(entry), 1e-3 * entry.Number("length_mm"));

        UnusedPin Unused(Entry entry)
        {
            (string part, string pin) = Pin(entry, "pin", entry.Text("pin"));
            return new UnusedPin(part, pin, entry.Text("why"));
        }

        (string Part, string Pin) Pin(Entry entry, string key, string text)
        {
            string[] words = text.Split('.', 2);
            WiringPart part = parts.Find(candidate => candidate.Id == words[0]) ?? throw entry.Error(key, $"there is no part " +
                $"'{words[0]}'; " +
                $"{Spelling.DidYouMean(words[0], parts.Select(candidate => candidate.Id))}the parts are {string.Join(", ",
                    parts.Select(candidate => candidate.Id))}");
            PartType type = part.Choices[0];
            return type[words[1]] != null ? (words[0], words[1]) : throw entry.Error(key, $"'{words[0]}' ({type.Name}) has no pin " +
                $"'{words[1]}'; {Spelling.DidYouMean(words[1], type.Pins.Select(pin => pin.Name))}it has {string.Join(", ",
                    type.Pins.Select(pin => pin.Name))}");
        }
    }

    private static WiringPart Part(Entry entry, IReadOnlyDictionary<string, PartType> catalogue)
    {
        if (entry.Has("part") == entry.Has("choices"))
        {
            throw entry.Error("say what it is, either by part or by choices");
        }

        string key = entry.Has("part") ? "part" : "choices";
        ImmutableArray<PartType> choices = [.. (entry.Has("part") ? [entry.Text("part")] : entry.Words("choices")).Select(Known)];
        if (choices.FirstOrDefault(choice => !choice.Pins.Select(pin => pin.Name).Order().SequenceEqual(choices[0].Pins.Select(pin =>
            pin.Name)
            .Order())) is { } other)
        {
            throw entry.Error(key, $"{choices[0].Name} and {other.Name} have other pins; choices are parts with the same pins");
        }

        Repeat each = RepeatOf(entry);
        if (each != Repeat.Once && entry.Has("chip"))
        {
            throw entry.Error("chip", "parts for each driver or servo carry the description's drivers, one each; leave chip out");
        }

        return new WiringPart(entry.Text("id"), choices, each, entry.Has("chip") ? entry.Text("chip") : null,
            entry.Has("address") ? entry.Whole("address") : null, entry.Text("side") == "right");

        PartType Known(string name) => catalogue.TryGetValue(name, out PartType? part) ? part : throw entry.Error(key,
            $"the catalogue has no part '{name}'; {Spelling.DidYouMean(name, catalogue.Keys)}add it to catalogue.yaml, or use one of " +
            $"{string.Join(", ", catalogue.Keys)}");
    }

    private static Repeat RepeatOf(Entry entry) => Enum.Parse<Repeat>(entry.Text("each"), ignoreCase: true);
}
