using Ganglion.Bridge.Messages;
using Ganglion.Bridge.Operations;
using Ganglion.Bridge.Serial;
using Ganglion.Bridge.Timing;
using Ganglion.Bridge.Words;
using Ganglion.Shared.Link;

namespace Ganglion.Bridge.Session;

/// <summary>Frames over a serial link: the host's parser and writer, fed and drained without waiting and without allocation.</summary>
internal sealed class FrameLink(string board, IClock clock, IBoardObserver? observer)
{
    private const int ReceiveBytes = 4096, SendBytes = 2048;

    private ISerialLink? _port;
    private bool _wasOurs;

    public FrameParser Parser { get; } = new(new Crc32Checksum(), ReceiveBytes);

    public FrameWriter Writer { get; } = new(new Crc32Checksum(), SendBytes);

    public bool IsOpen => _port != null;

    public string PortName => _port?.Name ?? "";

    /// <summary>See <see cref="ISerialLink.IsOurs"/>; of a closed link, as it was.</summary>
    public bool IsOurs => _port?.IsOurs ?? _wasOurs;

    /// <inheritdoc cref="BoardSession.Unheard"/>
    public string Unheard(string wire) => SilenceWords.Remedy(IsOurs, wire);

    public LinkStatistics Statistics { get; } = new();

    /// <summary>Takes over an open port; what was under way on the old one is forgotten.</summary>
    public void Open(ISerialLink port)
    {
        Close();
        _port = port;
    }

    public void Close()
    {
        _wasOurs = IsOurs;
        _port?.Dispose();
        _port = null;
        Parser.Clear();
        Writer.Clear();
    }

    /// <summary>Moves to the next frame received, reading the port as long as it has bytes.</summary>
    public bool Next()
    {
        while (_port != null)
        {
            if (Parser.TryNext())
            {
                Statistics.FramesReceived++;
                observer?.FrameReceived(board, clock.NowNanoseconds, Parser.Buffer.AsSpan(
                    Parser.PayloadOffset - FrameFormat.HeaderSize, Parser.PayloadLength + FrameFormat.Overhead));
                return true;
            }

            int room = Parser.Prepare();
            int count = _port.Read(Parser.Buffer.AsSpan(Parser.WriteOffset, room));
            if (count == 0)
            {
                return false;
            }

            Parser.Written(count);
            Statistics.BytesReceived += count;
        }
        return false;
    }

    /// <summary>Ends a frame that the writer's Begin reserved.</summary>
    /// <returns>Its sequence number.</returns>
    public int Finish(int payloadOffset)
    {
        Writer.Finish(payloadOffset);
        int start = payloadOffset - FrameFormat.HeaderSize;
        int length = Writer.Buffer[start + FrameFormat.LengthOffset] + FrameFormat.Overhead;
        Statistics.FramesSent++;
        observer?.FrameSent(board, clock.NowNanoseconds, Writer.Buffer.AsSpan(start, length));
        return Writer.LastSequence;
    }

    /// <summary>Writes a greeting under the writer's session.</summary>
    public void SendHello()
    {
        int at = Writer.Begin(MessageType.Hello, MessageLayout.HelloLength);
        if (at < 0)
        {
            return;
        }

        CommandWriter.Hello(Writer.Buffer.AsSpan(at), Definition.ProtocolVersion, Definition.Hash);
        Finish(at);
    }

    /// <summary>Hands waiting bytes to the port, as many as it takes.</summary>
    public void Send()
    {
        if (_port == null || Writer.PendingCount == 0)
        {
            return;
        }

        int taken = _port.Write(Writer.Buffer.AsSpan(Writer.PendingOffset, Writer.PendingCount));
        Writer.Sent(taken);
        Statistics.BytesSent += taken;
    }
}

/// <summary>What went over a board's link since the session object was made.</summary>
public sealed class LinkStatistics
{
    public long BytesSent { get; internal set; }

    public long BytesReceived { get; internal set; }

    public long FramesSent { get; internal set; }

    public long FramesReceived { get; internal set; }
}
