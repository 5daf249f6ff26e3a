using Ganglion.Robots.Yaml;
using Ganglion.Shared.Link;
using Ganglion.Shared.Rhythms;

namespace Ganglion.Robots.Walkers;

/// <summary>The shapes of what a walker has beside its boards and channels.</summary>
internal static class WalkerShapes
{
    // As LegGeometry has them.
    private const double MinLink = 5, MaxLink = 2000;

    /// <summary>Links of both legs.</summary>
    public static readonly Field Legs = new("legs", new MapShape("Links of both legs",
        new("thigh_mm", new NumberShape("Hip to knee, mm", MinLink, MaxLink)),
        new("shank_mm", new NumberShape("Knee to ankle, mm", MinLink, MaxLink)),
        new("ankle_mm", new NumberShape("Ankle over the sole, mm", 0, MaxLink)),
        new("hip_half_width_mm", new NumberShape("Half the distance of the hips, mm", 0, MaxLink))));

    /// <summary>Joints and their channels.</summary>
    public static readonly Field Joints = new("joints", new ListShape(
        "The joints of both legs, each once: 12, or 10 if no leg has an ankle roll",
        new MapShape("A joint and its channel: value = centre + travel_per_rad x angle",
            new("joint", new TextShape("Which joint", Allowed: [.. WalkerLayout.JointNames])),
            new("channel", new NumberShape("The board's number of the channel, from 0", 0, FrameFormat.MaxChannels - 1, Whole: true)),
            new("centre", new NumberShape("Fraction of the travel at angle 0", 0, 1)),
            new("travel_per_rad", new NumberShape("Fraction of the travel per radian; its sign is the sense of rotation",
                -ChannelMap.MaxGain, ChannelMap.MaxGain)),
            new("min_deg", new NumberShape("Smallest angle, degrees", -180, 180)),
            new("max_deg", new NumberShape("Largest angle, degrees", -180, 180))),
        10, 12));

    /// <summary>Masses, soles and servos.</summary>
    public static readonly Field Body = new("body", new MapShape("What physics needs to know: masses, soles and servos",
        new("torso", new MapShape("A box that stands on the hips",
            new("mass_kg", new NumberShape("Mass, kg", 0.01, 500)),
            new("depth_mm", new NumberShape("Size forward, mm", 1, 2000)),
            new("width_mm", new NumberShape("Size to the side, mm", 1, 2000)),
            new("height_mm", new NumberShape("Size up, mm", 1, 2000)))),
        new("thigh_kg", new NumberShape("Mass of one thigh, kg", 0.001, 100)),
        new("shank_kg", new NumberShape("Mass of one shank, kg", 0.001, 100)),
        new("sole", new MapShape("A foot; the sole's centre is under the ankle",
            new("mass_kg", new NumberShape("Mass, kg", 0.001, 100)),
            new("length_mm", new NumberShape("Size forward, mm", 10, 1000)),
            new("width_mm", new NumberShape("Size to the side, mm", 10, 1000)),
            new("friction", new NumberShape("Coulomb coefficient against the ground", 0.01, 5)))),
        new("servo", new MapShape("The position servo of every joint",
            new("stiffness_nm_per_rad", new NumberShape("Torque per radian of error, N m/rad", 0.01, 1e5)),
            new("torque_nm", new NumberShape("Largest torque, N m", 0.01, 1e4)),
            new("speed_deg_per_s", new NumberShape("Largest speed, degrees/s", 1, 1e4)),
            new("damping_nms_per_rad", new NumberShape("Damping of the joint, N m s/rad", 0, 1e3)),
            new("armature_kg_m2", new NumberShape("Inertia of the geared rotor at the joint, kg m2", 0, 10))))));

    /// <summary>Force sensors under the soles.</summary>
    public static readonly Field FootSensors = new("foot_sensors", new ListShape("Force sensors under the soles, on inputs of ADS1115s",
        new MapShape("A force sensor",
            new("input", new NumberShape("The board's number of the analog input, from 0: four an ADS1115, in the order of the chips", 0, 7,
                Whole: true)),
            new("foot", new TextShape("Under which foot", Allowed: ["left", "right"])),
            new("end", new TextShape("Under which half of the sole", Allowed: ["toe", "heel"])),
            new("full_scale_n", new NumberShape("Force at 2.048 V, N", 0.1, 1e5))),
        1, 4), Optional: true);
}
