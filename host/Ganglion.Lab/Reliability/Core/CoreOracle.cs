using Ganglion.Bridge.Messages;
using Ganglion.Shared.Config;
using Ganglion.Shared.Link;
using Ganglion.Shared.Safety;

namespace Ganglion.Lab.Reliability.Core;

/// <summary>What a board has to answer to a frame.</summary>
/// <param name="Type">Message; 0: nothing; 255: whatever.</param>
/// <param name="Reason">Of a Nack.</param>
internal readonly record struct Expected(byte Type, byte Reason = 0)
{
    public const byte Anything = 255;

    public static Expected Ack => new(MessageType.Ack);

    public static Expected Nack(byte reason) => new(MessageType.Nack, reason);
}

/// <summary>
/// A second model of a board, from the sections Session, States, Setpoints, Rhythm and Walk of shared/Link/PROTOCOL.md and G of
/// shared/README.md: state, latch, arming, timeouts. It shares no code with the board, has times of 64 bits, and knows nothing of how a
/// rhythm or a walk moves: only by when it has ended.
/// </summary>
internal sealed class CoreOracle
{
    private const long StopMs = 1000, EndMs = 20_000;

    private readonly BoardConfiguration _configuration;
    private readonly uint _hash;
    private readonly bool[] _needed;
    private readonly int[] _failures;
    private readonly long _holdMs, _safeMs, _ownMs;
    private readonly int _frozenAfter, _imu;
    private bool _armedHere, _stopping;
    private long _lastFrame, _lastTaken, _endBy;
    private int _overruns, _repeats;

    public CoreOracle(BoardConfiguration configuration, uint hash)
    {
        _configuration = configuration;
        _hash = hash;
        _needed = [.. configuration.Chips.Select(chip => chip.Type == ChipType.Pca9685 || chip.Required)];
        _failures = new int[_needed.Length];
        _holdMs = (long)Math.Round(configuration.HoldTimeout * 1000);
        _safeMs = (long)Math.Round(configuration.SafeTimeout * 1000);
        _ownMs = Math.Max(_safeMs, (long)Math.Round(configuration.RhythmTimeout * 1000));
        _imu = configuration.Chips.ToList().FindIndex(chip => chip.Type == ChipType.Mpu6050);
        _frozenAfter = configuration.Walk != null ? 5 : 25;
        Stream = new StreamOracle(configuration);
    }

    public byte State { get; private set; } = BoardState.Idle;

    public byte Mode { get; private set; }

    public byte Reason { get; private set; }

    public int Session { get; private set; }

    public StreamOracle Stream { get; }

    /// <summary>The outputs were switched on in this tick, at park.</summary>
    public bool Parked { get; private set; }

    /// <summary>The board's own motion has just made it safe, after the outputs of this tick were made: they follow in the next.</summary>
    public bool JustEnded { get; private set; }

    /// <summary>A fault has been told that ends the walk.</summary>
    public bool Ending { get; private set; }

    private bool Powered => State is BoardState.Armed or BoardState.Running or BoardState.Hold;

    private bool Own => State == BoardState.Running && Mode is DriveMode.Rhythm or DriveMode.Walk;

    /// <summary>A tick begins.</summary>
    public void Begin(bool overrun)
    {
        (Parked, JustEnded) = (false, false);
        _overruns = overrun ? _overruns + 1 : 0;
        if (_overruns >= 5)
        {
            Trip(Shared.Link.Reason.TickOverrun);
        }
    }

