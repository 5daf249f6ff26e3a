using System.Globalization;
using System.Text.RegularExpressions;
using Ganglion.Basics.Text;
using Ganglion.Robots.Robot;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Ganglion.Robots.Yaml;

/// <summary>
/// Checks a tree of nodes against a shape: keys, types and bounds, which is what the JSON schema can say as well. What it
/// lets through, <see cref="Entry"/> reads without further checks; a reader (such as <see cref="RobotReader"/>) then checks how
/// the parts fit together.
/// </summary>
internal sealed class ShapeChecker(YamlSource source)
{
    public void Check(YamlNode node, Shape shape, string place)
    {
        switch (shape)
        {
            case MapShape map: CheckMap(Mapping(node, place), map, place); break;
            case VariantShape variant: CheckVariant(node, variant, place); break;
            case ListShape list: CheckList(node, list, place); break;
            case TextShape text: CheckText(node, text, place); break;
            case WordShape: CheckWord(node, shape, place); break;
            case NumberShape number: CheckNumber(node, number, place); break;
            case RangeShape range: CheckRange(node, range, place); break;
            case FlagShape flag: CheckFlag(node, flag, place); break;
        }
    }

    private YamlMappingNode Mapping(YamlNode node, string place) => node as YamlMappingNode
        ?? throw source.Error(node, $"{place} is {Describe(node)}; write it as key: value pairs");

    private void CheckMap(YamlMappingNode map, MapShape shape, string place)
    {
        foreach (YamlNode keyNode in map.Children.Keys)
        {
            string key = KeyOf(keyNode, place);
            if (Array.Exists(shape.Fields, field => field.Key == key))
            {
                continue;
            }

            string[] known = [.. shape.Fields.Select(field => field.Key)];
            throw source.Error(keyNode, $"unknown key '{key}' in {place}; {Suggestion(key, known)}");
        }
        foreach (Field field in shape.Fields)
        {
            if (map.Children.TryGetValue(new YamlScalarNode(field.Key), out YamlNode? value))
            {
                Check(value, field.Shape, $"{place}.{field.Key}");
            }
            else if (field.Required)
            {
                throw source.Error(map, $"{place} has no '{field.Key}'; add it ({field.Shape.About})");
            }
        }
    }

    private void CheckVariant(YamlNode node, VariantShape shape, string place)
    {
        YamlMappingNode map = Mapping(node, place);
        TextShape names = new(shape.About, Allowed: [.. shape.Variants.Select(variant => variant.Name)]);
        if (!map.Children.TryGetValue(new YamlScalarNode(shape.Key), out YamlNode? value))
        {
            throw source.Error(map, $"{place} has no '{shape.Key}'; add it: one of {string.Join(", ", names.Allowed!)}");
        }

        CheckText(value, names, $"{place}.{shape.Key}");
        string name = ((YamlScalarNode)value).Value!;
        CheckMap(map, Array.Find(shape.Variants, variant => variant.Name == name).Shape, place);
    }

    private void CheckList(YamlNode node, ListShape shape, string place)
    {
        if (node is not YamlSequenceNode sequence)
        {
            throw source.Error(node, $"{place} is {Describe(node)}; write it as a list, one '- ' an entry");
        }

        int count = sequence.Children.Count;
        if (count < shape.MinItems || count > shape.MaxItems)
        {
            throw source.Error(node, $"{place} has {count} entries; it takes {shape.MinItems} to {shape.MaxItems}");
        }

        for (int i = 0; i < count; i++)
        {
            Check(sequence.Children[i], shape.Item, $"{place}[{i}]");
        }
    }

    private void CheckWord(YamlNode node, Shape shape, string place)
    {
        if (node is not YamlScalarNode)
        {
            throw source.Error(node, $"{place} is {Describe(node)}; write a word ({shape.About})");
        }
    }

    private void CheckText(YamlNode node, TextShape shape, string place)
    {
        if (node is not YamlScalarNode { Value: { Length: > 0 } value })
        {
            throw source.Error(node, $"{place} is {Describe(node)}; write text ({shape.About})");
        }

        if (Numbers.TryRead(node, out _) || Numbers.IsOtherLiteral(node))
        {
            throw source.Error(node, $"{place} is {Describe(node)}, which YAML does not read as text; put it in quotes");
        }

        if (shape.Allowed is not null && !shape.Allowed.Contains(value))
        {
            throw source.Error(node, $"{place} is '{value}'; {Suggestion(value, shape.Allowed)}");
        }

        if (shape.Pattern is not null && !Regex.IsMatch(value, shape.Pattern))
        {
            throw source.Error(node, $"{place} is '{value}'; {shape.Hint}");
        }
    }

    private void CheckNumber(YamlNode node, NumberShape shape, string place)
    {
        if (!Numbers.TryRead(node, out double value))
        {
            throw source.Error(node, $"{place} is {Describe(node)}; write a number ({shape.About})");
        }

        if (shape.Whole && value != Math.Floor(value))
        {
            throw source.Error(node, $"{place} is {Text(value)}; write a whole number ({shape.About})");
        }

        if (shape.Allowed is not null && !shape.Allowed.Contains(value))
        {
            throw source.Error(node, $"{place} is {Text(value)}; use {string.Join(", ", shape.Allowed.Select(Text))}");
        }

        if (value < shape.Min || value > shape.Max)
        {
            throw source.Error(node, $"{place} is {Text(value)}; it must be within {Text(shape.Min)}..{Text(shape.Max)} ({shape.About})");
        }
    }

    private void CheckRange(YamlNode node, RangeShape shape, string place)
    {
        if (!Numbers.TryReadRange(node, out int first, out int last))
        {
            throw source.Error(node, $"{place} is {Describe(node)}; write one number or first-last, for example 1-4");
        }

        if (first > last || first < shape.Min || last > shape.Max)
        {
            throw source.Error(node, $"{place} is {first}-{last}; it must rise within {shape.Min}..{shape.Max}");
        }
    }

    private void CheckFlag(YamlNode node, FlagShape shape, string place)
    {
        if (!Numbers.TryReadFlag(node, out _))
        {
            throw source.Error(node, $"{place} is {Describe(node)}; write true or false ({shape.About})");
        }
    }

    private string KeyOf(YamlNode node, string place) => node is YamlScalarNode { Value: { } key } ? key
        : throw source.Error(node, $"a key in {place} is {Describe(node)}; keys are plain words");

    private static string Describe(YamlNode node) => node switch
    {
        YamlMappingNode => "a mapping",
        YamlSequenceNode => "a list",
        YamlScalarNode { Value: null or "" } => "empty",
        YamlScalarNode scalar when scalar.Style != ScalarStyle.Plain => $"the quoted text '{scalar.Value}'",
        YamlScalarNode scalar => $"'{scalar.Value}'",
        _ => "something else",
    };

    private static string Text(double value) => value.ToString(CultureInfo.InvariantCulture);

    /// <summary>Names the nearest word if there is a near one, and always the whole list.</summary>
    private static string Suggestion(string given, string[] known) => Spelling.DidYouMean(given, known)
        + $"use {(known.Length == 1 ? $"'{known[0]}'" : "one of " + string.Join(", ", known))}";
}
