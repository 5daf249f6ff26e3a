using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Ganglion.Cli.Printing;

/// <summary>
/// Figures as JSON. JSON has no NaN and no infinity: what has no value, because nothing measured it or the run was too short, is null, and
/// a list beside it names each such place.
/// </summary>
internal static class Figures
{
    /// <summary>What stands for a number without a value while the tree is built: a number of JSON that no double can have.</summary>
    private const string Without = "1e999";

    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Converters = { new DoubleConverter(), new SingleConverter() },
    };

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    /// <summary>One object.</summary>
    /// <param name="figures">Its properties are the object's.</param>
    public static string ToJson(object figures)
    {
        JsonNode tree = JsonSerializer.SerializeToNode(figures, Options)!;
        var places = new List<string>();
        Clear(tree, "", places);
        if (places.Count > 0 && tree is JsonObject all)
        {
            all["notMeasured"] = new JsonObject
            {
                ["places"] = new JsonArray([.. places.Select(place => (JsonNode)place)]),
                ["why"] = "These are null because nothing measured them, or the run was too short for them.",
            };
        }

        return tree.ToJsonString(Indented);
    }

    // Puts null where a number has no value, and notes the place.
    private static void Clear(JsonNode? node, string place, List<string> places)
    {
        switch (node)
        {
            case JsonObject map:
                foreach (string key in map.Select(pair => pair.Key).ToArray())
                {
                    string at = place.Length == 0 ? key : $"{place}.{key}";
                    if (IsWithout(map[key]))
                    {
                        map[key] = null;
                        places.Add(at);
                    }
                    else
                    {
                        Clear(map[key], at, places);
                    }
                }

                break;
            case JsonArray list:
                for (int i = 0; i < list.Count; i++)
                {
                    if (IsWithout(list[i]))
                    {
                        list[i] = null;
                        places.Add($"{place}[{i}]");
                    }
                    else
                    {
                        Clear(list[i], $"{place}[{i}]", places);
                    }
                }

                break;
        }
    }

    private static bool IsWithout(JsonNode? node) => node is JsonValue value && value.GetValueKind() == JsonValueKind.Number
        && value.ToJsonString() == Without;

    private sealed class DoubleConverter : JsonConverter<double>
    {
        public override double Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) => reader.GetDouble();

        public override void Write(Utf8JsonWriter writer, double value, JsonSerializerOptions options)
        {
            if (double.IsFinite(value))
            {
                writer.WriteNumberValue(value);
            }
            else
            {
                writer.WriteRawValue(Without);
            }
        }
    }

    private sealed class SingleConverter : JsonConverter<float>
    {
        public override float Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) => reader.GetSingle();

        public override void Write(Utf8JsonWriter writer, float value, JsonSerializerOptions options)
        {
            if (float.IsFinite(value))
            {
                writer.WriteNumberValue(value);
            }
            else
            {
                writer.WriteRawValue(Without);
            }
        }
    }
}
