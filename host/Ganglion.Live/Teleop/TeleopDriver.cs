using Ganglion.Arm.Control;
using Ganglion.Basics.Space;
using Ganglion.Live.Reaching;
using Ganglion.Live.Teleop.Leading;
using Ganglion.Live.Viewing;

namespace Ganglion.Live.Teleop;

/// <summary>
/// Decides once a period what an armed arm does by what its operator asks: nothing moves unless the deadman is held by an input that is
/// fresh; what moves comes to rest before anything else begins.
/// </summary>
internal sealed class TeleopDriver
{
    private readonly ReachLoop _loop;
    private readonly PoseLead _pose;
    private readonly StrokeGovernor _strokes;
    private readonly JogGoal _jog;
    private readonly Gripper? _gripper;
    private readonly double[] _goal;
    private readonly double _period;
    private TeleopInput _input;
    private TeleopClient? _from;
    private long _inputTime;
    private Pose? _spent;
    private bool _leadsStrokes;

    public TeleopDriver(ArmSession session, ReachLoop loop, IArmController controller, IPoseSource? poses, TeleopLimits limits)
    {
        _loop = loop;
        _period = session.Stream.Period * 1e-9;
        _pose = new PoseLead(session, loop, controller, poses, limits);
        _strokes = new StrokeGovernor(session.Arm, limits, _period);
        _jog = new JogGoal(session.Arm, session.Robot);
        _gripper = session.Gripper;
        _goal = new double[session.Arm.StrokeCount];
    }

    private enum Wish
    {
        Nothing,
        Pose,
        Strokes,
        Grip,
    }

    /// <summary>What is played; null: nothing.</summary>
    public Playing? Playing { get; private set; }

    /// <summary>Whether the deadman counted as held in the last period.</summary>
    public bool IsHeld { get; private set; }

    /// <summary>Age of the input in the last period, s; NaN before the first.</summary>
    public double InputAge { get; private set; } = double.NaN;

    /// <summary>Something moves, or comes to rest.</summary>
    public bool IsMoving => _pose.IsActive || _leadsStrokes || _gripper is { IsAtGoal: false };

    /// <summary>Every gear in the middle of what it may do.</summary>
    public double[] Home() => _jog.Home();

    /// <summary>Begins to play, as soon as what moves has come to rest and while the deadman is held.</summary>
    public void Begin(Playing playing)
    {
        Playing = playing;
        _spent = _input.Kind == TeleopKind.Pose ? _input.Target : null;
    }

    /// <summary>Ends what is played; the arm holds.</summary>
    public void End() => Playing = null;

    /// <summary>Takes an input.</summary>
    public void Take(TeleopMessage message)
    {
        if (message.Client == _from && message.Time < _inputTime)
        {
            return; // a later one has come before it
        }

        if (message.Client != _from)
        {
            _pose.Playout.Restart();
        }

        (_input, _from, _inputTime) = (message.Input, message.Client, message.Time);
        if (_input.Kind == TeleopKind.Pose)
        {
            _input = _input with { Target = _input.Target with { Orientation = _input.Target.Orientation.Normalized() } };

            // A device that goes on sending where its handle stands does not mean to go back there after what it ordered.
            _spent = _spent == _input.Target ? _spent : null;
            if (_input.Held)
            {
                _pose.Playout.Add(_input.Target, message.Time, message.Arrival);
            }
        }

        if (_input.Held && Asks() != Wish.Nothing)
        {
            Playing = null;
        }
    }

