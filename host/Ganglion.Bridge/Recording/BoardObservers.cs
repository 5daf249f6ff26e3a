using Ganglion.Bridge.Messages;
using Ganglion.Bridge.Session;

namespace Ganglion.Bridge.Recording;

/// <summary>Several observers of one session, told in their order; they may come and go while it runs, such as a log that is made for a
/// while.</summary>
public sealed class BoardObservers : IBoardObserver
{
    private volatile IBoardObserver[] _observers = [];

    /// <summary>From now on it is told too. On the thread that polls the sessions, or before they begin.</summary>
    public void Add(IBoardObserver observer) => _observers = [.. _observers, observer];

    /// <summary>It is told no more; one that is not there is none the less gone.</summary>
    public void Remove(IBoardObserver observer) => _observers = [.. _observers.Where(one => one != observer)];

    public void FrameSent(string board, long time, ReadOnlySpan<byte> frame)
    {
        foreach (IBoardObserver observer in _observers)
        {
            observer.FrameSent(board, time, frame);
        }
    }

    public void FrameReceived(string board, long time, ReadOnlySpan<byte> frame)
    {
        foreach (IBoardObserver observer in _observers)
        {
            observer.FrameReceived(board, time, frame);
        }
    }

    public void TelemetryReceived(string board, long time, BoardTelemetry telemetry, long measuredAt)
    {
        foreach (IBoardObserver observer in _observers)
        {
            observer.TelemetryReceived(board, time, telemetry, measuredAt);
        }
    }

    public void WalkTelemetryReceived(string board, long time, WalkTelemetry walk, long measuredAt)
    {
        foreach (IBoardObserver observer in _observers)
        {
            observer.WalkTelemetryReceived(board, time, walk, measuredAt);
        }
    }

    public void Identified(string board, long time, BoardIdentity identity)
    {
        foreach (IBoardObserver observer in _observers)
        {
            observer.Identified(board, time, identity);
        }
    }

    public void Happened(BoardEvent what)
    {
        foreach (IBoardObserver observer in _observers)
        {
            observer.Happened(what);
        }
    }
}
