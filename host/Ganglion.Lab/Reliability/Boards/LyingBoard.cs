using System.Buffers.Binary;
using Ganglion.Bridge.Messages;
using Ganglion.Bridge.Serial;
using Ganglion.Shared.Link;
using Ganglion.Shared.Safety;

namespace Ganglion.Lab.Reliability.Boards;

/// <summary>
/// A board that was written from PROTOCOL.md alone, with frames of its own making, and that keeps to it until its lie begins: then what it
/// does is one thing and what it says another.
/// </summary>
/// <param name="clock">Its time; tells it when to tick.</param>
/// <param name="lie">What is wrong with it.</param>
internal sealed partial class LyingBoard(StepClock clock, BoardLie lie) : ISerialLink
{
    private const int Overhead = 10, Header = 6, FramesPerTick = 4;
    private const long Ms = 1_000_000, TickNs = 20 * Ms, HoldNs = 80 * Ms, SafeNs = 400 * Ms, StopNs = 500 * Ms;

    private readonly List<byte> _received = [];
    private readonly List<(long Due, byte Byte)> _sent = [];
    private byte[] _config = [], _staged = [], _name = [], _stagedName = [];
    private uint _hash;
    private int _sequence, _stagedCount, _ticks;
    private byte _session, _mode, _reason;
    private long _nextTick, _lastFrame, _lastSetpoint, _stopAt = long.MaxValue, _poweredAt;
    private short[] _values = [];

    public string Name => "/dev/ttyLIE";

    /// <summary>What it truly is.</summary>
    public byte State { get; private set; } = BoardState.Idle;

    public bool IsPowered => State is BoardState.Armed or BoardState.Running or BoardState.Hold;

    /// <summary>Since its outputs went on, s; 0 before.</summary>
    public double PoweredFor => _poweredAt == 0 ? 0 : (clock.NowNanoseconds - _poweredAt) * 1e-9;

    /// <summary>Drawn by lies that are random.</summary>
    public Random Random { get; } = new(7);

    public int Read(Span<byte> destination)
    {
        int count = 0;
        while (count < destination.Length && count < _sent.Count && _sent[count].Due <= clock.NowNanoseconds)
        {
            destination[count] = _sent[count].Byte;
            count++;
        }

        _sent.RemoveRange(0, count);
        return count;
    }

    public int Write(ReadOnlySpan<byte> source)
    {
        _received.AddRange(source);
        return source.Length;
    }

    public bool WaitReadable(TimeSpan timeout) => _sent.Count > 0;

    public void Dispose()
    {
        _received.Clear();
        _sent.Clear();
    }

    /// <summary>Lives up to now.</summary>
    public void Live()
    {
        while (_nextTick <= clock.NowNanoseconds)
        {
            _nextTick += TickNs;
            Tick();
        }
    }

    /// <summary>Forgets everything, as a reset does.</summary>
    public void Reset()
    {
        (State, _mode, _session, _config, _hash, _name) = (BoardState.Idle, 0, 0, [], 0, []);
        _received.Clear();
    }

    private void Tick()
    {
        for (int frames = 0; frames < FramesPerTick && Next() is { } frame; frames++)
        {
            Take(frame);
        }

        Timeouts();
        _ticks++;
        int every = _config.Length > 12 ? _config[12] : 5;
        if (_session != 0 && (_ticks % every == 0 || lie.Floods))
        {
            Send(MessageType.Telemetry, Telemetry());
        }
        else if (_mode == DriveMode.Walk && _ticks % every == 1)
        {
            Send(MessageType.WalkTelemetry, Walk());
        }

        lie.EachTick?.Invoke(this);
    }

    private byte[]? Next()
    {
        while (_received.Count >= Overhead)
        {
            int length = _received[2] + Overhead;
            if (_received[0] != 0xA5 || (byte)(_received[2] ^ _received[3] ^ 0x5A) != _received[1])
            {
                _received.RemoveAt(0);
            }
            else if (_received.Count < length)
            {
                return null;
            }
            else
            {
                byte[] frame = [.. _received.Take(length)];
                _received.RemoveRange(0, length);
                return frame;
            }
        }

        return null;
    }

    private void Take(byte[] frame)
    {
        byte type = frame[3], session = frame[4];
        ReadOnlySpan<byte> payload = frame.AsSpan(Header, frame.Length - Overhead);
        if (type == MessageType.Hello)
        {
            if (session != 0 && session != _session)
            {
                (_session, _reason) = (session, IsPowered ? Reason.SessionReplaced : _reason);
                (State, _mode) = (IsPowered ? BoardState.Hold : State, (byte)0);
            }

            _lastFrame = clock.NowNanoseconds;
            Send(MessageType.Identity, Identity());
        }
        else if (session != _session)
        {
            Refuse(frame, Reason.NoSession, 0);
        }
        else
        {
            _lastFrame = clock.NowNanoseconds;
            Carry(type, frame, payload);
        }
    }

