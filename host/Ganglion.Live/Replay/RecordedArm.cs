using Ganglion.Basics.Space;
using Ganglion.Bridge.Timing;
using Ganglion.Live.Recording;
using Ganglion.Live.Tracking;
using Ganglion.Live.Viewing;
using Ganglion.Robots.Robot;
using Ganglion.Robots.Trunk;
using Ganglion.Shared.Safety;

namespace Ganglion.Live.Replay;

/// <summary>A session with an arm, read from its log, as the views that its loop published then: what it was told, where it was measured
/// to be, and how its boards did.</summary>
public sealed class RecordedArm
{
    /// <summary>Over so long the speed is taken, s: a few periods.</summary>
    private const double SpeedSeconds = 0.1;

    /// <summary>Slower counts as standing still, m/s.</summary>
    private const double Still = 1e-3;

    private readonly RecordedLog _log;
    private readonly StrokeRecording _strokes;
    private readonly Track<Pose> _tips;
    private readonly Track<Pose?> _targets;
    private readonly TrunkArm _arm;
    private readonly double[] _earlier;
    private readonly double _strokesFrom;

    private RecordedArm(RecordedLog log, StrokeRecording strokes, Track<Pose> tips, Track<Pose?> targets, RobotDescription robot,
        IClock clock)
    {
        (_log, _strokes, _tips, _targets, _arm) = (log, strokes, tips, targets, TrunkArm.FromDescription(robot));
        _earlier = new double[_arm.StrokeCount];
        _strokesFrom = (strokes.Start - log.Start) * 1e-9;
        Line = new TimeLine(log.Seconds, clock);
        Views = new RecordedViews<ArmView>(Line, () => new ArmView(robot, network: null), Fill);
    }

    /// <summary>Where one is.</summary>
    public TimeLine Line { get; }

    public IViews<ArmView> Views { get; }

    /// <summary>What it was read from.</summary>
    public RecordedLog Log => _log;

    /// <summary>Reads a log, also one that was cut off.</summary>
    /// <param name="path">MCAP.</param>
    /// <param name="robot">The arm that was recorded.</param>
    /// <param name="clock">By which it is to be played.</param>
    /// <exception cref="InvalidDataException">It holds no motion of this arm, or is damaged.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static RecordedArm Read(string path, RobotDescription robot, IClock clock)
    {
        var strokes = StrokeRecording.Read(path, robot);
        var tips = new Track<Pose>();
        var targets = new Track<Pose?>();
        var log = RecordedLog.Read(path, robot, new Dictionary<string, RecordedLog.Taker>
        {
            [PoseRecorder.Topic] = (time, place, message) => tips.Add(time, PoseJson.Read(message)),
            [PoseRecorder.TargetTopic] = (time, place, message) =>
                targets.Add(time, message.TryGetProperty("position_mm", out _) ? PoseJson.Read(message) : null),
        });
        return new RecordedArm(log, strokes, tips, targets, robot, clock);
    }

    private void Fill(ArmView view, double seconds)
    {
        long time = (long)(seconds * 1e9);
        view.Frame++;
        view.Time = time;
        _strokes.At(seconds - SpeedSeconds - _strokesFrom, _earlier);
        Vec3 before = _arm.ForwardFromStrokes(_earlier, view.Modules).Position;
        _strokes.At(seconds - _strokesFrom, view.Strokes);
        view.Grip = _strokes.GripAt(seconds - _strokesFrom);
        view.Commanded = _arm.ForwardFromStrokes(view.Strokes, view.Modules);
        view.Speed = (view.Commanded.Position - before).Length / SpeedSeconds;
        view.HasMeasured = _tips.TryGet(time, out Pose tip);
        view.Measured = tip;
        view.HasTarget = _targets.TryGet(time, out Pose? target) && target != null;
        view.Target = target ?? default;
        view.Error = view is { HasMeasured: true, HasTarget: true } ? (tip.Position - view.Target.Position).Length : double.NaN;
        for (int i = 0; i < view.Boards.Length; i++)
        {
            _log.Boards[i].Fill(view.Boards[i], time);
        }

        view.Activity = Activity(view);
        view.Words = view.Activity == ArmActivity.Starting ? Off : "";
    }

    /// <summary>Before it was armed and after it was disarmed: at one moment of a recording that looks the same.</summary>
    private const string Off = "Its outputs are off.";

    private static ArmActivity Activity(ArmView view) =>
        Array.Exists(view.Boards, board => board.State == BoardState.Safe) ? ArmActivity.Stopped
        : Array.Exists(view.Boards, board => !board.IsArmed) ? ArmActivity.Starting
        : view.Speed > Still ? ArmActivity.Moving : ArmActivity.Holding;
}
