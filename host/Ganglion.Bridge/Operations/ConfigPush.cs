using System.Text;
using Ganglion.Bridge.Session;
using Ganglion.Shared.Link;

namespace Ganglion.Bridge.Operations;

/// <summary>
/// Pushes a configuration as one transaction: begin, blocks in order, commit. Several blocks are under way at once;
/// every answer says how many bytes the board has, so a lost block is noticed by the next
/// one and the push goes on from the gap. The board keeps its old configuration until the commit.
/// </summary>
internal sealed class ConfigPush(byte[] bytes, uint hash, string name, Action<byte[], uint> configured) : BoardOperation
{
    /// <summary>Bytes of a block, so that the board can hold what it gets in a tick.</summary>
    private const int BlockBytes = 96;

    /// <summary>Blocks under way: more than a board handles in one tick (four), so that it never waits, and less than its
    /// parser holds (1024 bytes), so that none is lost.</summary>
    private const int Window = 6;

    /// <summary>Transactions begun before a refused commit is taken for good.</summary>
    private const int MaxBegins = 4;

    private enum Step { Begin, Blocks, Commit, Verify }

    private readonly int[] _sequences = new int[Window];
    private IBoardPeer _board = null!;
    private Step _step;
    private int _begins;
    private int _underWay;
    private int _confirmed;
    private int _next;
    private long _sentAt;
    private long _progressAt;
    private long _startedAt;

    internal override void Start(IBoardPeer board, long now)
    {
        _board = board;
        (_progressAt, _startedAt) = (now, now);
        Begin(now);
    }

    internal override void Poll(long now)
    {
        // A board that goes back and forth between gaps makes progress for ever and gets nowhere.
        if (now - _progressAt >= SessionTiming.PushStalled || now - _startedAt >= SessionTiming.PushLongest)
        {
            Fail(Stalled());
        }
        else if (now - _sentAt >= SessionTiming.BlockRetry)
        {
            switch (_step)
            {
                case Step.Begin:
                    Begin(now);
                    break;
                case Step.Blocks:
                    Rewind(_confirmed, now);
                    break;
                default:
                    // A commit that was carried out and whose answer was lost would be refused when repeated: ask instead.
                    Verify(now);
                    break;
            }
        }
    }

    /// <summary>Until it is told to commit a board goes by its old configuration; from then on only its answer tells.</summary>
    private BoardException Stalled()
    {
        bool whole = _step is Step.Commit or Step.Verify;
        return new BoardException(_board.Name, "the configuration did not get through: " + (whole
            ? $"all {bytes.Length} bytes arrived, and no answer tells that the board goes by it"
            : $"{_confirmed} of {bytes.Length} bytes arrived"),
            $"{(whole ? "As far as it has told, the" : "The")} board still has its old configuration. " +
                _board.Link.Unheard("Check the cable; if the link loses bytes, use a shorter one or a lower baud rate."));
    }

    internal override void Offer(FrameParser frame, long now)
    {
        if (_step == Step.Verify && frame.Type == MessageType.Identity)
        {
            Verified(BitConverter.ToUInt32(frame.Buffer, frame.PayloadOffset + 18), now);
        }
        else if (frame.Type != MessageType.Ack && frame.Type != MessageType.Nack)
        {
            return;
        }
        else if (_step == Step.Begin && Answers(frame, MessageType.ConfigBegin, _sequences[0]))
        {
            Begun(frame, now);
        }
        else if (_step == Step.Commit && Answers(frame, MessageType.ConfigCommit, _sequences[0]))
        {
            Committed(frame, now);
        }
        else if (_step == Step.Blocks)
        {
            TakeBlockAnswer(frame, now);
        }
    }

    private void Begin(long now)
    {
        _step = Step.Begin;
        _begins++;
        _confirmed = 0;
        int at = _board.Link.Writer.Begin(MessageType.ConfigBegin, MessageLayout.ConfigBeginNameAt + name.Length);
        if (at >= 0)
        {
            Span<byte> payload = _board.Link.Writer.Buffer.AsSpan(at);
            CommandWriter.ConfigBegin(payload, (ushort)bytes.Length, hash);
            Encoding.ASCII.GetBytes(name, payload[MessageLayout.ConfigBeginNameAt..]);
            _sequences[0] = _board.Link.Finish(at);
        }
        _sentAt = now;
    }

