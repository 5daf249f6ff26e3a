using Ganglion.Bridge.Messages;
using Ganglion.Bridge.Session;

namespace Ganglion.Bridge.Recording;

/// <summary>Several observers of one session, told in their order.</summary>
/// <param name="observers">At least one.</param>
public sealed class BoardObservers(IReadOnlyList<IBoardObserver> observers) : IBoardObserver
{
    public void FrameSent(string board, long time, ReadOnlySpan<byte> frame)
    {
        for (int i = 0; i < observers.Count; i++)
        {
            observers[i].FrameSent(board, time, frame);
        }
    }

    public void FrameReceived(string board, long time, ReadOnlySpan<byte> frame)
    {
        for (int i = 0; i < observers.Count; i++)
        {
            observers[i].FrameReceived(board, time, frame);
        }
    }

    public void TelemetryReceived(string board, long time, BoardTelemetry telemetry, long measuredAt)
    {
        for (int i = 0; i < observers.Count; i++)
        {
            observers[i].TelemetryReceived(board, time, telemetry, measuredAt);
        }
    }

    public void WalkTelemetryReceived(string board, long time, WalkTelemetry walk, long measuredAt)
    {
        for (int i = 0; i < observers.Count; i++)
        {
            observers[i].WalkTelemetryReceived(board, time, walk, measuredAt);
        }
    }

    public void Identified(string board, long time, BoardIdentity identity)
    {
        for (int i = 0; i < observers.Count; i++)
        {
            observers[i].Identified(board, time, identity);
        }
    }

    public void Happened(BoardEvent what)
    {
        for (int i = 0; i < observers.Count; i++)
        {
            observers[i].Happened(what);
        }
    }
}
