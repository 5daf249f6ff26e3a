using Ganglion.Bridge.Messages;
using Ganglion.Bridge.Session;
using Ganglion.Bridge.Words;
using Ganglion.Shared.Link;
using Ganglion.Shared.Safety;

namespace Ganglion.Bridge.Operations;

/// <summary>Tells a board to switch its outputs off, and asks it afterwards whether it did: an acknowledgement alone has moved no
/// relay.</summary>
internal sealed class Disarming : BoardOperation
{
    private IBoardPeer _board = null!;
    private Exchange _order = null!;
    private Greeting? _question;
    private int _rounds;

    internal override long SilenceAllowed => SessionTiming.DisarmSilence;

    internal override void Start(IBoardPeer board, long now)
    {
        _board = board;
        Order(now);
    }

    internal override void Poll(long now)
    {
        if (_order.IsDone)
        {
            _question?.Poll(now);
        }
        else
        {
            _order.Poll(now);
        }

        Proceed(now);
    }

    internal override void Offer(FrameParser frame, long now)
    {
        if (_order.IsDone)
        {
            _question?.Offer(frame, now);
        }
        else
        {
            _order.Offer(frame, now);
        }

        Proceed(now);
    }

    private void Order(long now)
    {
        _rounds++;
        _order = new Exchange(MessageType.Disarm, []) { Attempts = SessionTiming.DisarmAttempts };
        _order.Start(_board, now);
    }

    private void Proceed(long now)
    {
        if (!_order.IsDone)
        {
            return;
        }

        if (_order.Error is { } refused)
        {
            Fail(refused);
        }
        else if (_question == null || _question.IsDone)
        {
            Judge(now);
        }
    }

    private void Judge(long now)
    {
        if (_question == null)
        {
            _question = new Greeting(SessionTiming.DisarmSilence, drawSession: null);
            _question.Start(_board, now);
        }
        else if (_question.Error is { } error)
        {
            Fail(error);
        }
        else if (_question.Result.State == BoardState.Idle)
        {
            Complete();
        }
        else if (_rounds < SessionTiming.DisarmRounds)
        {
            _question = null;
            Order(now);
        }
        else
        {
            BoardIdentity last = _question.Result;
            Fail(new BoardException(_board.Name,
                $"it acknowledges Disarm and says that it {StateWords.Predicate(last, _board.Configuration)}",
                "Switch the supply of its outputs off."));
        }
    }
}
