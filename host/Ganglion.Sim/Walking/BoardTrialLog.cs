using System.Text;
using System.Text.Json;
using Ganglion.Bridge.Log;
using Ganglion.Bridge.Recording;
using Ganglion.Bridge.Session;
using Ganglion.Bridge.Timing;
using Ganglion.Physics;
using Ganglion.Robots.Robot;

namespace Ganglion.Sim.Walking;

/// <summary>The MCAP log of a run: everything between host and board, and under /body/pose what only the simulation knows.</summary>
/// <param name="path">A new file.</param>
/// <param name="robot">Whose board it is.</param>
/// <param name="metadata">What the run was made from.</param>
/// <exception cref="IOException">There is a file of that name already, or it cannot be written.</exception>
public sealed class BoardTrialLog(string path, RobotDescription robot, IEnumerable<KeyValuePair<string, string>> metadata) : IDisposable
{
    private const string Schema = """
        {"type":"object","properties":{
        "hips_m":{"type":"array","items":{"type":"number"},"description":"middle between the hips: x forward, y left, z up"},
        "attitude_wxyz":{"type":"array","items":{"type":"number"},"description":"of the torso, a unit quaternion"},
        "angles_rad":{"type":"array","items":{"type":"number"},
        "description":"left leg, then right: hip yaw, hip roll, hip pitch, knee, ankle pitch, ankle roll"}}}
        """;

    // A virtual world has no date: the log's times are virtual ones from the Unix epoch on, so that equal runs give equal logs.
    private static readonly DateTimeOffset Start = DateTimeOffset.UnixEpoch;

    private readonly McapWriter _log = McapWriter.Create(path);

    /// <summary>Begins to record a session.</summary>
    public IBoardObserver Observe(IClock clock)
    {
        _log.AddMetadata("run", metadata);
        return new SessionRecorder(_log, clock, Start, robot);
    }

    /// <summary>Adds the body's poses.</summary>
    /// <param name="poses">By time since the walker was let go.</param>
    /// <param name="releasedNs">When that was, on the session's clock, ns.</param>
    public void Add(IReadOnlyList<WalkerPose> poses, long releasedNs)
    {
        ushort channel = _log.AddChannel("/body/pose", "json", _log.AddSchema("ganglion.WalkerPose", "jsonschema",
            Encoding.UTF8.GetBytes(Schema)));
        uint sequence = 0;
        foreach (WalkerPose pose in poses)
        {
            long time = releasedNs + (long)(pose.Time * 1e9);
            byte[] message = JsonSerializer.SerializeToUtf8Bytes(new Dictionary<string, double[]>
            {
                ["hips_m"] = [pose.Hips.X, pose.Hips.Y, pose.Hips.Z],
                ["attitude_wxyz"] = [pose.Attitude.W, pose.Attitude.X, pose.Attitude.Y, pose.Attitude.Z],
                ["angles_rad"] = pose.Angles,
            });
            _log.Write(channel, ++sequence, time, time, message);
        }
    }

    /// <summary>Takes the log of a run that was not finished away.</summary>
    public void Discard()
    {
        _log.Dispose();
        File.Delete(path);
    }

    public void Dispose() => _log.Dispose();
}
