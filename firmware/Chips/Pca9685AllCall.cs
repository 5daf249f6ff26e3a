using System;
using System.Device.I2c;

namespace Ganglion.Firmware.Chips
{
    /// <summary>
    /// Speaks to every PCA9685 of a bus at once (All-Call address 0x70, on by default): switches the outputs off without
    /// knowing which chips are there, at boot and when everything else has failed.
    /// </summary>
    public sealed class Pca9685AllCall
    {
        public const byte AllLedOffHigh = 0xFD;

        private static readonly byte[] FullOff = { AllLedOffHigh, 0x10 };
        private static readonly byte[] Sleep = { 0x00, 0x31 };

        private readonly I2cDevice _device;

        /// <param name="bus">1 or 2.</param>
        public Pca9685AllCall(int bus)
        {
            _device = I2cDevice.Create(new I2cConnectionSettings(bus, 0x70, I2cBusSpeed.FastMode));
        }

        /// <summary>All outputs fully off, then all chips asleep. Nobody answering is fine.</summary>
        public void SwitchOff()
        {
            if (_device.Write(new SpanByte(FullOff)).Status == I2cTransferStatus.FullTransfer)
            {
                _device.Write(new SpanByte(Sleep));
            }
        }
    }
}
