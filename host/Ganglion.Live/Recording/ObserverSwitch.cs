using Ganglion.Bridge.Messages;
using Ganglion.Bridge.Session;

namespace Ganglion.Live.Recording;

/// <summary>Passes what sessions tell on to a log that is made all the time, if there is one, and to one that begins and ends.</summary>
public sealed class ObserverSwitch : IBoardObserver
{
    /// <summary>The one that is there all the time; null: none. Set before the sessions begin.</summary>
    public IBoardObserver? Always { get; set; }

    /// <summary>The one that begins and ends; null: none now. Set on the thread that polls the sessions.</summary>
    public IBoardObserver? Now { get; set; }

    public void FrameSent(string board, long time, ReadOnlySpan<byte> frame)
    {
        Always?.FrameSent(board, time, frame);
        Now?.FrameSent(board, time, frame);
    }

    public void FrameReceived(string board, long time, ReadOnlySpan<byte> frame)
    {
        Always?.FrameReceived(board, time, frame);
        Now?.FrameReceived(board, time, frame);
    }

    public void TelemetryReceived(string board, long time, BoardTelemetry telemetry, long measuredAt)
    {
        Always?.TelemetryReceived(board, time, telemetry, measuredAt);
        Now?.TelemetryReceived(board, time, telemetry, measuredAt);
    }

    public void WalkTelemetryReceived(string board, long time, WalkTelemetry walk, long measuredAt)
    {
        Always?.WalkTelemetryReceived(board, time, walk, measuredAt);
        Now?.WalkTelemetryReceived(board, time, walk, measuredAt);
    }

    public void Identified(string board, long time, BoardIdentity identity)
    {
        Always?.Identified(board, time, identity);
        Now?.Identified(board, time, identity);
    }

    public void Happened(BoardEvent what)
    {
        Always?.Happened(what);
        Now?.Happened(what);
    }
}
