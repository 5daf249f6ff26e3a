using Ganglion.Robots.Yaml;

namespace Ganglion.Robots.Trials;

/// <summary>The shape of a trial file.</summary>
internal static class TrialShapes
{
    private const double Steepest = 25;

    private static readonly TextShape FileOrName = new("A file, or the name of a shipped one",
        Pattern: "^[A-Za-z0-9][A-Za-z0-9._/-]{0,255}$", Hint: "use a file's path or the name of a shipped one");

    private static readonly VariantShape Terrain = new("What the walker walks on", "type",
        ("flat", new MapShape("Level ground",
            new Field("type", new TextShape("Kind of ground", Allowed: ["flat"])))),
        ("ramp", new MapShape("Level ground, a ramp, level ground",
            new("type", new TextShape("Kind of ground", Allowed: ["ramp"])),
            new("slope_deg", new NumberShape("Slope, up is positive, degrees", -Steepest, Steepest)),
            new("lead_mm", new NumberShape("Level ground before the ramp, mm", 0, 20000, Default: 1200)),
            new("length_mm", new NumberShape("The ramp along the level, mm", 100, 20000, Default: 4000)))),
        ("belt", new MapShape("An endless belt whose slope changes",
            new("type", new TextShape("Kind of ground", Allowed: ["belt"])),
            new("schedule", new ListShape("Slopes by rising time; between entries the slope changes linearly",
                new MapShape("A slope at a time",
                new("at_s", new NumberShape("Time, s", 0, 600)),
                new("slope_deg", new NumberShape("Slope, up is positive, degrees", -Steepest, Steepest))), 1, 64)))),
        ("steps", new MapShape("Level steps of random height after 1.2 m of level ground",
            new("type", new TextShape("Kind of ground", Allowed: ["steps"])),
            new("height_mm", new NumberShape("Largest change from step to step, up or down, mm", 0, 200)),
            new("length_mm", new NumberShape("Of a step, mm", 100, 5000)),
            new("count", new NumberShape("Number of steps", 1, 200, Whole: true)))));

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
            new("cadence", new NumberShape("Factor on the frequency of the gait's steps", 0.5, 2, Default: 1)),
            new("seeds", new RangeShape("Seeds of the runs, first-last: noise, pushes and sensor offsets come from them", 0, 9999)),
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
            new("conditions", new ListShape("Reflexes to compare; every run is made once under each. One, the gait's own, if left out",
                new MapShape("Reflexes that differ from the gait's own",
                new("name", new TextShape("For tables", Pattern: "^[a-z0-9][a-z0-9+.-]{0,31}$", Hint: "use lower-case letters, digits, " +
                    "dots, plus signs and dashes")),
                new("adapt", new NumberShape("Share of the slope that the ankles take", 0, 1.5), Optional: true),
                new("tegotae", new NumberShape("Scale of the Tegotae law", 0, 1.5), Optional: true),
                new("plantar", new NumberShape("Gain of the feedback of the soles' pressure", 0, 0.1), Optional: true)), 1, 16),
                    Optional: true))));
}
