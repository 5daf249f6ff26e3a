using Ganglion.Shared.Legs;
using Ganglion.Shared.Link;
using Ganglion.Shared.Motion;
using Ganglion.Shared.Rhythms;
using Ganglion.Shared.Walking;

namespace Ganglion.Shared.Config
{
    /// <summary>
    /// A board configuration read from its bytes (Link.ConfigLayout) and checked as a whole: either every value is usable
    /// or <see cref="Load"/> says which is not and the object must be thrown away.
    /// </summary>
    public sealed class BoardConfig
    {
        /// <summary>Hold timeout, ms: 20..2000. Two seconds is far below the wrap of setpoint times.</summary>
        public int HoldTimeout;
        public int SafeTimeout;

        /// <summary>How long a rhythm or a walk goes on without a word from the host, ms; at least the safe timeout, at most an
        /// hour.</summary>
        public int RhythmTimeout;

        public int TickMs;
        public int TelemetryTicks;

        /// <summary>kHz by bus id (1 and 2); 0 = unused.</summary>
        public readonly int[] BusSpeed = new int[3];

        public int ChipCount;
        public byte[] ChipTypes;
        public byte[] ChipBus;
        public byte[] ChipAddress;
        public bool[] ChipRequired;

        /// <summary>PCA9685: 0.1 Hz and kHz; others 0.</summary>
        public int[] ChipFrequency;
        public int[] ChipOscillator;

        /// <summary>VL53L0X: distance below which a board that moves goes safe, mm; others 0.</summary>
        public int[] ChipStop;

        public byte[] ChannelChip;
        public byte[] ChannelOutput;
        public bool[] ChannelReversed;
        public int[] PulseMin;
        public int[] PulseMax;
        public int[] PulseOffset;
        public ChannelTable Channels;

        /// <summary>The board's own rhythm, or null.</summary>
        public RhythmPlayer Rhythm;

        /// <summary>The board's own walk, or null.</summary>
        public WalkPlayer Walk;

        /// <summary>Its pressure loops, or null.</summary>
        public PressureLoop Pressures;

        /// <summary>What was wrong: see Link.ConfigField, and which chip, channel, oscillator or entry.</summary>
        public byte FaultField;
        public int FaultIndex;

        /// <summary>Reads and checks a whole configuration. False: see <see cref="FaultField"/>.</summary>
        /// <param name="bytes">The configuration from byte 0.</param>
        /// <param name="length">Its length.</param>
        /// <param name="profile">The pin profile of this firmware.</param>
        public bool Load(byte[] bytes, int length, int profile)
        {
            if (length < ConfigLayout.HeaderSize)
            {
                return Fail(ConfigField.Length, 0);
            }

            PartReader.Header(bytes, 0, _header);
            return CheckHeader(profile)
                && CheckCounts(bytes, length)
                && new SpareBytes(this, bytes).Check(_header, _rhythmAt, _walkAt, _pressuresAt, length)
                && LoadChips(bytes)
                && LoadChannels(bytes)
                && LoadRhythm(bytes)
                && LoadWalk(bytes)
                && new PressureReader(this).Load(bytes, _pressuresAt);
        }

        private readonly HeaderDefinition _header = new HeaderDefinition();
        private int _rhythmAt, _walkAt, _pressuresAt;

        /// <summary>Notes what is wrong; always false.</summary>
        internal bool Fail(byte field, int index)
        {
            FaultField = field;
            FaultIndex = index;
            return false;
        }

        /// <summary>True for a chip that drives channels, false for a sensor.</summary>
        /// <param name="chip">0..ChipCount-1.</param>
        public bool DrivesOutputs(int chip)
        {
            return ChipTypes[chip] == ChipType.Pca9685 || ChipTypes[chip] == ChipType.Mcp4728;
        }

        /// <summary>True if a chip on this bus drives channels.</summary>
        /// <param name="bus">1 or 2.</param>
        public bool HasOutputs(int bus)
        {
            for (int i = 0; i < ChipCount; i++)
            {
                if (ChipBus[i] == bus && DrivesOutputs(i))
                {
                    return true;
                }
            }

            return false;
        }

        private bool CheckHeader(int profile)
        {
            HeaderDefinition header = _header;
            if (header.Version != ConfigLayout.Version)
            {
                return Fail(ConfigField.Version, 0);
            }

            if (header.Profile != 0 && header.Profile != profile)
            {
                return Fail(ConfigField.Profile, 0);
            }

            TickMs = header.TickMs;
            TelemetryTicks = header.TelemetryTicks;
            if ((TickMs != 10 && TickMs != 20) || TelemetryTicks == 0)
            {
                return Fail(ConfigField.Tick, 0);
            }

            HoldTimeout = header.HoldTimeout;
            SafeTimeout = header.SafeTimeout;
            RhythmTimeout = 1000 * header.RhythmTimeout;
            if (RhythmTimeout < SafeTimeout)
            {
                RhythmTimeout = SafeTimeout;
            }

            if (HoldTimeout < 20 || HoldTimeout > 2000 || SafeTimeout <= HoldTimeout || SafeTimeout > 60000 ||
                RhythmTimeout > 3600000)
            {
                return Fail(ConfigField.Timeouts, 0);
            }

            return SetBus(1, header.Bus1Speed) && SetBus(2, header.Bus2Speed);
        }

