using Ganglion.Shared.Control;
using Ganglion.Shared.Link;
using Ganglion.Shared.Tests.Link;

namespace Ganglion.Shared.Tests.Control;

/// <summary>A board core with fake hardware on a virtual clock, and a host that writes frames byte by byte.</summary>
internal sealed class BoardBench
{
    public const int TickUs = 20000;
    public const int Session = 42;

    public readonly FakeHardware Hardware = new();
    public readonly BoardCore Core;
    public int NowUs = 1_000_000;
    public readonly List<(int Type, int Of, int Reason, byte[] Payload)> Answers = [];
    private readonly FrameParser _host = new(new TableChecksum(), 1024);
    private int _sequence;

    public BoardBench()
    {
        Core = new BoardCore(Hardware, new TableChecksum(), new FirmwareIdentity(1, 1, ""));
        Core.Safety.BootDone();
    }

    public static byte[] Hello => [1, 0, .. BitConverter.GetBytes(Definition.Hash)];

    /// <summary>Sends frames and runs one tick.</summary>
    public void Tick(params byte[][] frames)
    {
        foreach (byte[] frame in frames)
        {
            Frames.Feed(Core.Parser, frame);
        }

        NowUs += TickUs;
        Core.Tick(NowUs, NowUs / 1000, 0);
        Collect();
    }

    public void Run(int milliseconds)
    {
        for (int t = 0; t < milliseconds; t += 20)
        {
            Tick();
        }
    }

    public byte[] Frame(int type, params byte[] payload) => Frames.Make(type, Session, _sequence++ & 0xFF, payload);

    public byte[] SetpointFrame(int aheadUs, params short[] values) =>
        Frames.Setpoint(Session, _sequence++ & 0xFF, (NowUs + TickUs + aheadUs) >> 7 & 0xFFFF, values);

    /// <summary>Sends a command and returns the answer's reason; 0 for an Ack.</summary>
    public int Command(int type, params byte[] payload)
    {
        Answers.Clear();
        Tick(Frame(type, payload));
        (int Type, int Of, int Reason, byte[] Payload) answer = Answers.Single(a => a.Type is MessageType.Ack or MessageType.Nack);
        Assert.Equal(type, answer.Of);
        return answer.Reason;
    }

    /// <summary>Sends a command that is refused and returns the answer's reason and detail.</summary>
    public (int Reason, int Detail) Refusal(int type, params byte[] payload)
    {
        int reason = Command(type, payload);
        byte[] nack = Answers.Single(a => a.Type == MessageType.Nack).Payload;
        return (reason, BitConverter.ToUInt16(nack, MessageLayout.NackDetailAt));
    }

    public void Open()
    {
        Tick(Frame(MessageType.Hello, Hello));
        Assert.Contains(Answers, a => a.Type == MessageType.Identity);
    }

    public int Configure(byte[] config)
    {
        int reason = Command(MessageType.ConfigBegin,
            [.. BitConverter.GetBytes((ushort)config.Length), .. BitConverter.GetBytes(new TableChecksum()
                .Compute(config, 0, config.Length))]);
        for (int at = 0; at < config.Length && reason == 0; at += 96)
        {
            reason = Command(MessageType.ConfigBlock, [.. BitConverter.GetBytes((ushort)at),
                .. config[at..Math.Min(at + 96, config.Length)]]);
        }

        return reason != 0 ? reason : Command(MessageType.ConfigCommit);
    }

    public int Arm() => Command(MessageType.Arm, BitConverter.GetBytes(Core.Store.Hash));

    /// <summary>Session, configuration and arming in one.</summary>
    public static BoardBench Armed(byte[] config)
    {
        var bench = new BoardBench();
        bench.Open();
        Assert.Equal(0, bench.Configure(config));
        Assert.Equal(0, bench.Arm());
        return bench;
    }

    private void Collect()
    {
        FrameWriter writer = Core.Writer;
        while (writer.PendingCount > 0)
        {
            int count = Math.Min(writer.PendingCount, _host.Prepare());
            Frames.Feed(_host, writer.Buffer.AsSpan(writer.PendingOffset, count));
            writer.Sent(count);
            while (_host.TryNext())
            {
                byte[] payload = _host.Buffer.AsSpan(_host.PayloadOffset, _host.PayloadLength).ToArray();
                Answers.Add((_host.Type, payload.Length > 0 ? payload[0] : 0, _host.Type == MessageType.Nack ? payload[2] : 0, payload));
            }
        }
    }
}
