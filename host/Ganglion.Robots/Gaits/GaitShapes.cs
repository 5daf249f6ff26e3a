using Ganglion.Robots.Rhythms;
using Ganglion.Robots.Yaml;
using Ganglion.Shared.Reflexes;
using Ganglion.Shared.Walking;

namespace Ganglion.Robots.Gaits;

/// <summary>The shape of a gait file. Bounds are those of shared/Legs and shared/Rhythms.</summary>
internal static class GaitShapes
{
    /// <summary>What a gait may be called.</summary>
    public const string NamePattern = "^[a-z0-9][a-z0-9-]{0,63}$";

    // Those that reflexes have by themselves.
    private static readonly ReflexParameters Own = new();

    private static readonly MapShape Oscillator = new("Parameters of an oscillator",
        new("rise_time_ms", new NumberShape("Tr, ms", 5, 20000)),
        new("adaptation_time_ms", new NumberShape("Ta, ms", 5, 20000)),
        new("drive", new NumberShape("s, tonic drive", 0, 50)),
        new("adaptation", new NumberShape("beta, a magnitude", 0, 50)),
        new("inhibition", new NumberShape("a, a magnitude", 0, 50)));

    private static readonly Field[] Steps =
    [
        new("lift_mm", new NumberShape("Height of a step, mm", 0, 500)),
        new("foot_x_mm", new NumberShape("Middle of a stance, forward of the hips, mm", -1000, 1000)),
        new("foot_y_mm", new NumberShape("Half the distance of the feet, mm", 0, 1000)),
        new("height_mm", new NumberShape("Hips over the soles, mm", 10, 4000)),
        new("surge_mm", new NumberShape("Hips forward per unit of cx, mm", -2000, 2000)),
        new("bob_mm", new NumberShape("Hips up per unit of cy, mm", -2000, 2000)),
        new("sway_mm", new NumberShape("Hips to the right per unit of cz, mm", -2000, 2000)),
        new("sway_cross_mm", new NumberShape("Hips to the right per unit of cx, mm: sets the sway's phase", -2000, 2000,
            Default: 0)),
        new("lean_deg", new NumberShape("Pitch at which the torso is carried, forward above 0, degrees", -28, 28,
            Default: 0)),
        new("corner_hz", new NumberShape("Low-pass of the oscillators' outputs, Hz", 0.5, 20)),
        new("speed_mm_per_s", new NumberShape("Speed that the gait was made for, mm/s", -10000, 10000)),
        new("max_speed_mm_per_s", new NumberShape("Largest speed, mm/s", 0, 10000)),
        new("max_turn_deg_per_s", new NumberShape("Largest turning speed, degrees/s", 0, 570)),
        new("acceleration_mm_per_s2", new NumberShape("Largest change of speed, mm/s2", 1, 10000)),
        new("turn_acceleration_deg_per_s2", new NumberShape("Largest change of turning speed, degrees/s2", 0.06, 570)),
        new("ramp_ms", new NumberShape("From standing to full steps, and back, ms", 100, 60000)),
    ];

    private const string AboutSteps = "Steps, motion of the hips, and bounds of what a host may ask for";

    private static readonly MapShape Walk = new(AboutSteps,
    [
        new("cycle_ms", new NumberShape("Two steps of the network at frequency 1, ms", 200, 10000)),
        new("duty", new NumberShape("Share of the cycle that a foot stands", 0.5, 0.9)),
        .. Steps,
        new("phase", new MapShape("Makes the phase even in time: shift and even harmonics, rad",
            new("shift", Phase), new("sin2", Phase), new("cos2", Phase), new("sin4", Phase), new("cos4", Phase))),
    ]);

    private static readonly Field PlantarGain = Gain("plantar", "Input to cx per body weight of load difference", 0, 0.1);

    private static readonly Field[] ReflexFields =
    [
        new("slope_time_ms", new NumberShape("Low-pass of the slope, ms", 20, 2000,
            Default: Math.Round(1000.0 * Own.SlopeTime, 3))),
        new("contact_load", new NumberShape("Load of a foot above which it touches, body weights", 0, 1,
            Default: Math.Round((double)Own.ContactLoad, 6))),
        Gain("toe_strike_deg_per_s", "How fast a foot that lands on its toe alone makes the felt slope steeper, degrees/s; above 0 soles " +
            "on an edge are not read", 0, 286),
        Gain("adapt", "Share of the slope that the soles take over", 0, 1.5),
        Gain("tegotae", "Factor on the shift of the Tegotae law", 0, 1.5),
        Gain("ankle_pitch", "Ankle pitch per pitch of the torso", -3, 3),
        Gain("ankle_pitch_rate_s", "The same per pitch rate, s", -1, 1),
        Gain("hip_pitch", "Hip pitch per pitch of the torso", -3, 3),
        Gain("hip_pitch_rate_s", "The same per pitch rate, s", -1, 1),
        Gain("hip_roll", "Hip roll per roll of the torso", -3, 3),
        Gain("hip_roll_rate_s", "The same per roll rate, s", -1, 1),
        Gain("ankle_roll", "Ankle roll per roll of the torso", -3, 3),
        Gain("ankle_roll_rate_s", "The same per roll rate, s", -1, 1),
        Gain("place_forward_s", "Landing place per deviation of the forward speed, s", -1, 1),
        Gain("place_side_s", "Landing place per sideward speed, s", -1, 1),
        Gain("heading_per_s", "Turning speed per error of the heading, 1/s", 0, 5),
    ];

