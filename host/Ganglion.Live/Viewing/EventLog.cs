using System.Collections.Immutable;
using Ganglion.Bridge.Session;

namespace Ganglion.Live.Viewing;

/// <summary>How much an event matters, by the numbers of Foxglove's log levels.</summary>
public enum EventLevel
{
    Information = 2,
    Warning = 3,
    Error = 4,
}

/// <summary>Something that a person should hear of.</summary>
/// <param name="Number">From 1, one more for each.</param>
/// <param name="Time">Host clock, ns.</param>
/// <param name="Source">Name of the board, or of the part of the host that it comes from.</param>
/// <param name="Level">How much it matters.</param>
/// <param name="Words">What happened, why, and what to do.</param>
public sealed record RobotEvent(long Number, long Time, string Source, EventLevel Level, string Words);

/// <summary>The latest events of a robot, from any thread to any thread; nobody waits for anybody.</summary>
public sealed class EventLog
{
    /// <summary>Events that are kept.</summary>
    public const int Most = 256;

    private ImmutableArray<RobotEvent> _events = [];

    /// <summary>The events that are kept, the oldest first.</summary>
    public ImmutableArray<RobotEvent> Events => ImmutableInterlocked.InterlockedCompareExchange(ref _events, default, default);

    /// <summary>Number of the newest event; 0: there was none.</summary>
    public long Last => Events is { Length: > 0 } events ? events[^1].Number : 0;

    public void Add(long time, string source, EventLevel level, string words) =>
        ImmutableInterlocked.Update(ref _events, static (events, told) => events.Length < Most ? events.Add(Numbered(events, told))
            : events.RemoveAt(0).Add(Numbered(events, told)), new RobotEvent(0, time, source, level, words));

    /// <summary>Takes what happened to a board; to be hung on <see cref="BoardSession.Happened"/>.</summary>
    public void Add(BoardEvent what) => Add(what.Time, what.Board, (EventLevel)what.Level, what.Words);

    private static RobotEvent Numbered(ImmutableArray<RobotEvent> before, RobotEvent told) =>
        told with { Number = before.IsEmpty ? 1 : before[^1].Number + 1 };
}
