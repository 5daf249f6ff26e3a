namespace Ganglion.Bridge.Log;

/// <summary>What one channel of a log holds.</summary>
/// <param name="Bytes">Of message data, without the log's own framing.</param>
/// <param name="FirstNs">Log time of the earliest message, ns of the log's epoch.</param>
/// <param name="LastNs">Log time of the latest message.</param>
/// <param name="LongestGapNs">Longest time from one message to the next in the file, ns.</param>
/// <param name="Missing">Messages that never came, by the jumps in the sequence numbers; 0 where the writer kept no count.</param>
public sealed record ChannelSummary(string Topic, string Encoding, long Messages, long Bytes, long FirstNs, long LastNs, long LongestGapNs,
    long Missing)
{
    /// <summary>Messages a second from the first to the last; 0 for fewer than two or no time between them.</summary>
    public double RateHz => LastNs > FirstNs ? (Messages - 1) / ((LastNs - FirstNs) * 1e-9) : 0;
}

/// <summary>What a log holds, found by reading all of it, so that it holds for cut logs too.</summary>
/// <param name="FileBytes">Size of the file.</param>
/// <param name="End">Whether it is whole.</param>
/// <param name="Channels">By topic; also those without messages.</param>
public sealed record LogSummary(long FileBytes, LogEnd End, IReadOnlyList<ChannelSummary> Channels, IReadOnlyList<McapMetadata> Metadata)
{
    public long Messages => Channels.Sum(c => c.Messages);

    /// <summary>From the earliest to the latest message of all channels, s.</summary>
    public double DurationSeconds
    {
        get
        {
            ChannelSummary[] used = [.. Channels.Where(c => c.Messages > 0)];
            return used.Length == 0 ? 0 : (used.Max(c => c.LastNs) - used.Min(c => c.FirstNs)) * 1e-9;
        }
    }

    /// <exception cref="IOException">The file cannot be read, or is no log (<see cref="NotALogException"/>).</exception>
    public static LogSummary Of(string path)
    {
        using var reader = McapReader.Open(path);
        return Of(reader);
    }

    /// <summary>Reads what is left in <paramref name="reader"/> to its end.</summary>
    public static LogSummary Of(McapReader reader)
    {
        var tallies = new Dictionary<ushort, Tally>();
        while (reader.ReadMessage())
        {
            McapMessage message = reader.Current;
            if (!tallies.TryGetValue(message.Channel.Id, out Tally? tally))
            {
                tallies.Add(message.Channel.Id, tally = new Tally());
            }

            tally.Add(message);
        }
        ChannelSummary[] channels = [.. reader.Channels.Values
            .Select(c => (tallies.GetValueOrDefault(c.Id) ?? new Tally()).Summarise(c))
            .OrderBy(c => c.Topic, StringComparer.Ordinal)];
        return new LogSummary(reader.Length, reader.End!, channels, reader.Metadata);
    }

    private sealed class Tally
    {
        private long _messages, _bytes, _first, _last, _previous, _longestGap, _missing;
        private uint _sequence;

        public void Add(McapMessage message)
        {
            if (_messages == 0)
            {
                _first = _last = message.LogTime;
            }
            else
            {
                _first = Math.Min(_first, message.LogTime);
                _last = Math.Max(_last, message.LogTime);
                _longestGap = Math.Max(_longestGap, message.LogTime - _previous);
                // The count is modulo 2^32. A repeat or a step back (a restarted board, or no count at all) is no loss.
                int step = unchecked((int)(message.Sequence - _sequence));
                _missing += Math.Max(0, step - 1);
            }
            _previous = message.LogTime;
            _sequence = message.Sequence;
            _messages++;
            _bytes += message.Data.Length;
        }

        public ChannelSummary Summarise(McapChannel channel) =>
            new(channel.Topic, channel.MessageEncoding, _messages, _bytes, _first, _last, _longestGap, _missing);
    }
}
