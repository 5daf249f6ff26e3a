using System.Buffers.Binary;
using Ganglion.Bridge.Messages;
using Ganglion.Bridge.Serial;
using Ganglion.Shared.Link;
using Ganglion.Shared.Motion;
using Ganglion.VirtualBoard.Time;

namespace Ganglion.Lab.Reliability.Pins;

/// <summary>The least host that can drive a board: it sends what it is told and remembers what came.</summary>
internal sealed class PinHost(VirtualWorld world, ISerialLink link)
{
    private const long Ms = 1_000_000;
    private const int Block = 200;

    private readonly FrameParser _parser = new(new HostChecksum(), 4096);
    private readonly FrameWriter _writer = new(new HostChecksum(), 4096);

    /// <summary>State in the last telemetry.</summary>
    public byte State { get; private set; }

    /// <summary>Session of what is sent, 1..255.</summary>
    public int Session
    {
        get => _writer.Session;
        set => _writer.Session = value;
    }

    /// <summary>Called for each telemetry with the state that it shows.</summary>
    public Action<byte>? StateSeen { get; set; }

    /// <summary>Called for each Ack with type and sequence number of the message that it answers.</summary>
    public Action<byte, byte>? Acknowledged { get; set; }

    /// <summary>Called for each Nack with the message type that it answers and the reason.</summary>
    public Action<byte, byte>? Refused { get; set; }

    /// <summary>Sends a message; returns its sequence number.</summary>
    public int Send(byte type, params ReadOnlySpan<byte> payload)
    {
        int at = _writer.Begin(type, payload.Length);
        payload.CopyTo(_writer.Buffer.AsSpan(at));
        _writer.Finish(at);
        link.Write(_writer.Buffer.AsSpan(_writer.PendingOffset, _writer.PendingCount));
        _writer.Sent(_writer.PendingCount);
        return _writer.LastSequence;
    }

    public void Hello()
    {
        byte[] payload = new byte[MessageLayout.HelloLength];
        BinaryPrimitives.WriteUInt16LittleEndian(payload, Definition.ProtocolVersion);
        BinaryPrimitives.WriteUInt32LittleEndian(payload.AsSpan(2), Definition.Hash);
        Send(MessageType.Hello, payload);
    }

    /// <summary>Sends setpoints for a board time, us.</summary>
    public void Setpoint(long boardUs, ReadOnlySpan<short> values)
    {
        byte[] payload = new byte[2 + 2 * values.Length];
        BinaryPrimitives.WriteUInt16LittleEndian(payload, (ushort)(boardUs >> FixedPoint.TimeShift));
        for (int i = 0; i < values.Length; i++)
        {
            BinaryPrimitives.WriteInt16LittleEndian(payload.AsSpan(2 + 2 * i), values[i]);
        }

        Send(MessageType.Setpoint, payload);
    }

    /// <summary>Pushes a configuration; false: the board did not take it.</summary>
    public bool Configure(byte[] configuration)
    {
        byte[] begin = new byte[MessageLayout.ConfigBeginNameAt];
        BinaryPrimitives.WriteUInt16LittleEndian(begin, (ushort)configuration.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(begin.AsSpan(2), Crc32.Compute(configuration));
        bool taken = Ask(MessageType.ConfigBegin, begin);
        for (int at = 0; at < configuration.Length && taken; at += Block)
        {
            byte[] block = new byte[2 + Math.Min(Block, configuration.Length - at)];
            BinaryPrimitives.WriteUInt16LittleEndian(block, (ushort)at);
            configuration.AsSpan(at, block.Length - 2).CopyTo(block.AsSpan(2));
            taken = Ask(MessageType.ConfigBlock, block);
        }

        return taken && Ask(MessageType.ConfigCommit);
    }

    /// <summary>Sends a message and waits for its answer, up to 3 s; true: Ack.</summary>
    public bool Ask(byte type, params ReadOnlySpan<byte> payload)
    {
        bool answered = false, taken = false;
        (Action<byte, byte>? acknowledged, Action<byte, byte>? refused) = (Acknowledged, Refused);
        Acknowledged += (of, _) => (answered, taken) = of == type ? (true, true) : (answered, taken);
        Refused += (of, _) => answered |= of == type;
        Send(type, payload);
        long until = world.NowNanoseconds + 3000 * Ms;
        while (!answered && world.NowNanoseconds < until)
        {
            world.WaitUntil(world.NowNanoseconds + 5 * Ms);
            Poll();
        }

        (Acknowledged, Refused) = (acknowledged, refused);
        return taken;
    }

    /// <summary>Takes what has come.</summary>
    public void Poll()
    {
        int room = _parser.Prepare();
        _parser.Written(link.Read(_parser.Buffer.AsSpan(_parser.WriteOffset, room)));
        while (_parser.TryNext())
        {
            ReadOnlySpan<byte> payload = _parser.Buffer.AsSpan(_parser.PayloadOffset, _parser.PayloadLength);
            switch (_parser.Type)
            {
                case MessageType.Telemetry:
                    State = payload[0];
                    StateSeen?.Invoke(State);
                    break;
                case MessageType.Ack:
                    Acknowledged?.Invoke(payload[0], payload[1]);
                    break;
                case MessageType.Nack:
                    Refused?.Invoke(payload[0], payload[2]);
                    break;
            }
        }
    }

    private sealed class HostChecksum : Checksum
    {
        public override uint Compute(byte[] buffer, int offset, int count) => Crc32.Compute(buffer.AsSpan(offset, count));
    }
}
