using Ganglion.Bridge.Tests.Session;
using Ganglion.Shared.Link;
using Ganglion.Shared.Safety;

namespace Ganglion.Bridge.Tests.Protocol;

/// <summary>What PROTOCOL.md says a board answers, against the board's core, where a stranger who read it had asked.</summary>
public class BoardAnswersTests
{
    private static Dictionary<string, long[]> Read(string message, byte[] payload) =>
        ProtocolText.Instance.Messages[message].Decode(payload);

    [Fact]
    public void Identity_without_a_configuration()
    {
        var bench = new CoreBench(null);
        (byte type, byte[] payload) = bench.Ask(MessageType.Hello,
            [.. BitConverter.GetBytes((ushort)Definition.ProtocolVersion), .. BitConverter.GetBytes(Definition.Hash)]);
        Assert.Equal(MessageType.Identity, type);
        Dictionary<string, long[]> identity = Read("Identity", payload);
        Assert.Equal(20, identity["tick_ms"][0]);
        Assert.All((string[])["channels", "chips", "config_length", "config_hash", "reason", "detail", "flashed"],
            name => Assert.Equal(0, identity[name][0]));
        Assert.Empty(identity["name"]);
        Assert.Equal(Reason.NotConfigured, bench.Command(MessageType.GetPositions));
    }

    [Fact]
    public void Positions_are_what_each_channel_is_told()
    {
        var bench = new CoreBench(Bench.Servos(5));
        Assert.Equal(Reason.None, bench.Arm());
        short[] values = [1000, 20_000, -5, 8192, 9000];
        for (int i = 0; i < 100; i++)
        {
            bench.Send(MessageType.Setpoint, [.. BitConverter.GetBytes((ushort)((bench.NowUs + 60_000) >> 7)),
                .. values.SelectMany(BitConverter.GetBytes)]);
        }

        (byte type, byte[] payload) = bench.Ask(MessageType.GetPositions);
        Assert.Equal(MessageType.Positions, type);
        Assert.Equal([1000, 16384, 0, 8192, 9000], Read("Positions", payload)["values"]); // limits are 0..1
    }

    /// <summary>24 to 4096 bytes; the value of an Ack is what has been received, the hash, or 0.</summary>
    [Fact]
    public void The_transaction_of_a_configuration()
    {
        var bench = new CoreBench(null);
        Assert.All((int[])[0, 1, 23, 4097, 65535], length => Assert.Equal(Reason.ConfigTooLong, bench.Command(MessageType.ConfigBegin,
            [.. BitConverter.GetBytes((ushort)length), 0, 0, 0, 0])));
        byte[] bytes = Ganglion.Bridge.Messages.BoardConfigEncoder.Encode(Bench.Servos(2));
        uint hash = BitwiseChecksum.Of(bytes);
        Assert.Equal(0, Value(bench.Ask(MessageType.ConfigBegin, [.. BitConverter.GetBytes((ushort)bytes.Length),
            .. BitConverter.GetBytes(hash)])));
        Assert.Equal(30, Value(bench.Ask(MessageType.ConfigBlock, [0, 0, .. bytes[..30]])));
        Assert.Equal(bytes.Length, Value(bench.Ask(MessageType.ConfigBlock, [30, 0, .. bytes[30..]])));
        Assert.Equal(hash, Value(bench.Ask(MessageType.ConfigCommit)));
        Assert.Equal(0, Value(bench.Ask(MessageType.Arm, BitConverter.GetBytes(hash))));
        Assert.Equal(0, Value(bench.Ask(MessageType.Stop)));
        Assert.Equal(0, Value(bench.Ask(MessageType.Disarm)));

        static long Value((byte Type, byte[] Payload) answer)
        {
            Assert.Equal(MessageType.Ack, answer.Type);
            return Read("Ack", answer.Payload)["value"][0];
        }
    }

    /// <summary>Messages without fields are taken whatever payload they carry; others need the length of their fields.</summary>
    [Fact]
    public void Lengths_of_payloads()
    {
        foreach (Message message in ProtocolText.Instance.Messages.Values.Where(message => message.Sender == "host"))
        {
            var bench = new CoreBench(Messages.WalkEncodingTests.Walker());
            byte[] wrong = new byte[message.Length < 0 ? 1 : message.Length + 1];
            (byte type, byte[] payload) = bench.Ask((byte)message.Type, wrong);
            byte reason = type == MessageType.Nack ? payload[2] : Reason.None;
            if (message.Fields.Count == 0)
            {
                Assert.NotEqual(Reason.WrongLength, reason);
            }
            else
            {
                Assert.Equal(message.Type == MessageType.Setpoint ? Reason.WrongChannelCount : Reason.WrongLength, reason);
            }
        }
    }

    /// <summary>Answers wait in 768 bytes, of which a tick sends 120: what has no room is carried out, and not answered.</summary>
    [Fact]
    public void A_burst_of_questions_loses_answers_and_delays_no_command()
    {
        var bench = new CoreBench(Bench.Servos(40));
        Assert.Equal(Reason.None, bench.Arm());
        int answered = bench.Burst(60, MessageType.GetPositions, MessageType.Positions, 15);
        Assert.InRange(answered, 16, 25);
        bench.Burst(1, MessageType.Stop, MessageType.Ack, 1);
        Assert.Equal(BoardState.Safe, bench.Core.Safety.State);
        Assert.Equal(25, answered + bench.Burst(0, 0, MessageType.Positions, 20));
    }

    [Fact]
    public void A_rhythm_and_a_walk_start_from_hold_too()
    {
        foreach (byte start in (byte[])[MessageType.RhythmStart, MessageType.WalkStart])
        {
            var bench = new CoreBench(Messages.WalkEncodingTests.Walker());
            Assert.Equal(Reason.None, bench.Arm());
            bench.Send(MessageType.Setpoint, [.. BitConverter.GetBytes((ushort)((bench.NowUs + 60_000) >> 7)), .. new byte[24]]);
            bench.Run(10);
            Assert.Equal(BoardState.Hold, bench.Core.Safety.State);
            bench.Take(start);
            Assert.Equal(BoardState.Running, bench.Core.Safety.State);
        }
    }
}
