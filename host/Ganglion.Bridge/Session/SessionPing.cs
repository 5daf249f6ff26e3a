using Ganglion.Bridge.Operations;
using Ganglion.Bridge.Timing;
using Ganglion.Shared.Link;

namespace Ganglion.Bridge.Session;

/// <summary>The pings of a session: they keep it alive on the board and measure the board's clock.</summary>
/// <param name="link">Where they go.</param>
/// <param name="clock">Learns from each answer.</param>
internal sealed class SessionPing(FrameLink link, BoardClock clock)
{
    // Steps of the golden ratio cover the ping's phases evenly, however many there are.
    private const double GoldenRatio = 0.6180339887498949;

    private long _sent;
    private uint _mark;
    private double _phase;

    /// <summary>Whether an answer is awaited.</summary>
    public bool UnderWay { get; private set; }

    /// <summary>When the next one is due, host clock, ns.</summary>
    public long Next { get; private set; }

    /// <summary>A session begins.</summary>
    public void Restart(long now) => (UnderWay, Next) = (false, now);

    /// <param name="frame">A Pong.</param>
    /// <param name="now">Host clock, ns.</param>
    public void TakePong(FrameParser frame, long now)
    {
        if (!UnderWay || BitConverter.ToUInt32(frame.Buffer, frame.PayloadOffset + MessageLayout.PongMarkAt) != _mark)
        {
            return;
        }

        UnderWay = false;
        clock.Add(_sent, now, clock.Unwrap(BitConverter.ToUInt32(frame.Buffer, frame.PayloadOffset + MessageLayout.PongTimeAt)));
    }

    /// <summary>Writes the next one if its time has come and the link has room.</summary>
    public void SendIfDue(long now)
    {
        if (UnderWay && now - _sent >= SessionTiming.PingTimeout)
        {
            UnderWay = false;
        }

        if (UnderWay || now < Next)
        {
            return;
        }

        int at = link.Writer.Begin(MessageType.Ping, MessageLayout.PingLength);
        if (at < 0)
        {
            return;
        }

        _mark++;
        CommandWriter.Ping(link.Writer.Buffer.AsSpan(at), _mark);
        link.Finish(at);
        _sent = now;
        UnderWay = true;
        _phase += GoldenRatio;
        _phase -= Math.Floor(_phase);
        long period = clock.IsReady ? SessionTiming.PingPeriod : SessionTiming.FastPingPeriod;
        Next = now + period + (long)(_phase * SessionTiming.PingSpread);
    }
}
