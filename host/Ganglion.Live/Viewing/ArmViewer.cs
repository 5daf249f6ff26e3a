using Ganglion.Arm.Control;
using Ganglion.Arm.Inference;
using Ganglion.Basics.Space;
using Ganglion.Bridge.Session;
using Ganglion.Live.Reaching;

namespace Ganglion.Live.Viewing;

/// <summary>
/// Shows what a control loop does with an arm: fills a view each period and hands it to whoever looks. The spiking network is looked into
/// only while somebody does. A period of it allocates nothing.
/// </summary>
public sealed class ArmViewer
{
    private readonly ArmSession _session;
    private readonly IPoseSource? _poses;
    private readonly SpikingPoseModel? _network;
    private readonly BoardGauge[] _gauges;
    private readonly double[] _strokes;
    private readonly bool _turnCounts;
    private ArmView? _begun;
    private SetpointStream? _stream;
    private Pose _before;
    private long _frame, _shownAt;

    /// <param name="session">Not yet open, or open: what happens to its boards is written down from now on.</param>
    /// <param name="controller">Steers it.</param>
    /// <param name="poses">Measures the tip; null: nothing does.</param>
    public ArmViewer(ArmSession session, IArmController controller, IPoseSource? poses)
    {
        (_session, _poses, _network, _turnCounts) = (session, poses, controller.Network, controller.Orientation);
        _strokes = session.ParkStrokes();
        Exchange = new ViewExchange<ArmView>(() => new ArmView(session.Robot, controller.Network));
        _gauges = [.. session.Boards.Boards.Select(board => new BoardGauge(board))];
        foreach (BoardSession board in session.Boards.Boards)
        {
            board.Happened += Events.Add;
        }
    }

    /// <summary>Where the views are to be had.</summary>
    public ViewExchange<ArmView> Exchange { get; }

    /// <summary>What happened, in words.</summary>
    public EventLog Events { get; } = new();

    /// <summary>Where the tip is wanted, by the view that was published last; null: nowhere. For the loop.</summary>
    public Pose? Target { get; private set; }

    /// <summary>Shows a period of a loop that nobody operates.</summary>
    /// <param name="loop">After its step.</param>
    public void Show(ReachLoop loop)
    {
        ArmView view = Begin(loop);
        view.Activity = Activity(loop);
        Publish();
    }

    /// <summary>What a loop is at.</summary>
    internal static ArmActivity Activity(ReachLoop loop) => loop.Phase switch
    {
        ReachPhase.Idle => ArmActivity.Holding,
        ReachPhase.Polishing => ArmActivity.Polishing,
        ReachPhase.Parking => ArmActivity.Parking,
        _ => loop.Planning ? ArmActivity.Planning : ArmActivity.Moving,
    };

    /// <summary>Fills the next view with all that is known of the arm; the caller adds what it knows, and publishes it.</summary>
    /// <param name="loop">After its step; null: the arm is not armed.</param>
    internal ArmView Begin(ReachLoop? loop)
    {
        ArmView view = _begun = Exchange.Begin();
        long now = _session.Clock.NowNanoseconds;
        (view.Frame, view.Time, view.TurnCounts) = (++_frame, now, _turnCounts);
        view.HasTarget = loop is { UnderWay: true };
        view.Target = view.Led = view.HasTarget ? loop!.Target : default;
        view.HasMeasured = TryMeasure(out Pose tip, out long time);
        (view.Measured, view.MeasuredAt) = (tip, time);
        view.Error = view.HasMeasured && view.HasTarget ? (tip.Position - view.Target.Position).Length : double.NaN;
        if (loop != null)
        {
            loop.Strokes.CopyTo(_strokes);
            _stream = _session.Stream;
        }

        view.ControlTime = loop?.Times.Last ?? 0;
        (view.SkippedDeadlines, view.LongestLateness) = (_stream?.SkippedDeadlines ?? 0, 1e-9 * (_stream?.LongestLateness ?? 0));
        _strokes.CopyTo(view.Strokes);
        view.Grip = _session.Gripper?.At ?? double.NaN;
        view.Commanded = _session.Arm.ForwardFromStrokes(view.Strokes, view.Modules);
        double passed = (now - _shownAt) * 1e-9;
        view.Speed = _frame == 1 || passed <= 0 ? 0 : (view.Commanded.Position - _before.Position).Length / passed;
        (_before, _shownAt) = (view.Commanded, now);
        for (int i = 0; i < _gauges.Length; i++)
        {
            (long sent, long skipped) = _stream?.FramesTo(i) ?? (0, 0);
            _gauges[i].Read(view.Boards[i], now, sent, skipped);
        }

        if (_network != null && Exchange.IsWatched)
        {
            view.Network!.Read(_network);
        }

        return view;
    }

    internal void Publish()
    {
        Target = _begun is { HasTarget: true } view ? view.Target : null;
        Exchange.Publish();
    }

    private bool TryMeasure(out Pose tip, out long time)
    {
        (tip, time) = (default, 0);
        return _poses != null && _poses.TryMeasure(out tip, out time);
    }
}
