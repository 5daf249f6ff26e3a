using Ganglion.Bridge.Serial;
using Ganglion.Bridge.Words;
using Ganglion.Shared.Config;
using Ganglion.Shared.Link;
using Ganglion.Shared.Safety;

namespace Ganglion.Bridge.Session;

// Polling: what came, what is due.
public sealed partial class BoardSession
{
    /// <summary>How far apart looks at an otherwise quiet link may be, ns.</summary>
    private const long QuietSlice = 10 * SessionTiming.Millisecond;

    private byte _mode;
    private byte _reason;
    private int _detail;
    private long _lastReceived;
    private long _nextExpire;

    /// <summary>When <see cref="Poll"/> should be called next, host clock in ns: at once is never wrong. Round trips are
    /// measured as finely as this is heeded.</summary>
    public long NextPoll
    {
        get
        {
            long now = _clock.NowNanoseconds;
            return Phase switch
            {
                SessionPhase.Closed => long.MaxValue,
                SessionPhase.Lost => _nextReopen,
                _ when Phase == SessionPhase.Connecting || _ping.UnderWay || _operations.Count > 0 || Link.Writer.PendingCount > 0 =>
                now + SessionTiming.PollSlice,
                _ => Math.Min(_ping.Next, now + QuietSlice),
            };
        }
    }

    /// <summary>Takes what has arrived, does what is due and sends. Never waits.</summary>
    public void Poll()
    {
        long now = _clock.NowNanoseconds;
        NotePause(now);
        try
        {
            if (Phase == SessionPhase.Lost && now >= _nextReopen)
            {
                Reopen(now);
            }

            if (!Link.IsOpen)
            {
                return;
            }

            while (Link.Next())
            {
                Dispatch(now);
            }

            DoWhatIsDue(now);
            Link.Send();
        }
        catch (LinkLostException lost)
        {
            Lose(now, lost);
        }
    }

    private void DrawSessionId()
    {
        int before = Link.Writer.Session;
        do
        {
            Link.Writer.Session = _random.Next(1, 256);
        }
        while (Link.Writer.Session == before);
    }

    /// <summary>The board took a configuration.</summary>
    private void Configured(byte[] bytes, uint hash) => Identity = Identity! with
    {
        ConfigHash = hash,
        ConfigLength = bytes.Length,
        Channels = bytes[ConfigLayout.ChannelCountAt],
        Chips = bytes[ConfigLayout.ChipCountAt],
        TickMs = bytes[ConfigLayout.TickMsAt],
        NameBytes = Identity.IsFlashed ? Identity.NameBytes : [.. Configuration!.Board.Select(letter => (int)letter)],
    };

    private void SendNow()
    {
        try
        {
            Link.Send();
        }
        catch (LinkLostException lost)
        {
            Lose(_clock.NowNanoseconds, lost);
        }
    }

    private void Dispatch(long now)
    {
        FrameParser frame = Link.Parser;
        bool refusal = frame.Type == MessageType.Nack && frame.PayloadLength == MessageLayout.NackLength;
        if (frame.Session != Link.Writer.Session && !refusal)
        {
            return; // of a session before this one
        }

        _lastReceived = now;
        if (refusal && Phase == SessionPhase.Ready && HandleRefusal(frame, now))
        {
            return;
        }

        if (Phase == SessionPhase.Ready && frame.Type == MessageType.Telemetry && frame.PayloadLength == MessageLayout.TelemetryLength)
        {
            TakeTelemetry(frame, now);
        }
        else if (Phase == SessionPhase.Ready && frame.Type == MessageType.WalkTelemetry
            && frame.PayloadLength == MessageLayout.WalkTelemetryLength)
        {
            TakeWalk(frame, now);
        }
        else if (Phase == SessionPhase.Ready && frame.Type == MessageType.Pong && frame.PayloadLength == MessageLayout.PongLength)
        {
            _ping.TakePong(frame, now);
        }

        for (int i = 0; i < _operations.Count; i++)
        {
            if (!_operations[i].IsDone)
            {
                _operations[i].Offer(frame, now);
            }
        }
    }

