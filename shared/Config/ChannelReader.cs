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

        /// <summary>False: the configuration's FaultField says what is wrong.</summary>
        /// <param name="bytes">The configuration from byte 0.</param>
        public bool Load(byte[] bytes)
        {
            BoardConfig config = _config;
            int count = config.Channels.Count;
            config.ChannelChip = new byte[count];
            config.ChannelOutput = new byte[count];
            config.ChannelReversed = new bool[count];
            config.PulseMin = new int[count];
            config.PulseMax = new int[count];
            config.PulseOffset = new int[count];
            for (int i = 0; i < count; i++)
            {
                int at = ConfigLayout.HeaderSize + config.ChipCount * ConfigLayout.ChipSize + i * ConfigLayout.ChannelSize;
                if (!LoadOutput(bytes, at, i) || !LoadMotion(bytes, at, i))
                {
                    return false;
                }
            }

            return true;
        }

        private bool LoadOutput(byte[] bytes, int at, int i)
        {
            BoardConfig config = _config;
            byte chip = bytes[at + ConfigLayout.ChannelChipAt];
            byte output = bytes[at + ConfigLayout.ChannelOutputAt];
            if (chip >= config.ChipCount)
            {
                return config.Fail(ConfigField.ChannelOutput, i);
            }

            int outputs = config.ChipTypes[chip] == ChipType.Pca9685 ? 16 : config.ChipTypes[chip] == ChipType.Mcp4728 ? 4 : 0;
            if (output >= outputs)
            {
                return config.Fail(ConfigField.ChannelOutput, i);
            }

            for (int j = 0; j < i; j++)
            {
                if (config.ChannelChip[j] == chip && config.ChannelOutput[j] == output)
                {
                    return config.Fail(ConfigField.ChannelOutput, i);
                }
            }

            config.ChannelChip[i] = chip;
            config.ChannelOutput[i] = output;
            config.ChannelReversed[i] = (bytes[at + ConfigLayout.ChannelFlagsAt] & 1) != 0;
            config.PulseMin[i] = BitConverter.ToUInt16(bytes, at + ConfigLayout.ChannelPulseMinAt);
            config.PulseMax[i] = BitConverter.ToUInt16(bytes, at + ConfigLayout.ChannelPulseMaxAt);
            config.PulseOffset[i] = BitConverter.ToInt16(bytes, at + ConfigLayout.ChannelOffsetAt);
            return true;
        }

        private bool LoadMotion(byte[] bytes, int at, int i)
        {
            BoardConfig config = _config;
            ChannelTable channels = config.Channels;
            int low = BitConverter.ToInt16(bytes, at + ConfigLayout.ChannelLowAt);
            int high = BitConverter.ToInt16(bytes, at + ConfigLayout.ChannelHighAt);
            int park = BitConverter.ToInt16(bytes, at + ConfigLayout.ChannelParkAt);
            int slewPerSecond = BitConverter.ToUInt16(bytes, at + ConfigLayout.ChannelSlewAt);
            byte safe = bytes[at + ConfigLayout.ChannelSafeAt];
            if (low > park || park > high)
            {
                return config.Fail(ConfigField.ChannelLimits, i);
            }

            int slew = slewPerSecond * (FixedPoint.One / FixedPoint.SlewOne) * config.TickMs / 1000;
            if (slew < 1)
            {
                return config.Fail(ConfigField.ChannelSlew, i);
            }

            if (safe > OnSafe.Park)
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
            channels.Park[i] = park;
            channels.Slew[i] = slew;
            channels.Safe[i] = safe;
            channels.Gain[i] = gain;
            channels.Bias[i] = bias;
            return true;
        }
    }
}
