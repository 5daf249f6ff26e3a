using Ganglion.Robots.Yaml;

namespace Ganglion.Robots.Trials;

/// <summary>Reads trial files (YAML; the shipped ones are in hardware/trials, their schema in hardware/schemas).</summary>
public static class TrialFile
{
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
            [.. conditions]);
    }

    private static TrialCondition Condition(Entry entry) => new(
        entry.Text("name"),
        entry.Has("adapt") ? entry.Number("adapt") : null,
        entry.Has("tegotae") ? entry.Number("tegotae") : null,
        entry.Has("plantar") ? entry.Number("plantar") : null);

    private static TerrainDescription Terrain(Entry entry) => entry.Text("type") switch
    {
        "ramp" => new RampGround(Radians(entry, "slope_deg"), entry.Number("lead_mm") * 1e-3, entry.Number("length_mm") * 1e-3),
        "belt" => new BeltGround([.. Schedule(entry)]),
        "steps" => new StepGround(entry.Number("height_mm") * 1e-3, entry.Number("length_mm") * 1e-3, entry.Whole("count")),
        _ => new FlatGround(),
    };

    private static IEnumerable<(double, double)> Schedule(Entry belt)
    {
        double last = double.NegativeInfinity;
        foreach (Entry entry in belt.List("schedule"))
        {
            double time = entry.Number("at_s");
            if (time <= last)
            {
                throw entry.Error("at_s", $"{time} s does not come after {last} s; order the schedule by time");
            }

            last = time;
            yield return (time, Radians(entry, "slope_deg"));
        }
    }

    private static double Radians(Entry entry, string key) => entry.Number(key) * Math.PI / 180;
}
