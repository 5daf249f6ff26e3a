using Ganglion.Bridge.Messages;
using Ganglion.Bridge.Serial;
using Ganglion.Bridge.Session;
using Ganglion.Bridge.Timing;
using Ganglion.Shared.Link;

namespace Ganglion.Bridge.Operations;

/// <summary>What a board answered when it was asked what it is.</summary>
/// <param name="Identity">What it is, and its state.</param>
/// <param name="Session">The session that it has with some host, now or lately; 0 for none since it was reset.</param>
/// <param name="Configuration">Read back from it, without names; null if it has none.</param>
/// <param name="Positions">What each channel is told now, as a fraction of its travel.</param>
/// <param name="Statistics">How well it keeps time and its chips answer.</param>
/// <param name="Telemetry">The newest that it sent to the host of its session; null if there is no session.</param>
public sealed record BoardReport(
    BoardIdentity Identity, int Session, BoardConfiguration? Configuration, double[] Positions, BoardStatistics Statistics,
    BoardTelemetry? Telemetry);

/// <summary>
/// Asks a board what it is without opening a session: what it does goes on, and no timeout, counter or output is touched
/// (PROTOCOL.md, "Asking without a session").
/// </summary>
public sealed class BoardEnquiry : IBoardPeer
{
    /// <summary>Without a configuration, telemetry comes every five ticks of 20 ms; some ticks more for the way.</summary>
    private const long DefaultTelemetryPeriod = 100 * SessionTiming.Millisecond, TelemetryMargin = 100 * SessionTiming.Millisecond;

    private readonly IClock _clock;
    private readonly FrameLink _link;
    private readonly BoardTelemetry _telemetry = new();
    private int _session;
    private long _nextExpire;

    private BoardEnquiry(string name, ISerialLink port, IClock clock)
    {
        Name = name;
        _clock = clock;
        _link = new FrameLink(name, clock, observer: null);
        _link.Open(port);
    }

    /// <inheritdoc/>
    public string Name { get; }

    FrameLink IBoardPeer.Link => _link;

    /// <inheritdoc/>
    public BoardConfiguration? Configuration { get; private set; }

    /// <summary>Asks, and closes the port.</summary>
    /// <param name="name">What to call the board in messages.</param>
    /// <param name="port">Its port.</param>
    /// <param name="clock">Time of the host.</param>
    /// <param name="patience">How long to wait for the first answer; null: 4 s, in which a board also starts.</param>
    /// <exception cref="BoardException">It does not answer in that time, or speaks another protocol.</exception>
    /// <exception cref="LinkLostException">The port went away.</exception>
    public static BoardReport Ask(string name, ISerialLink port, IClock clock, TimeSpan? patience = null)
    {
        var enquiry = new BoardEnquiry(name, port, clock);
        try
        {
            return enquiry.Ask(patience is { } given ? (long)given.TotalMilliseconds * SessionTiming.Millisecond
                : SessionTiming.ConnectTimeout);
        }
        finally
        {
            enquiry._link.Close();
        }
    }

    private BoardReport Ask(long patience)
    {
        BoardIdentity identity = Await(new Greeting(patience, drawSession: null));
        if (identity.ConfigLength > 0)
        {
            Configuration = BoardConfigDecoder.Decode(Await(new ConfigReading(identity.ConfigLength, identity.ConfigHash)));
        }

        double[] positions = identity.Channels > 0 ? Await(Questions.Positions(identity.Channels)) : [];
        BoardStatistics statistics = Await(Questions.Statistics());
        if (_session != 0)
        {
            AwaitTelemetry();
        }

        return new BoardReport(identity, _session, Configuration, positions, statistics, _telemetry.Received > 0 ? _telemetry : null);
    }

    private T Await<T>(BoardQuery<T> query)
    {
        query.Start(this, _clock.NowNanoseconds);
        while (!query.IsDone)
        {
            Exchange(query);
            if (!query.IsDone)
            {
                query.Poll(_clock.NowNanoseconds);
            }
        }

        return query.Result;
    }

    private void AwaitTelemetry()
    {
        long period = Configuration is { } c ? (long)(c.TelemetryTicks * c.Tick * 1e9) : DefaultTelemetryPeriod;
        long giveUp = _clock.NowNanoseconds + period + TelemetryMargin;
        while (_telemetry.Received == 0 && _clock.NowNanoseconds < giveUp)
        {
            Exchange(null);
        }
    }

    // Sends what waits, lets a moment pass and takes what came.
    private void Exchange(BoardOperation? operation)
    {
        _link.Send();
        long now = _clock.NowNanoseconds + SessionTiming.PollSlice;
        _clock.WaitUntil(now);
        while (_link.Next())
        {
            FrameParser frame = _link.Parser;
            _session = frame.Session;
            if (frame.Type == MessageType.Telemetry && frame.PayloadLength == MessageLayout.TelemetryLength)
            {
                _telemetry.Read(frame.Buffer.AsSpan(frame.PayloadOffset, frame.PayloadLength));
            }
            else if (operation is { IsDone: false })
            {
                operation.Offer(frame, now);
            }
        }

        if (now >= _nextExpire)
        {
            _nextExpire = now + SessionTiming.ExpirePeriod;
            _link.Parser.Expire();
        }
    }
}
