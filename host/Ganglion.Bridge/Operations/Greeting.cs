using Ganglion.Bridge.Messages;
using Ganglion.Bridge.Session;
using Ganglion.Shared.Link;
using Ganglion.Shared.Safety;

namespace Ganglion.Bridge.Operations;

/// <summary>Hello until the board tells who it is.</summary>
/// <param name="timeout">How long to go on, ns.</param>
/// <param name="drawSession">Gives the link a fresh session id; null if no session is to be opened.</param>
internal sealed class Greeting(long timeout, Action? drawSession) : BoardQuery<BoardIdentity>
{
    private const int MostForeign = 10;

    private IBoardPeer _board = null!;
    private long _startedAt;
    private long _sentAt;
    private int _foreign;

    internal override void Start(IBoardPeer board, long now)
    {
        _board = board;
        _startedAt = now;
        GreetAfresh(now);
    }

    internal override void Poll(long now)
    {
        if (now - _startedAt >= timeout)
        {
            Fail(_foreign > 0 ? AlwaysArmed() : new BoardException(_board.Name,
                $"no board answers on {_board.Link.PortName} ({_board.Link.Parser.GarbageBytes} bytes came that are no frames)",
                _board.Link.Unheard("See that the board has power and runs the Ganglion firmware, that this is its port (`ganglion " +
                    "ports`), and that both run at the same baud rate.")));
        }
        else if (now - _sentAt >= SessionTiming.HelloRetry)
        {
            _sentAt = now;
            _board.Link.SendHello();
        }
    }

    internal override void Offer(FrameParser frame, long now)
    {
        BoardIdentity? identity = Read(frame, _board.Name, out BoardException? error);
        if (error != null)
        {
            Fail(error);
        }
        else if (identity != null)
        {
            Recognise(identity, now);
        }
    }

    /// <summary>What an answer to Hello says.</summary>
    /// <param name="frame">Any frame of the board.</param>
    /// <param name="board">Its name.</param>
    /// <param name="error">Why the board cannot be talked to, if it says so.</param>
    /// <returns>Null: it says so, or this is no answer to Hello.</returns>
    public static BoardIdentity? Read(FrameParser frame, string board, out BoardException? error)
    {
        error = null;
        ReadOnlySpan<byte> payload = frame.Buffer.AsSpan(frame.PayloadOffset, frame.PayloadLength);
        if (frame.Type == MessageType.Nack && payload.Length == MessageLayout.NackLength
            && payload[MessageLayout.NackTypeAt] == MessageType.Hello)
        {
            error = new BoardException(board, NackReason(frame), NackAspect(frame), NackDetail(frame), null);
        }
        else if (frame.Type == MessageType.Identity && payload.Length >= MessageLayout.IdentityFirmwareAt)
        {
            int version = BitConverter.ToUInt16(payload);
            if (version != Definition.ProtocolVersion)
            {
                error = new BoardException(board, Reason.WrongProtocol, 0, version, null);
            }
            else if (!BoardIdentity.IsOurProtocol(payload) || !BoardIdentity.HasItsLength(payload))
            {
                error = new BoardException(board, Reason.WrongDefinition, 0, 0, null);
            }
            else
            {
                return BoardIdentity.Read(payload);
            }
        }

        return null;
    }

    private void Recognise(BoardIdentity identity, long now)
    {
        // A new session is never armed. If it is, the id that we drew is the one that another host armed under, and the
        // board took us for that host: draw again.
        if (drawSession != null && (identity.State is BoardState.Armed or BoardState.Running))
        {
            // Two draws of one id in 255 are rare, so many are no chance.
            if (++_foreign > MostForeign)
            {
                Fail(AlwaysArmed());
                return;
            }

            GreetAfresh(now);
        }
        else
        {
            Complete(identity);
        }
    }

    private BoardException AlwaysArmed() => new(_board.Name,
        "it says to each new session that it is armed, which a new session never is", "Flash the firmware that belongs to this program.");

    private void GreetAfresh(long now)
    {
        _sentAt = now;
        drawSession?.Invoke();
        _board.Link.SendHello();
    }
}
