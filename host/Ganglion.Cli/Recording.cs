using System.Globalization;
using Ganglion.Bridge.Log;
using Ganglion.Bridge.Recording;
using Ganglion.Bridge.Session;
using Ganglion.Bridge.Timing;
using Ganglion.Live;
using Ganglion.Live.Recording;
using Ganglion.Robots.Robot;

namespace Ganglion.Cli;

/// <summary>The log of a run: what went between host and boards, and what the run was made from. Once it cannot be written any more it is
/// told on stderr and ends; the run goes on.</summary>
internal sealed class Recording : IDisposable
{
    private readonly McapWriter _log;
    private readonly SessionRecorder _frames;
    private PoseRecorder? _poses;
    private bool _hasFailed;

    /// <exception cref="IOException">There is a file of that name already, or it cannot be written.</exception>
    public Recording(FileInfo file, RobotDescription robot, int seed, IClock clock)
    {
        _log = McapWriter.Create(file.FullName);
        try
        {
            _frames = Begin(robot, seed, clock);
        }
        catch
        {
            _log.Dispose();
            throw;
        }

        _frames.Failed += Fail;
    }

    private SessionRecorder Begin(RobotDescription robot, int seed, IClock clock)
    {
        _log.AddMetadata("run", [
            new("version", Output.Version),
            new("seed", seed.ToString(CultureInfo.InvariantCulture)),
            new("robot", robot.Name),
            new("robot_sha256", robot.FileHash),
        ]);
        return new SessionRecorder(_log, clock, DateTimeOffset.UtcNow, robot);
    }

    /// <summary>To be told of everything.</summary>
    public IBoardObserver Observer => _frames;

    /// <summary>Writes down where an armed arm is measured to be, and where it is told to be.</summary>
    /// <param name="session">The arm.</param>
    /// <param name="posture">Null: nothing is measured.</param>
    public void Note(ArmSession session, MeasuredPosture? posture) => (_poses ??= new PoseRecorder(_frames.Log, session)).Note(posture);

    /// <summary>Closes the log of a run that has come to its end.</summary>
    /// <param name="code">The run's exit code.</param>
    /// <returns>That, or that the run could not do all that it was asked, if its log is not whole.</returns>
    public int End(int code)
    {
        Dispose();
        return _hasFailed && code == Errors.Ok ? Errors.Failed : code;
    }

    public void Dispose()
    {
        try
        {
            _log.Dispose();
        }
        catch (IOException e)
        {
            Fail(e);
        }
    }

    private void Fail(IOException failure)
    {
        if (!_hasFailed)
        {
            _hasFailed = true;
            Errors.Tell($"{failure.Message} The run goes on without its log.");
        }
    }
}
