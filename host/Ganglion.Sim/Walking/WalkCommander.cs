using Ganglion.Bridge.Operations;
using Ganglion.Bridge.Session;
using Ganglion.Shared.Safety;
using Ganglion.Shared.Walking;

namespace Ganglion.Sim.Walking;

/// <summary>Has a board carry out a trial's orders at their times: it starts, is told speeds, stops and starts again. Starts at
/// once.</summary>
internal sealed class WalkCommander
{
    private readonly BoardSession _board;
    private readonly WalkOrders _orders;
    private readonly List<BoardOperation> _sent = [];
    private double _speed, _turn;
    private bool _walk = true, _start, _starting = true, _stopping, _told;
    private int _next;

    /// <param name="board">Armed.</param>
    /// <param name="orders">What to tell it.</param>
    public WalkCommander(BoardSession board, WalkOrders orders)
    {
        (_board, _orders, _speed, _turn) = (board, orders, orders.Speed, orders.Turn);
        _sent.Add(board.StartWalk());
    }

    /// <summary>What it is told now; 0 while it shall stand. m/s, and rad/s to the left.</summary>
    public double Speed => _walk ? _speed : 0;

    /// <inheritdoc cref="Speed"/>
    public double Turn => _walk ? _turn : 0;

    /// <summary>Once a tick, after the board was listened to.</summary>
    /// <param name="time">Since the walker was let go, s.</param>
    /// <exception cref="BoardException">The board refuses what it was told.</exception>
    public void Follow(double time)
    {
        if (_sent.FirstOrDefault(operation => operation.Error != null) is { } refused)
        {
            throw refused.Error!;
        }

        _sent.RemoveAll(operation => operation.IsDone);
        for (; _next < _orders.Commands.Count && _orders.Commands[_next].At <= time; _next++)
        {
            (_, bool walk, double? speed, double? turn) = _orders.Commands[_next];
            _start |= walk && !_walk;
            (_walk, _speed, _turn, _told) = (walk, speed ?? _speed, turn ?? _turn, false);
        }

        bool stands = _board.State == BoardState.Armed && !_starting, walks = _board.Walk.Stage == WalkStage.Walking && !_stopping;
        _starting &= !walks;
        _stopping &= !stands;
        if (_walk && _start && stands)
        {
            (_start, _starting, _told) = (false, true, false);
            _sent.Add(_board.StartWalk());
        }
        else if (_walk && walks && !_told)
        {
            _told = true;
            _sent.Add(_board.ModulateWalk(_speed, _turn, _orders.Cadence));
        }
        else if (!_walk && !stands && !_stopping && !_starting)
        {
            _stopping = true;
            _sent.Add(_board.StopWalk());
        }
    }
}
