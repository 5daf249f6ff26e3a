using System;
using System.Device.I2c;
using Ganglion.Shared.Control;

namespace Ganglion.Firmware.Chips
{
    /// <summary>
    /// PCA9685, 16 outputs of 12-bit PWM (NXP datasheet rev. 4). All values of a tick go out in one auto-increment burst;
    /// the outputs change together at its STOP.
    /// </summary>
    /// <remarks>
    /// Wiring: VDD 3.3 V, V+ from the servos' own supply, common ground, SDA and SCL with pull-ups, /OE of all chips to the board's pin
    /// with a pull-up, 10 kOhm where no board pulls it down; A0..A5 give address 0x40..0x7E, without 0x70 (All-Call). Registers
    /// (section 7.3, table 4): 0x00 MODE1, 0x01 MODE2, 0x06 LED0_ON_L and four for each output, 0xFD ALL_LED_OFF_H, 0xFE PRE_SCALE.
    /// </remarks>
    public sealed class Pca9685 : OutputChip
    {
        public const byte AllLedOffHigh = 0xFD;

        private const int Outputs = 16;

        /// <summary>Most outputs behind the last one with a channel that a burst goes on over to reach MODE1: four bytes each, 90 us at
        /// 400 kHz, where another transfer takes 180 us of the tick in all and leaves nine objects behind.</summary>
        private const int MostSpare = 4;
        private const byte Mode1 = 0x00;
        private const byte Led0OnLow = 0x06;
        private const byte Prescale = 0xFE;

        // MODE1: bit 5 auto-increment, bit 4 sleep, bit 0 answers All-Call.
        private const byte Awake = 0x21;
        private const byte Asleep = 0x31;

        /// <summary>Bit 4 of LEDn_OFF_H: output fully off.</summary>
        private const byte FullOff = 0x10;

        /// <summary>MODE2: totem pole, outputs low while /OE is high.</summary>
        private const byte Mode2TotemPole = 0x04;

        private static readonly byte[] PrescaleRegister = { Prescale };
        private static readonly byte[] Mode1Register = { Mode1 };

        private readonly byte[] _command = new byte[3];
        private readonly byte[] _read = new byte[1];
        private readonly byte _prescale;
        private byte _mode1;

        /// <summary>Its bursts may end at the last output, behind which MODE1 is read.</summary>
        private bool _goesOn;

        /// <param name="device">The chip.</param>
        /// <param name="bus">Its bus.</param>
        /// <param name="index">Its index in the configuration.</param>
        /// <param name="health">Counts its failures.</param>
        /// <param name="prescale">3..255, see PulseScale.Prescale; takes the calibrated oscillator into account.</param>
        public Pca9685(I2cDevice device, Bus bus, int index, ChipHealth health, int prescale)
            : base(device, bus, index, health)
        {
            _prescale = (byte)prescale;
        }

        public override byte OffHighByte { get { return FullOff; } }

        public override bool Setup()
        {
            // The prescale can be written only in sleep; sleep also stops the outputs.
            _mode1 = Asleep;
            return Set(Mode1, Asleep, Mode2TotemPole) && Set(AllLedOffHigh, FullOff) && Set(Prescale, _prescale);
        }

        public override bool Wake()
        {
            // From here on MODE1 tells of a loss of supply; before, only the prescale can.
            _mode1 = Awake;
            return WriteRead(PrescaleRegister, _read) && _read[0] == _prescale && Set(Mode1, Awake);
        }

        public override bool SwitchOff()
        {
            _mode1 = Asleep;
            return Set(AllLedOffHigh, FullOff) && Set(Mode1, Asleep);
        }

        /// <summary>A chip that lost its supply, even for a moment, sleeps without auto-increment (section 7.3.1): it takes every burst
        /// and makes no pulses. From the last output's register the pointer goes on to MODE1 (table 4, remark), so that a burst to
        /// there is followed by MODE1 without another transfer; without auto-increment by what the burst has just written, whose last
        /// byte is never MODE1's.</summary>
        public override void SendAndCheck(byte[] image)
        {
            byte[] read = _read;
            bool isRead = _goesOn ? WriteRead(image, ImageStart, ImageLength, read)
                : Write(image, ImageStart, ImageLength) && WriteRead(Mode1Register, read);
            if (isRead && read[0] != _mode1)
            {
                Lost();
            }
        }

        public override void Place(int imageStart, int first, int last)
        {
            ImageStart = imageStart;
            First = first;
            _goesOn = last >= Outputs - 1 - MostSpare;
            BurstLength = last < first ? 0 : 1 + 4 * (last - first + 1);
            ImageLength = _goesOn ? 1 + 4 * (Outputs - first) : BurstLength;
        }

        public override int LowByteAt(int output)
        {
            return ImageStart + 1 + 4 * (output - First) + 2;
        }

        public override int HighByteAt(int output)
        {
            return LowByteAt(output) + 1;
        }

        public override void InitialiseImage(byte[] image)
        {
            if (ImageLength == 0)
            {
                return;
            }

            // ON is always count 0, so its two bytes stay 0; outputs between channels stay fully off.
            Array.Clear(image, ImageStart, ImageLength);
            image[ImageStart] = (byte)(Led0OnLow + 4 * First);
            for (int i = ImageStart + 4; i < ImageStart + ImageLength; i += 4)
            {
                image[i] = FullOff;
            }
        }

        private bool Set(byte register, byte value)
        {
            _command[0] = register;
            _command[1] = value;
            return Write(_command, 0, 2);
        }

        private bool Set(byte register, byte value, byte next)
        {
            _command[0] = register;
            _command[1] = value;
            _command[2] = next;
            return Write(_command, 0, 3);
        }
    }
}
