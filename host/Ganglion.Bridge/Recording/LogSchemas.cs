namespace Ganglion.Bridge.Recording;

/// <summary>JSON schemas of what a session's log holds; those of Foxglove have its names and fields (foxglove.dev/docs, message schemas),
/// so that its panels show them without being told how.</summary>
public static class LogSchemas
{
    public const string Telemetry = """
        {"type":"object","properties":{"state":{"type":"string"},"reason":{"type":"integer"},"detail":{"type":"integer"},
        "mode":{"type":"integer"},"board_time_us":{"type":"integer"},"buffered":{"type":"integer"},"max_work_us":{"type":"integer"},
        "overruns":{"type":"integer"},"late_frames":{"type":"integer"},"missed_frames":{"type":"integer"},
        "refused_frames":{"type":"integer"},"starved_ticks":{"type":"integer"},"checksum_errors":{"type":"integer"},
        "i2c_errors":{"type":"integer"},"imu":{"type":"object","properties":{"frozen":{"type":"boolean"},"pitch_deg":{"type":"number"},
        "roll_deg":{"type":"number"},"pitch_rate_deg_s":{"type":"number"},"roll_rate_deg_s":{"type":"number"}}},
        "analog_v":{"type":"array","items":{"type":"number"}},"distance_mm":{"type":"array","items":{"type":"integer"}}}}
        """;

    public const string Walk = """
        {"type":"object","properties":{"stage":{"type":"integer"},"board_time_us":{"type":"integer"},"left_swings":{"type":"boolean"},
        "right_swings":{"type":"boolean"},"left_phase_turns":{"type":"number"},"right_phase_turns":{"type":"number"},
        "speed_m_s":{"type":"number"},"turn_deg_s":{"type":"number"},"level":{"type":"number"},"slope_deg":{"type":"number"},
        "shift_mm":{"type":"number"},"angles_deg":{"type":"array","items":{"type":"number"}}}}
        """;

    public const string Identity = """
        {"type":"object","properties":{"firmware":{"type":"string"},"name":{"type":"string"},"protocol":{"type":"integer"},
        "definition":{"type":"string"},"profile":{"type":"integer"},"tick_ms":{"type":"integer"},"state":{"type":"string"},
        "reason":{"type":"integer"},"detail":{"type":"integer"},"channels":{"type":"integer"},"chips":{"type":"integer"},
        "config_hash":{"type":"string"}}}
        """;

    private const string Time =
        """{"type":"object","title":"time","properties":{"sec":{"type":"integer","minimum":0},"nsec":{"type":"integer","minimum":0}}}""";

    /// <summary>foxglove.Log, and beside its fields what the board told.</summary>
    public const string Log = $$$$"""
        {"title":"foxglove.Log","type":"object","properties":{"timestamp":{{{{Time}}}},"level":{"type":"integer"},
        "message":{"type":"string"},"name":{"type":"string"},"file":{"type":"string"},"line":{"type":"integer"},
        "kind":{"type":"string"},"state":{"type":"string"},"reason":{"type":"integer"},"detail":{"type":"integer"}},
        "required":["timestamp","level","message","name","file","line"]}
        """;

    /// <summary>foxglove.JointStates: angles in rad.</summary>
    public const string JointStates = $$$$"""
        {"title":"foxglove.JointStates","type":"object","properties":{"timestamp":{{{{Time}}}},"joints":{"type":"array","items":
        {"title":"foxglove.JointState","type":"object","properties":{"name":{"type":"string"},"position":{"type":"number"}},
        "required":["name"]}}},"required":["timestamp","joints"]}
        """;

    private const string Vector = """
        {"title":"foxglove.Vector3","type":"object","properties":{"x":{"type":"number"},"y":{"type":"number"},"z":{"type":"number"}}}
        """;

    private const string Quaternion = """
        {"title":"foxglove.Quaternion","type":"object","properties":{"x":{"type":"number"},"y":{"type":"number"},"z":{"type":"number"},
        "w":{"type":"number"}}}
        """;

    /// <summary>foxglove.FrameTransforms: m, unit quaternions.</summary>
    public const string FrameTransforms = """
        {"title":"foxglove.FrameTransforms","type":"object","properties":{"transforms":{"type":"array","items":
        {"title":"foxglove.FrameTransform","type":"object","properties":{"parent_frame_id":{"type":"string"},
        "child_frame_id":{"type":"string"},"timestamp":
        """ + Time + ",\"translation\":" + Vector + ",\"rotation\":" + Quaternion + "}}}}}";

    private const string Body = """
        {"type":"array","items":{"type":"object","properties":{"bottom_scale":{"type":"number"},"top_scale":{"type":"number"},
        "color":{"title":"foxglove.Color","type":"object","properties":{"r":{"type":"number"},"g":{"type":"number"},
        "b":{"type":"number"},"a":{"type":"number"}}},"pose":{"title":"foxglove.Pose","type":"object","properties":{"position":
        """ + Vector + ",\"orientation\":" + Quaternion + "}},\"size\":" + Vector + "}}}";

    /// <summary>foxglove.SceneUpdate, of which boxes and cylinders are used.</summary>
    public const string SceneUpdate = """
        {"title":"foxglove.SceneUpdate","type":"object","properties":{"deletions":{"type":"array","items":{"type":"object"}},
        "entities":{"type":"array","items":{"title":"foxglove.SceneEntity","type":"object","properties":{"frame_id":{"type":"string"},
        "id":{"type":"string"},"frame_locked":{"type":"boolean"},"lifetime":{"type":"object","title":"duration","properties":
        {"sec":{"type":"integer"},"nsec":{"type":"integer"}}},"timestamp":
        """ + Time + ",\"cubes\":" + Body + ",\"cylinders\":" + Body + "}}}}}";

    /// <summary>Numbers by name, in groups that carry the unit in their name.</summary>
    public const string Named = """
        {"type":"object","additionalProperties":{"type":"object","additionalProperties":{"type":"number"}}}
        """;
}
