using Ganglion.Bridge.Session;
using Ganglion.Bridge.Timing;

namespace Ganglion.Live.Viewing;

/// <summary>Shows what a board does by itself: fills a view with each look and hands it to whoever looks. It allocates nothing.</summary>
public sealed class OwnMotionViewer
{
    private readonly BoardSession _board;
    private readonly IClock _clock;
    private readonly BoardGauge _gauge;
    private long _frame;

    /// <param name="board">Connected and configured: what happens to it is written down from now on.</param>
    /// <param name="clock">The session's clock.</param>
    /// <param name="events">Are told what happens.</param>
    public OwnMotionViewer(BoardSession board, IClock clock, EventLog events)
    {
        (_board, _clock, Events) = (board, clock, events);
        _gauge = new BoardGauge(board);
        Positions = new double[board.Identity?.Channels ?? 0];
        Array.Fill(Positions, double.NaN);
        Exchange = new ViewExchange<OwnMotionView>(() => new OwnMotionView(board.Name, Positions.Length));
        board.Happened += events.Add;
    }

    /// <summary>Where the views are to be had.</summary>
    public ViewExchange<OwnMotionView> Exchange { get; }

    /// <summary>What happened, in words.</summary>
    public EventLog Events { get; }

    /// <summary>What each channel was told when it was last asked for, to be set by who asks: as
    /// <see cref="OwnMotionView.Positions"/>.</summary>
    public double[] Positions { get; }

    /// <summary>Shows a look at a board that nobody operates.</summary>
    /// <param name="isMoving">It moves, or comes to rest.</param>
    public void Show(bool isMoving)
    {
        OwnMotionView view = Begin(isMoving);
        view.Told = default;
        Exchange.Publish();
    }

    /// <summary>Fills the next view with all that the board tells; the caller adds what it knows, and publishes it.</summary>
    internal OwnMotionView Begin(bool isMoving)
    {
        OwnMotionView view = Exchange.Begin();
        long now = _clock.NowNanoseconds;
        (view.Frame, view.Time, view.IsMoving) = (++_frame, now, isMoving);
        view.Read(_board);
        Positions.CopyTo(view.Positions);
        _gauge.Read(view.Board, now, 0, 0);
        return view;
    }
}
