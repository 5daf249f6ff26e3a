using Ganglion.Bridge.Messages;
using Ganglion.Bridge.Operations;
using Ganglion.Bridge.Serial;
using Ganglion.Bridge.Words;
using Ganglion.Shared.Link;
using Ganglion.Shared.Safety;

namespace Ganglion.Bridge.Session;

// The connection: greeting, loss, reopening.
public sealed partial class BoardSession
{
    private Greeting? _greeting;
    private ConfigPush? _restoring;
    private bool _reconnecting;
    private bool _wasReset;
    private ReasonText? _away;
    private long _lostAt;
    private long _nextReopen;

    /// <summary>It was reset and is not back yet: its outputs are off.</summary>
    internal bool IsReset => _wasReset;

    /// <summary>Why nothing can be asked of it now: what ended its link.</summary>
    internal BoardException NotThere => new(Name, Reason.None, 0, _away ?? new("it is not connected", "Connect first."));

    private void Armed()
    {
        IsArmed = true;
        BeginWatch(_clock.NowNanoseconds);
        NoteState(_clock.NowNanoseconds, BoardState.Armed, DriveMode.None, Reason.None, 0);
    }

    private Greeting Greet(long timeout)
    {
        long now = _clock.NowNanoseconds;
        Phase = SessionPhase.Connecting;
        _greeting = new Greeting(timeout, DrawSessionId);
        _greeting.Start(this, now);
        _operations.Add(_greeting);
        SendNow();
        return _greeting;
    }

    private void EndGreeting(long now)
    {
        BoardException? error = _greeting!.Error;
        if (error == null)
        {
            Opened(_greeting.Result, now);
        }
        else if (_reconnecting && error.Reason == Reason.None)
        {
            // No answer: perhaps the adapter hangs, so the port is opened anew.
            Link.Close();
            Phase = SessionPhase.Lost;
            _nextReopen = now + SessionTiming.ReopenPeriod;
        }
        else
        {
            _ending = error.Text;
            Close();
            Tell(now, BoardEventKind.Failed, error.Reason, error.Detail, error.Message);
        }
    }

    private void Opened(BoardIdentity identity, long now)
    {
        Phase = SessionPhase.Ready;
        _away = null;
        Identity = identity;
        IsArmed = false;
        State = identity.State;
        _mode = DriveMode.None;
        _reason = identity.Reason;
        _detail = identity.Detail;
        Telemetry.Restart();
        Walk.Restart();
        Clock.Restart();
        Clock.Unwrap(identity.BoardTime);
        _lastReceived = now;
        _ping.Restart(now);
        _observer?.Identified(Name, now, identity);
        LearnOnReturn(identity);
        if (_reconnecting && Configuration is { } own && Mistaken(own) is { } mistaken)
        {
            _ending = mistaken.Text;
            Close();
            Tell(now, BoardEventKind.Failed, Reason.WrongBoard, 0, mistaken.Message);
        }
        else if (!_reconnecting)
        {
            Tell(now, BoardEventKind.Connected, _reason, _detail,
                $"Board {Name} on {Link.PortName}: firmware {identity.Firmware}, profile {identity.Profile}, {identity.Channels} " +
                    $"channels. {Describe()}");
        }
        else if (_config != null && identity.ConfigHash != _configHash && identity.State == BoardState.Idle)
        {
            _restoring = Run(new ConfigPush(_config, _configHash, Configuration!.Board, Configured));
        }
        else
        {
            Returned(now);
        }
    }

    private void EndRestoring(long now)
    {
        BoardException? error = _restoring!.Error;
        _restoring = null;
        if (error == null)
        {
            Returned(now);
        }
        else
        {
            _ending = error.Text;
            Close();
            Tell(now, BoardEventKind.Failed, error.Reason, error.Detail, $"Board {Name} came back but lost its configuration. " +
                $"{error.Message}");
        }
    }

    private void Returned(long now)
    {
        _reconnecting = false;
        LastReconnect = TimeSpan.FromTicks((now - _lostAt) / 100);
        string back = $"Board {Name} is back after {LastReconnect.Value.TotalMilliseconds:0} ms";
        string words = State switch
        {
            BoardState.Hold => $"{back} and holds its last position. Rearm to go on from there, or disarm.",
            BoardState.Safe => $"{back}. {Describe()}",
            _ => _wasReset
                ? $"{back}: it was reset, has its configuration again and is disarmed. Arm it to go on."
                : $"{back} and is disarmed. Arm it to go on.",
        };
        if (_config != null && Identity!.ConfigHash != _configHash)
        {
            words += " It has another configuration: disarm and configure it.";
        }

        _wasReset = false;
        Tell(now, BoardEventKind.Reconnected, _reason, _detail, words);
    }

