using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Ganglion.Robots.Tests;

/// <summary>
/// A validator for the keywords of JSON Schema draft 2020-12 that our schema uses, written from the standard and not from the
/// loader; an unknown keyword throws, so that nothing in the schema goes unchecked.
/// </summary>
internal static class JsonSchemaSubset
{
    public static bool Accepts(JsonNode schema, YamlNode instance)
    {
        foreach ((string keyword, JsonNode? value) in schema.AsObject())
        {
            if (!Holds(schema, keyword, value!, instance))
            {
                return false;
            }
        }
        return true;
    }

    private static bool Holds(JsonNode schema, string keyword, JsonNode value, YamlNode instance)
    {
        object? scalar = Scalar(instance);
        switch (keyword)
        {
            case "$schema" or "title" or "description" or "default":
                return true;
            case "type":
                return value is JsonArray types ? types.Any(type => IsType((string)type!, instance)) : IsType((string)value!, instance);
            case "enum":
                return value.AsArray().Any(option => option!.GetValueKind() == System.Text.Json.JsonValueKind.String
                    ? scalar is string text && text == (string)option!
                    : scalar is double number && number == (double)option!);
            case "pattern":
                return scalar is not string matched || Regex.IsMatch(matched, (string)value!);
            case "minimum":
                return scalar is not double low || low >= (double)value;
            case "maximum":
                return scalar is not double high || high <= (double)value;
            case "items":
                return instance is not YamlSequenceNode list || list.Children.All(item => Accepts(value, item));
            case "minItems":
                return instance is not YamlSequenceNode few || few.Children.Count >= (int)value;
            case "maxItems":
                return instance is not YamlSequenceNode many || many.Children.Count <= (int)value;
            case "oneOf":
                return value.AsArray().Count(option => Accepts(option!, instance)) == 1;
            case "required":
                return instance is not YamlMappingNode needing || value.AsArray()
                    .All(key => needing.Children.ContainsKey(new YamlScalarNode((string)key!)));
            case "properties":
                return instance is not YamlMappingNode owner || value.AsObject().All(property =>
                    !owner.Children.TryGetValue(new YamlScalarNode(property.Key), out YamlNode? child) || Accepts(property.Value!, child));
            case "additionalProperties":
                JsonObject known = schema["properties"]!.AsObject();
                return instance is not YamlMappingNode closed || closed.Children.Keys.All(key => key is YamlScalarNode { Value: { } name }
                    && known.ContainsKey(name));
            default:
                throw new InvalidOperationException($"the schema uses '{keyword}', which this validator does not know");
        }
    }

    private static bool IsType(string type, YamlNode node) => type switch
    {
        "object" => node is YamlMappingNode,
        "array" => node is YamlSequenceNode,
        "string" => Scalar(node) is string,
        "number" => Scalar(node) is double,
        "boolean" => Scalar(node) is bool,
        "integer" => Scalar(node) is double number && number == Math.Floor(number),
        _ => throw new InvalidOperationException($"type '{type}' is not known"),
    };

    /// <summary>A scalar by YAML 1.2's core schema: text as string, numbers as double, the rest as bool; null where it is no scalar or
    /// null.</summary>
    private static object? Scalar(YamlNode node)
    {
        if (node is not YamlScalarNode { Value: { } text } scalar)
        {
            return null;
        }

        if (scalar.Style != ScalarStyle.Plain)
        {
            return text;
        }

        if (text is "" or "~" or "null" or "Null" or "NULL")
        {
            return null;
        }

        if (text is "true" or "True" or "TRUE" or "false" or "False" or "FALSE")
        {
            return text[0] is 't' or 'T';
        }

        if (Regex.IsMatch(text, @"^[-+]?\.(inf|Inf|INF)$|^\.(nan|NaN|NAN)$"))
        {
            return double.NaN;
        }

        if (Regex.IsMatch(text, "^0x[0-9a-fA-F]+$"))
        {
            return (double)Convert.ToUInt64(text[2..], 16);
        }

        if (Regex.IsMatch(text, @"^[-+]?(\.\d+|\d+(\.\d*)?)([eE][-+]?\d+)?$"))
        {
            return double.Parse(text, CultureInfo.InvariantCulture);
        }

        return text;
    }
}
