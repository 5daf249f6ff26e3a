using System;
using System.Device.I2c;
using Ganglion.Shared.Control;

namespace Ganglion.Firmware.Chips
{
    /// <summary>
    /// MCP4728, four 12-bit voltages for proportional pressure valves (Microchip DS22187E, fast write: two bytes an
    /// output, high byte first, EEPROM untouched).
    /// </summary>
    public sealed class Mcp4728 : OutputChip
    {
        public const int Outputs = 4;

        private static readonly byte[] AllZero = new byte[2 * Outputs];

        public Mcp4728(I2cDevice device, int index, ChipHealth health)
            : base(device, index, health)
        {
        }

        /// <summary>Zero volts: the valve vents.</summary>
        public override byte OffHighByte { get { return 0; } }

        public override bool Setup()
        {
            return Write(AllZero, 0, AllZero.Length);
        }

        public override void Wake()
        {
        }

        public override void SwitchOff()
        {
            Write(AllZero, 0, AllZero.Length);
        }

        public override void Place(int imageStart, int first, int last)
        {
            ImageStart = imageStart;
            ImageLength = last < first ? 0 : 2 * Outputs;
        }

        public override int LowByteAt(int output)
        {
            return ImageStart + 2 * output + 1;
        }

        public override int HighByteAt(int output)
        {
            return ImageStart + 2 * output;
        }

        public override void InitialiseImage(byte[] image)
        {
            Array.Clear(image, ImageStart, ImageLength);
        }
    }
}