    private void Reopen(long now)
    {
        _nextReopen = now + SessionTiming.ReopenPeriod;
        ISerialLink port;
        try
        {
            port = _open();
        }
        catch (IOException)
        {
            return; // still away; the loss was told, and a person can read why with `ganglion doctor`
        }
        Link.Open(port);
        Greet(SessionTiming.RegreetTimeout);
    }

    // The device is gone.
    private void Lose(long now, LinkLostException lost)
    {
        SessionPhase before = Phase;
        var gone = new ReasonText($"its port {lost.LinkName} is gone ({lost.How})", Unplugged);
        Link.Close();
        if (before == SessionPhase.Connecting && !_reconnecting)
        {
            Phase = SessionPhase.Closed;
            FailOperations(gone);
            return;
        }
        _nextReopen = now + SessionTiming.ReopenPeriod;
        Phase = SessionPhase.Lost;
        if (before == SessionPhase.Ready)
        {
            End(gone, mayLearnMore: false);
            StartReconnecting(now, gone, BoardEventKind.LinkLost,
                $"Board {Name}: {lost.Message} The session is taken up again as soon as the port is back.");
        }
        else
        {
            FailOperations(gone);
        }
    }

    // The port is there and the board says nothing.
    private void FellSilent(long now, long silence)
    {
        long ms = silence / SessionTiming.Millisecond;
        Phase = SessionPhase.Connecting;
        string help = Unheard("Check its power and cable.");
        var silent = new ReasonText($"it has been silent for {ms} ms", help);
        End(silent, mayLearnMore: true);
        _fellSilent = true;
        StartReconnecting(now, silent, BoardEventKind.LinkLost,
            $"Board {Name} has been silent for {ms} ms. {help.TrimEnd('.')}; the session is taken up again as soon as it answers.");
        Greet(SessionTiming.RegreetTimeout);
    }

    // The board knows neither this session nor another.
    private void Forgotten(long now)
    {
        _wasReset = true;
        Phase = SessionPhase.Connecting;
        End(WasReset, mayLearnMore: false);
        StartReconnecting(now, WasReset, BoardEventKind.BoardReset,
            $"Board {Name} was reset. It is connected and configured again by itself and stays disarmed. If it happens again, check its " +
                $"supply: servos that start together pull it down.");
        Greet(SessionTiming.RegreetTimeout);
    }

    private void TakenOver(long now)
    {
        var taken = new ReasonText("another program took it over", "Close the other program, then start again.");
        End(taken, mayLearnMore: false);
        FailOperations(taken);
        Close();
        Tell(now, BoardEventKind.TakenOver, Reason.SessionReplaced, 0,
            $"Board {Name} was taken over by another program, and this session is closed. Close the other program, then connect again.");
    }

    /// <param name="now">Host clock, ns.</param>
    /// <param name="why">What ended the link, for whoever waits for an answer or asks meanwhile.</param>
    /// <param name="kind">What is told.</param>
    /// <param name="words">The same to people.</param>
    private void StartReconnecting(long now, ReasonText why, BoardEventKind kind, string words)
    {
        _reconnecting = true;
        _restoring = null;
        _lostAt = now;
        IsArmed = false;
        FailOperations(why);
        Tell(now, kind, Reason.None, 0, words);
    }

    /// <summary>Whoever waits for an answer is told what became of the link, as is who asks until it is back: the first thing that ended
    /// it.</summary>
    private void FailOperations(ReasonText why)
    {
        _away ??= why;
        var error = new BoardException(Name, Reason.None, 0, why);
        foreach (BoardOperation operation in _operations)
        {
            operation.Fail(error);
        }

        _operations.Clear();
    }

    private void Close()
    {
        Link.Close();
        Phase = SessionPhase.Closed;
        IsArmed = false;
        _greeting = null;
        _restoring = null;
        FailOperations(new ReasonText("the session was closed", "Connect again."));
    }
}
