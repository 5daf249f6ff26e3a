using System.Globalization;
using Ganglion.Basics.Space;
using Ganglion.Bridge.Log;
using Ganglion.Bridge.Recording;
using Ganglion.Bridge.Session;
using Ganglion.Bridge.Timing;
using Ganglion.Dashboard.Foxglove;
using Ganglion.Live;
using Ganglion.Live.Recording;
using Ganglion.Robots.Robot;

namespace Ganglion.Cli;

/// <summary>Where a run is recorded to.</summary>
/// <param name="Log">A new file; null: none.</param>
/// <param name="Foxglove">Port at which Foxglove sees it live, 0 for any; null: it does not.</param>
internal readonly record struct RecordingOptions(FileInfo? Log, int? Foxglove);

/// <summary>What goes between host and boards, and what the run was made from: in a log, live for Foxglove, or both. Once the log cannot be
/// written any more it is told on stderr and ends; the run goes on.</summary>
internal sealed class Recording : IDisposable
{
    private readonly List<IDisposable> _sinks = [];
    private readonly List<SessionRecorder> _frames = [];
    private PoseRecorder[]? _poses;
    private bool _hasFailed;

    private Recording()
    {
    }

    /// <summary>Begins.</summary>
    /// <param name="options">Where to.</param>
    /// <param name="robot">Which moves.</param>
    /// <param name="seed">Of everything random.</param>
    /// <param name="clock">By which it moves.</param>
    /// <param name="made">What else the run was made from, by name.</param>
    /// <returns>Null: nothing is recorded.</returns>
    /// <exception cref="IOException">There is a log of that name already, or it cannot be written; or Foxglove's port is taken.</exception>
    public static Recording? Of(RecordingOptions options, RobotDescription robot, int seed, IClock clock,
        IReadOnlyList<KeyValuePair<string, string>> made)
    {
        if (options is { Log: null, Foxglove: null })
        {
            return null;
        }

        var recording = new Recording();
        try
        {
            if (options.Log is { } file)
            {
                recording.Add(McapWriter.Create(file.FullName), robot, seed, clock, made);
            }

            if (options.Foxglove is { } port)
            {
                var server = new FoxgloveServer(robot.Name, port);
                recording.Add(server, robot, seed, clock, made);
                Console.Error.WriteLine($"Foxglove: open a connection to {server.Address}");
            }

            return recording;
        }
        catch
        {
            recording.Dispose();
            throw;
        }
    }

    /// <summary>To be told of everything.</summary>
    public IBoardObserver Observer
    {
        get
        {
            var observers = new BoardObservers();
            _frames.ForEach(observers.Add);
            return observers;
        }
    }

    /// <summary>Writes down where an armed arm is measured to be, and where it is told to be.</summary>
    /// <param name="session">The arm.</param>
    /// <param name="posture">Null: nothing is measured.</param>
    /// <param name="target">Where the tip is wanted; null: nowhere, or that is not known.</param>
    public void Note(ArmSession session, MeasuredPosture? posture, Pose? target)
    {
        foreach (PoseRecorder poses in _poses ??= [.. _frames.Select(frames => new PoseRecorder(frames.Log, session))])
        {
            poses.Note(posture, target);
        }
    }

    /// <summary>Closes what a run that has come to its end was recorded to.</summary>
    /// <param name="code">The run's exit code.</param>
    /// <returns>That, or that the run could not do all that it was asked, if its log is not whole.</returns>
    public int End(int code)
    {
        Dispose();
        return _hasFailed && code == Errors.Ok ? Errors.Failed : code;
    }

    public void Dispose()
    {
        foreach (IDisposable sink in _sinks)
        {
            try
            {
                sink.Dispose();
            }
            catch (IOException e)
            {
                Fail(e);
            }
        }

        _sinks.Clear();
    }

    private void Add<T>(T sink, RobotDescription robot, int seed, IClock clock, IEnumerable<KeyValuePair<string, string>> made)
        where T : IMessageSink, IDisposable
    {
        _sinks.Add(sink);
        sink.AddMetadata("run", [
            new("version", Output.Version),
            new("seed", seed.ToString(CultureInfo.InvariantCulture)),
            new("robot", robot.Name),
            new("robot_sha256", robot.FileHash),
            .. made,
        ]);
        var frames = new SessionRecorder(sink, clock, DateTimeOffset.UtcNow, robot);
        frames.Failed += Fail;
        _frames.Add(frames);
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
