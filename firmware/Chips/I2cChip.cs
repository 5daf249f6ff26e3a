using System;
using System.Device.I2c;
using Ganglion.Shared.Control;
using nanoFramework.Hardware.Esp32;

namespace Ganglion.Firmware.Chips
{
    /// <summary>A chip on the bus: transfers that count their failures instead of throwing.</summary>
    public abstract class I2cChip
    {
        /// <summary>Index of the chip in the board's configuration.</summary>
        public readonly int Index;

        private readonly I2cDevice _device;
        private readonly Bus _bus;
        private readonly ChipHealth _health;

        /// <summary>Its last transfer failed.</summary>
        protected bool Failing;

        protected I2cChip(I2cDevice device, Bus bus, int index, ChipHealth health)
        {
            _device = device;
            _bus = bus;
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
            if (_bus.Stuck)
            {
                return false;
            }

            try
            {
                I2cTransferStatus status = _device.Write(new SpanByte(buffer, offset, count)).Status;
                if (status != I2cTransferStatus.FullTransfer)
                {
                    return Fail(status);
                }

                if (Failing)
                {
                    Recovered();
                }

                return true;
            }
            catch (InvalidOperationException)
            {
                return Fail(I2cTransferStatus.UnknownError);
            }
        }

        // The transfers are alike but for their call: what they have in common in a method of its own would cost each five instructions.

        /// <summary>Writes a register's number and reads from there.</summary>
        /// <param name="register">One byte.</param>
        /// <param name="data">Filled whole.</param>
        protected bool WriteRead(byte[] register, byte[] data)
        {
            if (_bus.Stuck)
            {
                return false;
            }

            try
            {
                I2cTransferStatus status = _device.WriteRead(new SpanByte(register), new SpanByte(data)).Status;
                if (status != I2cTransferStatus.FullTransfer)
                {
                    return Fail(status);
                }

                if (Failing)
                {
                    Recovered();
                }

                return true;
            }
            catch (InvalidOperationException)
            {
                return Fail(I2cTransferStatus.UnknownError);
            }
        }

        /// <summary>Writes, and reads on from where that left off, without giving the bus away between.</summary>
        /// <param name="buffer">Holds what is written.</param>
        /// <param name="offset">Where it begins.</param>
        /// <param name="count">Its bytes.</param>
        /// <param name="data">Filled whole.</param>
        protected bool WriteRead(byte[] buffer, int offset, int count, byte[] data)
        {
            if (_bus.Stuck)
            {
                return false;
            }

            try
            {
                I2cTransferStatus status = _device.WriteRead(new SpanByte(buffer, offset, count), new SpanByte(data)).Status;
                if (status != I2cTransferStatus.FullTransfer)
                {
                    return Fail(status);
                }

                if (Failing)
                {
                    Recovered();
                }

                return true;
            }
            catch (InvalidOperationException)
            {
                return Fail(I2cTransferStatus.UnknownError);
            }
        }

        /// <summary>Reads from a chip that has no registers to address.</summary>
        /// <param name="data">Filled whole.</param>
        protected bool Read(byte[] data)
        {
            if (_bus.Stuck)
            {
                return false;
            }

            try
            {
                I2cTransferStatus status = _device.Read(new SpanByte(data)).Status;
                if (status != I2cTransferStatus.FullTransfer)
                {
                    return Fail(status);
                }

                if (Failing)
                {
                    Recovered();
                }

                return true;
            }
            catch (InvalidOperationException)
            {
                return Fail(I2cTransferStatus.UnknownError);
            }
        }

        /// <summary>The chip answers, and what it says shows that it lost its supply: it is as good as gone.</summary>
        protected void Lost()
        {
            Failing = true;
            _health.Lost(Index);
        }

        private void Recovered()
        {
            Failing = false;
            _health.Succeeded(Index);
        }

        // The driver reports a NACK as such, a held clock line after its timeout of one second, a lost arbitration as the same timeout
        // at once, and throws on anything else (bus busy). There is no clock beside each transfer, for the tick's sake: one that began
        // with the tick or after the last failure will do, since a tick takes much less.
        private bool Fail(I2cTransferStatus status)
        {
            int now = (int)(long)HighResTimer.GetCurrent();
            bool hangs = status == I2cTransferStatus.ClockStretchTimeout && now - _health.Since >= Bus.SlowUs;
            _health.Since = now;
            Failing = true;
            _health.Failed(Index, hangs);
            if (hangs)
            {
                _bus.Hang();
            }

            return false;
        }
    }
}