    /// <summary>A frame of the host comes.</summary>
    /// <param name="nowUs">Board time, us.</param>
    /// <param name="chips">Which chips do not answer.</param>
    /// <param name="commands">What the channels are told.</param>
    public Expected Take(int type, int session, ReadOnlySpan<byte> payload, long nowUs, bool[] chips, int[] commands)
    {
        if (session != Session || Session == 0)
        {
            return type == MessageType.Hello ? Hello(session, payload, nowUs)
                : session != 0 ? Expected.Nack(Shared.Link.Reason.NoSession)
                : type switch
                {
                    MessageType.GetStatistics => new(MessageType.Statistics),
                    MessageType.GetPositions => new(MessageType.Positions),
                    MessageType.ConfigRead => new(Expected.Anything),
                    _ => Expected.Nack(Shared.Link.Reason.NoSession),
                };
        }

        _lastFrame = nowUs / 1000;
        return type switch
        {
            MessageType.Hello => Hello(session, payload, nowUs),
            MessageType.Ping => payload.Length == 4 ? new(MessageType.Pong) : Expected.Nack(Shared.Link.Reason.WrongLength),
            MessageType.GetStatistics => new(MessageType.Statistics),
            MessageType.GetPositions => new(MessageType.Positions),
            MessageType.ConfigRead => new(Expected.Anything),
            MessageType.ConfigBegin or MessageType.ConfigBlock or MessageType.ConfigCommit => State == BoardState.Idle
                ? new(Expected.Anything) : Expected.Nack(Shared.Link.Reason.WrongState),
            MessageType.Arm => Arm(payload, chips),
            MessageType.Disarm => Disarm(),
            MessageType.Stop => Stop(),
            MessageType.Setpoint => Setpoint(payload, nowUs, commands),
            MessageType.RhythmStart => Start(DriveMode.Rhythm),
            MessageType.RhythmStop => End(DriveMode.Rhythm),
            MessageType.RhythmModulate => Judged(payload.Length == 4),
            MessageType.RhythmParameter => Judged(payload.Length == 6),
            MessageType.WalkStart or MessageType.WalkStop or MessageType.WalkModulate when _configuration.Walk == null =>
                Expected.Nack(Shared.Link.Reason.NoWalk),
            MessageType.WalkStart => Start(DriveMode.Walk),
            MessageType.WalkStop => End(DriveMode.Walk),
            MessageType.WalkModulate => Judged(payload.Length == 8),
            _ => Expected.Nack(Shared.Link.Reason.UnknownMessage),
        };
    }

    /// <summary>What follows from sensors, chips and time in this tick.</summary>
    public void Pass(long nowUs, bool[] deaf, bool frozen)
    {
        long now = nowUs / 1000;
        if (_imu >= 0 && !deaf[_imu])
        {
            _repeats = frozen && _repeats >= 0 ? _repeats + 1 : 0;
            if (_repeats >= _frozenAfter && _needed[_imu])
            {
                Lose(Shared.Link.Reason.SensorFrozen, now);
            }
        }

        for (int i = 0; i < deaf.Length; i++)
        {
            bool output = _configuration.Chips[i].Type == ChipType.Pca9685;
            if (!output)
            {
                Count(i, deaf[i]);
            }

            if (_failures[i] >= 3 && output)
            {
                Trip(Shared.Link.Reason.ChipLost);
            }
            else if (_failures[i] >= 3 && _needed[i])
            {
                Lose(Shared.Link.Reason.SensorLost, now);
            }
        }

        if (Powered && now - _lastFrame >= (Own ? _ownMs : _safeMs))
        {
            if (Own && Mode == DriveMode.Walk)
            {
                Announce(Shared.Link.Reason.HostLost, now + EndMs);
            }
            else
            {
                Trip(Shared.Link.Reason.HostLost);
            }
        }
        else if (State == BoardState.Running && Mode == DriveMode.Stream && now - _lastTaken >= _holdMs)
        {
            Enter(BoardState.Hold, DriveMode.Stream, Shared.Link.Reason.StreamStarved);
        }

        for (int i = 0; i < deaf.Length && State != BoardState.Idle; i++)
        {
            if (_configuration.Chips[i].Type == ChipType.Pca9685)
            {
                Count(i, deaf[i]);
            }
        }
    }

    /// <summary>The board says where it is: what only it can know, the end of its own motion, is taken over. Returns what is wrong, or
    /// null.</summary>
    public string? Compare(byte state, byte mode, byte reason, long nowUs)
    {
        if (Own && state != BoardState.Running)
        {
            if (Ending && state == BoardState.Safe)
            {
                Trip(Reason);
                JustEnded = true;
            }
            else if (_stopping && !Ending && state == BoardState.Armed)
            {
                Enter(BoardState.Armed, DriveMode.None, Shared.Link.Reason.None);
            }
        }

        if ((state, mode, reason) != (State, Mode, Reason))
        {
            return $"state {State}, mode {Mode}, reason {Reason} expected; the board has {state}, {mode}, {reason}";
        }

        // A rhythm that a host starts anew while it dies away goes on dying away; so the first deadline holds.
        return Own && (Ending || _stopping) && nowUs / 1000 > _endBy
            ? $"mode {Mode} should have ended {nowUs / 1000 - _endBy} ms ago by reason {Reason}" : null;
    }

    private void Count(int chip, bool failed) => _failures[chip] = failed ? Math.Min(3, _failures[chip] + 1) : 0;

    private static Expected Judged(bool length) => length ? new(Expected.Anything) : Expected.Nack(Shared.Link.Reason.WrongLength);

    private void Enter(byte state, byte mode, byte reason)
    {
        (State, Mode, Reason) = (state, mode, reason);
        (Ending, _stopping) = (false, false);
    }

