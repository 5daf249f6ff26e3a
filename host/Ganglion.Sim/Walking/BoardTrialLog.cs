using System.Text;
using System.Text.Json;
using Ganglion.Basics.Space;
using Ganglion.Bridge.Log;
using Ganglion.Bridge.Recording;
using Ganglion.Bridge.Session;
using Ganglion.Bridge.Timing;
using Ganglion.Gait.Trials;
using Ganglion.Live.Replay;
using Ganglion.Physics;
using Ganglion.Robots.Robot;

namespace Ganglion.Sim.Walking;

/// <summary>The MCAP log of a run: everything between host and board, and what only the simulation knows
/// (<see cref="BodyTopics"/>).</summary>
/// <param name="path">A new file.</param>
/// <param name="robot">Whose board it is.</param>
/// <param name="terrain">What it walks on.</param>
/// <param name="metadata">What the run was made from.</param>
/// <exception cref="IOException">There is a file of that name already, or it cannot be written.</exception>
public sealed class BoardTrialLog(string path, RobotDescription robot, Terrain terrain, IEnumerable<KeyValuePair<string, string>> metadata)
    : IDisposable
{
    private static readonly JsonSerializerOptions Names = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    // A virtual world has no date: the log's times are virtual ones from the Unix epoch on, so that equal runs give equal logs.
    private static readonly DateTimeOffset Start = DateTimeOffset.UnixEpoch;

    private readonly McapWriter _log = McapWriter.Create(path);

    /// <summary>Begins to record a session.</summary>
    public IBoardObserver Observe(IClock clock)
    {
        _log.AddMetadata("run", metadata);
        _log.AddMetadata(BodyTopics.Ground, [
            new("name", terrain.Name),
            new("stretches", JsonSerializer.Serialize(terrain.Stretches.Select(one => new[] { one.Length, one.Slope, one.Rise }))),
            new("belt", JsonSerializer.Serialize(terrain.BeltSlopes.Select(one => new[] { one.Time, one.Slope }))),
        ]);
        return new SessionRecorder(_log, clock, Start, robot);
    }

    /// <summary>Adds where the body was and what carried it.</summary>
    /// <param name="poses">By time since the walker was let go.</param>
    /// <param name="samples">Likewise.</param>
    /// <param name="releasedNs">When that was, on the session's clock, ns.</param>
    public void Add(IReadOnlyList<WalkerPose> poses, IReadOnlyList<WalkSample> samples, long releasedNs)
    {
        Write(BodyTopics.Pose, "ganglion.WalkerPose", BodyTopics.PoseSchema, releasedNs, poses, pose => pose.Time, pose => new
        {
            HipsM = Numbers(pose.Hips),
            AttitudeWxyz = new[] { pose.Attitude.W, pose.Attitude.X, pose.Attitude.Y, pose.Attitude.Z },
            AnglesRad = pose.Angles,
        });
        Write(BodyTopics.Forces, "ganglion.WalkerForces", BodyTopics.ForcesSchema, releasedNs, samples, sample => sample.Time, sample => new
        {
            CentreM = Numbers(sample.Centre),
            PressureM = double.IsFinite(sample.Pressure.X) ? Numbers(sample.Pressure) : [],
            LoadsN = new[] { sample.LeftLoad, sample.RightLoad },
            PitchRad = sample.Pitch,
            SlopeRad = sample.Slope,
        });
    }

    /// <summary>Takes the log of a run that was not finished away.</summary>
    public void Discard()
    {
        _log.Dispose();
        File.Delete(path);
    }

    public void Dispose() => _log.Dispose();

    private static double[] Numbers(in Vec3 v) => [v.X, v.Y, v.Z];

    private void Write<T>(string topic, string type, string schema, long releasedNs, IReadOnlyList<T> moments, Func<T, double> seconds,
        Func<T, object> message)
    {
        ushort channel = _log.AddChannel(topic, "json", _log.AddSchema(type, "jsonschema", Encoding.UTF8.GetBytes(schema)));
        uint sequence = 0;
        foreach (T moment in moments)
        {
            long time = releasedNs + (long)(seconds(moment) * 1e9);
            _log.Write(channel, ++sequence, time, time, JsonSerializer.SerializeToUtf8Bytes(message(moment), Names));
        }
    }
}