    private void Carry(byte type, byte[] frame, ReadOnlySpan<byte> payload)
    {
        switch (type)
        {
            case MessageType.Ping:
                byte[] pong = new byte[8];
                payload.CopyTo(pong);
                BinaryPrimitives.WriteUInt32LittleEndian(pong.AsSpan(4), Time);
                Send(MessageType.Pong, pong);
                break;
            case MessageType.GetStatistics:
                Send(MessageType.Statistics, Statistics());
                break;
            case MessageType.GetPositions:
                byte[] positions = new byte[2 * _values.Length];
                Buffer.BlockCopy(_values, 0, positions, 0, positions.Length);
                Send(MessageType.Positions, positions);
                break;
            case MessageType.ConfigBegin:
                (_staged, _stagedCount) = (new byte[BinaryPrimitives.ReadUInt16LittleEndian(payload)], 0);
                _stagedName = [.. payload[6..]];
                Accept(frame, 0);
                break;
            case MessageType.ConfigBlock when BinaryPrimitives.ReadUInt16LittleEndian(payload) != _stagedCount:
                Refuse(frame, Reason.ConfigIncomplete, _stagedCount);
                break;
            case MessageType.ConfigBlock:
                payload[2..].CopyTo(_staged.AsSpan(_stagedCount));
                _stagedCount += payload.Length - 2;
                Accept(frame, (uint)_stagedCount);
                break;
            case MessageType.ConfigCommit:
                (_config, _hash, _name) = (_staged, Crc32.Compute(_staged), _stagedName);
                _values = new short[_config[14]];
                Accept(frame, _hash);
                break;
            case MessageType.Arm when State is not (BoardState.Idle or BoardState.Hold):
                RefuseByState(frame);
                break;
            case MessageType.Arm:
                (State, _lastSetpoint, _poweredAt) = (BoardState.Armed, clock.NowNanoseconds, clock.NowNanoseconds);
                Accept(frame, 0);
                break;
            case MessageType.Disarm:
                if (!lie.StaysOn)
                {
                    (State, _mode) = (BoardState.Idle, 0);
                }

                Accept(frame, 0);
                break;
            case MessageType.Stop:
                (State, _mode, _reason) = (IsPowered ? BoardState.Safe : State, (byte)0, Reason.StoppedByHost);
                Accept(frame, 0);
                break;
            case MessageType.Setpoint:
                Setpoint(frame, payload);
                break;
            case MessageType.RhythmStart or MessageType.WalkStart:
                if (!lie.StandsStill)
                {
                    (State, _mode) = (BoardState.Running, type == MessageType.WalkStart ? DriveMode.Walk : DriveMode.Rhythm);
                }

                Accept(frame, 0);
                break;
            case MessageType.RhythmStop or MessageType.WalkStop:
                _stopAt = lie.NeverRests ? long.MaxValue : clock.NowNanoseconds + StopNs;
                Accept(frame, 0);
                break;
            default:
                Accept(frame, 0);
                break;
        }
    }

    private void Setpoint(byte[] frame, ReadOnlySpan<byte> payload)
    {
        if (lie.SetpointRefusal is { } refusal)
        {
            Refuse(frame, refusal, _values.Length);
        }
        else if (!IsPowered)
        {
            RefuseByState(frame);
        }
        else if (!lie.StandsStill)
        {
            (State, _mode, _lastSetpoint) = (BoardState.Running, DriveMode.Stream, clock.NowNanoseconds);
            Buffer.BlockCopy(payload[2..].ToArray(), 0, _values, 0, Math.Min(payload.Length - 2, 2 * _values.Length));
        }
    }

    private void Timeouts()
    {
        if (_mode != DriveMode.None && clock.NowNanoseconds >= _stopAt)
        {
            (State, _mode, _stopAt) = (BoardState.Armed, 0, long.MaxValue);
        }

        if (_mode is not (DriveMode.Rhythm or DriveMode.Walk) && IsPowered && clock.NowNanoseconds - _lastFrame >= SafeNs)
        {
            (State, _mode, _reason) = (BoardState.Safe, 0, Reason.HostLost);
        }
        else if (_mode == DriveMode.Stream && clock.NowNanoseconds - _lastSetpoint >= HoldNs)
        {
            (State, _reason) = (BoardState.Hold, Reason.StreamStarved);
        }
    }

    private void Accept(byte[] frame, uint value)
    {
        byte[] ack = [frame[3], frame[5], 0, 0, 0, 0];
        BinaryPrimitives.WriteUInt32LittleEndian(ack.AsSpan(2), value);
        Send(MessageType.Ack, ack);
    }

    private void Refuse(byte[] frame, byte reason, int detail)
    {
        byte[] nack = [frame[3], frame[5], reason, 0, 0, 0];
        BinaryPrimitives.WriteUInt16LittleEndian(nack.AsSpan(4), (ushort)detail);
        Send(MessageType.Nack, nack);
    }

    /// <summary>Says something, or what the lie makes of it.</summary>
    private void Send(byte type, byte[] payload)
    {
        foreach ((byte what, byte[] said) in lie.Say(this, type, payload))
        {
            byte[] frame = [0xA5, (byte)(said.Length ^ what ^ 0x5A), (byte)said.Length, what, lie.Session ?? _session, (byte)_sequence++,
                .. said];
            uint crc = Crc32.Compute(frame.AsSpan(1));
            Bytes([.. frame, .. BitConverter.GetBytes(crc)]);
        }
    }

    /// <summary>Sends bytes as they are.</summary>
    public void Bytes(byte[] bytes)
    {
        long due = clock.NowNanoseconds + lie.DelayNs;
        _sent.AddRange(bytes.Select(value => (due, value)));
    }
}
