namespace Ganglion.Lab.Reliability.Boards;

/// <summary>One way in which a board does otherwise than it says.</summary>
/// <param name="Name">What it does, the predicate of a sentence.</param>
/// <param name="Words">What a person has to be told, by verb: the first entry whose verbs hold the verb, or that names none; null text:
/// the verb does not notice, or may end in any words.</param>
internal sealed record BoardLie(string Name, params (string Verbs, string? Text)[] Words)
{
    /// <summary>What it makes of a message; null: it says it.</summary>
    public Func<LyingBoard, byte, byte[], IEnumerable<(byte Type, byte[] Payload)>>? Filter { get; init; }

    /// <summary>Called at the end of each tick.</summary>
    public Action<LyingBoard>? EachTick { get; init; }

    /// <summary>Session in the header of its frames; null: the present one.</summary>
    public byte? Session { get; init; }

    /// <summary>How late its bytes leave, ns.</summary>
    public long DelayNs { get; init; }

    /// <summary>Sends telemetry each tick.</summary>
    public bool Floods { get; init; }

    /// <summary>Acknowledges Disarm and stays on.</summary>
    public bool StaysOn { get; init; }

    /// <summary>Takes setpoints and starts, and does not move.</summary>
    public bool StandsStill { get; init; }

    /// <summary>Acknowledges a stop and goes on.</summary>
    public bool NeverRests { get; init; }

    /// <summary>Refuses every setpoint for this reason.</summary>
    public byte? SetpointRefusal { get; init; }

    /// <summary>Whether the host can still reach it, so that it has to be off in the end.</summary>
    public bool IsReachable { get; init; } = true;

    /// <summary>What is said in place of a message.</summary>
    public IEnumerable<(byte Type, byte[] Payload)> Say(LyingBoard board, byte type, byte[] payload) =>
        Filter == null ? [(type, payload)] : Filter(board, type, payload);

    /// <summary>What a verb has to tell; null: nothing in particular.</summary>
    public string? Told(string verb) =>
        Words.FirstOrDefault(entry => entry.Verbs.Length == 0 || entry.Verbs.Split(' ').Contains(verb)).Text;
}
