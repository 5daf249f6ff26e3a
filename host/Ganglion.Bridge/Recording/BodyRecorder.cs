using System.Text.Json;
using Ganglion.Basics.Space;
using Ganglion.Robots.Urdf;

namespace Ganglion.Bridge.Recording;

/// <summary>
/// Where a robot's links are, as Foxglove's 3D panel shows them: their frames under <see cref="TransformsTopic"/>
/// (foxglove.FrameTransforms), and their bodies once a second, for who comes late, under <see cref="SceneTopic"/> (foxglove.SceneUpdate).
/// Allocates nothing.
/// </summary>
public sealed class BodyRecorder
{
    public const string TransformsTopic = "/tf", SceneTopic = "/scene";

    private const long ScenePeriod = 1_000_000_000;

    private readonly JsonLog _log;
    private readonly LogChannel _transforms, _scene;
    private readonly (JsonEncodedText Parent, JsonEncodedText Child)[] _frames;
    private readonly (UrdfLink Link, JsonEncodedText Name)[] _bodies;
    private long _sceneDue = long.MinValue;

    /// <param name="log">Where to.</param>
    /// <param name="frames">Each frame's parent and name.</param>
    /// <param name="bodies">Links of these names; those without a body are left out.</param>
    public BodyRecorder(JsonLog log, IEnumerable<(string Parent, string Child)> frames, IEnumerable<UrdfLink> bodies)
    {
        _log = log;
        _frames = [.. frames.Select(frame => (JsonEncodedText.Encode(frame.Parent), JsonEncodedText.Encode(frame.Child)))];
        _bodies = [.. bodies.Where(link => link.Size != null).Select(link => (link, JsonEncodedText.Encode(link.Name)))];
        _transforms = log.AddJson(TransformsTopic, "foxglove.FrameTransforms", LogSchemas.FrameTransforms);
        _scene = log.AddJson(SceneTopic, "foxglove.SceneUpdate", LogSchemas.SceneUpdate);
    }

    /// <summary>Writes where the frames are.</summary>
    /// <param name="time">Now, ns of the log's clock.</param>
    /// <param name="measuredAt">When they were there, ns of the log's clock.</param>
    /// <param name="relative">Each frame in its parent's, in their order.</param>
    public void Write(long time, long measuredAt, ReadOnlySpan<Pose> relative)
    {
        if (_log.Begin(_transforms))
        {
            _log.Json.WriteStartArray("transforms"u8);
            for (int i = 0; i < relative.Length; i++)
            {
                _log.Json.WriteStartObject();
                _log.WriteTimestamp(measuredAt);
                _log.Json.WriteString("parent_frame_id"u8, _frames[i].Parent);
                _log.Json.WriteString("child_frame_id"u8, _frames[i].Child);
                _log.WriteVector("translation"u8, relative[i].Position);
                _log.WriteQuaternion("rotation"u8, relative[i].Orientation);
                _log.Json.WriteEndObject();
            }

            _log.Json.WriteEndArray();
            _log.End(time, measuredAt);
        }

        if (time >= _sceneDue && _log.Begin(_scene))
        {
            _sceneDue = time + ScenePeriod;
            WriteScene(measuredAt);
            _log.End(time, measuredAt);
        }
    }

    private void WriteScene(long measuredAt)
    {
        Utf8JsonWriter json = _log.Json;
        json.WriteStartArray("deletions"u8);
        json.WriteEndArray();
        json.WriteStartArray("entities"u8);
        foreach ((UrdfLink link, JsonEncodedText name) in _bodies)
        {
            json.WriteStartObject();
            _log.WriteTimestamp(measuredAt);
            json.WriteString("frame_id"u8, name);
            json.WriteString("id"u8, name);
            json.WriteStartObject("lifetime"u8); // 0: until it is replaced
            json.WriteNumber("sec"u8, 0);
            json.WriteNumber("nsec"u8, 0);
            json.WriteEndObject();
            json.WriteBoolean("frame_locked"u8, true);
            json.WriteStartArray(link.IsBox ? "cubes"u8 : "cylinders"u8);
            json.WriteStartObject();
            json.WriteStartObject("pose"u8);
            _log.WriteVector("position"u8, link.Middle);
            _log.WriteQuaternion("orientation"u8, Quat.Identity);
            json.WriteEndObject();
            _log.WriteVector("size"u8, link.Size!.Value);
            if (!link.IsBox)
            {
                json.WriteNumber("bottom_scale"u8, 1);
                json.WriteNumber("top_scale"u8, 1);
            }

            WriteColour(json);
            json.WriteEndObject();
            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteColour(Utf8JsonWriter json)
    {
        json.WriteStartObject("color"u8);
        json.WriteNumber("r"u8, 0.8);
        json.WriteNumber("g"u8, 0.8);
        json.WriteNumber("b"u8, 0.78);
        json.WriteNumber("a"u8, 1);
        json.WriteEndObject();
    }
}
