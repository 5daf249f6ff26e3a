using System;
using System.Device.I2c;
using nanoFramework.Hardware.Esp32;

namespace Ganglion.Firmware.Chips
{
    /// <summary>
    /// One I2C bus: whether it hangs, and the calls that reach every chip on it at once, known or not. A reset of the board is none
    /// of its chips: an MCP4728 goes on giving its last voltages, and nobody knows yet that it is there.
    /// </summary>
    public sealed class Bus
    {
        /// <summary>A transfer that ends in a timeout after less than this, us, met an electrical glitch: ESP-IDF tells a lost
        /// arbitration as a timeout too, at once. On a bus that hangs the driver waits for its second.</summary>
        public const int SlowUs = 500000;

        /// <summary>Ticks until a bus that hung is tried again, which blocks the board for another second if it still hangs: valves
        /// on it have no other way to be told "off".</summary>
        private const int RetryTicks = 250;

        /// <summary>General call (NXP UM10204 section 3.1.13: address 0, reset 0x06): a PCA9685 with its outputs off, an MCP4728 to the
        /// voltages of its EEPROM (0 V as delivered), an ADS1115 to rest.</summary>
        private static readonly byte[] ResetChips = { 0x06 };

        // All-Call of every PCA9685 (address 0x70, on by default): outputs fully off, then asleep.
        private static readonly byte[] FullOff = { Pca9685.AllLedOffHigh, 0x10 };
        private static readonly byte[] Sleep = { 0x00, 0x31 };

        private readonly I2cDevice _everyone;
        private readonly I2cDevice _everyPwm;
        private int _untilRetry;

        /// <summary>It hangs: a transfer would stop the loop for a second.</summary>
        public bool Stuck;

        /// <summary>False once a configuration says that nothing is on it: then nobody is called.</summary>
        public bool Used = true;

        /// <param name="id">1 or 2.</param>
        public Bus(int id)
        {
            _everyone = I2cDevice.Create(new I2cConnectionSettings(id, 0x00, I2cBusSpeed.StandardMode));
            _everyPwm = I2cDevice.Create(new I2cConnectionSettings(id, 0x70, I2cBusSpeed.StandardMode));
        }

        /// <summary>Brings the chips that know the call to their power-on state. Nobody answering is fine.</summary>
        public void Reset()
        {
            Call(_everyone, ResetChips);
        }

        /// <summary>Switches the outputs of every PCA9685 off. Nobody answering is fine.</summary>
        public void PulsesOff()
        {
            if (Call(_everyPwm, FullOff))
            {
                Call(_everyPwm, Sleep);
            }
        }

        /// <summary>A transfer ran into the driver's timeout: the bus is left alone for a while.</summary>
        public void Hang()
        {
            Stuck = true;
            _untilRetry = RetryTicks;
        }

        /// <summary>One tick in which nothing moves: lets a bus that hung be tried again when its time has come.</summary>
        public void Recover()
        {
            if (Stuck && --_untilRetry <= 0)
            {
                Stuck = false;
            }
        }

        private bool Call(I2cDevice device, byte[] bytes)
        {
            if (Stuck || !Used)
            {
                return false;
            }

            ulong start = HighResTimer.GetCurrent();
            try
            {
                I2cTransferStatus status = device.Write(new SpanByte(bytes)).Status;
                if (status == I2cTransferStatus.ClockStretchTimeout && HighResTimer.GetCurrent() - start >= SlowUs)
                {
                    Hang();
                }

                return status == I2cTransferStatus.FullTransfer;
            }
            catch (InvalidOperationException)
            {
                return false;
            }
        }
    }
}
