using Ganglion.Bridge.Messages;
using Ganglion.Bridge.Words;
using Ganglion.Shared.Link;
using Ganglion.Shared.Safety;

namespace Ganglion.Bridge.Session;

// Why a board that was armed is so no more; and that what it says and what it does go together.
public sealed partial class BoardSession
{
    private const string Unplugged = "Check the cable and the board's power.";

    private static readonly ReasonText WasReset = new("it was reset and is disarmed",
        "Check its supply: servos that start together pull it down.");

    private const int EnoughNews = 3;

    private ReasonText? _ending;
    private bool _fellSilent;
    private int _news;
    private long _lastTelemetry, _streamingSince, _tooFarSince, _tooFarLast;
    private long _lastPoll, _resumed, _pause;

    /// <summary>Whether the board may still tell why it stopped: it fell silent a moment ago, or refuses and has not said why.</summary>
    internal bool MayLearnMore { get; private set; }

    /// <summary>The session let go of the board while that is powered and can be reached: it refuses, or does otherwise than it
    /// says.</summary>
    public bool IsLeftOn => Phase == SessionPhase.Ready && !IsArmed && _reason != Reason.SessionReplaced
        && State is not (BoardState.Boot or BoardState.Idle or BoardState.Safe);

    /// <summary>What became of it, where that is why its clock is not known; null: it answers, and not that.</summary>
    internal BoardException? Gone => Phase != SessionPhase.Ready ? NotThere
        : _ending is { } why ? new BoardException(Name, Reason.None, 0, why) : null;

    /// <summary>Why the board does not move any more, as far as it is known: what happened to its link, or what it says.</summary>
    /// <param name="remedy">A sentence that follows.</param>
    public BoardException Stopped(string remedy)
    {
        (byte reason, int detail) = State == BoardState.Safe ? (_reason, _detail) : (Reason.None, 0);
        ReasonText why = _ending ?? (State == BoardState.Safe ? Safe() : new(Describe().TrimEnd('.'), ""));
        return new BoardException(Name, reason, detail, new ReasonText(why.Cause.TrimEnd('.'), $"{why.Remedy} {remedy}".Trim()));
    }

    private ReasonText Safe()
    {
        ReasonText why = Why();
        string paused = _reason == Reason.HostLost && _pause > 0
            ? $" (this program was held up for {_pause / SessionTiming.Millisecond} ms: stopped, or the machine was too busy)" : "";
        return why with { Cause = $"it went safe: {why.Cause}{paused}" };
    }

    /// <summary>Its reason; that a host was lost is of a virtual board no matter of cables.</summary>
    private ReasonText Why()
    {
        ReasonText why = ReasonWords.Of(_reason, 0, _detail, Configuration);
        return _reason == Reason.HostLost ? why with { Remedy = ReasonWords.AgainAfter(Unheard(ReasonWords.HostGone)) } : why;
    }

    int IBoardPeer.LatchedDetail(int reason) => LatchedDetail(reason);

    private int LatchedDetail(int reason) => _reason == reason ? _detail : ReasonWords.Untold;

    /// <summary>What is to be done where the board does not answer.</summary>
    /// <param name="wire">The same where a wire leads to it.</param>
    public string Unheard(string wire) => Link.Unheard(wire);

    /// <summary>What is said of it where it cannot be reached and may still be on.</summary>
    public string Unreached => Link.IsOurs ? SilenceWords.Ends : BoardException.Alone;

    /// <summary>Silence while nobody listened is no silence of the board: it counts from when the program went on.</summary>
    private void NotePause(long now)
    {
        if (_lastPoll != 0 && now - _lastPoll > SessionTiming.HeldUp)
        {
            (_resumed, _pause) = (now, now - _lastPoll);
        }

        _lastPoll = now;
    }

