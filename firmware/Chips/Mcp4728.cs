using System;
using System.Device.I2c;
using Ganglion.Shared.Control;

namespace Ganglion.Firmware.Chips
{
    /// <summary>
    /// MCP4728, four 12-bit voltages for proportional pressure valves (Microchip DS22187E, fast write: two bytes an
    /// output, high byte first, EEPROM untouched).
    /// </summary>
    /// <remarks>
    /// Wiring: VDD 3.3 V or 5 V (with levels to match on the bus), SDA and SCL with pull-ups, /LDAC to GND, RDY/BSY open; VOUT A..D to
    /// the valves' inputs over an amplifier. Addresses 0x60..0x67 are written into the chip when it is made. It has no registers to
    /// address: a fast write (section "Fast Write Command") begins with the two bytes of output A. It has no /OE: see
    /// firmware/README.md.
    /// </remarks>
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