    /// <summary>A period: tells the loop where to go, for its next step.</summary>
    /// <param name="now">Host clock, ns.</param>
    /// <param name="holder">Who holds control; null: nobody.</param>
    public void Step(long now, TeleopClient? holder)
    {
        InputAge = _from == null ? double.NaN : (now - _inputTime) * 1e-9;
        IsHeld = _input.Held && _from != null && _from == holder && now - _inputTime <= TeleopMailbox.Stale;
        Wish wish = !IsHeld ? Wish.Nothing : Playing != null ? Wish.Strokes : Asks();
        _gripper?.Hold(); // unless it is asked for in this period
        if (_pose.IsActive && wish != Wish.Pose)
        {
            _pose.Brake();
        }
        else if (_leadsStrokes && wish != Wish.Strokes)
        {
            _strokes.Brake();
            _loop.Drive(_strokes.At);
            _leadsStrokes = !_strokes.IsAtRest;
        }
        else if (wish == Wish.Pose)
        {
            LeadPose(now);
        }
        else if (wish == Wish.Strokes)
        {
            LeadStrokes();
        }
        else if (wish == Wish.Grip)
        {
            _gripper!.MoveTo(_input.Values.X);
        }
    }

    /// <summary>The controller found no posture for where it should go: the arm holds, until it is asked for something else.</summary>
    public void GiveUp()
    {
        _pose.End();
        _spent = _input.Kind == TeleopKind.Pose ? _input.Target : null;
        Playing = null;
    }

    /// <summary>Where the operator wants the tip; null: nowhere, or joints are led.</summary>
    public Pose? Target => _pose.IsActive ? _pose.Target : null;

    /// <summary>Adds what it is at to a view.</summary>
    public void Show(ArmView view)
    {
        if (_pose.IsActive)
        {
            (view.HasTarget, view.Target, view.Led, view.Words) = (true, _pose.Target, _pose.At, _pose.Words);
            view.Error = view.HasMeasured ? (view.Measured.Position - view.Target.Position).Length : double.NaN;
        }

        view.Activity = Playing != null && _leadsStrokes ? ArmActivity.Playing : _leadsStrokes ? ArmActivity.Moving
            : _pose.IsActive ? ArmViewer.Activity(_loop) : ArmActivity.Holding;
        OperationView operation = view.Operation;
        (operation.IsHeld, operation.InputAge) = (IsHeld, InputAge);
        operation.InputDelay = _pose.IsActive ? 1e-9 * _pose.Playout.Delay : 0;
        operation.Played = Playing?.Played ?? double.NaN;
        if (Playing != null)
        {
            view.Words = IsHeld ? Playing.Name : Playing.Waiting;
        }
    }

    private Wish Asks() => _input.Kind switch
    {
        TeleopKind.Pose => _spent == null ? Wish.Pose : Wish.Nothing,
        TeleopKind.Stick => _input.Way != default || _input.Turn != default ? Wish.Pose : Wish.Nothing,
        TeleopKind.Gear or TeleopKind.Joint => Wish.Strokes,
        TeleopKind.Grip => Wish.Grip,
        _ => Wish.Nothing,
    };

    private void LeadPose(long now)
    {
        if (_input.Kind == TeleopKind.Pose)
        {
            _pose.Toward(_input.Target, now);
        }
        else
        {
            _pose.Along(_input.Way, _input.Turn);
        }
    }

    private void LeadStrokes()
    {
        if (!_leadsStrokes)
        {
            _strokes.Start(_loop.Strokes);
            _leadsStrokes = true;
        }

        double speed = 1;
        if (Playing is { } playing)
        {
            speed = playing.Speed;
            if (playing.Next(_strokes, _period) is not { } next)
            {
                (Playing, _leadsStrokes) = (null, false);
                return;
            }

            _jog.Posture(next, _strokes.At, _goal);
            if (!double.IsNaN(playing.Grip))
            {
                _gripper?.MoveTo(playing.Grip);
            }
        }
        else if (_input.Kind == TeleopKind.Gear)
        {
            _jog.Gear(_input.Index, _input.Values.X, _strokes.At, _goal);
        }
        else
        {
            _jog.Joint(_input.Index, _input.Values, _strokes.At, _goal);
        }

        _strokes.Toward(_goal, speed);
        _loop.Drive(_strokes.At);
    }
}
