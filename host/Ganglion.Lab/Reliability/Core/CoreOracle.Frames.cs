using Ganglion.Shared.Link;
using Ganglion.Shared.Safety;

namespace Ganglion.Lab.Reliability.Core;

/// <summary>What a board has to answer to a frame.</summary>
/// <param name="Type">Message; 0: nothing; 255: whatever.</param>
/// <param name="Reason">Of a Nack.</param>
/// <param name="Detail">Of a Nack; -1: whatever.</param>
internal readonly record struct Expected(byte Type, byte Reason = 0, int Detail = -1)
{
    public const byte Anything = 255;

    public static Expected Ack => new(MessageType.Ack);

    public static Expected Nack(byte reason) => new(MessageType.Nack, reason);
}

/// <summary>What each frame of the host does, and how it is answered.</summary>
internal sealed partial class CoreOracle
{
    /// <summary>A frame of the host comes.</summary>
    /// <param name="nowUs">Board time, us.</param>
    /// <param name="commands">What the channels are told.</param>
    public Expected Take(int type, int session, ReadOnlySpan<byte> payload, long nowUs, int[] commands)
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
                ? new(Expected.Anything) : new(MessageType.Nack, Shared.Link.Reason.WrongState, State),
            MessageType.Arm => Arm(payload),
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

    private static Expected Judged(bool length) => length ? new(Expected.Anything) : Expected.Nack(Shared.Link.Reason.WrongLength);

    /// <summary>A board that is safe tells what made it so, another one its state.</summary>
    private Expected RefusedByState() => State == BoardState.Safe
        ? new(MessageType.Nack, Shared.Link.Reason.LatchedSafe, Reason) : new(MessageType.Nack, Shared.Link.Reason.WrongState, State);

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

    private Expected Arm(ReadOnlySpan<byte> payload)
    {
        if (payload.Length != 4)
        {
            return Expected.Nack(Shared.Link.Reason.WrongLength);
        }

        if (State is not (BoardState.Idle or BoardState.Hold))
        {
            return RefusedByState();
        }

        if (BitConverter.ToUInt32(payload) != _hash)
        {
            return Expected.Nack(Shared.Link.Reason.ConfigChecksum);
        }

        if (State == BoardState.Idle)
        {
            if (!Probe())
            {
                return Expected.Nack(Shared.Link.Reason.ChipMissing);
            }

            (Parked, _repeats) = (true, -1);
            ResetPressures();
        }
        else if (Enumerable.Range(0, _needed.Length).Any(i => _failures[i] >= 3 && (_needed[i] || _hung[i])))
        {
            return Expected.Nack(Shared.Link.Reason.ChipMissing);
        }

        Enter(BoardState.Armed, DriveMode.None, Shared.Link.Reason.None);
        (_armedHere, _lastTaken) = (true, _lastFrame);
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
            return RefusedByState();
        }

        Enter(BoardState.Running, mode, Shared.Link.Reason.None);
        _blindTicks = 0;
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
            return RefusedByState();
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
