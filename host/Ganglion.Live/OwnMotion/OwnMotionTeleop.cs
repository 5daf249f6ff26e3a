using Ganglion.Bridge.Session;
using Ganglion.Bridge.Timing;
using Ganglion.Live.Teleop;
using Ganglion.Live.Viewing;
using Ganglion.Shared.Safety;

namespace Ganglion.Live.OwnMotion;

/// <summary>
/// A board that walks or plays a rhythm by itself, while a person starts it, leads it and lets it come to rest. Starting needs the deadman,
/// and so does all that moves it anywhere; a stop makes the board safe at once and stays latched until it is armed again.
/// </summary>
public sealed class OwnMotionTeleop
{
    private const long LookPeriod = 20_000_000;

    private readonly BoardSession _board;
    private readonly IClock _clock;
    private readonly OperatedMotion _motion;
    private readonly TeleopMailbox _mailbox;
    private readonly EventLog _events;
    private readonly OwnMotionViewer _viewer;
    private TeleopInput _input;
    private TeleopClient? _from;
    private CancellationTokenSource? _rest;
    private Action _eachPeriod = () => { };
    private long _inputTime;
    private string _stopped = "";
    private bool _starts;

    /// <param name="board">Connected and configured, idle.</param>
    /// <param name="clock">The session's clock.</param>
    /// <param name="motion">What it does.</param>
    /// <param name="mailbox">What its operator asks.</param>
    /// <param name="events">Are told what happens.</param>
    public OwnMotionTeleop(BoardSession board, IClock clock, OperatedMotion motion, TeleopMailbox mailbox, EventLog events)
    {
        (_board, _clock, _motion, _mailbox, _events) = (board, clock, motion, mailbox, events);
        _viewer = new OwnMotionViewer(board, clock, events);
    }

    /// <summary>Where the views are to be had.</summary>
    public ViewExchange<OwnMotionView> Exchange => _viewer.Exchange;

    /// <summary>Lets the board be operated; in the end it is brought to rest and disarmed, unless it is stopped then.</summary>
    /// <param name="eachPeriod">Called with each look, after its view was published.</param>
    /// <param name="end">Ends it.</param>
    /// <returns>Why it was stopped when it ended; empty: it was at rest.</returns>
    /// <exception cref="BoardException">It could not be disarmed.</exception>
    /// <exception cref="OperationCanceledException">Ended at once; it is disarmed.</exception>
    public string Execute(Action eachPeriod, EndRequest end)
    {
        _eachPeriod = eachPeriod;
        while (!end.Well.IsCancellationRequested)
        {
            end.AtOnce.ThrowIfCancellationRequested();
            _clock.WaitUntil(_clock.NowNanoseconds + LookPeriod);
            _board.Poll();
            TakeMessages();
            if (_mailbox.TakeStop() is { } why)
            {
                Tell(EventLevel.Information, $"{why}, and its outputs are off already.");
                _starts = false;
            }

            if (_starts)
            {
                Move(end);
            }

            Show(isMoving: false);
        }

        return _stopped;
    }

    /// <summary>From the start to rest.</summary>
    private void Move(EndRequest end)
    {
        using var rest = CancellationTokenSource.CreateLinkedTokenSource(end.Well);
        (_rest, _starts) = (rest, false);
        _motion.Restart();
        var play = new BoardPlay(_board, _clock, end with { Well = rest.Token });
        try
        {
            if (_motion.Prepare(end.AtOnce) is { } refusal)
            {
                Tell(EventLevel.Warning, $"It does not start: {refusal}");
                return;
            }

            play.Own(() => play.Await(_motion.Start()), playing => Look(play, playing), _motion.Stop, _motion.LongestStop,
                double.PositiveInfinity, LookPeriod);
            Tell(EventLevel.Information, "It is at rest, outputs off.");
        }
        catch (BoardException failure)
        {
            bool asAsked = _stopped.Length > 0 && _board is { State: BoardState.Safe, Phase: SessionPhase.Ready };
            _stopped = asAsked ? _stopped : $"{_stopped} {failure.Message}".TrimStart();
            Tell(EventLevel.Error, $"Stopped: {_stopped} It stays so until it is armed again.");
        }
        finally
        {
            _rest = null;
        }
    }

    private void Look(BoardPlay play, bool playing)
    {
        TakeMessages();
        if (_mailbox.TakeStop() is { } why)
        {
            _stopped = $"{why}.";
            play.Await(_board.Stop());
        }

        _board.Poll();
        play.ThrowIfStopped("");
        if (playing && _motion.Modulate(_input, IsHeld()) is { } told)
        {
            play.Await(told);
        }

        if (_motion.TellsPositions)
        {
            play.Ask(_board.GetPositions()).CopyTo(_viewer.Positions, 0);
        }

        Show(isMoving: true);
    }

    private bool IsHeld() => _input.Held && _from != null && _from == _mailbox.Holder
        && _clock.NowNanoseconds - _inputTime <= TeleopMailbox.Stale;

    private void TakeMessages()
    {
        while (_mailbox.TryTake(out TeleopMessage message))
        {
            if (message.Order is { } order)
            {
                Follow(order.Kind);
            }
            else if (message.Client != _from || message.Time >= _inputTime)
            {
                (_input, _from, _inputTime) = (message.Input, message.Client, message.Time);
                if (_input.Held)
                {
                    _motion.Take(_input);
                }
            }
        }
    }

    private void Follow(TeleopOrderKind order)
    {
        switch (order)
        {
            case TeleopOrderKind.Start when _stopped.Length > 0:
                Tell(EventLevel.Warning, "It does not start: it is stopped. Arm it again first.");
                break;
            case TeleopOrderKind.Start when _rest != null:
                Tell(EventLevel.Information, $"It {_motion.Does} already.");
                break;
            case TeleopOrderKind.Start when !IsHeld():
                Tell(EventLevel.Warning, "It does not start: hold the deadman, then start it.");
                break;
            case TeleopOrderKind.Start:
                _starts = true;
                break;
            case TeleopOrderKind.Rest:
                _rest?.Cancel();
                break;
            case TeleopOrderKind.Rearm when _stopped.Length > 0 && _rest == null:
                Acknowledge();
                break;
        }
    }

    /// <summary>The board's reason is acknowledged; its outputs stay off until it is started.</summary>
    private void Acknowledge()
    {
        try
        {
            _board.Await(_board.Disarm());
            _stopped = "";
            Tell(EventLevel.Information, "It can be started again.");
        }
        catch (BoardException failure)
        {
            Tell(EventLevel.Error, $"It stays stopped: {failure.Message}");
        }
    }

    private void Show(bool isMoving)
    {
        OwnMotionView view = _viewer.Begin(isMoving);
        (view.Words, view.IsStopped, view.Told) = (_stopped, _stopped.Length > 0, isMoving ? _motion.Told : default);
        TeleopClient? holder = _mailbox.Holder;
        OperationView operation = view.Operation;
        (operation.Holder, operation.HolderName, operation.IsHeld) = (holder?.Number ?? 0, holder?.Name ?? "", IsHeld());
        operation.InputAge = _from == null ? double.NaN : (view.Time - _inputTime) * 1e-9;
        Exchange.Publish();
        _eachPeriod();
    }

    private void Tell(EventLevel level, string words) => _events.Add(_clock.NowNanoseconds, "host", level, words);
}
