using System.Buffers.Binary;
using Ganglion.Bridge.Messages;
using Ganglion.Shared.Link;
using Ganglion.Shared.Safety;

namespace Ganglion.Lab.Reliability.Core;

/// <summary>Frames with a valid checksum: mostly what a host sends next, sometimes anything.</summary>
internal sealed class FuzzFrames
{
    private static readonly byte[] Types = [0x01, 0x02, 0x03, 0x04, 0x10, 0x11, 0x12, 0x13, 0x20, 0x22, 0x30, 0x40, 0x41, 0x42, 0x43,
        0x50, 0x51,
        0x52, 0x55, 0x7F];

    private readonly Random _random, _values;
    private readonly int _channels;
    private readonly uint _hash;
    private readonly bool _kimura;
    private int _sequence;

    public FuzzFrames(Random random, BoardConfiguration configuration, uint hash)
    {
        (_random, _channels, _hash) = (random, configuration.Channels.Length, hash);
        (_kimura, _values) = (configuration.Oscillators.Length > 0, new Random((int)hash));
    }

    /// <summary>The whole frame.</summary>
    public byte[] Bytes { get; } = new byte[FrameFormat.MaxFrame];

    public byte Type { get; private set; }

    public int Session { get; private set; }

    /// <summary>Draws the next frame. Returns the length of its payload.</summary>
    /// <param name="board">Where the board is.</param>
    /// <param name="nowUs">Its time.</param>
    public int Draw(CoreOracle board, long nowUs)
    {
        Span<byte> payload = Bytes.AsSpan(FrameFormat.HeaderSize);
        Session = board.Session;
        int length = _random.Next(20) == 0 ? Anything(payload) : Usual(board, nowUs, payload);
        if (Session == 0 || _random.Next(300) == 0)
        {
            // A host without a session greets, mostly; a new one takes over.
            Session = 1 + _random.Next(255);
            Type = MessageType.Hello;
            BinaryPrimitives.WriteUInt16LittleEndian(payload, Definition.ProtocolVersion);
            BinaryPrimitives.WriteUInt32LittleEndian(payload[2..], Definition.Hash);
            length = 6;
        }
        else if (_random.Next(50) == 0)
        {
            Session = _random.Next(3) == 0 ? _random.Next(256) : 0;
        }

        Bytes[0] = 0xA5;
        Bytes[1] = (byte)(length ^ Type ^ 0x5A);
        (Bytes[2], Bytes[3], Bytes[4], Bytes[5]) = ((byte)length, Type, (byte)Session, (byte)_sequence++);
        BinaryPrimitives.WriteUInt32LittleEndian(payload[length..], Crc32.Compute(Bytes.AsSpan(1, 5 + length)));
        return length;
    }

    private int Anything(Span<byte> payload)
    {
        Type = Types[_random.Next(Types.Length)];
        int length = _random.Next(4) == 0 ? _random.Next(256) : _random.Next(10);
        _random.NextBytes(payload[..length]);
        return length;
    }

    private int Usual(CoreOracle board, long nowUs, Span<byte> payload)
    {
        int draw = _random.Next(1000);
        if (draw < (board.State == BoardState.Safe ? 200 : 2))
        {
            return Bare(MessageType.Disarm);
        }

        if (draw < (board.State is BoardState.Idle or BoardState.Hold ? 200 : 4))
        {
            Type = MessageType.Arm;
            BinaryPrimitives.WriteUInt32LittleEndian(payload, _random.Next(20) == 0 ? _hash + 1 : _hash);
            return 4;
        }

        draw = _random.Next(1000);
        return draw switch
        {
            < 3 => Bare(MessageType.Stop),
            < 13 => Bare(MessageType.RhythmStart),
            < 18 => Bare(MessageType.RhythmStop),
            < 38 => Bare(MessageType.WalkStart),
            < 42 => Bare(MessageType.WalkStop),
            < 60 => Modulate(payload),
            < 80 => Bare(_random.Next(2) == 0 ? MessageType.GetStatistics : MessageType.GetPositions),
            < 130 => Ping(payload),
            _ => board.State == BoardState.Armed && draw < 600 ? Ping(payload) : Setpoint(nowUs, payload),
        };
    }

    private int Bare(byte type)
    {
        Type = type;
        return 0;
    }

    private int Ping(Span<byte> payload)
    {
        Type = MessageType.Ping;
        payload[..4].Clear();
        return 4;
    }

    private int Modulate(Span<byte> payload)
    {
        Type = _random.Next(3) switch { 0 => MessageType.RhythmModulate, 1 => MessageType.RhythmParameter, _ => MessageType.WalkModulate };
        _random.NextBytes(payload[..8]);
        if (Type == MessageType.RhythmParameter)
        {
            (payload[0], payload[1]) = ((byte)_random.Next(6), (byte)_random.Next(3));
            float gentle = 4f * _random.NextSingle();
            BinaryPrimitives.WriteSingleLittleEndian(payload[2..], _kimura ? gentle : Value());
            return 6;
        }

        if (Type == MessageType.WalkModulate && _random.Next(2) == 0)
        {
            BinaryPrimitives.WriteInt16LittleEndian(payload, (short)_random.Next(-350, 351));
            BinaryPrimitives.WriteInt16LittleEndian(payload[2..], (short)_random.Next(-300, 301));
            BinaryPrimitives.WriteInt16LittleEndian(payload[4..], (short)_random.Next(4096, 6000));
            BinaryPrimitives.WriteInt16LittleEndian(payload[6..], (short)_random.Next(0, 5000));
        }

        return Type == MessageType.WalkModulate ? 8 : 4;
    }

    /// <summary>A parameter of a rhythm of clocks, phases or cells, whatever it is of. Kimura oscillators get gentle ones, with which no
    /// network of theirs grows without bound.</summary>
    private float Value() => _values.Next(6) switch
    {
        0 => 4 * _values.NextSingle(),
        1 => _values.NextSingle(),
        2 => 100 * _values.NextSingle() - 50,
        3 => 700 * _values.NextSingle(),
        4 => 0,
        _ => BitConverter.Int32BitsToSingle(_values.Next(int.MinValue, int.MaxValue)),
    };

    private int Setpoint(long nowUs, Span<byte> payload)
    {
        Type = MessageType.Setpoint;
        int channels = _random.Next(200) == 0 ? _random.Next(1, 100) : _channels;
        long ahead = _random.Next(40) switch
        {
            0 => _random.Next(-4_300_000, 4_300_000),
            1 => _random.Next(-100_000, 2_100_000),
            _ => _random.Next(0, 80_000),
        };
        BinaryPrimitives.WriteUInt16LittleEndian(payload, (ushort)((nowUs + ahead) >> 7));
        _random.NextBytes(payload.Slice(2, 2 * channels));
        return 2 + 2 * channels;
    }
}
