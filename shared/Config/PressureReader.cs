using Ganglion.Shared.Link;
using Ganglion.Shared.Motion;

namespace Ganglion.Shared.Config
{
    /// <summary>Reads and checks the pressure loops of a configuration.</summary>
    public sealed class PressureReader
    {
        private readonly BoardConfig _config;

        /// <param name="config">Receives them; its chips and channels have been read.</param>
        public PressureReader(BoardConfig config)
        {
            _config = config;
        }

        /// <summary>Channels that have a loop.</summary>
        /// <param name="bytes">The configuration from byte 0.</param>
        /// <param name="chips">Its chips.</param>
        /// <param name="channels">Its channels.</param>
        public static int CountLoops(byte[] bytes, int chips, int channels)
        {
            int count = 0;
            for (int i = 0; i < channels; i++)
            {
                if (HasLoop(bytes, chips, i))
                {
                    count++;
                }
            }

            return count;
        }

        /// <summary>Reads a loop as it is; its channel is told by its place.</summary>
        /// <param name="bytes">The configuration from byte 0.</param>
        /// <param name="at">Where the loop starts.</param>
        public static PressureSettings Read(byte[] bytes, int at)
        {
            PressureSettings settings = new PressureSettings();
            PartReader.Pressure(bytes, at, settings);
            return settings;
        }

        /// <summary>Reads the loops and takes them over. False: the configuration's FaultField says what is wrong.</summary>
        /// <param name="bytes">The configuration from byte 0.</param>
        /// <param name="at">Where the loops start.</param>
        public bool Load(byte[] bytes, int at)
        {
            BoardConfig config = _config;
            int channels = config.Channels.Count;
            int count = CountLoops(bytes, config.ChipCount, channels);
            if (count == 0)
            {
                return true;
            }

            float tick = config.TickMs * 0.001f;
            PressureLoop loop = new PressureLoop(count, tick, ChipReader.InputsPerConverter * tick);
            count = 0;
            for (int i = 0; i < channels; i++)
            {
                if (!HasLoop(bytes, config.ChipCount, i))
                {
                    continue;
                }

                PressureSettings settings = Read(bytes, at);
                settings.Channel = i;
                if (!Configure(loop, settings, count))
                {
                    return config.Fail(ConfigField.Pressure, i);
                }

                count++;
                at += ConfigLayout.PressureSize;
            }

            config.Pressures = loop;
            return true;
        }

        private bool Configure(PressureLoop loop, PressureSettings settings, int index)
        {
            return HasValve(settings) && ChipReader.RequiredConverter(_config, settings.Input) >= 0
                && !IsTaken(loop, index, settings.Input) && loop.Configure(index, settings);
        }

        private static bool HasLoop(byte[] bytes, int chips, int channel)
        {
            int at = ConfigLayout.HeaderSize + chips * ConfigLayout.ChipSize + channel * ConfigLayout.ChannelSize;
            return (bytes[at + ConfigLayout.ChannelFlagsAt] & 2) != 0;
        }

        /// <summary>The channel is a valve's, and its limits become those of the loop.</summary>
        private bool HasValve(PressureSettings settings)
        {
            BoardConfig config = _config;
            int channel = settings.Channel;
            if (config.ChipTypes[config.ChannelChip[channel]] != ChipType.Mcp4728)
            {
                return false;
            }

            settings.Low = config.Channels.Low[channel];
            settings.High = config.Channels.High[channel];
            return true;
        }

        private static bool IsTaken(PressureLoop loop, int count, int input)
        {
            for (int i = 0; i < count; i++)
            {
                if (loop.Inputs[i] == input)
                {
                    return true;
                }
            }

            return false;
        }
    }
}
