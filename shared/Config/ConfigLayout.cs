namespace Ganglion.Shared.Config
{
    /// <summary>
    /// Byte layout of a board configuration, the block that the host pushes as one transaction: header, chips,
    /// channels, oscillators, couplings, rhythm map, walk, joints, loads, pressure loops. Little-endian; offsets in bytes. See PROTOCOL.md.
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
        public const int JointCountAt = 22;      // u8, 0: does not walk, and has no walk part
        public const int LoadCountAt = 23;       // u8
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
        public const int ChannelFlagsAt = 2;     // u8, bit 0: reversed, bit 1: has a pressure loop
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

        // Walk: all f32, see Legs.WalkDefinition
        public const int WalkRingAt = 0; // strength of the quadrature ring
        public const int WalkFootRiseAt = 4; // Tr, s
        public const int WalkFootAdaptationTimeAt = 8; // Ta, s
        public const int WalkFootDriveAt = 12; // s
        public const int WalkFootAdaptationAt = 16; // beta
        public const int WalkFootInhibitionAt = 20; // a
        public const int WalkBodyRiseAt = 24; // Tr, s
        public const int WalkBodyAdaptationTimeAt = 28; // Ta, s
        public const int WalkBodyDriveAt = 32; // s
        public const int WalkBodyAdaptationAt = 36; // beta
        public const int WalkBodyInhibitionAt = 40; // a
        public const int WalkThighAt = 44; // m
        public const int WalkShankAt = 48; // m
        public const int WalkAnkleAt = 52; // m
        public const int WalkHipHalfWidthAt = 56; // m
        public const int WalkKneeLimitAt = 60; // rad
        public const int WalkCycleAt = 64; // s
        public const int WalkDutyAt = 68;
        public const int WalkLiftAt = 72; // m
        public const int WalkFootXAt = 76; // m
        public const int WalkFootYAt = 80; // m
        public const int WalkHeightAt = 84; // m
        public const int WalkBodyXAt = 88; // m
        public const int WalkSurgeAt = 92; // m per unit
        public const int WalkBobAt = 96; // m per unit
        public const int WalkSwayAt = 100; // m per unit
        public const int WalkSwayCrossAt = 104; // m per unit
        public const int WalkLeanAt = 108; // rad
        public const int WalkBodyCornerAt = 112; // Hz
        public const int WalkShiftAt = 116; // rad
        public const int WalkSin2At = 120; // rad
        public const int WalkCos2At = 124; // rad
        public const int WalkSin4At = 128; // rad
        public const int WalkCos4At = 132; // rad
        public const int WalkMaxSpeedAt = 136; // m/s
        public const int WalkMaxTurnAt = 140; // rad/s
        public const int WalkAccelerationAt = 144; // m/s2
        public const int WalkTurnAccelerationAt = 148; // rad/s2
        public const int WalkRampAt = 152; // s
        public const int WalkSlopeTimeAt = 156; // s
        public const int WalkAdaptAt = 160;
        public const int WalkTegotaeAt = 164;
        public const int WalkPlantarAt = 168;
        public const int WalkAnklePitchAt = 172;
        public const int WalkAnklePitchRateAt = 176; // s
        public const int WalkHipPitchAt = 180;
        public const int WalkHipPitchRateAt = 184; // s
        public const int WalkHipRollAt = 188;
        public const int WalkHipRollRateAt = 192; // s
        public const int WalkAnkleRollAt = 196;
        public const int WalkAnkleRollRateAt = 200; // s
        public const int WalkPlaceForwardAt = 204; // s
        public const int WalkPlaceSideAt = 208; // s
        public const int WalkHeadingAt = 212; // 1/s
        public const int WalkContactLoadAt = 216; // body weights
        public const int WalkFlagsAt = 220; // u8, bit 0: legs have an ankle roll
        public const int WalkSize = 224;

        // Joint
        public const int JointChannelAt = 0;     // u8
        public const int JointAngleAt = 1;       // u8, see Legs.LegGeometry: left leg from 0, right leg from 6
        public const int JointCentreAt = 4;      // f32, fraction of travel
        public const int JointGainAt = 8;        // f32, travel per rad
        public const int JointSize = 12;

        // Load: a force sensor under a sole
        public const int LoadInputAt = 0;        // u8
        public const int LoadFootAt = 1;         // u8, 0 left, 1 right
        public const int LoadScaleAt = 4;        // f32, weights of the robot at full scale
        public const int LoadSize = 8;

        // Pressure loop, one for each channel that has one
        public const int PressureInputAt = 0;    // u8
        public const int PressureZeroAt = 2;     // i16, counts of the input at no pressure
        public const int PressureFullAt = 4;     // i16, counts at value 1
        public const int PressureLagAt = 6;      // u16, ms
        public const int PressureIntegralAt = 8; // u16, Q10 a second
        public const int PressureMostErrorAt = 10; // u16, Q14
        public const int PressureSize = 12;

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
