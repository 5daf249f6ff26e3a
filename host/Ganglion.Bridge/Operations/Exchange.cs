using Ganglion.Bridge.Session;
using Ganglion.Bridge.Words;
using Ganglion.Shared.Link;

namespace Ganglion.Bridge.Operations;

/// <summary>
/// One message and its answer. The message is repeated until the answer comes: all commands can be carried out twice without
/// harm, and where the board refuses the repetition because the first one worked, that counts as success.
/// </summary>
internal sealed class Exchange(byte type, byte[] payload) : BoardQuery<byte[]>
{
    private readonly List<int> _sequences = [];
    private IBoardPeer _board = null!;
    private long _sentAt;
    private int _attempts;

    /// <summary>Time from one attempt to the next, ns.</summary>
    public long RetryAfter { get; init; } = SessionTiming.CommandRetry;

    public int Attempts { get; init; } = SessionTiming.CommandAttempts;

    /// <summary>Type of the answer: Ack, or the message that carries what was asked for.</summary>
    public byte AnswerType { get; init; } = MessageType.Ack;

    /// <summary>Refusal of a repetition that shows that the first one was carried out.</summary>
    public byte DoneReason { get; init; } = Reason.None;

    /// <summary>Its detail.</summary>
    public int DoneDetail { get; init; }

    /// <summary>Judges an answer of the right type; null takes any. Payload in, false: not the answer to this.</summary>
    public Func<byte[], bool>? Judge { get; init; }

    /// <summary>Called once on success, while the session is being polled.</summary>
    public Action<byte[]>? Succeeded { get; init; }

    internal override long SilenceAllowed => Math.Max(SessionTiming.Silence, RetryAfter);

    internal override void Start(IBoardPeer board, long now)
    {
        _board = board;
        Send(now);
    }

    internal override void Poll(long now)
    {
        if (now - _sentAt < RetryAfter)
        {
            return;
        }

        if (_attempts < Attempts)
        {
            Send(now);
        }
        else
        {
            Fail(new BoardException(_board.Name,
                $"no answer to {MessageWords.Of(type)} within {Attempts * RetryAfter / SessionTiming.Millisecond} ms",
                _board.Link.Unheard("Check the cable and the board's power; `ganglion doctor` looks at the port.")));
        }
    }

    internal override void Offer(FrameParser frame, long now)
    {
        if (frame.Type == MessageType.Nack || frame.Type == MessageType.Ack)
        {
            bool ours = false;
            foreach (int sequence in _sequences)
            {
                ours |= Answers(frame, type, sequence);
            }

            if (ours)
            {
                Answered(frame);
            }
        }
        else if (frame.Type == AnswerType)
        {
            byte[] answer = frame.Buffer.AsSpan(frame.PayloadOffset, frame.PayloadLength).ToArray();
            if (Judge == null || Judge(answer))
            {
                Succeed(answer);
            }
        }
    }

    private void Answered(FrameParser frame)
    {
        if (frame.Type == MessageType.Ack)
        {
            if (AnswerType == MessageType.Ack)
            {
                Succeed(frame.Buffer.AsSpan(frame.PayloadOffset + 2, 4).ToArray());
            }
        }
        else if (_attempts > 1 && DoneReason != Reason.None && NackReason(frame) == DoneReason && NackDetail(frame) == DoneDetail)
        {
            Succeed([]);
        }
        else
        {
            Fail(Refusal(_board, frame));
        }
    }

    private void Succeed(byte[] answer)
    {
        Succeeded?.Invoke(answer);
        Complete(answer);
    }

    private void Send(long now)
    {
        _sentAt = now;
        _attempts++;
        int at = _board.Link.Writer.Begin(type, payload.Length);
        if (at < 0)
        {
            return; // the link is stuck; the next attempt may find room
        }

        payload.CopyTo(_board.Link.Writer.Buffer, at);
        _sequences.Add(_board.Link.Finish(at));
    }
}
