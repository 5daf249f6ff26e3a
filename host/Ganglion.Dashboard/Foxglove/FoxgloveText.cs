using System.Text;
using System.Text.Json;

namespace Ganglion.Dashboard.Foxglove;

/// <summary>A channel that is offered.</summary>
/// <param name="Id">From 1.</param>
/// <param name="Topic">Such as /tf.</param>
/// <param name="Encoding">json, or a name of ours for bytes as they are.</param>
/// <param name="SchemaName">Such as foxglove.FrameTransforms; empty without a schema.</param>
/// <param name="SchemaEncoding">Such as jsonschema; empty without a schema.</param>
/// <param name="Schema">The schema; empty without one.</param>
internal sealed record FoxgloveChannel(ushort Id, string Topic, string Encoding, string SchemaName, string SchemaEncoding, string Schema);

/// <summary>What the server says in text (Foxglove WebSocket protocol: serverInfo, advertise, parameterValues,
/// status).</summary>
internal static class FoxgloveText
{
    private const int Warning = 1;

    public static byte[] ServerInfo(string name, string session) => JsonSerializer.SerializeToUtf8Bytes(new
    {
        op = "serverInfo",
        name,
        capabilities = new[] { "parameters" },
        supportedEncodings = new[] { "json" },
        metadata = new Dictionary<string, string>(),
        sessionId = session,
    });

    public static byte[] Advertise(IEnumerable<FoxgloveChannel> channels) => JsonSerializer.SerializeToUtf8Bytes(new
    {
        op = "advertise",
        channels = channels.Select(channel => new
        {
            id = channel.Id,
            topic = channel.Topic,
            encoding = channel.Encoding,
            schemaName = channel.SchemaName,
            schemaEncoding = channel.SchemaEncoding,
            schema = channel.Schema,
        }),
    });

    /// <param name="parameters">Name and value.</param>
    /// <param name="request">The request's own id; null: it had none.</param>
    public static byte[] ParameterValues(IEnumerable<KeyValuePair<string, string>> parameters, string? request)
    {
        using var text = new MemoryStream();
        using (var json = new Utf8JsonWriter(text))
        {
            json.WriteStartObject();
            json.WriteString("op", "parameterValues");
            json.WriteStartArray("parameters");
            foreach ((string name, string value) in parameters)
            {
                json.WriteStartObject();
                json.WriteString("name", name);
                json.WriteString("value", value);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            if (request != null)
            {
                json.WriteString("id", request);
            }

            json.WriteEndObject();
        }

        return text.ToArray();
    }

    public static byte[] Refusal(string words) => JsonSerializer.SerializeToUtf8Bytes(new
    {
        op = "status",
        level = Warning,
        message = words,
    });

    public static string Utf8(ReadOnlySpan<byte> data) => Encoding.UTF8.GetString(data);
}
