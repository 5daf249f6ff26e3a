using Ganglion.Bridge.Messages;
using Ganglion.Bridge.Words;
using Ganglion.Shared.Link;

namespace Ganglion.Bridge.Session;

/// <summary>A board refused, did not answer, or cannot be used as asked. The message says what, where and what to do.</summary>
public sealed class BoardException : IOException
{
    private bool _leftOn;

    /// <summary>The board gave a reason code.</summary>
    /// <param name="board">Which board, or "configuration" before one is asked.</param>
    /// <param name="reason">One of <see cref="Shared.Link.Reason"/>.</param>
    /// <param name="aspect">For ConfigInvalid: one of <see cref="ConfigField"/>.</param>
    /// <param name="detail">As the reason says.</param>
    /// <param name="configuration">Gives chips and channels their names; null if unknown.</param>
    /// <param name="latched">For LatchedSafe: the detail of the reason that is latched.</param>
    public BoardException(string board, byte reason, byte aspect, int detail, BoardConfiguration? configuration,
        int latched = ReasonWords.Untold)
        : this(board, reason, ReasonWords.Of(reason, aspect, detail, configuration, latched))
    {
        Aspect = aspect;
        Detail = detail;
    }

    /// <summary>Something that only the host knows.</summary>
    /// <param name="board">Which board.</param>
    /// <param name="cause">A clause without capital and full stop.</param>
    /// <param name="remedy">Whole sentences.</param>
    /// <param name="inner">What it came of; null: nothing else failed.</param>
    public BoardException(string board, string cause, string remedy, Exception? inner = null)
        : this(board, Shared.Link.Reason.None, new ReasonText(cause, remedy), inner)
    {
    }

    /// <summary>The same again, from where the caller waited.</summary>
    internal BoardException(BoardException error)
        : this(error.Board, error.Reason, error.Text)
    {
        Aspect = error.Aspect;
        Detail = error.Detail;
    }

    /// <summary>The same remedy for a cause that more boards than one have.</summary>
    public BoardException(BoardException error, string cause)
        : this(error.Board, error.Reason, error.Text with { Cause = cause })
    {
    }

    /// <summary>The board gave a reason code, and the words for it are known.</summary>
    internal BoardException(string board, byte reason, int detail, ReasonText text)
        : this(board, reason, text) => Detail = detail;

    private BoardException(string board, byte reason, ReasonText text, Exception? inner = null)
        : base($"{board}: {text}", inner)
    {
        Board = board;
        Reason = reason;
        Text = text;
    }

    /// <summary>What is said of a board that cannot be reached any more.</summary>
    public const string Alone = "It goes safe by itself when its timeout ends; `ganglion stop --port PORT` stops it before.";

    /// <summary>This one came of trying to switch a board off after another failure: both are told, the first one first; one that tells
    /// the same of this board already says it all.</summary>
    /// <param name="first">What had failed; the inner exception then. Null and a cancellation: nothing had.</param>
    public BoardException After(Exception? first)
    {
        if (first is BoardException { _leftOn: true } said && said.Board == Board)
        {
            return said;
        }

        string told = first switch
        {
            null or OperationCanceledException => "",
            BoardException known => $"{known.Text.ToString().TrimEnd('.')}. After that ",
            _ => $"{first.Message.TrimEnd('.')}. After that ",
        };
        string becomes = Text.Remedy.StartsWith(SilenceWords.Busy, StringComparison.Ordinal) ? SilenceWords.Ends : Alone;
        return new BoardException(Board, $"{told}it could not be disarmed: {Text.Cause}",
            Text.Remedy is Alone or SilenceWords.Ends ? Text.Remedy : $"{becomes} {Text.Remedy}", first)
        {
            _leftOn = true,
        };
    }

    public string Board { get; }

    /// <summary>The board's reason code; None if the reason is the host's own.</summary>
    public byte Reason { get; }

    /// <summary>Part of the configuration, for ConfigInvalid.</summary>
    public byte Aspect { get; }

    public int Detail { get; }

    /// <summary>Cause and remedy.</summary>
    public ReasonText Text { get; }
}
