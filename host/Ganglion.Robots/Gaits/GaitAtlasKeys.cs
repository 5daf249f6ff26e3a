using System.Collections.Immutable;
using System.Reflection;
using Ganglion.Robots.Yaml;
using Ganglion.Shared.Reflexes;
using Ganglion.Shared.Walking;

namespace Ganglion.Robots.Gaits;

/// <summary>The keys of a gait's `atlas`: what its board walks with on a slope, in the place of the same keys under `walk` and
/// `reflexes`. What an entry leaves out is as there.</summary>
public static class GaitAtlasKeys
{
    private const string Slope = "slope_deg";

    /// <summary>Each key, and what it is called in <see cref="WalkGround"/> and in the parameters whose place it takes.</summary>
    private static readonly (string Key, string Name)[] Keys =
    [
        ("lift_mm", "Lift"), ("foot_x_mm", "FootX"), ("foot_y_mm", "FootY"), ("height_mm", "Height"), ("surge_mm", "Surge"),
        ("bob_mm", "Bob"), ("sway_mm", "Sway"), ("sway_cross_mm", "SwayCross"), ("lean_deg", "Lean"), ("adapt", "Adapt"),
        ("ankle_pitch", "AnklePitch"), ("ankle_pitch_rate_s", "AnklePitchRate"), ("hip_pitch", "HipPitch"),
        ("hip_pitch_rate_s", "HipPitchRate"), ("hip_roll", "HipRoll"), ("hip_roll_rate_s", "HipRollRate"), ("ankle_roll", "AnkleRoll"),
        ("ankle_roll_rate_s", "AnkleRollRate"), ("place_forward_s", "PlaceForward"), ("place_side_s", "PlaceSide"),
    ];

    /// <summary>A gait's own values, as an entry.</summary>
    /// <param name="walk">Its steps.</param>
    /// <param name="reflexes">Its gains.</param>
    /// <param name="slope">Slope of the entry [rad].</param>
    public static WalkGround Own(WalkParameters walk, ReflexParameters reflexes, double slope)
    {
        var ground = new WalkGround { Slope = (float)slope };
        foreach ((_, string name) in Keys)
        {
            Of(name).SetValue(ground, OwnValue(name, walk, reflexes));
        }

        return ground;
    }

    /// <summary>What stands in a file for each value of an entry that is not the gait's own, its slope first.</summary>
    public static IEnumerable<(string Key, double Value)> Written(WalkGround ground, WalkParameters walk, ReflexParameters reflexes)
    {
        yield return (Slope, ground.Slope / Unit(Slope));
        foreach ((string key, string name) in Keys)
        {
            float value = (float)Of(name).GetValue(ground)!;
            if (value != OwnValue(name, walk, reflexes))
            {
                yield return (key, value / Unit(key));
            }
        }
    }

    /// <summary>The shape of the list: ranges and meanings are those of the same keys of the gait.</summary>
    /// <param name="gait">Fields under `walk` and `reflexes`.</param>
    internal static ListShape Shape(IReadOnlyList<Field> gait) => new("What it walks with on slopes, in rising order, in the place of " +
        "the same keys under walk and reflexes; between two slopes on the line between them, beyond the last as there. `tune atlas` " +
            "finds it",
        new MapShape("A slope; what is left out is as under walk and reflexes",
        [
            new(Slope, new NumberShape("Slope as the board believes it, uphill above 0, degrees", -24.9, 24.9)),
            .. Keys.Select(one =>
            {
                var shape = (NumberShape)gait.First(field => field.Key == one.Key).Shape;
                return new Field(one.Key, shape with { Default = null }, Optional: true);
            }),
        ]), 1, WalkDefinition.MaxGrounds);

    /// <summary>The list `atlas` of a gait; empty if it has none.</summary>
    internal static ImmutableArray<WalkGround> Read(Entry file, WalkParameters walk, ReflexParameters reflexes)
    {
        if (!file.Has("atlas"))
        {
            return [];
        }

        return [.. file.List("atlas").Select(entry =>
        {
            WalkGround ground = Own(walk, reflexes, entry.Number(Slope) * Unit(Slope));
            foreach ((string key, string name) in Keys.Where(one => entry.Has(one.Key)))
            {
                Of(name).SetValue(ground, (float)(entry.Number(key) * Unit(key)));
            }

            return ground;
        })];
    }

    private static FieldInfo Of(string name) => typeof(WalkGround).GetField(name)!;

    private static float OwnValue(string name, WalkParameters walk, ReflexParameters reflexes) =>
        typeof(WalkParameters).GetField(name) is { } step ? (float)step.GetValue(walk)!
            : (float)typeof(ReflexParameters).GetField(name)!.GetValue(reflexes)!;

    // Seconds and plain numbers stay what they are.
    private static double Unit(string key) => key.EndsWith("_mm", StringComparison.Ordinal) ? 1e-3
        : key.EndsWith("_deg", StringComparison.Ordinal) ? Math.PI / 180 : 1;
}
