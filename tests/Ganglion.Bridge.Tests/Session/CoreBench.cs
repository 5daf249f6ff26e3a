using Ganglion.Bridge.Messages;
using Ganglion.Shared.Control;
using Ganglion.Shared.Link;

namespace Ganglion.Bridge.Tests.Session;

/// <summary>A board's core without wire and session: frames go in, a tick runs, and the answers can be looked at.</summary>
internal sealed class CoreBench
{
    public const int TickMs = 20;

    public readonly TestHardware Hardware = new();
    public readonly BoardCore Core;
    public int Session = 42;
    public long NowUs = 1_000_000;
    private readonly FrameParser _host = new(new BitwiseChecksum(), 1024);
    private int _sequence;

    /// <param name="configuration">Put in force under <see cref="Session"/>; null: none.</param>
    /// <param name="name">The name that it is flashed with.</param>
    public CoreBench(BoardConfiguration? configuration, string name = "")
    {
        Core = new BoardCore(Hardware, new BitwiseChecksum(), new FirmwareIdentity(1, 1, name));
        Core.Safety.BootDone();
        Open();
        if (configuration == null)
        {
            return;
        }

        byte[] bytes = BoardConfigEncoder.Encode(configuration);
        Take(MessageType.ConfigBegin, [.. BitConverter.GetBytes((ushort)bytes.Length),
            .. BitConverter.GetBytes(BitwiseChecksum.Of(bytes))]);
        for (int at = 0; at < bytes.Length; at += 96)
        {
            Take(MessageType.ConfigBlock, [.. BitConverter.GetBytes((ushort)at), .. bytes.AsSpan(at, Math.Min(96, bytes.Length - at))]);
        }

        Take(MessageType.ConfigCommit);
    }

    /// <summary>Greets under <see cref="Session"/>.</summary>
    public void Open() => Assert.Equal(MessageType.Identity, Ask(MessageType.Hello,
        [.. BitConverter.GetBytes((ushort)Definition.ProtocolVersion), .. BitConverter.GetBytes(Definition.Hash)]).Type);

    /// <summary>Sends a command in a tick and returns the reason of its refusal, None for an Ack.</summary>
    public byte Command(byte type, params byte[] payload)
    {
        (byte answer, byte[] body) = Ask(type, payload);
        Assert.Contains(answer, new[] { MessageType.Ack, MessageType.Nack });
        return answer == MessageType.Ack ? Reason.None : body[2];
    }

    public byte Arm() => Command(MessageType.Arm, BitConverter.GetBytes(Core.Store.Hash));

    /// <summary>Sends a command that is to be taken.</summary>
    public void Take(byte type, params byte[] payload) => Assert.Equal(Reason.None, Command(type, payload));

    /// <summary>Runs ticks; a host that lives says so every tenth.</summary>
    public void Run(int ticks, bool pings = true, Action? afterTick = null)
    {
        for (int i = 0; i < ticks; i++)
        {
            if (pings && i % 10 == 0)
            {
                Feed(WireFrames.Make(MessageType.Ping, Session, _sequence++ & 0xFF, 0, 0, 0, 0));
            }

            Tick();
            Core.Writer.Clear();
            afterTick?.Invoke();
        }
    }

    /// <summary>Sends a message in a tick, whatever is answered.</summary>
    public void Send(byte type, params byte[] payload)
    {
        Feed(WireFrames.Make(type, Session, _sequence++ & 0xFF, payload));
        Tick();
        Core.Writer.Clear();
    }

    /// <summary>Sends a message in a tick and returns the answer that names it, or that it asks for.</summary>
    public (byte Type, byte[] Payload) Ask(byte type, params byte[] payload)
    {
        Feed(WireFrames.Make(type, Session, _sequence++ & 0xFF, payload));
        Tick();
        (byte Type, byte[] Payload)[] answers = [.. Answers().Where(answer => answer.Type is not (MessageType.Telemetry or
            MessageType.WalkTelemetry))];
        return Assert.Single(answers);
    }

    /// <summary>Feeds messages at once and runs ticks that send 120 bytes each, as the firmware does.</summary>
    /// <returns>How many answers of a type came.</returns>
    public int Burst(int count, byte type, byte answer, int ticks)
    {
        for (int i = 0; i < count; i++)
        {
            Feed(WireFrames.Make(type, Session, _sequence++ & 0xFF));
        }

        int found = 0;
        for (int tick = 0; tick < ticks; tick++)
        {
            Tick();
            found += Answers(120).Count(got => got.Type == answer);
        }

        return found;
    }

    private void Feed(byte[] frame)
    {
        Assert.True(Core.Parser.Prepare() >= frame.Length);
        frame.CopyTo(Core.Parser.Buffer, Core.Parser.WriteOffset);
        Core.Parser.Written(frame.Length);
    }

    private void Tick()
    {
        NowUs += TickMs * 1000;
        Core.Tick((int)NowUs, (int)(NowUs / 1000), 0);
    }

    private List<(byte Type, byte[] Payload)> Answers(int most = int.MaxValue)
    {
        var found = new List<(byte, byte[])>();
        FrameWriter writer = Core.Writer;
        int count = Math.Min(most, writer.PendingCount);
        Assert.True(_host.Prepare() >= count);
        writer.Buffer.AsSpan(writer.PendingOffset, count).CopyTo(_host.Buffer.AsSpan(_host.WriteOffset));
        _host.Written(count);
        writer.Sent(count);
        while (_host.TryNext())
        {
            found.Add(((byte)_host.Type, _host.Buffer.AsSpan(_host.PayloadOffset, _host.PayloadLength).ToArray()));
        }

        return found;
    }
}
