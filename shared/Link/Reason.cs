namespace Ganglion.Shared.Link
{
    /// <summary>
    /// Why a board is in hold or safe (below 32), or why it refused a command (from 32).
    /// The host turns each into words with cause and remedy.
    /// </summary>
    public static class Reason
    {
        public const byte None = 0;

        // Why the board holds or is safe. Detail: as noted.
        public const byte HostLost = 1;
        public const byte StreamStarved = 2;
        public const byte SessionReplaced = 3;
        public const byte StoppedByHost = 4;
        /// <summary>An output chip did not acknowledge. Detail: chip.</summary>
        public const byte ChipLost = 5;
        /// <summary>A transfer ran into the driver's timeout. Detail: chip.</summary>
        public const byte BusStuck = 6;
        /// <summary>A required sensor did not answer. Detail: chip.</summary>
        public const byte SensorLost = 7;
        /// <summary>A required sensor repeats the same raw values. Detail: chip.</summary>
        public const byte SensorFrozen = 8;
        /// <summary>The loop missed several deadlines in a row. Detail: overruns so far.</summary>
        public const byte TickOverrun = 9;
        /// <summary>An oscillator output was not a number.</summary>
        public const byte RhythmDiverged = 10;
        /// <summary>A foot of a walker stayed further from its hip than its leg reaches, or too near.</summary>
        public const byte FootOutOfReach = 11;
        /// <summary>A pressure sensor gave a voltage that no pressure gives. Detail: channel.</summary>
        public const byte PressureOutOfRange = 12;
        /// <summary>A measured pressure did not move while its valve was told to change it. Detail: channel.</summary>
        public const byte PressureStandsStill = 13;
        /// <summary>A measured pressure stayed too far from the one that its valve was to make. Detail: channel.</summary>
        public const byte PressureOff = 14;

        // Why a command was refused
        public const byte WrongProtocol = 32;
        public const byte WrongDefinition = 33;
        public const byte NoSession = 34;
        public const byte NotConfigured = 35;
        public const byte ConfigIncomplete = 36;
        public const byte ConfigChecksum = 37;
        /// <summary>Aspect: <see cref="ConfigField"/>. Detail: index of the chip, channel, oscillator or entry.</summary>
        public const byte ConfigInvalid = 38;
        public const byte ConfigTooLong = 39;
        /// <summary>Detail: the state the board is in.</summary>
        public const byte WrongState = 40;
        /// <summary>Disarm first; that acknowledges the reason. Detail: the latched reason.</summary>
        public const byte LatchedSafe = 41;
        /// <summary>Detail: the chip that does not answer.</summary>
        public const byte ChipMissing = 42;
        /// <summary>Detail: the board's channel count.</summary>
        public const byte WrongChannelCount = 43;
        public const byte UnknownMessage = 44;
        /// <summary>Detail: the length that the message must have.</summary>
        public const byte WrongLength = 45;
        public const byte NoRhythm = 46;
        public const byte OutOfRange = 47;
        public const byte TimeTooFar = 48;
        public const byte NoWalk = 49;
    }

    /// <summary>The part of a board configuration that was found wrong.</summary>
    public static class ConfigField
    {
        public const byte Length = 1;
        public const byte Version = 2;
        public const byte Profile = 3;
        public const byte Tick = 4;
        public const byte Timeouts = 5;
        public const byte Counts = 6;
        public const byte BusSpeed = 7;
        public const byte ChipType = 8;
        public const byte ChipAddress = 9;
        public const byte ChipFrequency = 10;
        public const byte ChannelOutput = 11;
        public const byte ChannelPulse = 12;
        public const byte ChannelLimits = 13;
        public const byte ChannelSlew = 14;
        public const byte ChannelSafe = 15;
        public const byte Oscillator = 16;
        public const byte Coupling = 17;
        public const byte RhythmMap = 18;
        /// <summary>Legs, steps or reflexes. Index: why, see Legs.WalkReason.</summary>
        public const byte Walk = 19;
        /// <summary>Index: the oscillator, lx ly rx ry cx cy cz.</summary>
        public const byte WalkNetwork = 20;
        public const byte WalkJoint = 21;
        public const byte WalkLoad = 22;
        public const byte Pressure = 23;
    }
}
