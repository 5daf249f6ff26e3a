using Ganglion.Bridge.Session;
using Ganglion.Shared.Link;

namespace Ganglion.Bridge.Operations;

/// <summary>
/// Something asked of a board, under way while its session is polled. Each ends by itself, in success or with an error.
/// </summary>
public abstract class BoardOperation
{
    public bool IsDone { get; private set; }

    /// <summary>Why it failed; null while it is under way and after success.</summary>
    public BoardException? Error { get; private set; }

    /// <exception cref="BoardException">The operation failed.</exception>
    public void ThrowIfFailed()
    {
        if (Error != null)
        {
            throw new BoardException(Error);
        }
    }

    /// <summary>How long the board may be silent while it is under way, ns.</summary>
    internal virtual long SilenceAllowed => SessionTiming.Silence;

    /// <summary>Sends the first message.</summary>
    internal abstract void Start(IBoardPeer board, long now);

    /// <summary>Looks at the time.</summary>
    internal abstract void Poll(long now);

    /// <summary>Sees a frame of this board, or a refusal.</summary>
    internal abstract void Offer(FrameParser frame, long now);

    internal void Fail(BoardException error)
    {
        if (!IsDone)
        {
            Error = error;
            IsDone = true;
        }
    }

    protected void Complete() => IsDone = true;

    /// <summary>Whether a frame is the Ack or Nack of a certain message.</summary>
    private protected static bool Answers(FrameParser frame, byte type, int sequence) =>
        frame.PayloadLength == MessageLayout.AckLength
        && frame.Buffer[frame.PayloadOffset + MessageLayout.AckTypeAt] == type
        && frame.Buffer[frame.PayloadOffset + MessageLayout.AckSequenceAt] == (byte)sequence;

    private protected static uint AckValue(FrameParser frame) =>
        BitConverter.ToUInt32(frame.Buffer, frame.PayloadOffset + MessageLayout.AckValueAt);

    private protected static byte NackReason(FrameParser frame) => frame.Buffer[frame.PayloadOffset + MessageLayout.NackReasonAt];

    private protected static byte NackAspect(FrameParser frame) => frame.Buffer[frame.PayloadOffset + MessageLayout.NackAspectAt];

    /// <summary>What a Nack says; of a latched board also which chip or channel it is latched for, for which a Nack has no
    /// room.</summary>
    private protected static BoardException Refusal(IBoardPeer board, FrameParser frame)
    {
        int detail = NackDetail(frame);
        return new(board.Name, NackReason(frame), NackAspect(frame), detail, board.Configuration, board.LatchedDetail(detail));
    }

    private protected static int NackDetail(FrameParser frame) =>
        BitConverter.ToUInt16(frame.Buffer, frame.PayloadOffset + MessageLayout.NackDetailAt);
}

/// <summary>An operation that brings something back.</summary>
public abstract class BoardQuery<T> : BoardOperation
{
    private T? _result;

    /// <exception cref="BoardException">The operation failed.</exception>
    /// <exception cref="InvalidOperationException">It is still under way.</exception>
    public T Result
    {
        get
        {
            ThrowIfFailed();
            return IsDone ? _result! : throw new InvalidOperationException("The board has not answered yet: poll its session.");
        }
    }

    private protected void Complete(T result)
    {
        _result = result;
        Complete();
    }
}
