using Ganglion.Basics.Space;
using Ganglion.Robots.Yaml;

namespace Ganglion.Robots.Scenes;

/// <summary>Reads scenes (YAML; the shipped ones are in hardware/scenes, their schema in hardware/schemas).</summary>
public static class SceneFile
{
    /// <summary>Loads a scene.</summary>
    /// <exception cref="RobotFileException">The file cannot be read or is refused; the message gives place, fault and cure.</exception>
    public static SceneDescription Load(string path) => Parse(YamlSource.ReadFile(path, "a scene file"), path);

    /// <summary>Checks a scene given as bytes; <paramref name="file"/> is the name to use in errors.</summary>
    /// <exception cref="RobotFileException">The scene is refused.</exception>
    public static SceneDescription Parse(ReadOnlySpan<byte> utf8, string file)
    {
        var root = Entry.Checked(YamlSource.Parse(utf8, file), SceneShapes.Scene, "scene");
        if (!root.Flag("table") && root.Has("table_mm"))
        {
            throw root.Error("table_mm", "there is no table (table: false), so it has no height; leave one of the two out");
        }

        return new SceneDescription(root.Text("name"), 1e-3 * root.Number("clearance_mm"),
            root.Flag("table") ? 1e-3 * root.Number("table_mm") : null,
            [.. root.List("obstacles").Select(entry => Obstacle(entry) with { IsHidden = entry.Flag("hidden") })]);
    }

    private static Obstacle Obstacle(Entry entry)
    {
        string name = entry.Text("name");
        return entry.Text("shape") switch
        {
            "sphere" => new SphereObstacle(name, Metres(entry.Map("centre_mm")), 1e-3 * entry.Number("radius_mm")),
            "box" => new BoxObstacle(name, Metres(entry.Map("centre_mm")), Metres(entry.Map("size_mm")),
                entry.Number("turn_deg") * Math.PI / 180),
            _ => new CapsuleObstacle(name, Metres(entry.Map("from_mm")), Metres(entry.Map("to_mm")), 1e-3 * entry.Number("radius_mm")),
        };
    }

    private static Vec3 Metres(Entry entry) => 1e-3 * new Vec3(entry.Number("x"), entry.Number("y"), entry.Number("z"));
}
