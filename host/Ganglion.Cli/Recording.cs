using System.Globalization;
using Ganglion.Bridge.Log;
using Ganglion.Bridge.Session;
using Ganglion.Bridge.Timing;
using Ganglion.Live;
using Ganglion.Live.Recording;
using Ganglion.Robots.Robot;

namespace Ganglion.Cli;

/// <summary>The log of a run: what went between host and boards, and what the run was made from.</summary>
internal sealed class Recording : IDisposable
{
    private readonly McapWriter _log;
    private readonly SessionRecorder _frames;
    private PoseRecorder? _poses;

    /// <exception cref="IOException">There is a file of that name already, or it cannot be written.</exception>
    public Recording(FileInfo file, RobotDescription robot, int seed, IClock clock)
    {
        _log = McapWriter.Create(file.FullName);
        _log.AddMetadata("run", [
            new("version", Output.Version),
            new("seed", seed.ToString(CultureInfo.InvariantCulture)),
            new("robot", robot.Name),
            new("robot_sha256", robot.FileHash),
        ]);
        _frames = new SessionRecorder(_log, clock, DateTimeOffset.UtcNow);
    }

    /// <summary>To be told of everything.</summary>
    public IBoardObserver Observer => _frames;

    /// <summary>Writes down where an armed arm was measured to be.</summary>
    public void Note(ArmSession session, MeasuredPosture posture) =>
        (_poses ??= new PoseRecorder(_log, session, _frames.Epoch)).Note(posture);

    public void Dispose() => _log.Dispose();
}
