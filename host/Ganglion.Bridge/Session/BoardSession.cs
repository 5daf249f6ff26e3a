using System.Runtime.InteropServices;
using Ganglion.Bridge.Messages;
using Ganglion.Bridge.Operations;
using Ganglion.Bridge.Serial;
using Ganglion.Bridge.Timing;
using Ganglion.Bridge.Words;
using Ganglion.Shared.Link;
using Ganglion.Shared.Safety;

namespace Ganglion.Bridge.Session;

/// <summary>
/// One board over a serial link. Everything happens in <see cref="Poll"/>, on the caller's thread: reading, answering,
/// keeping the session alive, measuring the board's clock, and getting the session back after a loss.
/// </summary>
/// <remarks>
/// Methods that ask something of the board return an operation that goes on while the session is polled;
/// <see cref="Await"/> polls until it has ended. Streaming, polling and telemetry allocate nothing.
/// The session never arms by itself.
/// </remarks>
public sealed partial class BoardSession : IBoardPeer, IDisposable
{
    private readonly Func<ISerialLink> _open;
    private readonly IClock _clock;
    private readonly Random _random;
    private readonly IBoardObserver? _observer;
    private readonly List<BoardOperation> _operations = [];
    private readonly SessionPing _ping;
    private byte[]? _config;
    private uint _configHash;

    /// <param name="name">What people call the board: its id in the robot description.</param>
    /// <param name="open">Opens its port, again after every loss.</param>
    /// <param name="clock">Time of the host.</param>
    /// <param name="random">Draws session ids; given by tests that must repeat.</param>
    /// <param name="observer">Is told of everything sent and received.</param>
    public BoardSession(string name, Func<ISerialLink> open, IClock clock, Random? random = null, IBoardObserver? observer = null)
    {
        Name = name;
        _open = open;
        _clock = clock;
        _random = random ?? new Random();
        _observer = observer;
        Link = new FrameLink(name, clock, observer);
        _ping = new SessionPing(Link, Clock);
    }

    public string Name { get; }

    /// <summary>Where it is connected; empty while its port is closed.</summary>
    public string PortName => Link.PortName;

    public SessionPhase Phase { get; private set; }

    /// <summary>What the board said about itself when the session was opened or configured last; null before that.</summary>
    public BoardIdentity? Identity { get; private set; }

    /// <summary>The newest telemetry, rewritten in place.</summary>
    public BoardTelemetry Telemetry { get; } = new();

    /// <summary>The newest that it has told of its walk, rewritten in place.</summary>
    public WalkTelemetry Walk { get; } = new();

    /// <summary>The board's clock.</summary>
    public BoardClock Clock { get; } = new();

    /// <summary>What went over the link.</summary>
    public LinkStatistics LinkStatistics => Link.Statistics;

    /// <summary>What <see cref="Configure"/> was given last.</summary>
    public BoardConfiguration? Configuration { get; private set; }

    /// <summary>The board's state as far as known: see Safety.BoardState.</summary>
    public byte State { get; private set; }

    /// <summary>True from a successful <see cref="Arm"/> or <see cref="Rearm"/> until the board is disarmed, goes safe, or its
    /// session is lost. A board that holds because the stream paused is still armed.</summary>
    public bool IsArmed { get; private set; }

    /// <summary>True if the board kept its position over a lost session: <see cref="Rearm"/> goes on from there.</summary>
    public bool CanRearm => Phase == SessionPhase.Ready && State == BoardState.Hold && !IsArmed;

    /// <summary>How long the last reconnection took, from the loss until the board was ready and configured; null if there was
    /// none.</summary>
    public TimeSpan? LastReconnect { get; private set; }

    /// <summary>State changes, losses, reconnections: for people, in words. Raised while polling.</summary>
    public event Action<BoardEvent>? Happened;

    internal FrameLink Link { get; }

    FrameLink IBoardPeer.Link => Link;

    /// <summary>State, and for hold and safe the reason and what to do, as a sentence.</summary>
    public string Describe() => StateWords.Describe(Name, State, _mode, Why());

    /// <summary>Opens the port and a session. The board must answer within 4 s, which leaves it time to boot.</summary>
    /// <exception cref="PortException">The port cannot be opened.</exception>
    /// <exception cref="InvalidOperationException">It is connected already.</exception>
    public BoardQuery<BoardIdentity> Connect()
    {
        if (Phase != SessionPhase.Closed)
        {
            throw new InvalidOperationException($"Board {Name} is connected already.");
        }

        Link.Open(_open());
        _reconnecting = false;
        return Greet(SessionTiming.ConnectTimeout);
    }

    /// <summary>Makes a configuration the board's, unless it has it already, and remembers it: after a reset of the board it is
    /// pushed again. The board must be idle if its configuration changes.</summary>
    /// <exception cref="BoardException">The configuration is wrong, the session is not connected, or this is another board.</exception>
    public BoardOperation Configure(BoardConfiguration configuration)
    {
        byte[] bytes = BoardConfigEncoder.Encode(configuration);
        RequireReady();
        if (Mistaken(configuration) is { } mistaken)
        {
            throw mistaken;
        }

        Configuration = configuration;
        Telemetry.ImuZero = configuration.ImuZero;
        _config = bytes;
        _configHash = Crc32.Compute(bytes);

        // A board that is not idle keeps the name that it has.
        return Identity!.ConfigHash == _configHash
            && (Identity.IsFlashed || Identity.Name == configuration.Board || State != BoardState.Idle)
            ? Run(new Finished())
            : Run(new ConfigPush(bytes, _configHash, configuration.Board, Configured));
    }

