using Ganglion.Bridge.Messages;
using Ganglion.Bridge.Session;
using Ganglion.Shared.Link;

namespace Ganglion.Bridge.Operations;

/// <summary>Reads a board's configuration back, block by block, and checks it against the hash that the board announced.</summary>
internal sealed class ConfigReading(int length, uint hash) : BoardQuery<byte[]>
{
    /// <summary>Most bytes of one answer (Answers.MaxConfigData).</summary>
    private const int BlockBytes = 96;

    private readonly byte[] _bytes = new byte[length];
    private IBoardPeer _board = null!;
    private int _received;
    private int _attempts;
    private int _sequence;
    private long _sentAt;

    internal override void Start(IBoardPeer board, long now)
    {
        _board = board;
        if (length == 0)
        {
            Fail(new BoardException(board.Name, Reason.NotConfigured, 0, 0, null));
        }
        else
        {
            Ask(now);
        }
    }

    internal override void Poll(long now)
    {
        if (now - _sentAt < SessionTiming.CommandRetry)
        {
            return;
        }

        if (_attempts < SessionTiming.CommandAttempts)
        {
            Ask(now);
        }
        else
        {
            Fail(new BoardException(_board.Name, $"no answer when byte {_received} of its configuration was asked for",
                _board.Link.Unheard("Check the cable; if the link loses bytes, use a shorter one.")));
        }
    }

    internal override void Offer(FrameParser frame, long now)
    {
        if (frame.Type == MessageType.Nack && Answers(frame, MessageType.ConfigRead, _sequence))
        {
            Fail(Refusal(_board, frame));
            return;
        }
        int count = frame.PayloadLength - MessageLayout.ConfigDataBytesAt;
        if (frame.Type != MessageType.ConfigData || BitConverter.ToUInt16(
            frame.Buffer, frame.PayloadOffset + MessageLayout.ConfigDataOffsetAt) != _received
            || count != Math.Min(BlockBytes, length - _received))
        {
            return;
        }

        frame.Buffer.AsSpan(frame.PayloadOffset + MessageLayout.ConfigDataBytesAt, count).CopyTo(_bytes.AsSpan(_received));
        _received += count;
        _attempts = 0;
        if (_received < length)
        {
            Ask(now);
        }
        else if (Crc32.Compute(_bytes) == hash)
        {
            Complete(_bytes);
        }
        else
        {
            Fail(new BoardException(_board.Name, "its configuration changed while it was read", "Read it again."));
        }
    }

    private void Ask(long now)
    {
        _sentAt = now;
        _attempts++;
        int at = _board.Link.Writer.Begin(MessageType.ConfigRead, MessageLayout.ConfigReadLength);
        if (at < 0)
        {
            return;
        }

        CommandWriter.ConfigRead(_board.Link.Writer.Buffer.AsSpan(at), (ushort)_received, (byte)Math.Min(BlockBytes, length - _received));
        _sequence = _board.Link.Finish(at);
    }
}