    /// <summary>The first thing that ended it is what is told, unless the board itself says more.</summary>
    private void End(ReasonText why, bool mayLearnMore)
    {
        if (IsArmed)
        {
            (_ending, _fellSilent, MayLearnMore, _news) = (why, false, mayLearnMore, 0);
        }
    }

    /// <summary>The board's own word. That it lost its host is no news where it fell silent first.</summary>
    private void LearnFromState()
    {
        if (State == BoardState.Safe && (IsArmed || (MayLearnMore && !(_fellSilent && _reason == Reason.HostLost))))
        {
            _ending = Safe();
        }
        else if (IsArmed && State == BoardState.Idle)
        {
            _ending = new("it says that it is disarmed, and this program did not disarm it",
                "See whether another program or `ganglion disarm` did; then start again.");
        }
        else if (IsArmed && _reason == Reason.SessionReplaced)
        {
            _ending = new("another session was opened with it", "Close the other program that uses the board, then start again.");
        }

        MayLearnMore &= State is not (BoardState.Safe or BoardState.Idle);
    }

    /// <summary>A board that came back and does not say that it went safe within some messages has nothing more to say.</summary>
    private void LearnFromNews() => MayLearnMore &= ++_news < EnoughNews;

    private void LearnOnReturn(BoardIdentity identity)
    {
        if (!MayLearnMore)
        {
            return;
        }

        if (identity.State == BoardState.Idle && identity.ConfigHash == 0 && _config != null)
        {
            (_wasReset, _ending) = (true, WasReset);
        }
        else if (identity.State == BoardState.Safe && _reason != Reason.HostLost)
        {
            _ending = Safe();
        }

        MayLearnMore = identity.State is not (BoardState.Safe or BoardState.Idle);
    }

    /// <summary>Armed: from now on the board has to say what it does.</summary>
    private void BeginWatch(long now)
    {
        (_ending, _fellSilent, MayLearnMore) = (null, false, false);
        (_lastTelemetry, _streamingSince, _tooFarSince, _pause) = (now, 0, 0, 0);
    }

    /// <summary>What an armed board does and what it says have to go together, or nobody knows what moves.</summary>
    /// <param name="now">Host clock, ns.</param>
    /// <param name="silence">How long it may be silent just now, ns.</param>
    private void Watch(long now, long silence)
    {
        if (!IsArmed)
        {
            return;
        }

        long period = (long)((Configuration?.TelemetryTicks ?? 1) * (Configuration?.Tick ?? 0) * 1e9);
        long allowed = Math.Max(Math.Max(silence, SessionTiming.TelemetrySilence), SessionTiming.TelemetryPeriods * period);
        if (now - Math.Max(_lastTelemetry, _resumed) > allowed)
        {
            Disbelieve(now, $"it answers and has sent no telemetry for " +
                $"{(now - _lastTelemetry) / SessionTiming.Millisecond} ms, so nobody can tell what it does");
        }
        else if (State == BoardState.Running || _streamingSince == 0)
        {
            _streamingSince = 0;
        }
        else if (now - _streamingSince > SessionTiming.Unmoved)
        {
            Disbelieve(now, $"it is sent setpoints, refuses none, and has said for {SessionTiming.Unmoved / 1_000_000_000} s that it " +
                $"{StateWords.Predicate(State, _mode)}");
        }
    }

    private void Disbelieve(long now, string cause)
    {
        End(new(cause, Unheard("Flash the firmware that belongs to this program; if it has it, check the link for lost bytes.")),
            mayLearnMore: false);
        IsArmed = false;
        Tell(now, BoardEventKind.Untrue, Reason.None, 0, $"Board {Name}: {_ending}");
    }

    /// <summary>Setpoints of a clock that is not known yet may be too far ahead for a moment.</summary>
    private bool RefusedForLong(long now)
    {
        if (now - _tooFarLast > SessionTiming.TooFar)
        {
            _tooFarSince = now;
        }

        _tooFarLast = now;
        return now - _tooFarSince > SessionTiming.TooFar;
    }
}