    private void Begun(FrameParser frame, long now)
    {
        if (frame.Type == MessageType.Nack)
        {
            Refused(frame);
            return;
        }
        _progressAt = now;
        Rewind(0, now);
    }

    private void Rewind(int to, long now)
    {
        _step = Step.Blocks;
        _underWay = 0;
        _confirmed = to;
        _next = to;
        Continue(now);
    }

    private void Continue(long now)
    {
        if (_confirmed == bytes.Length)
        {
            Commit(now);
            return;
        }
        while (_underWay < Window && _next < bytes.Length)
        {
            int count = Math.Min(BlockBytes, bytes.Length - _next);
            int at = _board.Link.Writer.Begin(MessageType.ConfigBlock, MessageLayout.ConfigBlockBytesAt + count);
            if (at < 0)
            {
                break;
            }

            Span<byte> payload = _board.Link.Writer.Buffer.AsSpan(at);
            CommandWriter.ConfigBlock(payload, (ushort)_next);
            bytes.AsSpan(_next, count).CopyTo(payload[MessageLayout.ConfigBlockBytesAt..]);
            _sequences[_underWay++] = _board.Link.Finish(at);
            _next += count;
            _sentAt = now;
        }
    }

    private void TakeBlockAnswer(FrameParser frame, long now)
    {
        // Answers to blocks from before the last rewind match none of the sequence numbers and say nothing new.
        int which = -1;
        for (int i = 0; i < _underWay; i++)
        {
            if (Answers(frame, MessageType.ConfigBlock, _sequences[i]))
            {
                which = i;
            }
        }

        if (which < 0)
        {
            return;
        }

        if (frame.Type == MessageType.Ack)
        {
            // Blocks are taken in order, so this confirms those before it too, even if their answers were lost.
            _underWay -= which + 1;
            Array.Copy(_sequences, which + 1, _sequences, 0, _underWay);
            Confirmed(AckValue(frame), now);
            if (!IsDone)
            {
                Continue(now);
            }
        }
        else if (NackReason(frame) == Reason.ConfigIncomplete)
        {
            int received = NackDetail(frame);
            Confirmed((uint)received, now);
            if (!IsDone)
            {
                Rewind(received, now);
            }
        }
        else
        {
            Refused(frame);
        }
    }

    /// <summary>Takes over how many bytes the board says it has. Only more of them are progress: a board that says the same again and again
    /// is given up like a silent one.</summary>
    private void Confirmed(uint received, long now)
    {
        if (received > bytes.Length)
        {
            Fail(new BoardException(_board.Name, $"it says that it has {received} bytes of a configuration of {bytes.Length}",
                "It does not keep to the protocol: use firmware and program of the same release."));
            return;
        }

        if (received > _confirmed)
        {
            _progressAt = now;
        }

        _confirmed = (int)received;
    }

    private void Commit(long now)
    {
        _step = Step.Commit;
        int at = _board.Link.Writer.Begin(MessageType.ConfigCommit, 0);
        if (at >= 0)
        {
            _sequences[0] = _board.Link.Finish(at);
        }

        _sentAt = now;
    }

    private void Committed(FrameParser frame, long now)
    {
        if (frame.Type == MessageType.Ack)
        {
            Verified(AckValue(frame), now);
        }
        else if (NackReason(frame) is Reason.ConfigIncomplete or Reason.ConfigChecksum && _begins < MaxBegins)
        {
            Begin(now);
        }
        else
        {
            Refused(frame);
        }
    }

    private void Verify(long now)
    {
        _step = Step.Verify;
        _board.Link.SendHello();
        _sentAt = now;
    }

    private void Verified(uint boardHash, long now)
    {
        if (boardHash == hash)
        {
            configured(bytes, hash);
            Complete();
        }
        else
        {
            // The commit itself was lost.
            Commit(now);
        }
    }

    private void Refused(FrameParser frame) => Fail(Refusal(_board, frame));
}
