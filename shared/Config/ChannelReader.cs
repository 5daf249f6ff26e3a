using System;
using Ganglion.Shared.Link;
using Ganglion.Shared.Motion;

namespace Ganglion.Shared.Config
{
    /// <summary>Reads and checks the channels of a configuration.</summary>
    public sealed class ChannelReader
    {
        private readonly BoardConfig _config;

        /// <param name="config">Receives them; its header and its chips have been read.</param>
        public ChannelReader(BoardConfig config)
        {
            _config = config;
        }

        /// <summary>Reads a channel as it is.</summary>
        /// <param name="bytes">The configuration from byte 0.</param>
        /// <param name="at">Where the channel starts.</param>
        public static ChannelDefinition Read(byte[] bytes, int at)
        {
            ChannelDefinition channel = new ChannelDefinition();
            PartReader.Channel(bytes, at, channel);
            return channel;
        }

        /// <summary>Takes the next channel over. False: the configuration's FaultField says what is wrong.</summary>
        /// <param name="channel">As it was read.</param>
        /// <param name="index">Its index; those before it have been taken over.</param>
        public bool Configure(ChannelDefinition channel, int index)
        {
            return ConfigureOutput(channel, index) && ConfigureMotion(channel, index);
        }

        private bool ConfigureOutput(ChannelDefinition channel, int i)
        {
            BoardConfig config = _config;
            if (channel.Chip >= config.ChipCount)
            {
                return config.Fail(ConfigField.ChannelOutput, i);
            }

            byte type = config.ChipTypes[channel.Chip];
            int outputs = type == ChipType.Pca9685 ? 16 : type == ChipType.Mcp4728 ? 4 : 0;
            if (channel.Output >= outputs || (channel.Flags & ~3) != 0)
            {
                return config.Fail(ConfigField.ChannelOutput, i);
            }

            for (int j = 0; j < i; j++)
            {
                if (config.ChannelChip[j] == channel.Chip && config.ChannelOutput[j] == channel.Output)
                {
                    return config.Fail(ConfigField.ChannelOutput, i);
                }
            }

            config.ChannelChip[i] = (byte)channel.Chip;
            config.ChannelOutput[i] = (byte)channel.Output;
            config.ChannelReversed[i] = (channel.Flags & 1) != 0;
            config.PulseMin[i] = channel.PulseMin;
            config.PulseMax[i] = channel.PulseMax;
            config.PulseOffset[i] = channel.Offset;
            return true;
        }

        private bool ConfigureMotion(ChannelDefinition channel, int i)
        {
            BoardConfig config = _config;
            ChannelTable channels = config.Channels;
            int low = channel.Low;
            int high = channel.High;
            if (low > channel.Park || channel.Park > high)
            {
                return config.Fail(ConfigField.ChannelLimits, i);
            }

            int slew = channel.Slew * (FixedPoint.One / FixedPoint.SlewOne) * config.TickMs / 1000;
            if (slew < 1)
            {
                return config.Fail(ConfigField.ChannelSlew, i);
            }

            if (channel.Safe > OnSafe.Park)
            {
                return config.Fail(ConfigField.ChannelSafe, i);
            }

            byte chip = config.ChannelChip[i];
            bool pwm = config.ChipTypes[chip] == ChipType.Pca9685;
            double countsPerUnit = pwm
                ? PulseScale.CountsPerPulseUnit(config.ChipOscillator[chip], PulseScale.Prescale(config.ChipOscillator[chip],
                    config.ChipFrequency[chip]))
                : 0.125;
            int gain = PulseScale.Gain(config.PulseMin[i], config.PulseMax[i], config.ChannelReversed[i], countsPerUnit);
            double most = (config.PulseMax[i] + Math.Abs(config.PulseOffset[i])) * countsPerUnit;
            if (config.PulseMax[i] <= config.PulseMin[i] || gain == 0 || most > PulseScale.MaxCount)
            {
                return config.Fail(ConfigField.ChannelPulse, i);
            }

            int bias = PulseScale.Bias(config.PulseMin[i], config.PulseMax[i], config.PulseOffset[i], config.ChannelReversed[i],
                countsPerUnit);

            // Both ends of the permitted range must be counts that the chip can make: the tick does not check again.
            int atLow = PulseScale.ToCount(low, gain, bias);
            int atHigh = PulseScale.ToCount(high, gain, bias);
            if (atLow < 0 || atLow > PulseScale.MaxCount || atHigh < 0 || atHigh > PulseScale.MaxCount)
            {
                return config.Fail(ConfigField.ChannelLimits, i);
            }

            channels.Low[i] = low;
            channels.High[i] = high;
            channels.Park[i] = channel.Park;
            channels.Bound(i, slew);
            channels.Safe[i] = (byte)channel.Safe;
            channels.Gain[i] = gain;
            channels.Bias[i] = bias;
            return true;
        }
    }
}
