using System;
using System.Device.I2c;

namespace Ganglion.Firmware.Chips
{
    /// <summary>
    /// Speaks to every chip of a bus at once (general call, NXP UM10204 section 3.1.13: address 0, reset 0x06). A reset of the
    /// board is none of its chips: an MCP4728 goes on giving its last voltages, and nobody knows yet that it is there.
    /// </summary>
    public static class GeneralCall
    {
        private static readonly byte[] ResetChips = { 0x06 };

        /// <summary>Brings the chips that know the call to their power-on state: a PCA9685 with its outputs off, an MCP4728
        /// to the voltages of its EEPROM (0 V as delivered), an ADS1115 to rest. Nobody answering is fine.</summary>
        /// <param name="bus">1 or 2.</param>
        public static void Reset(int bus)
        {
            I2cDevice device = I2cDevice.Create(new I2cConnectionSettings(bus, 0x00, I2cBusSpeed.StandardMode));
            device.Write(new SpanByte(ResetChips));
            device.Dispose();
        }
    }
}
