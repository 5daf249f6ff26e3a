namespace Ganglion.Shared.Link
{
    /// <summary>
    /// The frame around every message, in both directions:
    /// sync, check, length, type, session, sequence, payload, CRC-32. See PROTOCOL.md.
    /// </summary>
    /// <remarks>
    /// Twelve bytes of overhead for a setpoint frame (its two-byte time included) keep the link above 90 % of the
    /// bare 8 + 2n bytes even for 18 channels. The CRC is one native call on the board; the check byte costs a few
    /// instructions and spares the board waiting for the bytes of a frame that only garbage announced.
    /// </remarks>
    public static class FrameFormat
    {
        public const byte Sync = 0xA5;

        /// <summary>check = length ^ type ^ CheckSeed.</summary>
        public const byte CheckSeed = 0x5A;

        public const int SyncOffset = 0;
        public const int CheckOffset = 1;
        public const int LengthOffset = 2;
        public const int TypeOffset = 3;
        public const int SessionOffset = 4;
        public const int SequenceOffset = 5;
        public const int HeaderSize = 6;
        public const int CrcSize = 4;
        public const int Overhead = HeaderSize + CrcSize;

        /// <summary>Largest payload in bytes: the length is one byte.</summary>
        public const int MaxPayload = 255;

        public const int MaxFrame = MaxPayload + Overhead;

        /// <summary>Most channels of one board: a setpoint payload is a two-byte time and two bytes a channel.</summary>
        public const int MaxChannels = 120;

        /// <summary>Most I2C chips of one board: 62 addresses of PCA9685 on each of two buses.</summary>
        public const int MaxChips = 124;
    }
}
