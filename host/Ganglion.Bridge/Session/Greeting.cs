using Ganglion.Shared.Control;
using Ganglion.Shared.Link;
using Ganglion.Shared.Safety;

namespace Ganglion.Bridge;

/// <summary>Opens a session: hello with a fresh id until the board tells who it is.</summary>
internal sealed class Greeting(long timeout) : BoardQuery<BoardIdentity>
{
    private BoardSession _session = null!;
    private long _startedAt;
    private long _sentAt;

    internal override void Start(BoardSession session, long now)
    {
        _session = session;
        _startedAt = now;
        GreetAfresh(now);
    }

    internal override void Poll(long now)
    {
        if (now - _startedAt >= timeout)
        {
            Fail(new BoardException(_session.Name,
                $"no board answers on {_session.Link.PortName} ({_session.Link.Parser.GarbageBytes} bytes came that are no frames)",
                "See that the board has power and runs the Ganglion firmware, that this is its port (`ganglion ports`), and that both run at the same baud rate."));
        }
        else if (now - _sentAt >= SessionTiming.HelloRetry)
        {
            _sentAt = now;
            _session.SendHello();
        }
    }

    internal override void Offer(FrameParser frame, long now)
    {
        ReadOnlySpan<byte> payload = frame.Buffer.AsSpan(frame.PayloadOffset, frame.PayloadLength);
        if (frame.Type == MessageType.Nack && payload.Length == 6 && payload[0] == MessageType.Hello)
        {
            Fail(new BoardException(_session.Name, NackReason(frame), NackAspect(frame), NackDetail(frame), null));
        }
        else if (frame.Type == MessageType.Identity && payload.Length >= 6)
        {
            int version = BitConverter.ToUInt16(payload);
            if (version != Definition.ProtocolVersion)
                Fail(new BoardException(_session.Name, Reason.WrongProtocol, 0, version, null));
            else if (!BoardIdentity.IsOurProtocol(payload) || payload.Length != Reports.IdentityLength)
                Fail(new BoardException(_session.Name, Reason.WrongDefinition, 0, 0, null));
            else
                Recognise(BoardIdentity.Read(payload), now);
        }
    }

    private void Recognise(BoardIdentity identity, long now)
    {
        // A new session is never armed. If it is, the id that we drew is the one that another host armed under, and the
        // board took us for that host: draw again.
        if (identity.State is BoardState.Armed or BoardState.Running)
            GreetAfresh(now);
        else
            Complete(identity);
    }

    private void GreetAfresh(long now)
    {
        _sentAt = now;
        _session.DrawSessionId();
        _session.SendHello();
    }
}
