using Ganglion.Bridge.Messages;

namespace Ganglion.Lab.Reliability.Core;

/// <summary>The stream of setpoints by PROTOCOL.md, section Setpoints, in whole numbers of 64 bits: up to eight frames, each channel on the
/// straight line from one to the next, limits, slew.</summary>
internal sealed class StreamOracle
{
    private const int Most = 8;
    private const long MostAhead = 2_000_000 / 128, Half = 32768;

    private readonly long[] _times = new long[Most + 1];
    private readonly short[][] _values;
    private readonly int[] _low, _high, _slew;
    private int _count;

    public StreamOracle(BoardConfiguration configuration)
    {
        _values = [.. Enumerable.Range(0, Most + 1).Select(_ => new short[configuration.Channels.Length])];
        _low = [.. configuration.Channels.Select(channel => (int)Math.Round(channel.Low * 16384))];
        _high = [.. configuration.Channels.Select(channel => (int)Math.Round(channel.High * 16384))];
        _slew = [.. configuration.Channels.Select(channel =>
            (int)(Math.Round(channel.Slew * 1024) * 16 * Math.Round(configuration.Tick * 1000)) / 1000)];
    }

    /// <summary>A frame comes at a time in units of 128 us. Null: too far ahead; false: out of order, or no room.</summary>
    /// <param name="now">Board time, 128 us.</param>
    /// <param name="payload">Time and values.</param>
    /// <param name="from">Where the channels are, if it would begin a stream; else null.</param>
    public bool? Take(long now, ReadOnlySpan<byte> payload, int[]? from)
    {
        long ahead = (short)(BitConverter.ToUInt16(payload) - now);
        if (ahead > MostAhead || ahead == -Half)
        {
            return null;
        }

        long time = now + ahead;
        if (from != null)
        {
            _count = 1;
            _times[0] = Math.Min(now, time - 1);
            for (int i = 0; i < from.Length; i++)
            {
                _values[0][i] = (short)from[i];
            }
        }

        if (time <= _times[_count - 1] || _count == Most)
        {
            return false;
        }

        _times[_count] = time;
        for (int i = 0; i < _values[0].Length; i++)
        {
            _values[_count][i] = BitConverter.ToInt16(payload[(2 + 2 * i)..]);
        }

        _count++;
        return true;
    }

    /// <summary>A tick of a stream. Returns what is wrong with a channel's new command, or null.</summary>
    public string? Step(long now, int[] before, int[] after)
    {
        while (_count > 1 && _times[1] <= now)
        {
            short[] first = _values[0];
            for (int i = 1; i < _count; i++)
            {
                (_times[i - 1], _values[i - 1]) = (_times[i], _values[i]);
            }

            _count--;
            _values[_count] = first;
        }

        long span = _count > 1 ? _times[1] - _times[0] : 0;
        if (span >= Half)
        {
            return null; // frames seconds late: no line of 16 bits joins them
        }

        double share = span > 0 ? (now - _times[0]) / (double)span : 0;
        for (int i = 0; i < before.Length; i++)
        {
            double step = _count > 1 ? _values[1][i] - _values[0][i] : 0;
            double target = Math.Clamp(_values[0][i] + share * step, _low[i], _high[i]);
            double wanted = Math.Clamp(target, before[i] - _slew[i], before[i] + _slew[i]);

            // The board's share of the line has 12 bits.
            if (Math.Abs(after[i] - wanted) > Math.Abs(step) / 4096 + 2)
            {
                return $"channel {i} is told {after[i]}, and the line says {wanted:0.0}";
            }
        }

        return null;
    }

    /// <summary>What holds whatever moves the channels.</summary>
    /// <param name="still">They may not move at all.</param>
    public string? Bounds(int[] before, int[] after, bool still, bool parked)
    {
        for (int i = 0; i < before.Length; i++)
        {
            if (after[i] < _low[i] || after[i] > _high[i])
            {
                return $"channel {i} is told {after[i]}, outside {_low[i]}..{_high[i]}";
            }

            if (!parked && Math.Abs(after[i] - before[i]) > (still ? 0 : _slew[i]))
            {
                return $"channel {i} went from {before[i]} to {after[i]}, further than {(still ? 0 : _slew[i])}";
            }
        }

        return null;
    }
}
