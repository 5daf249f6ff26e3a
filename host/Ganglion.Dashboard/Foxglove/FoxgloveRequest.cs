using System.Text.Json;

namespace Ganglion.Dashboard.Foxglove;

/// <summary>What a client may ask for.</summary>
internal abstract record FoxgloveRequest
{
    /// <summary>More than all channels of the largest robot.</summary>
    private const int MostEntries = 1000;

    /// <summary>Letters; those of the protocol have up to 28.</summary>
    private const int LongestOp = 40;

    /// <summary>It wants the messages of channels, under numbers of its own.</summary>
    public sealed record Subscribe(IReadOnlyList<(uint Id, ushort Channel)> Subscriptions) : FoxgloveRequest;

    /// <summary>It wants them no longer.</summary>
    public sealed record Unsubscribe(IReadOnlyList<uint> Ids) : FoxgloveRequest;

    /// <summary>It asks for parameters, by name; none: all.</summary>
    public sealed record GetParameters(IReadOnlyList<string> Names, string? Id) : FoxgloveRequest;

    /// <summary>Something that a client may say and that is not done here; of its name no more than a person reads.</summary>
    public sealed record Unserved(string Op) : FoxgloveRequest;

    /// <summary>Reads a message.</summary>
    /// <param name="text">UTF-8, as it came.</param>
    /// <exception cref="FormatException">It is none of the protocol; the message says what is wrong.</exception>
    public static FoxgloveRequest Read(ReadOnlyMemory<byte> text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            JsonElement root = document.RootElement;
            string op = root.GetProperty("op").GetString() ?? "";
            return op switch
            {
                "subscribe" => new Subscribe([.. Entries(root, "subscriptions").Select(entry =>
                    (entry.GetProperty("id").GetUInt32(), entry.GetProperty("channelId").GetUInt16()))]),
                "unsubscribe" => new Unsubscribe([.. Entries(root, "subscriptionIds").Select(entry => entry.GetUInt32())]),
                "getParameters" => new GetParameters([.. Entries(root, "parameterNames").Select(entry => entry.GetString() ?? "")],
                    root.TryGetProperty("id", out JsonElement id) ? id.GetString() : null),
                _ => new Unserved(op[..Math.Min(op.Length, LongestOp)]),
            };
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            // The first two: no JSON, a field missing; the third: of another kind, or text that is no UTF-8; the last: no such number.
            throw new FormatException("no message of the Foxglove protocol");
        }
    }

    private static IEnumerable<JsonElement> Entries(JsonElement root, string name)
    {
        JsonElement list = root.GetProperty(name);
        return list.GetArrayLength() <= MostEntries ? list.EnumerateArray()
            : throw new FormatException($"more than {MostEntries} entries");
    }
}
