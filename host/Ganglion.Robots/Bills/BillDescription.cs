using System.Collections.Immutable;
using Ganglion.Robots.Yaml;

namespace Ganglion.Robots.Bills;

/// <summary>What a quantity goes by.</summary>
public enum Per { Robot, Board, Driver, Servo, Joint, Gear }

/// <summary>A part that no netlist has.</summary>
/// <param name="Part">Its name.</param>
/// <param name="Per">What there are so many for.</param>
/// <param name="Count">So many, or so much, for each.</param>
/// <param name="Use">What for.</param>
public sealed record BillItem(string Part, Per Per, double Count, string Use);

/// <summary>A bill of material as its file has it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="About">What it is for.</param>
/// <param name="Robot">The robot that it is for.</param>
/// <param name="Wiring">The netlist of each of its boards.</param>
/// <param name="Limit">What it may cost, EUR; null: nobody says.</param>
/// <param name="Items">What is bought besides the wiring.</param>
public sealed record BillDescription(string Name, string About, string Robot, string Wiring, double? Limit, ImmutableArray<BillItem> Items);

/// <summary>Reads bills of material (YAML; the shipped ones are in hardware/bom, their schema in hardware/schemas).</summary>
public static class BillFile
{
    /// <summary>Loads a bill.</summary>
    /// <exception cref="RobotFileException">The file cannot be read or is refused; the message gives place, fault and cure.</exception>
    public static BillDescription Load(string path)
    {
        var root = Entry.Checked(YamlSource.Parse(YamlSource.ReadFile(path, "a bill of material"), path), BillShapes.File, "bill");
        return root.Text("kind") == "bill" ? new BillDescription(root.Text("name"), root.Text("about"), root.Text("robot"),
            root.Text("wiring"), root.Has("limit_eur") ? root.Number("limit_eur") : null, [.. root.List("items").Select(Item)])
            : throw root.Error("kind", "it is no bill; write kind: bill");
    }

    private static BillItem Item(Entry entry) => new(entry.Text("part"), Enum.Parse<Per>(entry.Text("per"), ignoreCase: true),
        entry.Number("count"), entry.Text("use"));
}
