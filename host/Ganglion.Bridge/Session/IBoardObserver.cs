using Ganglion.Bridge.Messages;
using Ganglion.Shared.Safety;

namespace Ganglion.Bridge.Session;

/// <summary>Is told of everything that goes over a board's link, on the thread that polls the session. Frames and telemetry
/// are valid during the call only.</summary>
public interface IBoardObserver
{
    /// <param name="board">Name of the session.</param>
    /// <param name="time">Host clock, ns.</param>
    /// <param name="frame">The whole frame, from the sync byte to the checksum.</param>
    void FrameSent(string board, long time, ReadOnlySpan<byte> frame);

    /// <inheritdoc cref="FrameSent"/>
    void FrameReceived(string board, long time, ReadOnlySpan<byte> frame);

    /// <param name="board">Name of the session.</param>
    /// <param name="time">Host clock, ns.</param>
    /// <param name="telemetry">The session's own object.</param>
    /// <param name="measuredAt">When the board's tick began, host clock, ns; the time of receipt while the offset is unknown.</param>
    void TelemetryReceived(string board, long time, BoardTelemetry telemetry, long measuredAt);

    /// <param name="board">Name of the session.</param>
    /// <param name="time">Host clock, ns.</param>
    /// <param name="walk">The session's own object.</param>
    /// <param name="measuredAt">As that of telemetry.</param>
    void WalkTelemetryReceived(string board, long time, WalkTelemetry walk, long measuredAt);

    void Identified(string board, long time, BoardIdentity identity);

    void Happened(BoardEvent what);
}

/// <summary>What kind of thing happened to a board.</summary>
public enum BoardEventKind
{
    /// <summary>A session was opened for the first time.</summary>
    Connected,
    /// <summary>State, drive mode or reason changed.</summary>
    StateChanged,
    /// <summary>The link broke or the board fell silent; the session tries to get it back.</summary>
    LinkLost,
    /// <summary>The session is back; the words say what the board is doing and what it needs.</summary>
    Reconnected,
    /// <summary>The board forgot the session: it was reset. The session is being opened anew.</summary>
    BoardReset,
    /// <summary>Another program opened a session with the board; this one lets go.</summary>
    TakenOver,
    /// <summary>The board does not take setpoints; streaming to it stops until it is armed again.</summary>
    SetpointsRefused,
    /// <summary>The board does otherwise than it says, or does not say what it does; nothing is streamed to it until it is armed
    /// again.</summary>
    Untrue,
    /// <summary>The session could not be opened anew and was closed.</summary>
    Failed,
}

/// <summary>Something that a person should hear of.</summary>
/// <param name="Time">Host clock, ns.</param>
/// <param name="Board">Name of the session.</param>
/// <param name="Kind">What kind of thing.</param>
/// <param name="State">The board's state, see Safety.BoardState.</param>
/// <param name="Reason">The board's reason, see Link.Reason; None where there is none.</param>
/// <param name="Detail">As the reason says.</param>
/// <param name="Words">The whole in words, with what to do.</param>
public sealed record BoardEvent(long Time, string Board, BoardEventKind Kind, byte State, byte Reason, int Detail, string Words)
{
    /// <summary>How much it matters, of Foxglove's log levels: 4 error, 3 warning, 2 information.</summary>
    public int Level => State == BoardState.Safe || Kind == BoardEventKind.Failed ? 4
        : Kind is BoardEventKind.Connected or BoardEventKind.Reconnected || (Kind == BoardEventKind.StateChanged &&
            State != BoardState.Hold) ? 2 : 3;
}
