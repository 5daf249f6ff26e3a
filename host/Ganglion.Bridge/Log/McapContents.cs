namespace Ganglion.Bridge.Log;

/// <summary>What the records of a log say: the schemas, channels and metadata met so far, and the message met last.</summary>
internal sealed class McapContents
{
    private readonly Dictionary<ushort, McapSchema> _schemas = [];
    private readonly Dictionary<ushort, McapChannel> _channels = [];
    private readonly List<McapMetadata> _metadata = [];
    private McapChannel? _channel;
    private uint _sequence;
    private long _logTime, _publishTime;
    private int _dataAt, _dataEnd;

    /// <summary>By id.</summary>
    public IReadOnlyDictionary<ushort, McapSchema> Schemas => _schemas;

    /// <summary>By id.</summary>
    public IReadOnlyDictionary<ushort, McapChannel> Channels => _channels;

    /// <summary>In order.</summary>
    public IReadOnlyList<McapMetadata> Metadata => _metadata;

    /// <summary>Whether a message was met since <see cref="PassMessage"/>.</summary>
    public bool HasMessage => _channel != null;

    /// <summary>The message is done with.</summary>
    public void PassMessage() => _channel = null;

    /// <summary>The message met last.</summary>
    /// <param name="record">The bytes that <see cref="Take"/> found it in.</param>
    /// <exception cref="InvalidOperationException">There is none.</exception>
    public McapMessage Message(ReadOnlySpan<byte> record) => new()
    {
        Channel = _channel ?? throw new InvalidOperationException("ReadMessage has not returned true"),
        Sequence = _sequence,
        LogTime = _logTime,
        PublishTime = _publishTime,
        Data = record[_dataAt.._dataEnd],
    };

    /// <summary>Takes a record in. Types that say nothing about messages are passed over.</summary>
    /// <param name="type">Its type, see <see cref="McapFormat"/>.</param>
    /// <param name="record">Bytes that hold it.</param>
    /// <param name="from">Where its content begins.</param>
    /// <param name="to">Where it ends.</param>
    /// <returns>What is wrong with it; null if nothing is.</returns>
    public string? Take(byte type, ReadOnlySpan<byte> record, int from, int to)
    {
        var fields = new RecordParser(record[from..to]);
        switch (type)
        {
            case McapFormat.Schema:
                var schema = new McapSchema(fields.U16(), fields.String(), fields.String(), fields.Bytes().ToArray());
                if (!fields.Failed)
                {
                    _schemas[schema.Id] = schema;
                }

                break;
            case McapFormat.Channel:
                var channel = new McapChannel(fields.U16(), fields.U16(), fields.String(), fields.String(), fields.Map());
                if (!fields.Failed)
                {
                    _channels[channel.Id] = channel;
                }

                break;
            case McapFormat.Metadata:
                var metadata = new McapMetadata(fields.String(), fields.Map());
                if (!fields.Failed)
                {
                    _metadata.Add(metadata);
                }

                break;
            case McapFormat.Message:
                ushort id = fields.U16();
                _sequence = fields.U32();
                _logTime = (long)fields.U64();
                _publishTime = (long)fields.U64();
                _dataAt = from + McapFormat.MessageFieldsBytes;
                _dataEnd = to;
                if (!fields.Failed && !_channels.TryGetValue(id, out _channel))
                {
                    return $"a message belongs to channel {id}, which was not declared before it";
                }

                break;
        }

        return fields.Failed ? $"the content of a record of type 0x{type:X2} is too short" : null;
    }
}