    /// <summary>Reads the board's configuration back; the bytes are those of Link.ConfigLayout.</summary>
    public BoardQuery<byte[]> ReadConfiguration() => Run(new ConfigReading(Identity?.ConfigLength ?? 0, Identity?.ConfigHash ?? 0));

    /// <summary>Switches the outputs of an idle board on; the channels go to their park positions.</summary>
    /// <exception cref="BoardException">The board was not configured by this session, or holds (see <see cref="Rearm"/>).</exception>
    public BoardOperation Arm()
    {
        if (CanRearm)
        {
            throw new BoardException(Name, "it holds its last position, and arming from idle would move it to park",
                "Rearm to go on from where it stands, or disarm first: `ganglion disarm --port PORT`.");
        }

        return StartArming();
    }

    /// <summary>Takes over a board that kept its position when its former session was lost; the channels stay where they are.</summary>
    /// <exception cref="BoardException">The board does not hold for a lost session.</exception>
    public BoardOperation Rearm()
    {
        if (!CanRearm)
        {
            throw new BoardException(Name, $"it is {StateWords.Name(State)}, so there is nothing to take over", "Arm it instead.");
        }

        return StartArming();
    }

    /// <summary>Switches the outputs off and acknowledges what made the board safe; ends once the board itself says that it is
    /// idle.</summary>
    public BoardOperation Disarm()
    {
        IsArmed = false;
        return Run(new Disarming());
    }

    /// <summary>Makes an armed board go safe at once, each channel as configured.</summary>
    public BoardOperation Stop()
    {
        IsArmed = false;
        return Command(MessageType.Stop, []);
    }

    public BoardQuery<BoardStatistics> GetStatistics() => Run(Questions.Statistics());

    /// <summary>What each channel is told now, as a fraction of its travel, after limits and slew.</summary>
    public BoardQuery<double[]> GetPositions() => Run(Questions.Positions(Identity?.Channels ?? 0));

    /// <summary>Polls until an operation has ended.</summary>
    /// <param name="operation">Of this session.</param>
    /// <param name="cancellation">Ends the waiting; the operation goes on while the session is polled.</param>
    /// <exception cref="BoardException">It failed.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public void Await(BoardOperation operation, CancellationToken cancellation = default)
    {
        while (!operation.IsDone)
        {
            cancellation.ThrowIfCancellationRequested();
            Poll();
            if (!operation.IsDone)
            {
                _clock.WaitUntil(_clock.NowNanoseconds + SessionTiming.PollSlice);
            }
        }
        operation.ThrowIfFailed();
    }

    /// <summary>The same, for something that brings a result.</summary>
    public T Await<T>(BoardQuery<T> query, CancellationToken cancellation = default)
    {
        Await((BoardOperation)query, cancellation);
        return query.Result;
    }

    /// <summary>Sends a setpoint frame, if the board is armed, its clock known, and the link has room for it.</summary>
    /// <param name="executeAt">Host clock, ns.</param>
    /// <param name="values">Q14, one a channel.</param>
    internal bool SendSetpoints(long executeAt, ReadOnlySpan<short> values)
    {
        int length = MessageLayout.SetpointValuesAt + 2 * values.Length;

        // Setpoints that wait behind others would come late: a link that is behind gets no more of them.
        if (!IsArmed || Phase != SessionPhase.Ready || !Clock.IsReady || Link.Writer.PendingCount > length + FrameFormat.Overhead)
        {
            return false;
        }

        int at = Link.Writer.Begin(MessageType.Setpoint, length);
        if (at < 0)
        {
            return false;
        }

        Span<byte> payload = Link.Writer.Buffer.AsSpan(at);
        CommandWriter.Setpoint(payload, (ushort)Clock.ToLink(executeAt));
        MemoryMarshal.AsBytes(values).CopyTo(payload[MessageLayout.SetpointValuesAt..]);
        Link.Finish(at);
        SendNow();
        if (_streamingSince == 0)
        {
            _streamingSince = _clock.NowNanoseconds;
        }

        return true;
    }

    /// <summary>Closes the port. An armed board then holds and goes safe by itself; disarm before closing.</summary>
    public void Dispose() => Close();

    private BoardOperation StartArming()
    {
        if (_config == null)
        {
            throw new BoardException(Name, Reason.NotConfigured, 0, 0, null);
        }

        byte[] payload = new byte[MessageLayout.ArmLength];
        CommandWriter.Arm(payload, _configHash);
        return Run(new Exchange(MessageType.Arm, payload)
        {
            RetryAfter = SessionTiming.ArmRetry,
            Attempts = SessionTiming.ArmAttempts,
            DoneReason = Reason.WrongState,
            DoneDetail = BoardState.Armed,
            Succeeded = _ => Armed(),
        });
    }

    internal BoardOperation Command(byte type, byte[] payload) => Run(new Exchange(type, payload));

    internal T Run<T>(T operation) where T : BoardOperation
    {
        RequireReady();
        operation.Start(this, _clock.NowNanoseconds);
        _operations.Add(operation);
        SendNow();
        return operation;
    }

    private void RequireReady()
    {
        if (Phase != SessionPhase.Ready)
        {
            throw NotThere;
        }
    }

    private sealed class Finished : BoardOperation
    {
        internal override void Start(IBoardPeer board, long now) => Complete();

        internal override void Poll(long now)
        {
        }

        internal override void Offer(FrameParser frame, long now)
        {
        }
    }
}
