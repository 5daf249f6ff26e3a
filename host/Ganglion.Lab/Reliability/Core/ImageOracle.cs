using Ganglion.Bridge.Messages;
using Ganglion.Shared.Config;

namespace Ganglion.Lab.Reliability.Core;

/// <summary>What a powered channel's chip shall be told, from PROTOCOL.md's table of the configuration and the data sheets' counts, in
/// floating point: a command's count, and of a pressure loop any within the channel's limits.</summary>
internal sealed class ImageOracle
{
    /// <summary>Rounding of gain, bias and count.</summary>
    private const double Rounding = 1.01;

    private readonly double[] _zero, _gain, _low, _high;
    private readonly bool[] _loop;

    public ImageOracle(BoardConfiguration configuration)
    {
        // PCA9685, 7.3.5: 4096 counts of (prescale + 1) periods of the oscillator.
        double prescale = Math.Round(FuzzConfiguration.Oscillator / (4096 * FuzzConfiguration.PulseHz)) - 1;
        double perSecond = FuzzConfiguration.Oscillator / (prescale + 1);
        double[] unit = [.. configuration.Channels.Select(channel =>
            configuration.Chips[channel.Chip].Type == ChipType.Pca9685 ? perSecond : 1)];
        _zero = [.. configuration.Channels.Select((channel, i) => unit[i] * (channel.Reversed ? channel.PulseMax : channel.PulseMin))];
        _gain = [.. configuration.Channels.Select((channel, i) =>
            unit[i] * (channel.Reversed ? -1 : 1) * (channel.PulseMax - channel.PulseMin) / 16384)];
        _low = [.. configuration.Channels.Select(channel => channel.Low * 16384)];
        _high = [.. configuration.Channels.Select(channel => channel.High * 16384)];
        _loop = [.. configuration.Channels.Select(channel => channel.Pressure != null)];
    }

    /// <summary>What is wrong with a channel's count, or null.</summary>
    /// <param name="channel">Which.</param>
    /// <param name="count">What its chip shall be told.</param>
    /// <param name="command">What the channel is told, 1/16384.</param>
    public string? Judge(int channel, int count, int command)
    {
        double zero = _zero[channel], gain = _gain[channel];
        double least = zero + gain * (_loop[channel] ? _low[channel] : command);
        double most = zero + gain * (_loop[channel] ? _high[channel] : command);
        return count >= Math.Min(least, most) - Rounding && count <= Math.Max(least, most) + Rounding ? null
            : $"channel {channel} gives {count} counts, and {least:0.0} to {most:0.0} are meant";
    }
}
