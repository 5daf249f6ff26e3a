namespace Ganglion.Shared.Link
{
    /// <summary>
    /// Byte layout of a board configuration, the block that the host pushes as one transaction: header, chips,
    /// channels, oscillators, couplings, rhythm map. Little-endian; offsets in bytes. See PROTOCOL.md.
    /// </summary>
    public static class ConfigLayout
    {
        public const int Version = 1;

        // Header
        public const int VersionAt = 0;          // u16
        public const int ProfileAt = 2;          // u8, firmware's pin profile; 0 fits any
        public const int TickMsAt = 3;           // u8, 10 or 20
        public const int HoldTimeoutAt = 4;      // u16, ms
        public const int SafeTimeoutAt = 6;      // u16, ms
        public const int RhythmTimeoutAt = 8;    // u16, s
        public const int RhythmRampAt = 10;      // u16, ms
        public const int TelemetryTicksAt = 12;  // u8
        public const int ChipCountAt = 13;       // u8
        public const int ChannelCountAt = 14;    // u8
        public const int OscillatorCountAt = 15; // u8
        public const int CouplingCountAt = 16;   // u8
        public const int MapCountAt = 17;        // u8
        public const int Bus1SpeedAt = 18;       // u16, kHz: 100, 400, 1000; 0 = unused
        public const int Bus2SpeedAt = 20;       // u16
        public const int HeaderSize = 24;

        // Chip
        public const int ChipTypeAt = 0;         // u8
        public const int ChipBusAt = 1;          // u8, 1 or 2
        public const int ChipAddressAt = 2;      // u8, 7 bits
        public const int ChipFlagsAt = 3;        // u8, bit 0: required sensor
        public const int ChipFrequencyAt = 4;    // u16, 0.1 Hz (PCA9685)
        public const int ChipOscillatorAt = 6;   // u16, kHz (PCA9685)
        public const int ChipSize = 8;

        // Channel
        public const int ChannelChipAt = 0;      // u8
        public const int ChannelOutputAt = 1;    // u8
        public const int ChannelFlagsAt = 2;     // u8, bit 0: reversed
        public const int ChannelSafeAt = 3;      // u8, see OnSafe
        public const int ChannelPulseMinAt = 4;  // u16, 1/8 us (PCA9685) or 1/8 count (DAC)
        public const int ChannelPulseMaxAt = 6;  // u16
        public const int ChannelOffsetAt = 8;    // i16, same unit
        public const int ChannelLowAt = 10;      // i16, Q14 of travel
        public const int ChannelHighAt = 12;     // i16, Q14
        public const int ChannelSlewAt = 14;     // u16, Q10 of travel per second
        public const int ChannelParkAt = 16;     // i16, Q14
        public const int ChannelSize = 18;

        // Oscillator
        public const int OscillatorRiseAt = 0;        // f32, Tr, s
        public const int OscillatorAdaptationTimeAt = 4; // f32, Ta, s
        public const int OscillatorDriveAt = 8;       // f32, s
        public const int OscillatorAdaptationAt = 12; // f32, beta
        public const int OscillatorInhibitionAt = 16; // f32, a
        public const int OscillatorQuarterAt = 20;    // u8, start lead in quarter turns, 0..3
        public const int OscillatorSize = 24;

        // Coupling
        public const int CouplingToAt = 0;       // u8
        public const int CouplingFromAt = 1;     // u8
        public const int CouplingWeightAt = 2;   // f32
        public const int CouplingSize = 6;

        // Rhythm map
        public const int MapChannelAt = 0;       // u8
        public const int MapOscillatorAt = 1;    // u8
        public const int MapOutputAt = 2;        // u8, see Rhythms.RhythmOutput
        public const int MapOffsetAt = 4;        // f32, fraction of travel
        public const int MapGainAt = 8;          // f32, travel per unit of output
        public const int MapSize = 12;

        /// <summary>Largest configuration in bytes that a board stores.</summary>
        public const int MaxSize = 4096;
    }

    /// <summary>I2C chips that the firmware drives.</summary>
    public static class ChipType
    {
        public const byte Pca9685 = 1;
        public const byte Mcp4728 = 2;
        public const byte Ads1115 = 3;
        public const byte Mpu6050 = 4;
    }

    /// <summary>What a channel does in the safe state.</summary>
    public static class OnSafe
    {
        /// <summary>Output off: no pulses, valve closed.</summary>
        public const byte Release = 0;
        /// <summary>Keeps its last position, powered.</summary>
        public const byte Hold = 1;
        /// <summary>Moves to its park position within its slew bound and stays there, powered.</summary>
        public const byte Park = 2;
    }
}
