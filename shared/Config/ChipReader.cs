using System;
using Ganglion.Shared.Link;
using Ganglion.Shared.Motion;

namespace Ganglion.Shared.Config
{
    /// <summary>Reads and checks the chips of a configuration.</summary>
    public sealed class ChipReader
    {
        private readonly BoardConfig _config;

        /// <param name="config">Receives them; its header has been read.</param>
        public ChipReader(BoardConfig config)
        {
            _config = config;
        }

        /// <summary>False: the configuration's FaultField says what is wrong.</summary>
        /// <param name="bytes">The configuration from byte 0.</param>
        public bool Load(byte[] bytes)
        {
            BoardConfig config = _config;
            config.ChipTypes = new byte[config.ChipCount];
            config.ChipBus = new byte[config.ChipCount];
            config.ChipAddress = new byte[config.ChipCount];
            config.ChipRequired = new bool[config.ChipCount];
            config.ChipFrequency = new int[config.ChipCount];
            config.ChipOscillator = new int[config.ChipCount];
            for (int i = 0; i < config.ChipCount; i++)
            {
                int at = ConfigLayout.HeaderSize + i * ConfigLayout.ChipSize;
                byte type = bytes[at + ConfigLayout.ChipTypeAt];
                byte bus = bytes[at + ConfigLayout.ChipBusAt];
                byte address = bytes[at + ConfigLayout.ChipAddressAt];
                int frequency = BitConverter.ToUInt16(bytes, at + ConfigLayout.ChipFrequencyAt);
                int oscillator = BitConverter.ToUInt16(bytes, at + ConfigLayout.ChipOscillatorAt);
                if (type < ChipType.Pca9685 || type > ChipType.Mpu6050)
                {
                    return config.Fail(ConfigField.ChipType, i);
                }

                if (bus < 1 || bus > 2 || config.BusSpeed[bus] == 0)
                {
                    return config.Fail(ConfigField.BusSpeed, i);
                }

                if (address < 0x08 || address > 0x7E || (type == ChipType.Pca9685 && address == 0x70) || AddressTaken(i, bus, address))
                {
                    return config.Fail(ConfigField.ChipAddress, i);
                }

                if (type == ChipType.Pca9685 &&
                    (oscillator < 23000 || oscillator > 27000 || PulseScale.Prescale(oscillator, frequency) < 0))
                {
                    return config.Fail(ConfigField.ChipFrequency, i);
                }

                config.ChipTypes[i] = type;
                config.ChipBus[i] = bus;
                config.ChipAddress[i] = address;
                config.ChipRequired[i] = (bytes[at + ConfigLayout.ChipFlagsAt] & 1) != 0;
                config.ChipFrequency[i] = frequency;
                config.ChipOscillator[i] = oscillator;
            }

            return true;
        }

        private bool AddressTaken(int count, int bus, int address)
        {
            BoardConfig config = _config;
            for (int i = 0; i < count; i++)
            {
                if (config.ChipBus[i] == bus && config.ChipAddress[i] == address)
                {
                    return true;
                }
            }

            return false;
        }
    }
}
