using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Ganglion.Robots.Yaml;

/// <summary>
/// The JSON schemas (draft 2020-12) of description files, written from the same shapes that the loaders check by. They let an
/// editor complete keys and mark faults; how parts fit together (say, two gears on one output) only the loader can tell.
/// </summary>
internal static class FileSchema
{
    private static readonly JsonSerializerOptions Readable = new()
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>The text of hardware/schemas/NAME.schema.json.</summary>
    public static string ToJson(FileShape file)
    {
        JsonObject schema = new()
        {
            ["$schema"] = "https://json-schema.org/draft/2020-12/schema",
            ["title"] = $"Ganglion {file.Name}",
        };
        foreach ((string key, JsonNode? value) in Of(file.Shape))
        {
            schema[key] = value?.DeepClone();
        }

        return schema.ToJsonString(Readable).ReplaceLineEndings("\n") + "\n";
    }

    private static JsonObject Of(Shape shape)
    {
        JsonObject node = new() { ["description"] = shape.About };
        switch (shape)
        {
            case MapShape map:
                node["type"] = "object";
                node["properties"] = new JsonObject(map.Fields.Select(field => KeyValuePair.Create<string,
                    JsonNode?>(field.Key, Of(field.Shape))));
                node["required"] = new JsonArray([.. map.Fields.Where(field => field.Required).Select(field => (JsonNode)field.Key)]);
                node["additionalProperties"] = false;
                break;
            case VariantShape variant:
                node["oneOf"] = new JsonArray([.. variant.Variants.Select(option => Of(option.Shape))]);
                break;
            case ListShape list:
                node["type"] = "array";
                node["items"] = Of(list.Item);
                node["minItems"] = list.MinItems;
                node["maxItems"] = list.MaxItems;
                break;
            case WordShape:
                node["type"] = new JsonArray("string", "number", "boolean");
                break;
            case TextShape text:
                node["type"] = "string";
                SetDefault(node, text.Default);
                if (text.Allowed is not null)
                {
                    node["enum"] = new JsonArray([.. text.Allowed.Select(word => (JsonNode)word)]);
                }

                if (text.Pattern is not null)
                {
                    node["pattern"] = text.Pattern;
                }

                break;
            case NumberShape number:
                node["type"] = number.Whole ? "integer" : "number";
                node["minimum"] = number.Min;
                node["maximum"] = number.Max;
                SetDefault(node, number.Default);
                if (number.Allowed is not null)
                {
                    node["enum"] = new JsonArray([.. number.Allowed.Select(value => (JsonNode)value)]);
                }

                break;
            case FlagShape flag:
                node["type"] = "boolean";
                SetDefault(node, flag.Default);
                break;
            case RangeShape range:
                node["type"] = new JsonArray("integer", "string");
                node["minimum"] = range.Min;
                node["maximum"] = range.Max;
                string digits = $"[0-9]{{1,{Math.Max(4, range.Max.ToString(CultureInfo.InvariantCulture).Length)}}}";
                node["pattern"] = $"^{digits}(-{digits})?$";
                break;
        }
        return node;
    }

    private static void SetDefault(JsonObject node, JsonNode? value)
    {
        if (value is not null)
        {
            node["default"] = value;
        }
    }
}
