using System.Text.Json;
using Ganglion.Basics.Space;
using Ganglion.Bridge.Recording;
using Ganglion.Live.Tracking;
using Ganglion.Robots.Urdf;

namespace Ganglion.Live.Recording;

/// <summary>
/// Writes measured poses to a log, in JSON under <see cref="Topic"/>: the tip and, where they are measured, the modules as trackers send
/// them, and beside them the "strokes" that all gears had at that moment if their servos kept up with what they were told (fractions of
/// their travel, joint-major). That is what a forward model is learned from. For 3D panels the whole arm as those strokes put it: its
/// frames and bodies (<see cref="BodyRecorder"/>), and under <see cref="JointsTopic"/> the values of the joints that
/// <see cref="TrunkUrdf"/> names.
/// </summary>
/// <remarks>The publish time is when the tip was there.</remarks>
public sealed class PoseRecorder
{
    public const string Topic = "/arm/pose", JointsTopic = "/joint_states";

    /// <summary>Where the tip is wanted from then on; without a position: nowhere.</summary>
    public const string TargetTopic = "/arm/target";

    private readonly JsonLog _log;
    private readonly ArmSession _session;
    private readonly LogChannel _poses, _joints, _targets;
    private readonly BodyRecorder _body;
    private readonly JsonEncodedText[] _names;
    private readonly double[] _strokes, _inputs, _values;
    private readonly Pose[] _modules, _relative;
    private readonly UrdfJoint[] _fingers;
    private long _last = long.MinValue;
    private Pose? _target;

    /// <param name="log">Stays the caller's.</param>
    /// <param name="session">The arm.</param>
    public PoseRecorder(JsonLog log, ArmSession session)
    {
        (_log, _session) = (log, session);
        UrdfModel model = TrunkUrdf.Of(session.Robot);
        _names = [.. TrunkUrdf.JointNames(session.Robot).Select(name => JsonEncodedText.Encode(name))];
        (_strokes, _inputs, _values) = (new double[session.Arm.StrokeCount], new double[session.Arm.InputCount], new double[_names.Length]);
        _fingers = [.. model.Joints.Where(joint => joint.Parent == TrunkUrdf.Tip)];
        (_modules, _relative) = (new Pose[session.Arm.Joints], new Pose[session.Arm.Joints + 1 + _fingers.Length]);
        string[] chain = [.. model.Links.SkipLast(_fingers.Length).Where(link => link.Size != null).Select(link => link.Name)];
        _poses = log.AddJson(Topic, "ganglion.Pose", Schema);
        _targets = log.AddJson(TargetTopic, "ganglion.Target", TargetSchema);
        _joints = log.AddJson(JointsTopic, "foxglove.JointStates", LogSchemas.JointStates);
        _body = new BodyRecorder(log, [.. chain.Zip(chain.Skip(1)), .. _fingers.Select(finger => (finger.Parent, finger.Child))],
            model.Links);
    }

    /// <summary>Writes what is measured and what is commanded now. The arm is armed.</summary>
    /// <param name="posture">The newest measurement; one that was written before is not written again; null: nothing is measured.</param>
    /// <param name="target">Where the tip is wanted; null: nowhere.</param>
    public void Note(MeasuredPosture? posture, Pose? target)
    {
        long now = _session.Clock.NowNanoseconds, at = posture?.Time ?? now;
        NoteTarget(target, now);
        if (posture != null && at <= _last)
        {
            return;
        }

        _session.StrokesAt(at, _strokes);
        if (posture != null)
        {
            _last = at;
            NotePose(posture, now);
        }

        NoteBody(at, now);
    }

    private void NoteTarget(Pose? target, long now)
    {
        if (target == _target || !_log.Begin(_targets))
        {
            return;
        }

        _target = target;
        if (target is { } pose)
        {
            PoseJson.Write(_log.Json, pose, []);
        }

        _log.End(now, now);
    }

    private void NotePose(MeasuredPosture posture, long now)
    {
        if (!_log.Begin(_poses))
        {
            return;
        }

        _log.Json.WriteStartArray("strokes"u8);
        foreach (double stroke in _strokes)
        {
            _log.Json.WriteNumberValue(Math.Round(stroke, 6));
        }

        _log.Json.WriteEndArray();
        PoseJson.Write(_log.Json, posture.Tip, posture.Modules);
        _log.End(now, posture.Time);
    }

    private void NoteBody(long at, long now)
    {
        _session.Arm.StrokesToInputs(_strokes, _inputs);
        double finger = _session.Gripper is { } gripper ? TrunkUrdf.FingerValue(gripper.Description, gripper.At) : 0;
        if (_log.Begin(_joints))
        {
            TrunkUrdf.JointValues(_session.Arm, _inputs, _values);
            Array.Fill(_values, finger, _values.Length - _fingers.Length, _fingers.Length);
            _log.WriteTimestamp(at);
            _log.WriteJoints(_names, _values);
            _log.End(now, at);
        }

        Pose tip = _session.Arm.ForwardFromStrokes(_strokes, _modules), before = new(default, Quat.Identity);
        for (int i = 0; i <= _modules.Length; i++)
        {
            Pose there = i < _modules.Length ? _modules[i] : tip;
            Quat back = before.Orientation.Conjugate;
            _relative[i] = new Pose(back.ToMatrix() * (there.Position - before.Position), (back * there.Orientation).Normalized());
            before = there;
        }

        for (int i = 0; i < _fingers.Length; i++)
        {
            _relative[_modules.Length + 1 + i] = _fingers[i].At(finger);
        }

        _body.Write(now, at, _relative);
    }

    private const string TargetSchema = """
        {"type":"object","properties":{"position_mm":{"type":"array","items":{"type":"number"}},
        "quaternion":{"type":"array","items":{"type":"number"}}}}
        """;

    private const string Schema = """
        {"type":"object","properties":{"strokes":{"type":"array","items":{"type":"number"}},
        "position_mm":{"type":"array","items":{"type":"number"}},"quaternion":{"type":"array","items":{"type":"number"}},
        "modules":{"type":"array","items":{"type":"object","properties":{"position_mm":{"type":"array","items":{"type":"number"}},
        "quaternion":{"type":"array","items":{"type":"number"}}}}}}}
        """;
}
