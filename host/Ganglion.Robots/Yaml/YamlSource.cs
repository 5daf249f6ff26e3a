using System.Security.Cryptography;
using System.Text;
using Ganglion.Basics;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using YamlDotNet.RepresentationModel;

namespace Ganglion.Robots.Yaml;

/// <summary>The text of a description file as a tree of nodes that know their place, and its hash.</summary>
internal sealed class YamlSource
{
    private const int MaxBytes = 1 << 20, MaxDepth = 16;

    private readonly string _file;
    private Mark _reached = Mark.Empty;
    private int _lines = 1;

    private YamlSource(string file, string hash)
    {
        _file = file;
        Hash = hash;
        Root = null!;
    }

    /// <summary>SHA-256 of the bytes, lower-case hexadecimal.</summary>
    public string Hash { get; }

    public YamlNode Root { get; private set; }

    /// <summary>The bytes of a file.</summary>
    /// <exception cref="RobotFileException">It cannot be read; the message asks for <paramref name="wanted"/>.</exception>
    public static byte[] ReadFile(string path, string wanted)
    {
        try
        {
            return BoundedFile.Read(path, MaxBytes);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new RobotFileException(path, 1, 1, $"cannot read the file ({error.Message}); give the path of {wanted}");
        }
    }

    /// <summary>Reads one YAML document.</summary>
    /// <param name="bytes">UTF-8 text.</param>
    /// <param name="file">The name to use in errors.</param>
    /// <param name="mayBeEmpty">Whether a text without a document is an empty mapping.</param>
    /// <exception cref="RobotFileException">Not UTF-8, not YAML, empty, more than one document, or nested beyond reason.</exception>
    public static YamlSource Parse(ReadOnlySpan<byte> bytes, string file, bool mayBeEmpty = false)
    {
        YamlSource source = new(file, Convert.ToHexStringLower(SHA256.HashData(bytes)));
        source.Root = source.Load(source.Decode(bytes), mayBeEmpty);
        return source;
    }

    public RobotFileException Error(YamlNode node, string problem) => Error(node.Start, problem);

    private RobotFileException Error(Mark mark, string problem) =>
        new(_file, (int)Math.Clamp(mark.Line, 1, _lines), (int)Math.Max(1, mark.Column), problem);

    private string Decode(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > MaxBytes)
        {
            throw Error(Mark.Empty, $"the file has {bytes.Length} bytes; a description has at most {MaxBytes}");
        }

        try
        {
            string text = new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes);
            return text.TrimStart('\uFEFF');
        }
        catch (DecoderFallbackException)
        {
            throw Error(Mark.Empty, "the file is not UTF-8 text; save it as UTF-8");
        }
    }

    private YamlNode Load(string text, bool mayBeEmpty)
    {
        _lines = text.AsSpan().TrimEnd().Count('\n') + 1;
        try
        {
            CheckEvents(text);
            YamlStream stream = [];
            stream.Load(new StringReader(text));
            if (stream.Documents.Count == 0)
            {
                return mayBeEmpty ? new YamlMappingNode()
                    : throw Error(Mark.Empty, "the file is empty; start from one of the shipped files in hardware/");
            }

            if (stream.Documents.Count > 1)
            {
                throw Error(stream.Documents[1].RootNode, "a second document starts here; write one description a file");
            }

            return stream.Documents[0].RootNode;
        }
        catch (YamlException error)
        {
            throw NotYaml(error.Start, error.Message);
        }
        catch (Exception error) when (error is InvalidOperationException or ArgumentException)
        {
            // YamlDotNet fails with these on some malformed plain scalars, and where a document ends within a node; the last good place is
            // the nearest there is.
            throw NotYaml(_reached, "a value breaks off near here");
        }
    }

    private RobotFileException NotYaml(Mark mark, string message) =>
        Error(mark, $"this is not valid YAML ({message}); check indentation, quotes, brackets and repeated keys");

    /// <summary>
    /// Walks the events before the tree is built: the tree is built by recursion, so depth is bounded first, and YamlDotNet
    /// gives no place for tabs in the indentation and for unknown aliases.
    /// </summary>
    private void CheckEvents(string text)
    {
        string[] lines = text.Split('\n');
        for (int line = 0; line < lines.Length; line++)
        {
            int indent = lines[line].AsSpan().IndexOfAnyExcept(' ');
            if (indent >= 0 && lines[line][indent] == '\t')
            {
                throw new RobotFileException(_file, line + 1, indent + 1, "a tab in the indentation; YAML wants spaces");
            }
        }

        Parser parser = new(new StringReader(text));
        HashSet<AnchorName> anchors = [];
        int depth = 0;
        while (parser.MoveNext())
        {
            ParsingEvent current = parser.Current!;
            _reached = current.End;
            depth += current.NestingIncrease;
            if (depth > MaxDepth)
            {
                throw Error(current.Start, $"nested more than {MaxDepth} deep; a description is flat");
            }

            if (current is NodeEvent { Anchor.IsEmpty: false } anchored)
            {
                anchors.Add(anchored.Anchor);
            }

            if (current is AnchorAlias alias && !anchors.Contains(alias.Value))
            {
                throw Error(alias.Start, $"alias *{alias.Value} has no anchor &{alias.Value} before it; define the anchor first or write " +
                    $"the value out");
            }
        }
    }
}
