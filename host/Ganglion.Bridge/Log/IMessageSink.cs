namespace Ganglion.Bridge.Log;

/// <summary>Where what is recorded goes: a log on a disk, or whoever watches just now. Schemas and channels first, then messages.</summary>
public interface IMessageSink
{
    /// <summary>Adds a schema.</summary>
    /// <param name="name">Name of the message type, such as ganglion.Telemetry.</param>
    /// <param name="encoding">One of MCAP's well-known schema encodings, such as jsonschema.</param>
    /// <param name="data">The schema itself.</param>
    /// <returns>Its id, for <see cref="AddChannel"/>.</returns>
    ushort AddSchema(string name, string encoding, ReadOnlySpan<byte> data);

    /// <summary>Adds a channel: a stream of messages under one topic.</summary>
    /// <param name="topic">Such as /board/0/telemetry.</param>
    /// <param name="messageEncoding">json, or any name for bytes that readers pass on as they are.</param>
    /// <param name="schema">From <see cref="AddSchema"/>; 0 for none, which goes with opaque bytes.</param>
    /// <param name="metadata">Pairs that belong to the channel.</param>
    /// <returns>Its id, for <see cref="Write"/>.</returns>
    ushort AddChannel(string topic, string messageEncoding, ushort schema = 0,
        IEnumerable<KeyValuePair<string, string>>? metadata = null);

    /// <summary>Adds named pairs that belong to the whole: version, seed, hashes of inputs.</summary>
    void AddMetadata(string name, IEnumerable<KeyValuePair<string, string>> pairs);

    /// <summary>Whether anybody takes the messages of a channel just now: what nobody takes need not be written.</summary>
    bool IsWanted(ushort channel);

    /// <summary>Adds a message.</summary>
    /// <param name="channel">From <see cref="AddChannel"/>.</param>
    /// <param name="sequence">Counts up by one a message, so that readers see gaps; 0 on every message where there is no count.</param>
    /// <param name="logTime">When it was written down, ns, 0 or later.</param>
    /// <param name="publishTime">When it came about (a board's time on the log's scale), ns, 0 or later; the log time where
    /// unknown.</param>
    /// <param name="data">In the channel's encoding.</param>
    /// <exception cref="IOException">It cannot be written any more.</exception>
    void Write(ushort channel, uint sequence, long logTime, long publishTime, ReadOnlySpan<byte> data);
}
