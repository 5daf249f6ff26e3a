using Ganglion.Basics.Space;
using Ganglion.Bridge.Log;
using Ganglion.Bridge.Recording;

namespace Ganglion.Live.Recording;

/// <summary>Recordings that are begun and ended while an arm is operated: each a log like any other, in one folder, under the next name
/// that is free (teleop-1.mcap and so on).</summary>
public sealed class SessionRecordings : IDisposable
{
    private const string Prefix = "teleop-", Ending = ".mcap";

    private readonly BoardObservers _observers;
    private McapWriter? _log;
    private SessionRecorder? _frames;
    private PoseRecorder? _poses;
    private ArmSession? _session;
    private IOException? _failure;

    /// <param name="folder">Has to exist when something is recorded.</param>
    /// <param name="observers">Observes the session that is recorded.</param>
    public SessionRecordings(string folder, BoardObservers observers) => (Folder, _observers) = (folder, observers);

    public string Folder { get; }

    /// <summary>Name of the file that is being written, or was last; empty: none was.</summary>
    public string Latest { get; private set; } = "";

    public bool IsRecording => _log != null;

    /// <summary>Names of the logs in the folder, in order of their time; from any thread.</summary>
    /// <exception cref="IOException">The folder cannot be read.</exception>
    public IReadOnlyList<string> Names() => !Directory.Exists(Folder) ? [] :
        [.. new DirectoryInfo(Folder).EnumerateFiles("*" + Ending).OrderBy(file => file.LastWriteTimeUtc).Select(file => file.Name)];

    /// <summary>Full path of a recording.</summary>
    /// <param name="name">A plain name; empty: the latest.</param>
    public string PathOf(string name) => Path.Combine(Folder, name.Length > 0 ? name : Latest);

    /// <summary>Begins.</summary>
    /// <exception cref="IOException">The file cannot be made.</exception>
    public void Begin(ArmSession session)
    {
        int number = 1;
        while (File.Exists(Path.Combine(Folder, $"{Prefix}{number}{Ending}")))
        {
            number++;
        }

        string name = $"{Prefix}{number}{Ending}";
        _log = McapWriter.Create(Path.Combine(Folder, name));
        _log.AddMetadata("run", [new("robot", session.Robot.Name), new("robot_sha256", session.Robot.FileHash)]);
        (_session, _poses, _failure, Latest) = (session, null, null, name);
        _frames = new SessionRecorder(_log, session.Clock, DateTimeOffset.UtcNow, session.Robot);
        _frames.Failed += failure => _failure = failure;
        _observers.Add(_frames);
    }

    /// <summary>Writes down where the arm is measured to be, and where it is told to be. It is armed.</summary>
    /// <param name="posture">Null: nothing is measured.</param>
    /// <param name="target">Where the tip is wanted; null: nowhere.</param>
    /// <exception cref="IOException">The log cannot be written any more; the recording has ended.</exception>
    public void Note(MeasuredPosture? posture, Pose? target)
    {
        if (_log == null)
        {
            return;
        }

        _poses ??= new PoseRecorder(_frames!.Log, _session!);
        _poses.Note(posture, target);
        if (_failure is { } failure)
        {
            End();
            throw failure;
        }
    }

    /// <summary>Ends it; the file is whole then.</summary>
    /// <exception cref="IOException">It could not be written to its end.</exception>
    public void End()
    {
        if (_frames != null)
        {
            _observers.Remove(_frames);
        }

        McapWriter? log = _log;
        (_log, _frames) = (null, null);
        log?.Dispose();
    }

    public void Dispose() => End();
}