        private bool SetBus(int bus, int speed)
        {
            if (speed != 0 && speed != 100 && speed != 400 && speed != 1000)
            {
                return Fail(ConfigField.BusSpeed, bus);
            }

            BusSpeed[bus] = speed;
            return true;
        }

        private bool CheckCounts(byte[] bytes, int length)
        {
            HeaderDefinition header = _header;
            int channels = header.ChannelCount;
            int joints = header.JointCount;
            int loads = header.LoadCount;
            ChipCount = header.ChipCount;
            if (ChipCount > FrameFormat.MaxChips || channels > FrameFormat.MaxChannels)
            {
                return Fail(ConfigField.Counts, 0);
            }

            if (joints > Walker.AngleCount || loads > WalkDefinition.MaxSensors || (joints == 0 && loads > 0))
            {
                return Fail(ConfigField.Counts, joints);
            }

            // Without oscillators nobody would judge what belongs to them.
            if (header.OscillatorCount == 0 && (header.CouplingCount != 0 || header.MapCount != 0))
            {
                return Fail(ConfigField.Counts, 0);
            }

            _rhythmAt = ConfigLayout.HeaderSize + ChipCount * ConfigLayout.ChipSize + channels * ConfigLayout.ChannelSize;
            _walkAt = _rhythmAt + header.OscillatorCount * ConfigLayout.OscillatorSize +
                header.CouplingCount * ConfigLayout.CouplingSize + header.MapCount * ConfigLayout.MapSize;
            _pressuresAt = _walkAt + (joints == 0 ? 0 : ConfigLayout.WalkSize) +
                joints * ConfigLayout.JointSize + loads * ConfigLayout.LoadSize;
            _pressuresAt += joints == 0 ? 0 : WalkReader.ListBytes(bytes, _walkAt, length);
            int expected = length < _pressuresAt ? _pressuresAt
                : _pressuresAt + PressureReader.CountLoops(bytes, ChipCount, channels) * ConfigLayout.PressureSize;
            if (length != expected)
            {
                return Fail(ConfigField.Length, expected);
            }

            Channels = new ChannelTable(channels);
            return true;
        }

        private bool LoadChips(byte[] bytes)
        {
            ChipTypes = new byte[ChipCount];
            ChipBus = new byte[ChipCount];
            ChipAddress = new byte[ChipCount];
            ChipRequired = new bool[ChipCount];
            ChipFrequency = new int[ChipCount];
            ChipOscillator = new int[ChipCount];
            ChipStop = new int[ChipCount];
            ChipReader reader = new ChipReader(this);
            for (int i = 0; i < ChipCount; i++)
            {
                if (!reader.Configure(ChipReader.Read(bytes, ConfigLayout.HeaderSize + i * ConfigLayout.ChipSize), i))
                {
                    return false;
                }
            }

            return true;
        }

        private bool LoadChannels(byte[] bytes)
        {
            int count = Channels.Count;
            ChannelChip = new byte[count];
            ChannelOutput = new byte[count];
            ChannelReversed = new bool[count];
            PulseMin = new int[count];
            PulseMax = new int[count];
            PulseOffset = new int[count];
            ChannelReader reader = new ChannelReader(this);
            int at = ConfigLayout.HeaderSize + ChipCount * ConfigLayout.ChipSize;
            for (int i = 0; i < count; i++)
            {
                if (!reader.Configure(ChannelReader.Read(bytes, at + i * ConfigLayout.ChannelSize), i))
                {
                    return false;
                }
            }

            return true;
        }

        private bool LoadRhythm(byte[] bytes)
        {
            if (_header.OscillatorCount == 0)
            {
                return true;
            }

            RhythmPlayer rhythm = new RhythmPlayer(TickMs * 0.001f);
            RhythmDefinition definition = RhythmReader.Read(bytes, _rhythmAt, _header);
            if (!rhythm.Configure(definition, Channels.Count))
            {
                return Fail(rhythm.FaultField, rhythm.FaultIndex);
            }

            Rhythm = rhythm;
            return RhythmReader.FindSensors(this, definition);
        }

        private bool LoadWalk(byte[] bytes)
        {
            int joints = _header.JointCount;
            if (joints == 0)
            {
                return true;
            }

            WalkPlayer walk = new WalkPlayer(TickMs * 0.001f);
            WalkDefinition definition = WalkReader.Read(bytes, _walkAt, joints, _header.LoadCount);
            int where;
            WalkReason reason = walk.Configure(definition, Channels.Count, MessageLayout.TelemetryAnalogCount, out where);
            switch (reason)
            {
                case WalkReason.None:
                    Walk = walk;
                    return true;
                case WalkReason.NetworkRefused:
                case WalkReason.NotOscillating:
                case WalkReason.TimedTwice:
                    return Fail(ConfigField.WalkNetwork, where);
                case WalkReason.JointOutOfRange:
                    return Fail(ConfigField.WalkJoint, where);
                case WalkReason.SensorOutOfRange:
                    return Fail(ConfigField.WalkLoad, where);
                case WalkReason.SpeedOutOfRange:
                case WalkReason.GroundOutOfRange:
                    return Fail(reason == WalkReason.SpeedOutOfRange ? ConfigField.WalkSpeed : ConfigField.WalkGround, where);
                default:
                    return Fail(ConfigField.Walk, (int)reason);
            }
        }
    }
}
