namespace Ganglion.Live.Replay;

/// <summary>What a log of a walk in physics holds beside what goes between host and board: what only the simulation knows.</summary>
public static class BodyTopics
{
    /// <summary>Where the body was, a tick each: see <see cref="PoseSchema"/>.</summary>
    public const string Pose = "/body/pose";

    /// <summary>What carried it, a tick each: see <see cref="ForcesSchema"/>.</summary>
    public const string Forces = "/body/forces";

    /// <summary>Name of the metadata about what it walked on, with the keys "name", "stretches" and "belt": lists in JSON of length (m),
    /// slope (rad) and rise (m) of each stretch from x = 0 on, and of time (s) and slope (rad) of a belt.</summary>
    public const string Ground = "ground";

    public const string PoseSchema = """
        {"type":"object","properties":{
        "hips_m":{"type":"array","items":{"type":"number"},"description":"middle between the hips: x forward, y left, z up"},
        "attitude_wxyz":{"type":"array","items":{"type":"number"},"description":"of the torso, a unit quaternion"},
        "angles_rad":{"type":"array","items":{"type":"number"},
        "description":"left leg, then right: hip yaw, hip roll, hip pitch, knee, ankle pitch, ankle roll"}}}
        """;

    public const string ForcesSchema = """
        {"type":"object","properties":{
        "centre_m":{"type":"array","items":{"type":"number"},"description":"centre of mass"},
        "pressure_m":{"type":"array","items":{"type":"number"},"description":"centre of pressure; empty while nothing carries load"},
        "loads_n":{"type":"array","items":{"type":"number"},"description":"normal force on the left foot, on the right foot"},
        "pitch_rad":{"type":"number","description":"of the torso against gravity, forward above 0"},
        "slope_rad":{"type":"number","description":"of the ground under the hips, or of the belt, uphill above 0"}}}
        """;
}