    private const string AboutReflexes = "Gains of the reflexes";

    private static Field Gain(string key, string about, double min, double max) => new(key,
        new NumberShape(about, min, max, Default: 0));

    private static NumberShape Phase => new("Coefficient, rad", -0.2, 0.2);

    private static readonly Field[] Names =
    [
        new("name", new TextShape("Name of the gait", Pattern: NamePattern, Hint: "use lower-case letters, digits " +
            "and dashes")),
        new("robot", new MapShape("The robot that it was made for",
            new("name", new TextShape("Its name", Pattern: "^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$",
                Hint: "use the name in the robot's file")),
            new("sha256", new TextShape("Hash of what walks of it: legs, body, joints' ranges, tick", Pattern: "^[0-9a-f]{64}$",
                Hint: "give 64 lower-case hexadecimal digits")))),
        new("made_by", new MapShape("Where it comes from",
            new("version", new TextShape("Version of Ganglion", Pattern: "^[0-9A-Za-z.+-]{1,64}$", Hint: "such as 0.1.0")),
            new("search", new TextShape("Search that found it", Allowed: ["ga", "cma"])),
            new("seed", new NumberShape("Seed of the search", int.MinValue, int.MaxValue, Whole: true)),
            new("evaluations", new NumberShape("Gaits judged", 0, 1e12, Whole: true)),
            new("fitness", new NumberShape("Fitness (17) less penalties; of a gait tuned in physics its worth there", -1e9, 1e9)),
            new("margin_mm", new NumberShape("Least margin of the ZMP, mm", -1e6, 1e6), Optional: true),
            new("step_mm", new NumberShape("Step, mm", 0, 1e5)),
            new("tasks", new TextShape("Tasks of a tuning in physics, and the speed asked for in m/s", Pattern: "^[a-z0-9.@+]{1,200}$",
                Hint: "such as flat@0.25+hill15@0.18"), Optional: true),
            new("noise_seeds", new NumberShape("Noise seeds of each task", 1, 1000, Whole: true), Optional: true)), Optional: true),
    ];

    private static readonly Field Speeds = new("speeds", new ListShape("What was walked with which steps, sorted by slope and then by " +
        "steps; with it the walker walks as fast as it is told, as far as it can. `tune speed` measures it", new MapShape(
        "A speed: of a slope there are two or more",
        new("slope_deg", new NumberShape("Slope as the board believes it, uphill above 0, degrees", -24.9, 24.9)),
        new("steps_mm_per_s", new NumberShape("Speed of the steps, mm/s, within max_speed_mm_per_s", -10000, 10000)),
        new("walked_mm_per_s", new NumberShape("Speed over ground with them, mm/s; it grows with the steps", -10000, 10000))), 2,
        WalkDefinition.MaxSpeeds), Optional: true);

    private static readonly Field Atlas = new("atlas", GaitAtlasKeys.Shape([.. Steps, .. ReflexFields]), Optional: true);

    private static readonly Field Timeout = new("timeout_s", new NumberShape("How long the board walks without a word from the host, s", 1,
        3600, Whole: true));

    /// <summary>A whole gait file: of oscillators, or of a chess clock, from which cycle and duty come.</summary>
    public static readonly VariantShape Gait = new("A gait that a board walks by itself", "kind",
        ("gait", new MapShape("Oscillators, steps and reflexes",
        [
            new("kind", new TextShape("Kind of file", Allowed: ["gait"])),
            .. Names,
            new("ring", new NumberShape("Strength of the quadrature ring between the feet", 0.01, 50)),
            new("foot", Oscillator),
            new("body", Oscillator),
            new("walk", Walk),
            new("reflexes", new MapShape(AboutReflexes, [.. ReflexFields, PlantarGain]), Optional: true),
            Speeds,
            Atlas,
            Timeout,
        ])),
        ("clock-gait", new MapShape("A chess clock that times the legs, steps and reflexes",
        [
            new("kind", new TextShape("Kind of file", Allowed: ["clock-gait"])),
            .. Names,
            new("clock", new MapShape("Two half-centers, left and right, of two clocks each of which one runs: the flexor's while the " +
                "foot swings, the extensor's while it stands", RhythmShapes.ClockFields)),
            new("walk", new MapShape(AboutSteps, Steps)),
            new("reflexes", new MapShape(AboutReflexes, ReflexFields), Optional: true),
            Speeds,
            Atlas,
            Timeout,
        ])));
}
