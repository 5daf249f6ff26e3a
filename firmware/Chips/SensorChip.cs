using System.Device.I2c;
using Ganglion.Shared.Control;
using Ganglion.Shared.Sensing;

namespace Ganglion.Firmware.Chips
{
    /// <summary>A chip that measures.</summary>
    public abstract class SensorChip : I2cChip
    {
        protected SensorChip(I2cDevice device, Bus bus, int index, ChipHealth health)
            : base(device, bus, index, health)
        {
        }

        /// <summary>What <see cref="I2cChip.Setup"/> met instead of the chip, as the detail of ChipMissing says it; the chip's index
        /// if nothing answered.</summary>
        public virtual int Missing { get { return Index; } }

        public abstract void Read(SensorReadings readings);
    }
}
