using System.Device.I2c;
using Ganglion.Shared.Control;

namespace Ganglion.Firmware.Chips
{
    /// <summary>A chip that makes servo pulses or voltages from its part of the output image.</summary>
    public abstract class OutputChip : I2cChip
    {
        /// <summary>Bytes of the image that belong to this chip.</summary>
        public int ImageLength;

        /// <summary>How many of them, from the first on, an ordinary burst sends: up to the last output with a channel.</summary>
        protected int BurstLength;

        /// <summary>It has acknowledged "off" since the outputs were last switched off.</summary>
        public bool IsOff;

        /// <summary>The next chip in a ring of those that drive channels.</summary>
        public OutputChip Next;

        protected int ImageStart;
        protected int First;

        protected OutputChip(I2cDevice device, Bus bus, int index, ChipHealth health)
            : base(device, bus, index, health)
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

        /// <summary>Lets the outputs run. False: it did not acknowledge.</summary>
        public abstract bool Wake();

        /// <summary>Switches the outputs off. False: it did not acknowledge.</summary>
        public abstract bool SwitchOff();

        /// <summary>Sends this chip's part of the image in one burst.</summary>
        public void Send(byte[] image)
        {
            Write(image, ImageStart, BurstLength);
        }

        /// <summary>The same, and reads back what only a loss of its supply changes; a chip that shows one is lost. One that has just
        /// failed is not asked: that would be its next failure in the same tick.</summary>
        public abstract void SendAndCheck(byte[] image);
    }
}
