using System;
using System.Device.I2c;
using Ganglion.Shared.Control;
using Ganglion.Shared.Sensing;

namespace Ganglion.Firmware.Chips
{
    /// <summary>A chip on the bus: transfers that count their failures instead of throwing.</summary>
    public abstract class I2cChip
    {
        /// <summary>Index of the chip in the board's configuration.</summary>
        public readonly int Index;

        private readonly I2cDevice _device;
        private readonly ChipHealth _health;

        protected I2cChip(I2cDevice device, int index, ChipHealth health)
        {
            _device = device;
            Index = index;
            _health = health;
        }

        /// <summary>Sets the chip up, outputs off. False: it does not answer.</summary>
        public abstract bool Setup();

        public void Dispose()
        {
            _device.Dispose();
        }

        protected bool Write(byte[] buffer, int offset, int count)
        {
            if (!_health.IsUsable(Index))
            {
                return false;
            }

            try
            {
                return Judge(_device.Write(new SpanByte(buffer, offset, count)).Status);
            }
            catch (InvalidOperationException)
            {
                return Judge(I2cTransferStatus.UnknownError);
            }
        }

        protected bool WriteRead(byte[] register, byte[] data, int count)
        {
            if (!_health.IsUsable(Index))
            {
                return false;
            }

            try
            {
                return Judge(_device.WriteRead(new SpanByte(register, 0, 1), new SpanByte(data, 0, count)).Status);
            }
            catch (InvalidOperationException)
            {
                return Judge(I2cTransferStatus.UnknownError);
            }
        }

        private bool Judge(I2cTransferStatus status)
        {
            if (status == I2cTransferStatus.FullTransfer)
            {
                _health.Succeeded(Index);
                return true;
            }

            // The driver reports a NACK as such, a held clock line after its timeout of one second, and throws on
            // anything else (arbitration lost, bus busy).
            _health.Failed(Index, status == I2cTransferStatus.ClockStretchTimeout);
            return false;
        }
    }

    /// <summary>A chip that makes servo pulses or voltages from its part of the output image.</summary>
    public abstract class OutputChip : I2cChip
    {
        protected int ImageStart;
        protected int First;

        /// <summary>Bytes of the image that belong to this chip.</summary>
        public int ImageLength { get; protected set; }

        protected OutputChip(I2cDevice device, int index, ChipHealth health)
            : base(device, index, health)
        {
        }

        /// <summary>High byte that switches an output off (low byte 0).</summary>
        public abstract byte OffHighByte { get; }

        /// <summary>Takes a place in the image for outputs first..last; last below first: the chip has no channel.</summary>
        public abstract void Place(int imageStart, int first, int last);

        public abstract int LowByteAt(int output);

        public abstract int HighByteAt(int output);

        /// <summary>Writes the constant bytes and "off" everywhere.</summary>
        public abstract void InitialiseImage(byte[] image);

        /// <summary>Lets the outputs run.</summary>
        public abstract void Wake();

        public abstract void SwitchOff();

        /// <summary>Sends this chip's part of the image in one burst.</summary>
        public void Send(byte[] image)
        {
            if (ImageLength > 0)
            {
                Write(image, ImageStart, ImageLength);
            }
        }
    }

    /// <summary>A chip that measures.</summary>
    public abstract class SensorChip : I2cChip
    {
        protected SensorChip(I2cDevice device, int index, ChipHealth health)
            : base(device, index, health)
        {
        }

        public abstract void Read(SensorReadings readings);
    }
}
