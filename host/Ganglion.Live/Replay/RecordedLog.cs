using System.Text.Json;
using Ganglion.Bridge.Log;
using Ganglion.Live.Viewing;
using Ganglion.Robots.Robot;

namespace Ganglion.Live.Replay;

/// <summary>What a log tells of any robot: how long it is, what its boards told, and what happened. Times are ns from the earliest
/// message on.</summary>
public sealed class RecordedLog
{
    /// <summary>No session lasts longer, s: a day, many times over.</summary>
    private const double Longest = 1e7;

    private RecordedLog(RecordedBoard[] boards) => Boards = boards;

    /// <summary>Is given a message of a topic that boards in general do not have.</summary>
    /// <param name="time">ns from the earliest message.</param>
    /// <param name="place">For errors: file, number and topic.</param>
    /// <param name="message">JSON.</param>
    public delegate void Taker(long time, string place, JsonElement message);

    /// <summary>In the order of the description.</summary>
    public IReadOnlyList<RecordedBoard> Boards { get; }

    /// <summary>The latest that happened; their times too are from the beginning.</summary>
    public EventLog Events { get; } = new();

    /// <summary>From the earliest to the latest message, s.</summary>
    public double Seconds { get; private set; }

    /// <summary>When the earliest message was, ns of the Unix epoch; of a virtual world it is near 0.</summary>
    public long Start { get; private set; }

    /// <summary>What it says of itself.</summary>
    public IReadOnlyList<McapMetadata> Metadata { get; private set; } = [];

    /// <summary>Whether the log is whole.</summary>
    public LogEnd End { get; private set; } = new(LogEndKind.Complete, 0, "");

    /// <summary>Which robot was recorded.</summary>
    /// <returns>Its name and the hash of its description; empty where the log does not say.</returns>
    /// <exception cref="NotALogException">It is no log at all.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static (string Robot, string Hash) RobotOf(string path)
    {
        using var log = McapReader.Open(path);
        while (log.ReadMessage() && !log.Metadata.Any(IsOfRun))
        {
        }

        return log.Metadata.FirstOrDefault(IsOfRun) is { } run
            ? (run.Pairs.GetValueOrDefault("robot", ""), run.Pairs.GetValueOrDefault("robot_sha256", "")) : ("", "");
    }

    /// <summary>Which rhythm its board played: its name and the hash of its description; empty where the log does not say.</summary>
    public (string Name, string Hash) Rhythm => Metadata.FirstOrDefault(IsOfRun) is { } run
        ? (run.Pairs.GetValueOrDefault("rhythm", ""), run.Pairs.GetValueOrDefault("rhythm_sha256", "")) : ("", "");

    /// <summary>Reads a log, also one that was cut off.</summary>
    /// <param name="path">MCAP.</param>
    /// <param name="robot">Which was recorded.</param>
    /// <param name="takers">What else is to be read, by topic.</param>
    /// <exception cref="InvalidDataException">A message is not what it should be.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static RecordedLog Read(string path, RobotDescription robot, IReadOnlyDictionary<string, Taker> takers)
    {
        var recorded = new RecordedLog([.. robot.Boards.Select(board => new RecordedBoard(board))]);
        var topics = new Dictionary<string, Taker>(takers);
        foreach (RecordedBoard board in recorded.Boards)
        {
            topics[$"/board/{board.Name}/telemetry"] = board.TakeTelemetry;
            topics[$"/board/{board.Name}/events"] = recorded.TakeEvent;
        }

        string name = Path.GetFileName(path);
        (recorded.Start, recorded.Seconds) = Span(path);
        using var log = McapReader.Open(path);
        while (log.ReadMessage())
        {
            McapMessage message = log.Current;
            long time = message.LogTime - recorded.Start;
            string topic = message.Channel.Topic;
            foreach (RecordedBoard board in recorded.Boards)
            {
                board.Count(time, topic);
            }

            if (message.Channel.MessageEncoding == "json" && topics.TryGetValue(topic, out Taker? take))
            {
                Give(take, time, $"{name}, message {message.Sequence} of {topic}", message.Data);
            }
        }

        (recorded.Metadata, recorded.End) = (log.Metadata, log.End!);
        return recorded;
    }

    /// <summary>A number of a message.</summary>
    /// <exception cref="InvalidOperationException">It is of another kind.</exception>
    /// <exception cref="FormatException">It is not finite: more than a number of 64 bits holds.</exception>
    internal static double Number(JsonElement value) => value.GetDouble() is var number && double.IsFinite(number) ? number
        : throw new FormatException("a number that is not finite");

    private static bool IsOfRun(McapMetadata metadata) => metadata.Name == "run" && metadata.Pairs.ContainsKey("robot");

    /// <exception cref="InvalidDataException">No session lasts as long.</exception>
    private static (long Start, double Seconds) Span(string path)
    {
        using var log = McapReader.Open(path);
        long first = long.MaxValue, last = long.MinValue;
        while (log.ReadMessage())
        {
            long time = log.Current.LogTime;
            (first, last) = (Math.Min(first, time), Math.Max(last, time));
        }

        double seconds = first > last ? 0 : ((double)last - first) * 1e-9;
        return seconds <= Longest ? (first > last ? 0 : first, seconds) : throw new InvalidDataException($"{Path.GetFileName(path)}: " +
            $"from its first message to its last it would be {seconds / 86_400:0} days: its times are damaged. Record it anew.");
    }

    private static void Give(Taker take, long time, string place, ReadOnlySpan<byte> json)
    {
        try
        {
            var reader = new Utf8JsonReader(json);
            using var document = JsonDocument.ParseValue(ref reader);
            take(time, place, document.RootElement);
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            // No JSON; a field is missing; it is of another kind, or text that is no UTF-8; a number is none.
            throw new InvalidDataException($"{place}: it is not what this program writes there: the log is damaged, or was made by " +
                "another program. Show it as tables: ganglion log FILE --csv FOLDER.");
        }
    }

    private void TakeEvent(long time, string place, JsonElement message) => Events.Add(time, message.GetProperty("name").GetString() ?? "",
        message.GetProperty("level").GetInt32() switch
        {
            >= (int)EventLevel.Error => EventLevel.Error,
            (int)EventLevel.Warning => EventLevel.Warning,
            _ => EventLevel.Information,
        }, message.GetProperty("message").GetString() ?? "");
}
