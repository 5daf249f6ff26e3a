namespace Ganglion.Bridge.Log;

/// <summary>How the messages of a channel are laid out.</summary>
/// <param name="Encoding">jsonschema, protobuf, ...</param>
public sealed record McapSchema(ushort Id, string Name, string Encoding, byte[] Data);

/// <summary>A stream of messages under one topic.</summary>
/// <param name="SchemaId">0 for none.</param>
public sealed record McapChannel(ushort Id, ushort SchemaId, string Topic, string MessageEncoding, IReadOnlyDictionary<string,
    string> Metadata);

/// <summary>Named pairs that belong to the whole log.</summary>
public sealed record McapMetadata(string Name, IReadOnlyDictionary<string, string> Pairs);

/// <summary>One message; the data lies in the reader's buffer and is valid until the next read.</summary>
public readonly ref struct McapMessage
{
    public required McapChannel Channel { get; init; }

    /// <summary>The writer's count of messages; 0 throughout where it kept none.</summary>
    public required uint Sequence { get; init; }

    /// <summary>When it was written down, ns of the log's epoch.</summary>
    public required long LogTime { get; init; }

    /// <summary>When it came about, ns of the log's epoch.</summary>
    public required long PublishTime { get; init; }

    public required ReadOnlySpan<byte> Data { get; init; }
}

/// <summary>How reading a log ended.</summary>
public enum LogEndKind
{
    /// <summary>All there, all checksums right.</summary>
    Complete,
    /// <summary>The file stops early, as after a crash; every whole message before that was read.</summary>
    Truncated,
    /// <summary>Bytes inside are wrong; what could be read around them was.</summary>
    Damaged,
}

/// <summary>How reading a log ended.</summary>
/// <param name="At">Byte where the trouble is: the first one that belongs to no whole record, or the start of the first bad record.
/// The file's length where there is none.</param>
/// <param name="What">What is wrong, for people; empty where nothing is.</param>
public sealed record LogEnd(LogEndKind Kind, long At, string What)
{
    public override string ToString() => Kind == LogEndKind.Complete ? "Complete" : $"{Kind} at byte {At}: {What}";
}

/// <summary>A file is no MCAP log at all.</summary>
public sealed class NotALogException(string name)
    : IOException($"{name}: this is not an MCAP log (it does not start with the MCAP magic bytes). Give a .mcap file that ganglion or " +
        $"another MCAP writer made.");
