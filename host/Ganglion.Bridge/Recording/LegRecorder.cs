using System.Text.Json;
using Ganglion.Basics.Space;
using Ganglion.Bridge.Messages;
using Ganglion.Robots.Robot;
using Ganglion.Robots.Urdf;
using Ganglion.Robots.Walkers;

namespace Ganglion.Bridge.Recording;

/// <summary>
/// A walker as its board commands it: the joints' angles under /board/ID/joints (foxglove.JointStates), and the body that they give
/// (<see cref="BodyRecorder"/>), its torso turned as the board's IMU says, at the height of straight legs: where in the world it is, no
/// board knows.
/// </summary>
internal sealed class LegRecorder
{
    private const string World = "world";

    private readonly JsonLog _log;
    private readonly LogChannel _angles;
    private readonly BodyRecorder _body;
    private readonly JsonEncodedText[] _names;
    private readonly int[] _indices;
    private readonly double[] _values;
    private readonly (UrdfJoint Joint, int Value)[] _joints;
    private readonly Pose[] _relative;
    private readonly Vec3 _hips;

    /// <param name="log">Where to.</param>
    /// <param name="robot">A walker.</param>
    /// <param name="board">Name of its board.</param>
    public LegRecorder(JsonLog log, RobotDescription robot, string board)
    {
        _log = log;
        WalkerLayout walker = robot.Walker!;
        UrdfModel model = WalkerUrdf.Of(robot);
        string[] names = [.. walker.Joints.Select(joint => joint.Name)];
        _names = [.. names.Select(name => JsonEncodedText.Encode(name))];
        _indices = [.. walker.Joints.Select(joint => joint.Index)];
        _values = new double[names.Length];
        _joints = [.. model.Joints.Select(joint => (joint, Array.IndexOf(names, joint.Name)))];
        _relative = new Pose[_joints.Length + 1];
        _hips = new Vec3(0, 0, walker.Thigh + walker.Shank + walker.Ankle);
        _angles = log.AddJson($"/board/{board}/joints", "foxglove.JointStates", LogSchemas.JointStates);
        _body = new BodyRecorder(log, [(World, model.Links[0].Name), .. model.Joints.Select(joint => (joint.Parent, joint.Child))],
            model.Links);
    }

    /// <summary>Writes both.</summary>
    /// <param name="time">Now, ns of the log's clock.</param>
    /// <param name="measuredAt">When it was so, ns of the log's clock.</param>
    /// <param name="walk">What the board told.</param>
    /// <param name="attitude">Of the torso.</param>
    public void Write(long time, long measuredAt, WalkTelemetry walk, in Quat attitude)
    {
        for (int i = 0; i < _indices.Length; i++)
        {
            _values[i] = walk.Angles[_indices[i]];
        }

        if (_log.Begin(_angles))
        {
            _log.WriteTimestamp(measuredAt);
            _log.WriteJoints(_names, _values);
            _log.End(time, measuredAt);
        }

        _relative[0] = new Pose(_hips, attitude.Normalized());
        for (int i = 0; i < _joints.Length; i++)
        {
            (UrdfJoint joint, int value) = _joints[i];
            _relative[i + 1] = joint.At(value < 0 ? 0 : _values[value]);
        }

        _body.Write(time, measuredAt, _relative);
    }
}