    private void Trip(byte reason)
    {
        if (Powered)
        {
            Enter(BoardState.Safe, DriveMode.None, Ending ? Reason : reason);
        }
    }

    private void Announce(byte reason, long endBy)
    {
        if (!Ending)
        {
            (Ending, Reason) = (true, reason);
            _endBy = endBy;
        }

        _endBy = Math.Min(_endBy, endBy);
    }

    private void Lose(byte reason, long now)
    {
        if (Own && Mode == DriveMode.Walk)
        {
            Announce(reason, now + StopMs);
        }
        else
        {
            Trip(reason);
        }
    }

    private Expected Hello(int session, ReadOnlySpan<byte> payload, long nowUs)
    {
        if (payload.Length != 6)
        {
            return Expected.Nack(Shared.Link.Reason.WrongLength);
        }

        if (BitConverter.ToUInt16(payload) != Definition.ProtocolVersion)
        {
            return Expected.Nack(Shared.Link.Reason.WrongProtocol);
        }

        if (BitConverter.ToUInt32(payload[2..]) != Definition.Hash)
        {
            return Expected.Nack(Shared.Link.Reason.WrongDefinition);
        }

        if (session != 0 && session != Session)
        {
            (Session, _armedHere, _lastFrame) = (session, false, nowUs / 1000);
            if (Ending)
            {
                Trip(Reason);
            }
            else if (Powered)
            {
                Enter(BoardState.Hold, DriveMode.None, Shared.Link.Reason.SessionReplaced);
            }
        }

        return new(MessageType.Identity);
    }

    private Expected Arm(ReadOnlySpan<byte> payload, bool[] deaf)
    {
        if (payload.Length != 4)
        {
            return Expected.Nack(Shared.Link.Reason.WrongLength);
        }

        if (State is not (BoardState.Idle or BoardState.Hold))
        {
            return Expected.Nack(State == BoardState.Safe ? Shared.Link.Reason.LatchedSafe : Shared.Link.Reason.WrongState);
        }

        if (BitConverter.ToUInt32(payload) != _hash)
        {
            return Expected.Nack(Shared.Link.Reason.ConfigChecksum);
        }

        if (State == BoardState.Idle)
        {
            Array.Clear(_failures);
            if (Array.IndexOf(deaf, true) >= 0)
            {
                return Expected.Nack(Shared.Link.Reason.ChipMissing);
            }

            (Parked, _repeats) = (true, -1);
        }
        else if (Enumerable.Range(0, deaf.Length).Any(i => _needed[i] && _failures[i] >= 3))
        {
            return Expected.Nack(Shared.Link.Reason.ChipMissing);
        }

        Enter(BoardState.Armed, DriveMode.None, Shared.Link.Reason.None);
        (_armedHere, _lastTaken) = (true, _lastFrame);
        return Expected.Ack;
    }

    private Expected Disarm()
    {
        Enter(BoardState.Idle, DriveMode.None, Reason);
        return Expected.Ack;
    }

    private Expected Stop()
    {
        Trip(Shared.Link.Reason.StoppedByHost);
        return Expected.Ack;
    }

    private Expected Start(byte mode)
    {
        if (!_armedHere || State is not (BoardState.Armed or BoardState.Hold))
        {
            return Expected.Nack(State == BoardState.Safe ? Shared.Link.Reason.LatchedSafe : Shared.Link.Reason.WrongState);
        }

        Enter(BoardState.Running, mode, Shared.Link.Reason.None);
        return Expected.Ack;
    }

    private Expected End(byte mode)
    {
        if (State == BoardState.Running && Mode == mode && !_stopping)
        {
            _stopping = true;
            _endBy = Ending ? _endBy : _lastFrame + EndMs;
        }

        return Expected.Ack;
    }

    private Expected Setpoint(ReadOnlySpan<byte> payload, long nowUs, int[] commands)
    {
        if (payload.Length != 2 + 2 * _configuration.Channels.Length)
        {
            return Expected.Nack(Shared.Link.Reason.WrongChannelCount);
        }

        if (!_armedHere || Own || !Powered)
        {
            return Expected.Nack(State == BoardState.Safe ? Shared.Link.Reason.LatchedSafe : Shared.Link.Reason.WrongState);
        }

        bool begins = State != BoardState.Running;
        bool? taken = Stream.Take(nowUs >> 7, payload, begins ? commands : null);
        if (taken == null)
        {
            return Expected.Nack(Shared.Link.Reason.TimeTooFar);
        }

        if (taken == true)
        {
            _lastTaken = nowUs / 1000;
            if (begins)
            {
                Enter(BoardState.Running, DriveMode.Stream, Shared.Link.Reason.None);
            }
        }

        return new(0);
    }
}
