using Ganglion.Bridge.Timing;
using Ganglion.Live.Teleop;
using Ganglion.Robots.Modules;

namespace Ganglion.Live.Joints;

/// <summary>What a person holds a key for; it counts for as long as an operator's input does, 300 ms, and what repeats a key says it anew.
/// From any thread.</summary>
/// <param name="clock">Host clock.</param>
public sealed class JointWish(IClock clock)
{
    private Held? _held;

    /// <summary>Along an axis, or to park.</summary>
    /// <param name="Axis">Null: to park.</param>
    /// <param name="Sign">1 or -1.</param>
    public sealed record Way(JointAxis? Axis, int Sign);

    /// <summary>A key is pressed, or repeats.</summary>
    public void Hold(Way way) => Volatile.Write(ref _held, new Held(way, clock.NowNanoseconds));

    /// <summary>Nothing is held any more.</summary>
    public void LetGo() => Volatile.Write(ref _held, null);

    /// <summary>What is held now; null: nothing.</summary>
    internal Way? Now() => Volatile.Read(ref _held) is { } held && clock.NowNanoseconds - held.At <= TeleopMailbox.Stale ? held.Way : null;

    private sealed record Held(Way Way, long At);
}
