using System.Globalization;
using Ganglion.Bridge;
using Ganglion.Robots;

namespace Ganglion.Cli;

/// <summary>The log of a run: what went between host and boards, and what the run was made from.</summary>
internal sealed class Recording : IDisposable
{
    private readonly McapWriter _log;

    /// <exception cref="IOException">There is a file of that name already, or it cannot be written.</exception>
    public Recording(FileInfo file, RobotDescription robot, int seed, IClock clock)
    {
        _log = McapWriter.Create(file.FullName);
        _log.AddMetadata("run", [
            new("version", typeof(Recording).Assembly.GetName().Version!.ToString(3)),
            new("seed", seed.ToString(CultureInfo.InvariantCulture)),
            new("robot", robot.Name),
            new("robot_sha256", robot.FileHash),
        ]);
        Observer = new SessionRecorder(_log, clock, DateTimeOffset.UtcNow);
    }

    /// <summary>To be told of everything.</summary>
    public IBoardObserver Observer { get; }

    public void Dispose() => _log.Dispose();
}
