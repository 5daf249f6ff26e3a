namespace Ganglion.Bridge.Messages;

/// <summary>The newest that a walking board has told of its walk; one object a session, rewritten in place.</summary>
public sealed partial class WalkTelemetry
{
    /// <summary>Messages received in this session.</summary>
    public long Received { get; private set; }

    /// <summary>The left foot is in the air.</summary>
    public bool LeftSwings => (Swinging & 1) != 0;

    /// <summary>The right foot is in the air.</summary>
    public bool RightSwings => (Swinging & 2) != 0;

    internal void Restart() => Received = 0;

    internal void Read(ReadOnlySpan<byte> payload)
    {
        ReadFields(payload);
        Received++;
    }
}