    // True if the refusal concerns the session and not an operation.
    private bool HandleRefusal(FrameParser frame, long now)
    {
        byte type = frame.Buffer[frame.PayloadOffset + MessageLayout.NackTypeAt];
        byte reason = frame.Buffer[frame.PayloadOffset + MessageLayout.NackReasonAt];
        int detail = BitConverter.ToUInt16(frame.Buffer, frame.PayloadOffset + MessageLayout.NackDetailAt);
        if (reason == Reason.NoSession && frame.Session == 0)
        {
            Forgotten(now);
        }
        else if (reason == Reason.NoSession && frame.Session != Link.Writer.Session)
        {
            TakenOver(now);
        }
        else if (type == MessageType.Setpoint)
        {
            SetpointsRefused(now, reason, detail);
        }
        else
        {
            return false;
        }

        return true;
    }

    private void SetpointsRefused(long now, byte reason, int detail)
    {
        // Frames under way when the board was disarmed are refused too, and no news.
        if (!IsArmed)
        {
            return;
        }

        ReasonText why = ReasonWords.Of(reason, 0, detail, Configuration, LatchedDetail(detail));
        if (reason != Reason.TimeTooFar || RefusedForLong(now))
        {
            End(new($"it takes no setpoints: {why.Cause}", why.Remedy), mayLearnMore: State != BoardState.Safe);
            IsArmed = false;
        }

        Tell(now, BoardEventKind.SetpointsRefused, reason, detail,
            $"Board {Name} takes no setpoints: {why}");
    }

    private void TakeTelemetry(FrameParser frame, long now)
    {
        Telemetry.Read(frame.Buffer.AsSpan(frame.PayloadOffset, frame.PayloadLength));
        _lastTelemetry = now;
        long measuredAt = Clock.Unwrap(Telemetry.BoardTime);
        _observer?.TelemetryReceived(Name, now, Telemetry, Clock.Samples > 0 ? Clock.ToHost(measuredAt) : now);
        NoteState(now, Telemetry.State, Telemetry.Mode, Telemetry.Reason, Telemetry.Detail);
        LearnFromNews();
    }

    private void TakeWalk(FrameParser frame, long now)
    {
        Walk.Read(frame.Buffer.AsSpan(frame.PayloadOffset, frame.PayloadLength));
        _observer?.WalkTelemetryReceived(Name, now, Walk, Clock.Samples > 0 ? Clock.ToHost(Clock.Unwrap(Walk.BoardTime)) : now);
    }

    private void NoteState(long now, byte state, byte mode, byte reason, int detail)
    {
        bool changed = state != State || mode != _mode || (state is BoardState.Hold or BoardState.Safe && reason != _reason);
        State = state;
        _mode = mode;
        _reason = reason;
        _detail = detail;
        if (state is BoardState.Boot or BoardState.Idle or BoardState.Safe || reason == Reason.SessionReplaced)
        {
            LearnFromState();
            IsArmed = false;
        }

        if (changed)
        {
            Tell(now, BoardEventKind.StateChanged, reason, detail, Describe());
        }
    }

    private void DoWhatIsDue(long now)
    {
        if (now >= _nextExpire)
        {
            _nextExpire = now + SessionTiming.ExpirePeriod;
            Link.Parser.Expire();
        }

        for (int i = 0; i < _operations.Count; i++)
        {
            if (!_operations[i].IsDone)
            {
                _operations[i].Poll(now);
            }
        }

        for (int i = _operations.Count - 1; i >= 0; i--)
        {
            if (_operations[i].IsDone)
            {
                _operations.RemoveAt(i);
            }
        }

        if (Phase == SessionPhase.Connecting && _greeting!.IsDone)
        {
            EndGreeting(now);
        }

        if (Phase != SessionPhase.Ready)
        {
            return;
        }

        if (_restoring is { IsDone: true })
        {
            EndRestoring(now);
        }

        long silence = IsArmed ? SessionTiming.Silence : SessionTiming.SilenceAtRest;
        for (int i = 0; i < _operations.Count; i++)
        {
            silence = Math.Max(silence, _operations[i].SilenceAllowed);
        }

        if (now - Math.Max(_lastReceived, _resumed) >= silence)
        {
            FellSilent(now, silence);
        }
        else
        {
            _ping.SendIfDue(now);
            Watch(now, silence);
        }
    }

    private void Tell(long now, BoardEventKind kind, byte reason, int detail, string words)
    {
        var what = new BoardEvent(now, Name, kind, State, reason, detail, words);
        _observer?.Happened(what);
        Happened?.Invoke(what);
    }
}
