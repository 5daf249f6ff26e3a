using Ganglion.Shared.Link;
using Ganglion.Shared.Motion;
using Ganglion.Shared.Sensing;

namespace Ganglion.Shared.Config
{
    /// <summary>Reads and checks the chips of a configuration.</summary>
    public sealed class ChipReader
    {
        /// <summary>Four analog inputs each.</summary>
        private const int MostAds1115 = MessageLayout.TelemetryAnalogCount / InputsPerConverter;

        /// <summary>Inputs of an ADS1115: one is read each tick, in turn.</summary>
        internal const int InputsPerConverter = 4;

        /// <summary>The one address of a VL53L0X.</summary>
        private const int DistanceAddress = 0x29;

        /// <summary>Distances of a VL53L0X at which a board may be told to stop, mm: nearer than 20 mm it does not measure well, beyond a
        /// metre not surely.</summary>
        private const int LeastStop = 20, MostStop = 1000;

        private readonly BoardConfig _config;

        /// <param name="config">Receives them; its header has been read.</param>
        public ChipReader(BoardConfig config)
        {
            _config = config;
        }

        /// <summary>Reads a chip as it is.</summary>
        /// <param name="bytes">The configuration from byte 0.</param>
        /// <param name="at">Where the chip starts.</param>
        public static ChipDefinition Read(byte[] bytes, int at)
        {
            ChipDefinition chip = new ChipDefinition();
            PartReader.Chip(bytes, at, chip);
            if (chip.Type == ChipType.Vl53l0x)
            {
                // The same bytes, read otherwise.
                PartReader.Distance(bytes, at, chip);
                chip.Frequency = 0;
            }

            return chip;
        }

        /// <summary>The converter that reads an analog input, one without which the board goes safe: what acts on readings must not go on
        /// with old ones. -1: there is none.</summary>
        /// <param name="config">Its chips have been read.</param>
        /// <param name="input">0 or more, over all converters.</param>
        internal static int RequiredConverter(BoardConfig config, int input)
        {
            int first = 0;
            for (int i = 0; i < config.ChipCount; i++)
            {
                if (config.ChipTypes[i] != ChipType.Ads1115)
                {
                    continue;
                }

                if (input < first + InputsPerConverter)
                {
                    return config.ChipRequired[i] ? i : -1;
                }

                first += InputsPerConverter;
            }

            return -1;
        }

        /// <summary>The distance sensors of a configuration, in the order of its chips.</summary>
        /// <param name="config">Its chips have been read.</param>
        internal static DistanceSensor[] DistanceSensors(BoardConfig config)
        {
            int count = 0;
            for (int i = 0; i < config.ChipCount; i++)
            {
                count += config.ChipTypes[i] == ChipType.Vl53l0x ? 1 : 0;
            }

            DistanceSensor[] sensors = new DistanceSensor[count];
            count = 0;
            for (int i = 0; i < config.ChipCount; i++)
            {
                if (config.ChipTypes[i] == ChipType.Vl53l0x)
                {
                    sensors[count++] = new DistanceSensor(i, config.ChipRequired[i], config.ChipStop[i], config.TickMs);
                }
            }

            return sensors;
        }

        /// <summary>Takes the next chip over. False: the configuration's FaultField says what is wrong.</summary>
        /// <param name="chip">As it was read.</param>
        /// <param name="index">Its index; those before it have been taken over.</param>
        public bool Configure(ChipDefinition chip, int index)
        {
            BoardConfig config = _config;
            if (chip.Type < ChipType.Pca9685 || chip.Type > ChipType.Vl53l0x || TooMany(index, chip.Type) ||
                (chip.Flags & ~1) != 0)
            {
                return config.Fail(ConfigField.ChipType, index);
            }

            if (chip.Bus < 1 || chip.Bus > 2 || config.BusSpeed[chip.Bus] == 0)
            {
                return config.Fail(ConfigField.BusSpeed, index);
            }

            if (chip.Address < 0x08 || chip.Address > 0x7E || (chip.Type == ChipType.Pca9685 && chip.Address == 0x70) ||
                (chip.Type == ChipType.Vl53l0x && chip.Address != DistanceAddress) ||
                AddressTaken(index, chip.Bus, chip.Address))
            {
                return config.Fail(ConfigField.ChipAddress, index);
            }

            if (chip.Type == ChipType.Pca9685
                ? chip.Oscillator < 23000 || chip.Oscillator > 27000 || PulseScale.Prescale(chip.Oscillator, chip.Frequency) < 0
                : chip.Oscillator != 0 || chip.Frequency != 0)
            {
                return config.Fail(ConfigField.ChipFrequency, index);
            }

            if (chip.Stop != 0 && (chip.Stop < LeastStop || chip.Stop > MostStop))
            {
                return config.Fail(ConfigField.DistanceStop, index);
            }

            config.ChipTypes[index] = (byte)chip.Type;
            config.ChipBus[index] = (byte)chip.Bus;
            config.ChipAddress[index] = (byte)chip.Address;
            config.ChipRequired[index] = (chip.Flags & 1) != 0;
            config.ChipFrequency[index] = chip.Frequency;
            config.ChipOscillator[index] = chip.Oscillator;
            config.ChipStop[index] = chip.Stop;
            return true;
        }

        /// <summary>A board has places for the readings of so many: a further one would overwrite the first.</summary>
        private bool TooMany(int count, int type)
        {
            int most = type == ChipType.Ads1115 ? MostAds1115 : type == ChipType.Mpu6050 ? 1
                : type == ChipType.Vl53l0x ? MessageLayout.TelemetryDistanceCount : FrameFormat.MaxChips;
            for (int i = 0; i < count; i++)
            {
                if (_config.ChipTypes[i] == type)
                {
                    most--;
                }
            }

            return most <= 0;
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
