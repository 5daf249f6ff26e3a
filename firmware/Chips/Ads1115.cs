using System.Device.I2c;
using Ganglion.Shared.Control;
using Ganglion.Shared.Sensing;

namespace Ganglion.Firmware.Chips
{
    /// <summary>
    /// ADS1115, four 16-bit analog inputs for pressure sensors (TI SBAS444): one single-shot conversion a tick at
    /// 860 samples/s and +-2.048 V, inputs in turn, so that each is new every fourth tick.
    /// </summary>
    /// <remarks>
    /// Wiring: VDD 3.3 V, SDA and SCL with pull-ups, ADDR to GND, VDD, SDA or SCL for address 0x48..0x4B, sensors on AIN0..AIN3
    /// against GND, within 0..VDD. Registers (section "Register Map"): 0x00 conversion, 0x01 config; bits of config in the order of
    /// the section "Config Register".
    /// </remarks>
    public sealed class Ads1115 : SensorChip
    {
        public const int Inputs = 4;

        private const byte ConversionRegister = 0x00;
        private const byte ConfigRegister = 0x01;

        // Config high byte: start, single-ended input n, +-2.048 V, single-shot.
        private const byte StartInput0 = 0xC5;
        private const byte InputStep = 0x10;

        // Config low byte: 860 samples/s, comparator off.
        private const byte Rate860 = 0xE3;

        private readonly byte[] _start = { ConfigRegister, StartInput0, Rate860 };
        private readonly byte[] _register = { ConversionRegister };
        private readonly byte[] _data = new byte[2];
        private readonly int _firstReading;
        private int _input;
        private bool _converting;

        /// <param name="device">The chip.</param>
        /// <param name="bus">Its bus.</param>
        /// <param name="index">Its index in the configuration.</param>
        /// <param name="health">Counts its failures.</param>
        /// <param name="firstReading">Where its inputs go in SensorReadings.Analog.</param>
        public Ads1115(I2cDevice device, Bus bus, int index, ChipHealth health, int firstReading)
            : base(device, bus, index, health)
        {
            _firstReading = firstReading;
        }

        public override bool Setup()
        {
            _input = 0;
            _converting = Start();
            return _converting;
        }

        public override void Read(SensorReadings readings)
        {
            if (_converting)
            {
                if (!WriteRead(_register, _data))
                {
                    return;
                }

                int at = _firstReading + _input;
                readings.Analog[at] = (short)((_data[0] << 8) | _data[1]);
                readings.AnalogFresh[at] = true;
                _input = (_input + 1) & (Inputs - 1);
            }

            // Without a new conversion the chip would answer with the last input's once more.
            _converting = Start();
        }

        private bool Start()
        {
            _start[1] = (byte)(StartInput0 + InputStep * _input);
            return Write(_start, 0, 3);
        }
    }
}
