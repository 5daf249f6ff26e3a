using System.Collections.Immutable;
using Ganglion.Robots.Boards;
using Ganglion.Robots.Rhythms;
using Ganglion.Shared.Motion;
using Ganglion.Shared.Rhythms;

namespace Ganglion.Rhythm;

/// <summary>Follows the channels through a play: what the board's map writes for them, and what the rhythm asks for.</summary>
internal sealed class ChannelPlay
{
    private readonly RhythmDescription _rhythm;
    private readonly ChannelDescription[] _channels;
    private readonly BoardRhythm _playing;
    private readonly int[] _targets;

    // By entry of the map: the last value within the limits, the largest change in a tick, the extremes asked for.
    private readonly double[] _last, _change, _low, _high;

    /// <summary>Starts the rhythm with every channel at its park position.</summary>
    public ChannelPlay(RhythmDescription rhythm, ChannelDescription[] channels, BoardRhythm playing)
    {
        _rhythm = rhythm;
        _channels = channels;
        _playing = playing;
        _targets = [.. channels.Select(channel => (int)Math.Round(channel.Park * FixedPoint.One))];
        int entries = rhythm.Map.Length;
        _last = new double[entries];
        _change = new double[entries];
        _low = new double[entries];
        _high = new double[entries];
        for (int j = 0; j < entries; j++)
        {
            _last[j] = Limited(j);
        }

        Array.Fill(_low, double.PositiveInfinity);
        Array.Fill(_high, double.NegativeInfinity);
        playing.Map.Start(_targets);
    }

    /// <summary>An output was not a number: the board would go safe.</summary>
    public bool Diverges { get; private set; }

    /// <summary>Takes over one step that the network has made.</summary>
    /// <param name="measured">The rhythm has settled: its range counts.</param>
    public void Step(bool measured)
    {
        Diverges |= !_playing.Map.Write(_playing.Network, _targets);
        for (int j = 0; j < _last.Length; j++)
        {
            double value = Limited(j);
            _change[j] = Math.Max(_change[j], Math.Abs(value - _last[j]));
            _last[j] = value;
            if (!measured)
            {
                continue;
            }

            double asked = _rhythm.Map[j].Offset + _rhythm.Map[j].Gain * Output(_rhythm.Map[j]);
            _low[j] = Math.Min(_low[j], asked);
            _high[j] = Math.Max(_high[j], asked);
        }
    }

    /// <summary>Plays the ramp down to its end.</summary>
    public void Stop()
    {
        _playing.Map.Stop();
        while (_playing.Map.Active)
        {
            _playing.Network.Step();
            Step(measured: false);
        }
    }

    public ImmutableArray<ChannelPreview> Figures(double tick) =>
    [
        .. _rhythm.Map.Select((entry, j) =>
        {
            ChannelDescription channel = _channels[entry.Channel];
            return new ChannelPreview(entry.Channel, channel.Name, _rhythm.Names[entry.Oscillator],
                _low[j], _high[j], channel.LimitMin, channel.LimitMax, _change[j] / tick, channel.Slew);
        }),
    ];

    // As the board's output stage limits a target before it bounds its speed.
    private double Limited(int j)
    {
        int channel = _rhythm.Map[j].Channel;
        return Math.Clamp(_targets[channel] / (double)FixedPoint.One, _channels[channel].LimitMin, _channels[channel].LimitMax);
    }

    private double Output(RhythmChannel entry) => entry.Output switch
    {
        RhythmOutput.Flexor => _playing.Network.FlexorActivity[entry.Oscillator],
        RhythmOutput.Extensor => _playing.Network.ExtensorActivity[entry.Oscillator],
        _ => _playing.Network.Output(entry.Oscillator),
    };
}
