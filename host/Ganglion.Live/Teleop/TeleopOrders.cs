using Ganglion.Basics.Space;
using Ganglion.Bridge.Timing;
using Ganglion.Live.Reaching;
using Ganglion.Live.Recording;
using Ganglion.Live.Teleop.Leading;
using Ganglion.Live.Viewing;

namespace Ganglion.Live.Teleop;

/// <summary>What an operator orders of an armed arm, beside stopping and arming: to go home, to be taught, recorded, to play.</summary>
internal sealed class TeleopOrders(ArmSession session, IPoseSource? poses, SessionRecordings recordings, Action<EventLevel, string> tell)
{
    /// <summary>Postures that can be taught.</summary>
    private const int MostTaught = 1000;

    private readonly List<Posture> _taught = [];

    /// <summary>A log takes its time to be read, and in real time the loop has none to give. A virtual world waits for it, so that what is
    /// done there does not depend on how busy the machine is.</summary>
    private Task<Playing>? _loading;

    /// <summary>Does as ordered; what cannot be done is told.</summary>
    public void Follow(in TeleopOrder order, ReachLoop loop, TeleopDriver driver)
    {
        switch (order.Kind)
        {
            case TeleopOrderKind.Home:
                driver.Begin(new PosturePlaying([new Posture(driver.Home())], session.Gripper) { Name = "Going home" });
                break;
            case TeleopOrderKind.Park:
                driver.Begin(new PosturePlaying([new Posture(session.ParkStrokes())], session.Gripper) { Name = "Going to park" });
                break;
            case TeleopOrderKind.End:
                EndPlaying(driver);
                break;
            case TeleopOrderKind.Teach:
                Teach(loop);
                break;
            case TeleopOrderKind.Forget:
                _taught.Clear();
                tell(EventLevel.Information, "What was taught is forgotten.");
                break;
            case TeleopOrderKind.Play when _taught.Count == 0:
                tell(EventLevel.Warning, "Nothing was taught yet: move the arm to a posture and teach it.");
                break;
            case TeleopOrderKind.Play:
                driver.Begin(new PosturePlaying([.. _taught], session.Gripper, order.Factor)
                {
                    Name = $"Playing {_taught.Count} taught postures",
                });
                break;
            case TeleopOrderKind.Record:
                Record();
                break;
            case TeleopOrderKind.EndRecord:
                EndRecording();
                break;
            case TeleopOrderKind.Replay:
                Replay(order);
                break;
            default:
                tell(EventLevel.Information, "The arm is armed.");
                break;
        }
    }

    /// <summary>Once a period: writes down what was measured, while a recording is made, and begins to play what has been
    /// read.</summary>
    public void Step(TeleopDriver driver)
    {
        if (_loading is { } loading && (loading.IsCompleted || session.Clock is not MonotonicClock))
        {
            BeginLoaded(driver);
        }

        if (recordings.IsRecording)
        {
            Note(driver.Target);
        }
    }

    /// <summary>Ends what is played, and what is read to be played.</summary>
    /// <param name="driver">Plays; null: the arm is stopped.</param>
    public void EndPlaying(TeleopDriver? driver)
    {
        _loading = null;
        driver?.End();
    }

    /// <summary>Ends the recording, if one is made.</summary>
    public void EndRecording()
    {
        if (recordings.IsRecording)
        {
            Try(() =>
            {
                recordings.End();
                tell(EventLevel.Information, $"Recorded to {recordings.Latest}.");
            });
        }
    }

    public void Show(OperationView view) => (view.Taught, view.IsRecording) = (_taught.Count, recordings.IsRecording);

    // In a method of its own: what it captures is garbage, which there is none of while nothing is recorded.
    private void Note(Pose? target) => Try(() => recordings.Note(poses?.Posture(), target));

    private void BeginLoaded(TeleopDriver driver)
    {
        Task<Playing> loaded = _loading!;
        _loading = null;
        Try(() => driver.Begin(loaded.GetAwaiter().GetResult()));
    }

    private void Teach(ReachLoop loop)
    {
        if (_taught.Count == MostTaught)
        {
            tell(EventLevel.Warning, $"{MostTaught} postures are taught, and no more can be: record instead, or forget them.");
            return;
        }

        _taught.Add(new Posture(loop.Strokes.ToArray(), session.Gripper?.At ?? double.NaN));
        tell(EventLevel.Information, $"Posture {_taught.Count} is taught.");
    }

    private void Record()
    {
        if (recordings.IsRecording)
        {
            tell(EventLevel.Warning, $"{recordings.Latest} is being recorded already.");
            return;
        }

        Try(() =>
        {
            recordings.Begin(session);
            tell(EventLevel.Information, $"Recording to {recordings.Latest}.");
        });
    }

    private void Replay(in TeleopOrder order)
    {
        EndRecording();
        if (order.Name.Length == 0 && recordings.Latest.Length == 0)
        {
            tell(EventLevel.Warning, "Nothing was recorded yet: record, or name a recording.");
            return;
        }

        (string path, double factor) = (recordings.PathOf(order.Name), order.Factor);
        _loading = Task.Run<Playing>(() =>
        {
            var recording = StrokeRecording.Read(path, session.Robot);
            return new RecordingPlaying(recording, session.Gripper, factor)
            {
                Name = FormattableString.Invariant($"Playing {Path.GetFileName(path)}, {recording.Seconds:0.0} s"),
            };
        });
    }

    private void Try(Action work)
    {
        try
        {
            work();
        }
        catch (Exception e) when (e is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            tell(EventLevel.Warning, e.Message);
        }
    }
}
