using System.Buffers.Binary;
using Ganglion.Bridge.Messages;
using Ganglion.Bridge.Serial;
using Ganglion.Bridge.Timing;
using Ganglion.Shared.Link;
using Ganglion.Shared.Motion;

namespace Ganglion.VirtualBoard.Tests.Firmware;

/// <summary>The least host that can drive a board: one request at a time over a link, setpoints in between.</summary>
internal sealed class TestHost(IClock clock, ISerialLink link)
{
    private readonly FrameParser _parser = new(new HostChecksum(), 4096);
    private readonly FrameWriter _writer = new(new HostChecksum(), 4096);

    /// <summary>Every telemetry payload so far.</summary>
    public List<byte[]> Telemetry { get; } = [];

    /// <summary>Reasons of refusals that nobody asked for.</summary>
    public List<byte> Refusals { get; } = [];

    public void Open(int session)
    {
        _writer.Session = session;
        byte[] hello = new byte[6];
        BinaryPrimitives.WriteUInt16LittleEndian(hello, Definition.ProtocolVersion);
        BinaryPrimitives.WriteUInt32LittleEndian(hello.AsSpan(2), Definition.Hash);
        Request(MessageType.Hello, hello, MessageType.Identity);
    }

    /// <summary>Board time minus host time, us, from the fastest of ten pings.</summary>
    public long MeasureOffset()
    {
        long best = long.MaxValue, offset = 0;
        for (int i = 0; i < 10; i++)
        {
            long sent = clock.NowNanoseconds / 1000;
            byte[] pong = Request(MessageType.Ping, BitConverter.GetBytes((int)sent), MessageType.Pong);
            long back = clock.NowNanoseconds / 1000;
            if (back - sent < best)
            {
                best = back - sent;
                offset = BinaryPrimitives.ReadInt32LittleEndian(pong.AsSpan(4)) - (sent + back) / 2;
            }

            clock.WaitUntil(clock.NowNanoseconds + 7_300_000);
        }

        return offset;
    }

    public void Configure(byte[] config)
    {
        byte[] begin = new byte[6];
        BinaryPrimitives.WriteUInt16LittleEndian(begin, (ushort)config.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(begin.AsSpan(2), Crc32.Compute(config));
        Request(MessageType.ConfigBegin, begin, MessageType.Ack);
        for (int at = 0; at < config.Length; at += 200)
        {
            byte[] block = new byte[2 + Math.Min(200, config.Length - at)];
            BinaryPrimitives.WriteUInt16LittleEndian(block, (ushort)at);
            config.AsSpan(at, block.Length - 2).CopyTo(block.AsSpan(2));
            Request(MessageType.ConfigBlock, block, MessageType.Ack);
        }

        Request(MessageType.ConfigCommit, [], MessageType.Ack);
    }

    public void Arm(byte[] config) => Request(MessageType.Arm, BitConverter.GetBytes(Crc32.Compute(config)), MessageType.Ack);

    /// <summary>Sends one setpoint for board time <paramref name="boardUs"/>; values 0..1.</summary>
    public void Setpoint(long boardUs, ReadOnlySpan<double> values)
    {
        int at = _writer.Begin(MessageType.Setpoint, 2 + 2 * values.Length);
        Bytes.Put16(_writer.Buffer, at, (int)(boardUs >> FixedPoint.TimeShift));
        for (int i = 0; i < values.Length; i++)
        {
            Bytes.Put16(_writer.Buffer, at + 2 + 2 * i, (int)Math.Round(values[i] * 16384));
        }

        _writer.Finish(at);
        Flush();
    }

    /// <summary>Sends bytes as they are.</summary>
    public void Raw(ReadOnlySpan<byte> bytes) => link.Write(bytes);

    /// <summary>Takes what has come.</summary>
    public void Poll() => Take(0, 0, out _);

    public byte[] Request(byte type, ReadOnlySpan<byte> payload, byte answer)
    {
        int at = _writer.Begin(type, payload.Length);
        payload.CopyTo(_writer.Buffer.AsSpan(at));
        _writer.Finish(at);
        Flush();
        long giveUp = clock.NowNanoseconds + 2_000_000_000;
        while (clock.NowNanoseconds < giveUp)
        {
            link.WaitReadable(TimeSpan.FromMilliseconds(20));
            if (Take(answer, type, out byte[] found))
            {
                return found;
            }
        }

        throw new TimeoutException($"No answer 0x{answer:X2} to message 0x{type:X2}.");
    }

    private void Flush()
    {
        link.Write(_writer.Buffer.AsSpan(_writer.PendingOffset, _writer.PendingCount));
        _writer.Sent(_writer.PendingCount);
    }

    private bool Take(byte answer, byte type, out byte[] found)
    {
        found = [];
        int room = _parser.Prepare();
        _parser.Written(link.Read(_parser.Buffer.AsSpan(_parser.WriteOffset, room)));
        bool done = false;
        while (_parser.TryNext())
        {
            byte[] payload = _parser.Buffer.AsSpan(_parser.PayloadOffset, _parser.PayloadLength).ToArray();
            if (_parser.Type == answer && answer != 0)
            {
                (done, found) = (true, payload);
            }
            else if (_parser.Type == MessageType.Telemetry)
            {
                Telemetry.Add(payload);
            }
            else if (_parser.Type == MessageType.Nack && payload[0] == type)
            {
                throw new InvalidOperationException($"Message 0x{type:X2} refused: reason {payload[2]}, aspect {payload[3]}, detail " +
                    $"{payload[4] | payload[5] << 8}.");
            }
            else if (_parser.Type == MessageType.Nack)
            {
                Refusals.Add(payload[2]);
            }
        }

        return done;
    }

    private sealed class HostChecksum : Checksum
    {
        public override uint Compute(byte[] buffer, int offset, int count) => Crc32.Compute(buffer.AsSpan(offset, count));
    }
}
