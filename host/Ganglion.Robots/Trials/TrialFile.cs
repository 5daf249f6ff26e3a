using Ganglion.Robots.Yaml;

namespace Ganglion.Robots.Trials;

/// <summary>Reads trial files (YAML; the shipped ones are in hardware/trials, their schema in hardware/schemas).</summary>
public static class TrialFile
{
    // More are days of work, and a slip of the keyboard.
    private const int MostSeeds = 10000;

    /// <summary>Loads a trial.</summary>
    /// <exception cref="RobotFileException">The file cannot be read or is refused; the message gives place, fault and cure.</exception>
    public static TrialDescription Load(string path) => Parse(YamlSource.ReadFile(path, "a trial file"), path);

    /// <summary>Checks a trial given as bytes; <paramref name="file"/> is the name to use in errors.</summary>
    /// <exception cref="RobotFileException">The trial is refused.</exception>
    public static TrialDescription Parse(ReadOnlySpan<byte> utf8, string file)
    {
        var source = YamlSource.Parse(utf8, file);
        var root = Entry.Checked(source, TrialShapes.Trial, "trial");
        (int first, int last) = root.Range("seeds");
        if ((long)last - first >= MostSeeds)
        {
            throw root.Error("seeds", $"{(long)last - first + 1} seeds are more than {MostSeeds}; give a shorter range");
        }

        TrialCondition[] conditions = root.Has("conditions") ? [.. root.List("conditions").Select(Condition)]
            : [new TrialCondition("gait", null, null, null)];
        if (conditions.GroupBy(condition => condition.Name).FirstOrDefault(group => group.Count() > 1) is { } twice)
        {
            throw root.Error("conditions", $"two conditions are named '{twice.Key}'; give each its own name");
        }

        return new TrialDescription(
            root.Text("name"), source.Hash, root.Text("robot"), root.Text("gait"), Terrain(root.Map("terrain")), root.Number("seconds"),
            root.Has("speed_mm_per_s") ? root.Number("speed_mm_per_s") * 1e-3 : null, root.Number("cadence"), first, last,
            root.Number("knock_mm_per_s") * 1e-3, root.Number("push_ns"), root.Has("friction") ? root.Number("friction") : null,
            root.Text("drives") == "muscles",
            [.. root.List("faults").Select(fault => new TrialFault(fault.Number("at_s"), fault.Text("fault")))],
            [.. conditions])
        {
            Turn = Radians(root, "turn_deg_per_s"),
            Commands = [.. Commands(root)],
            Load = root.Has("load") ? Load(root.Map("load")) : null,
        };
    }

    private static TrialCondition Condition(Entry entry) => new(
        entry.Text("name"),
        entry.Has("adapt") ? entry.Number("adapt") : null,
        entry.Has("tegotae") ? entry.Number("tegotae") : null,
        entry.Has("plantar") ? entry.Number("plantar") : null,
        entry.Has("speed_mm_per_s") ? entry.Number("speed_mm_per_s") * 1e-3 : null,
        entry.Has("turn_deg_per_s") ? Radians(entry, "turn_deg_per_s") : null,
        entry.Has("gait") ? entry.Text("gait") : null);

    private static TrialLoad Load(Entry entry) => new(
        entry.Number("mass_kg"), entry.Number("forward_mm") * 1e-3, entry.Number("left_mm") * 1e-3, entry.Number("up_mm") * 1e-3);

    private static IEnumerable<TrialCommand> Commands(Entry root)
    {
        double last = double.NegativeInfinity;
        foreach (Entry entry in root.List("commands"))
        {
            bool walk = entry.Text("do") == "walk", speed = entry.Has("speed_mm_per_s"), turn = entry.Has("turn_deg_per_s");
            if (!walk && (speed || turn))
            {
                throw entry.Error("do", "who stands has no speed; leave speed_mm_per_s and turn_deg_per_s out, or write do: walk");
            }

            last = After(entry, last);
            yield return new TrialCommand(last, walk, speed ? entry.Number("speed_mm_per_s") * 1e-3 : null,
                turn ? Radians(entry, "turn_deg_per_s") : null);
        }
    }

    private static TerrainDescription Terrain(Entry entry) => Kind(entry) with
    {
        Side = Radians(entry, "side_deg"),
        Patches = [.. entry.List("patches").Select(Patch)],
    };

    private static (double, double, double) Patch(Entry entry)
    {
        (double from, double to) = (entry.Number("from_mm") * 1e-3, entry.Number("to_mm") * 1e-3);
        return to > from ? (from, to, entry.Number("friction"))
            : throw entry.Error("to_mm", $"a patch ends behind its beginning at {1000 * from:0.###} mm");
    }

    private static TerrainDescription Kind(Entry entry) => entry.Text("type") switch
    {
        "ramp" => new RampGround(Radians(entry, "slope_deg"), entry.Number("lead_mm") * 1e-3, entry.Number("length_mm") * 1e-3),
        "belt" => new BeltGround([.. Schedule(entry)]),
        "steps" => new StepGround(entry.Number("height_mm") * 1e-3, entry.Number("length_mm") * 1e-3, entry.Whole("count")),
        "stairs" => new StairGround(entry.Number("rise_mm") * 1e-3, entry.Number("tread_mm") * 1e-3, entry.Whole("count")),
        "rough" => new RoughGround(entry.Number("height_mm") * 1e-3, entry.Number("cell_mm") * 1e-3, entry.Number("length_mm") * 1e-3),
        _ => new FlatGround(),
    };

    private static IEnumerable<(double, double)> Schedule(Entry belt)
    {
        double last = double.NegativeInfinity;
        foreach (Entry entry in belt.List("schedule"))
        {
            last = After(entry, last);
            yield return (last, Radians(entry, "slope_deg"));
        }
    }

    private static double After(Entry entry, double last)
    {
        double time = entry.Number("at_s");
        return time > last ? time
            : throw entry.Error("at_s", $"{time} s does not come after {last} s; order the schedule by time");
    }

    private static double Radians(Entry entry, string key) => entry.Number(key) * Math.PI / 180;
}
