using YamlDotNet.Core.Events;
using YamlDotNet.RepresentationModel;

namespace Ganglion.Robots.Yaml;

/// <summary>
/// Changes of single values in the text of a YAML file: everything else, comments, order, spaces and line ends, stays as somebody wrote it.
/// Changes are collected and made at once, since each is given by its place in the text as it was read.
/// </summary>
internal sealed class YamlEdit
{
    private readonly YamlSource _source;
    private readonly string _text, _lineEnd;
    private readonly int _shift;
    private readonly List<(int At, int Length, string Text)> _changes = [];

    /// <param name="source">The text as nodes.</param>
    /// <param name="text">The same text, which may begin with a byte order mark.</param>
    public YamlEdit(YamlSource source, string text)
    {
        (_source, _text) = (source, text);
        _shift = text.StartsWith('\uFEFF') ? 1 : 0;
        _lineEnd = text.Contains("\r\n", StringComparison.Ordinal) ? "\r\n" : "\n";
    }

    /// <summary>Gives a key of a mapping a value, in its place where the mapping has the key, else behind its last one.</summary>
    /// <param name="map">Of this text.</param>
    /// <param name="key">A plain word.</param>
    /// <param name="value">A number, as it is to be written.</param>
    /// <exception cref="RobotFileException">The present value is no plain number that stands where it is used.</exception>
    public void Set(YamlMappingNode map, string key, string value)
    {
        if (!map.Children.TryGetValue(new YamlScalarNode(key), out YamlNode? old))
        {
            AddKey(map, $"{key}: {value}", $"{key}: {value}");
            return;
        }

        int at = Start(old);
        if (old is not YamlScalarNode { Value: { } written } || !old.Anchor.IsEmpty
            || string.CompareOrdinal(_text, at, written, 0, written.Length) != 0)
        {
            throw _source.Error(old, $"{key} is not written as a plain number here (an anchor or an alias?); write the number out");
        }

        if (written != value)
        {
            _changes.Add((at, written.Length, value));
        }
    }

    /// <summary>Adds entries to a list of a mapping, behind its last one; the list too, if there is none.</summary>
    /// <param name="map">Of this text.</param>
    /// <param name="key">The list's key.</param>
    /// <param name="entries">Each in one line, such as { a: 1, b: 2 }.</param>
    public void Append(YamlMappingNode map, string key, IReadOnlyList<string> entries)
    {
        if (entries.Count == 0)
        {
            return;
        }

        if (!map.Children.TryGetValue(new YamlScalarNode(key), out YamlNode? old))
        {
            string indent = _lineEnd + Indent(map.Children.First().Key) + "  ";
            AddKey(map, $"{key}:{string.Concat(entries.Select(entry => $"{indent}- {entry}"))}",
                $"{key}: [ {string.Join(", ", entries)} ]");
            return;
        }

        var list = (YamlSequenceNode)old;
        if (list.Style == SequenceStyle.Flow)
        {
            string joined = string.Join(", ", entries);
            _changes.Add(list.Children.Count > 0 ? (End(list.Children[^1]), 0, $", {joined}") : (Start(list) + 1, 0, joined));
            return;
        }

        string dash = _lineEnd + new string(' ', (int)list.Start.Column - 1);
        _changes.Add((EndOfLine(End(list)), 0, string.Concat(entries.Select(entry => $"{dash}- {entry}"))));
    }

    /// <summary>Gives a key of the outermost mapping a mapping of its own, in its place where there is one, else behind all.</summary>
    /// <param name="root">The whole of the text, written as a block.</param>
    /// <param name="key">A plain word.</param>
    /// <param name="lines">The section's lines, without what they are indented by.</param>
    /// <exception cref="RobotFileException">The outermost mapping is written in braces.</exception>
    public void SetSection(YamlMappingNode root, string key, IReadOnlyList<string> lines)
    {
        if (root.Style == MappingStyle.Flow)
        {
            throw _source.Error(root, $"{key} cannot be written into a description in braces; write it key by key on lines of their own");
        }

        string text = $"{key}:{string.Concat(lines.Select(line => $"{_lineEnd}  {line}"))}";
        YamlNode? present = root.Children.Keys.FirstOrDefault(node => node is YamlScalarNode { Value: { } name } && name == key);
        if (present == null)
        {
            AddKey(root, text, text);
            return;
        }

        int at = Start(present);
        _changes.Add((at, EndOfLine(End(root.Children[present])) - at, text));
    }

    /// <summary>The text with all changes.</summary>
    public string Apply()
    {
        string text = _text;
        foreach ((int at, int length, string put) in _changes.Select((change, order) => (change, order))
            .OrderByDescending(one => one.change.At).ThenByDescending(one => one.order).Select(one => one.change))
        {
            text = string.Concat(text.AsSpan(0, at), put, text.AsSpan(at + length));
        }

        return text;
    }

    private void AddKey(YamlMappingNode map, string asBlock, string asFlow)
    {
        (YamlNode first, YamlNode last) = (map.Children.First().Key, map.Children.Last().Value);
        _changes.Add(map.Style == MappingStyle.Flow
            ? (End(last), 0, $", {asFlow}")
            : (EndOfLine(End(last)), 0, _lineEnd + Indent(first) + asBlock));
    }

    private static string Indent(YamlNode key) => new(' ', (int)key.Start.Column - 1);

    private int Start(YamlNode node) => (int)node.Start.Index + _shift;

    /// <summary>Behind the last character of a node. YamlDotNet gives a mapping and a list the end of their beginning.</summary>
    private int End(YamlNode node) => node switch
    {
        YamlMappingNode map => Closed(map.Children.Count > 0 ? End(map.Children.Last().Value) : Start(map) + 1,
            map.Style == MappingStyle.Flow ? '}' : null),
        YamlSequenceNode list => Closed(list.Children.Count > 0 ? End(list.Children[^1]) : Start(list) + 1,
            list.Style == SequenceStyle.Flow ? ']' : null),
        _ => (int)node.End.Index + _shift,
    };

    /// <summary>Behind the bracket that closes what ends there, with blanks, a comma and comments between.</summary>
    private int Closed(int at, char? bracket)
    {
        if (bracket is not { } closing)
        {
            return at;
        }

        while (_text[at] != closing)
        {
            at = _text[at] == '#' ? EndOfLine(at) : at + 1;
        }

        return at + 1;
    }

    /// <summary>Before the end of the line, behind a comment.</summary>
    private int EndOfLine(int at)
    {
        int end = _text.IndexOf('\n', at);
        return end < 0 ? _text.Length : end > at && _text[end - 1] == '\r' ? end - 1 : end;
    }
}
