using Ganglion.Robots.Yaml;

namespace Ganglion.Robots.Trials;

/// <summary>The shape of a trial file.</summary>
internal static class TrialShapes
{
    private const double Steepest = 25;

    private static readonly TextShape FileOrName = new("A file, or the name of a shipped one",
        Pattern: "^[A-Za-z0-9][A-Za-z0-9._/-]{0,255}$", Hint: "use a file's path or the name of a shipped one");

    private static readonly TextShape OtherGait = new("Another gait than the trial's, such as one that another law times: a file, or the " +
        "name of a shipped one", Pattern: FileOrName.Pattern, Hint: FileOrName.Hint);

    private static readonly NumberShape Speed = new("Commanded speed, mm/s", -2000, 2000), Turn =
        new("Commanded turning speed, to the left above 0, degrees/s", -90, 90);

    // What every kind of ground may have.
    private static readonly Field Side = new("side_deg", new NumberShape("Slope of all the ground to the side, its left up above 0, " +
        "degrees", -Steepest, Steepest, Default: 0));

    private static readonly Field Patches = new("patches", new ListShape("Where the ground has another friction than the soles",
        new MapShape("A patch",
            new("from_mm", new NumberShape("Where it begins along the level, mm", -60000, 60000)),
            new("to_mm", new NumberShape("Where it ends, mm", -60000, 60000)),
            new("friction", new NumberShape("Coulomb coefficient there", 0.05, 3))), 1, 16), Optional: true);

    private static readonly VariantShape Terrain = new("What the walker walks on", "type",
        Ground("flat", "Level ground"),
        Ground("ramp", "Level ground, a ramp, level ground",
            new("slope_deg", new NumberShape("Slope, up is positive, degrees", -Steepest, Steepest)),
            new("lead_mm", new NumberShape("Level ground before the ramp, mm", 0, 20000, Default: 1200)),
            new("length_mm", new NumberShape("The ramp along the level, mm", 100, 20000, Default: 4000))),
        Ground("belt", "An endless belt whose slope changes",
            new Field("schedule", new ListShape("Slopes by rising time; between entries the slope changes linearly",
                new MapShape("A slope at a time",
                new("at_s", new NumberShape("Time, s", 0, 600)),
                new("slope_deg", new NumberShape("Slope, up is positive, degrees", -Steepest, Steepest))), 1, 64))),
        Ground("steps", "Level steps of random height after 1.2 m of level ground",
            new("height_mm", new NumberShape("Largest change from step to step, up or down, mm", 0, 200)),
            new("length_mm", new NumberShape("Of a step, mm", 100, 5000)),
            new("count", new NumberShape("Number of steps", 1, 200, Whole: true))),
        Ground("stairs", "Stairs after 1.2 m of level ground, and level ground behind them",
            new("rise_mm", new NumberShape("Of a step, up is positive, mm", -200, 200)),
            new("tread_mm", new NumberShape("Of a step, mm", 100, 5000)),
            new("count", new NumberShape("Number of steps", 1, 200, Whole: true))),
        Ground("rough", "A field of random heights after 1.2 m of level ground, and level ground behind it",
            new("height_mm", new NumberShape("Between the lowest and the highest place, mm", 1, 200)),
            new("cell_mm", new NumberShape("Distance between heights that are independent of each other, mm", 50, 2000, Default: 200)),
            new("length_mm", new NumberShape("Along the level, mm", 500, 20000, Default: 4000))));

    /// <summary>A whole trial file.</summary>
    public static readonly VariantShape Trial = new("What a walker is put through", "kind",
        ("trial", new MapShape("A walk in physics with the board in the loop",
            new("kind", new TextShape("Kind of file", Allowed: ["trial"])),
            new("name", new TextShape("Name of the trial", Pattern: "^[a-z0-9][a-z0-9-]{0,63}$", Hint: "use lower-case letters, digits " +
                "and dashes")),
            new("robot", FileOrName),
            new("gait", FileOrName),
            new("terrain", Terrain),
            new("seconds", new NumberShape("Length of a run, s", 1, 600)),
            new("speed_mm_per_s", new NumberShape("Commanded speed, mm/s; the gait's own if left out", -2000, 2000), Optional: true),
            new("turn_deg_per_s", new NumberShape("Commanded turning speed, to the left above 0, degrees/s", -90, 90, Default: 0)),
            new("commands", new ListShape("What the walker is told on the way, by rising time", new MapShape("A command",
                new("at_s", new NumberShape("When, s after the walker was let go", 0, 600)),
                new("do", new TextShape("walk: it walks, and starts if it stood; stand: it brings its feet together and stands",
                    Allowed: ["walk", "stand"], Default: "walk")),
                new("speed_mm_per_s", Speed, Optional: true),
                new("turn_deg_per_s", Turn, Optional: true)), 1, 64), Optional: true),
            new("load", new MapShape("What the torso carries: a cube of 100 mm",
                new("mass_kg", new NumberShape("kg", 0.01, 100)),
                new("forward_mm", new NumberShape("Of its centre from the middle between the hips, mm", -1000, 1000, Default: 0)),
                new("left_mm", new NumberShape("Likewise, mm", -1000, 1000, Default: 0)),
                new("up_mm", new NumberShape("Likewise, mm", -1000, 2000, Default: 200))), Optional: true),
            new("cadence", new NumberShape("Factor on the frequency of the gait's steps", 0.5, 2, Default: 1)),
            new("seeds", new RangeShape("Seeds of the runs, first-last: noise, pushes and sensor offsets come from them", 0, int.MaxValue)),
            new("knock_mm_per_s", new NumberShape("Standard deviation of random changes of all speeds every 50 ms, mm/s and mrad/s", 0, 200,
                Default: 0)),
            new("push_ns", new NumberShape("Momentum of a push every five seconds, N s", 0, 50, Default: 0)),
            new("friction", new NumberShape("Coulomb coefficient under the soles; the robot's own if left out", 0.05, 3), Optional: true),
            new("drives", new TextShape("What turns the joints: the robot's servos, or pairs of pneumatic muscles that follow the same " +
                "targets", Allowed: ["servos", "muscles"], Default: "servos")),
            new("faults", new ListShape("What goes wrong on the way", new MapShape("A fault",
                new("at_s", new NumberShape("When, s after the walker was let go", 0, 600)),
                new("fault", new TextShape("A fault command of the virtual board, such as: imu freeze (ganglion sim --help lists them)",
                    Pattern: "^[ -~]{3,80}$", Hint: "give a command such as: imu freeze"))), 1, 32), Optional: true),
            new("conditions", new ListShape("What to compare; every run is made once under each. One, the gait's own, if left out",
                new MapShape("What differs from gait and trial",
                new("name", new TextShape("For tables", Pattern: "^[a-z0-9][a-z0-9+.-]{0,31}$", Hint: "use lower-case letters, digits, " +
                    "dots, plus signs and dashes")),
                new("gait", OtherGait, Optional: true),
                new("adapt", new NumberShape("Share of the slope that the ankles take", 0, 1.5), Optional: true),
                new("tegotae", new NumberShape("Scale of the Tegotae law", 0, 1.5), Optional: true),
                new("plantar", new NumberShape("Gain of the feedback of the soles' pressure", 0, 0.1), Optional: true),
                new("speed_mm_per_s", Speed, Optional: true),
                new("turn_deg_per_s", Turn, Optional: true)), 1, 16),
                    Optional: true))));

    private static (string, MapShape) Ground(string type, string meaning, params Field[] own) =>
        (type, new MapShape(meaning, [new("type", new TextShape("Kind of ground", Allowed: [type])), .. own, Side, Patches]));
}
