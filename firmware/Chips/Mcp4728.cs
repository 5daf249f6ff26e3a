using System;
using System.Device.I2c;
using Ganglion.Shared.Control;

namespace Ganglion.Firmware.Chips
{
    /// <summary>
    /// MCP4728, four 12-bit voltages of 0..2.048 V for proportional pressure valves (Microchip DS22187E, fast write: two bytes an
    /// output, high byte first, EEPROM untouched). Reference and gain of its EEPROM, which somebody may have written, do not count.
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

        /// <summary>Multi-write (section "Multi-Write Command"): for each output its number, then internal reference, powered,
        /// gain 1 and code 0. Off by this and not by fast writes, which would leave reference and gain as they are.</summary>
        private static readonly byte[] Off = { 0x40, Internal, 0, 0x42, Internal, 0, 0x44, Internal, 0, 0x46, Internal, 0 };

        /// <summary>Reference, two bits of power-down and gain in the high byte of an output's register.</summary>
        private const byte Internal = 0x80;
        private const byte SettingBits = 0xF0;

        /// <summary>A read gives six bytes an output, register and EEPROM: as many as hold the registers of all four. The high byte of
        /// a register is the second.</summary>
        private readonly byte[] _read = new byte[6 * Outputs - 3];

        public Mcp4728(I2cDevice device, Bus bus, int index, ChipHealth health)
            : base(device, bus, index, health)
        {
        }

        /// <summary>Zero volts: the valve vents.</summary>
        public override byte OffHighByte { get { return 0; } }

        public override bool Setup()
        {
            return SwitchOff();
        }

        public override bool Wake()
        {
            return true;
        }

        public override bool SwitchOff()
        {
            return Write(Off, 0, Off.Length);
        }

        /// <summary>A chip that lost its supply has the reference and gain of its EEPROM.</summary>
        public override void SendAndCheck(byte[] image)
        {
            byte[] read = _read;
            if (Write(image, ImageStart, 2 * Outputs) && Read(read)
                && ((read[1] & SettingBits) != Internal || (read[7] & SettingBits) != Internal
                    || (read[13] & SettingBits) != Internal || (read[19] & SettingBits) != Internal))
            {
                Lost();
            }
        }

        public override void Place(int imageStart, int first, int last)
        {
            ImageStart = imageStart;
            ImageLength = last < first ? 0 : 2 * Outputs;
            BurstLength = ImageLength;
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
