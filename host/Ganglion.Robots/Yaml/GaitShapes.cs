using Ganglion.Shared.Link;

namespace Ganglion.Robots.Yaml;

/// <summary>The shape of a gait file. Bounds are those of shared/Legs and shared/Rhythms.</summary>
internal static class GaitShapes
{
    private static readonly MapShape Oscillator = new("Parameters of an oscillator",
        new("rise_time_ms", new NumberShape("Tr, ms", 5, 20000)),
        new("adaptation_time_ms", new NumberShape("Ta, ms", 5, 20000)),
        new("drive", new NumberShape("s, tonic drive", 0, 50)),
        new("adaptation", new NumberShape("beta, a magnitude", 0, 50)),
        new("inhibition", new NumberShape("a, a magnitude", 0, 50)));

    private static readonly MapShape Legs = new("Links and joints of both legs",
        new("thigh_mm", new NumberShape("Hip to knee, mm", 5, 2000)),
        new("shank_mm", new NumberShape("Knee to ankle, mm", 5, 2000)),
        new("ankle_mm", new NumberShape("Ankle over the sole, mm", 0, 2000)),
        new("hip_half_width_mm", new NumberShape("Half the distance of the hips, mm", 0, 2000)),
        new("knee_limit_deg", new NumberShape("Largest bend of the knee, degrees", 10, 170)),
        new("ankle_roll", new FlagShape("true: six joints a leg; false: five, and the soles tilt with the hip roll")));

    private static readonly MapShape Walk = new("Steps, motion of the hips, and bounds of what a host may ask for",
        new("cycle_ms", new NumberShape("Two steps of the network at frequency 1, ms", 200, 10000)),
        new("duty", new NumberShape("Share of the cycle that a foot stands", 0.5, 0.9)),
        new("lift_mm", new NumberShape("Height of a step, mm", 0, 500)),
        new("foot_x_mm", new NumberShape("Middle of a stance, forward of the hips, mm", -1000, 1000)),
        new("foot_y_mm", new NumberShape("Half the distance of the feet, mm", 0, 1000)),
        new("height_mm", new NumberShape("Hips over the soles, mm", 10, 4000)),
        new("surge_mm", new NumberShape("Hips forward per unit of cx, mm", -2000, 2000)),
        new("bob_mm", new NumberShape("Hips up per unit of cy, mm", -2000, 2000)),
        new("sway_mm", new NumberShape("Hips to the right per unit of cz, mm", -2000, 2000)),
        new("corner_hz", new NumberShape("Low-pass of the oscillators' outputs, Hz", 0.5, 20)),
        new("speed_mm_per_s", new NumberShape("Speed that the gait was made for, mm/s", -10000, 10000)),
        new("max_speed_mm_per_s", new NumberShape("Largest speed, mm/s", 0, 10000)),
        new("max_turn_deg_per_s", new NumberShape("Largest turning speed, degrees/s", 0, 570)),
        new("acceleration_mm_per_s2", new NumberShape("Largest change of speed, mm/s2", 1, 10000)),
        new("turn_acceleration_deg_per_s2", new NumberShape("Largest change of turning speed, degrees/s2", 0.06, 570)),
        new("ramp_ms", new NumberShape("From standing to full steps, and back, ms", 100, 60000)),
        new("phase", new MapShape("Makes the phase even in time: shift and even harmonics, rad",
            new("shift", Phase), new("sin2", Phase), new("cos2", Phase), new("sin4", Phase), new("cos4", Phase))));

    private static NumberShape Phase => new("Coefficient, rad", -0.2, 0.2);

    /// <summary>A whole gait file.</summary>
    public static readonly VariantShape Gait = new("A gait that a board walks by itself", "kind",
        ("gait", new MapShape("Oscillators, legs, steps, and the channels of the joints",
            new("kind", new TextShape("Kind of file", Allowed: ["gait"])),
            new("name", new TextShape("Name of the gait", Pattern: "^[a-z0-9][a-z0-9-]{0,63}$", Hint: "use lower-case letters, digits and dashes")),
            new("robot", new MapShape("The robot that it was made for",
                new("name", new TextShape("Its name", Pattern: "^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$", Hint: "use the name in the robot's file")),
                new("sha256", new TextShape("Hash of its file", Pattern: "^[0-9a-f]{64}$", Hint: "give 64 lower-case hexadecimal digits")))),
            new("made_by", new MapShape("Where it comes from",
                new("version", new TextShape("Version of Ganglion", Pattern: "^[0-9A-Za-z.+-]{1,64}$", Hint: "such as 0.1.0")),
                new("search", new TextShape("Search that found it", Allowed: ["ga", "cma"])),
                new("seed", new NumberShape("Seed of the search", int.MinValue, int.MaxValue, Whole: true)),
                new("evaluations", new NumberShape("Gaits judged", 0, 1e12, Whole: true)),
                new("fitness", new NumberShape("Fitness (17) less penalties", -1e9, 1e9)),
                new("margin_mm", new NumberShape("Least margin of the ZMP, mm", -1e6, 1e6)),
                new("step_mm", new NumberShape("Step, mm", 0, 1e5))), Required: false),
            new("ring", new NumberShape("Strength of the quadrature ring between the feet", 0.01, 50)),
            new("foot", Oscillator),
            new("body", Oscillator),
            new("legs", Legs),
            new("walk", Walk),
            new("joints", new ListShape("Channels of the joints, each once", new MapShape("A channel that follows a joint: value = centre + travel_per_rad x angle",
                new("channel", new NumberShape("The board's number of the channel, from 0", 0, FrameFormat.MaxChannels - 1, Whole: true)),
                new("joint", new TextShape("Which joint", Allowed: BoardWalk.JointNames)),
                new("centre", new NumberShape("Fraction of the travel at angle 0", 0, 1)),
                new("travel_per_rad", new NumberShape("Fraction of the travel per radian; its sign is the sense of rotation", -100, 100))), 1, 12)))));
}
