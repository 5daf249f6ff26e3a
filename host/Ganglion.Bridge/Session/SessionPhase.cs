namespace Ganglion.Bridge.Session;

/// <summary>Where a session stands.</summary>
public enum SessionPhase
{
    /// <summary>Not connected and not trying.</summary>
    Closed,
    /// <summary>The port is open; the board has not answered yet.</summary>
    Connecting,
    /// <summary>The board is known and answers.</summary>
    Ready,
    /// <summary>The port is gone; it is reopened as soon as that works.</summary>
    Lost,
}
