using System;
using Ganglion.Shared.Legs;
using Ganglion.Shared.Link;
using Ganglion.Shared.Motion;

namespace Ganglion.Shared.Control
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

        /// <summary>How long a rhythm or a walk goes on without a word from the host, ms; at least the safe timeout, at most an hour.</summary>
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

        /// <summary>What was wrong: see Link.ConfigField, and which chip, channel, oscillator or entry.</summary>
        public byte FaultField;
        public int FaultIndex;

        /// <summary>Reads and checks a whole configuration. False: see <see cref="FaultField"/>.</summary>
        /// <param name="bytes">The configuration from byte 0.</param>
        /// <param name="length">Its length.</param>
        /// <param name="profile">The pin profile of this firmware.</param>
        public bool Load(byte[] bytes, int length, int profile)
        {
            return LoadHeader(bytes, length, profile)
                && LoadChips(bytes)
                && LoadChannels(bytes)
                && LoadRhythm(bytes)
                && LoadWalk(bytes);
        }

        private int _rhythmAt, _walkAt;

        private bool Fail(byte field, int index)
        {
            FaultField = field;
            FaultIndex = index;
            return false;
        }

        private bool LoadHeader(byte[] bytes, int length, int profile)
        {
            if (length < ConfigLayout.HeaderSize)
            {
                return Fail(ConfigField.Length, 0);
            }

            if (BitConverter.ToUInt16(bytes, ConfigLayout.VersionAt) != ConfigLayout.Version)
            {
                return Fail(ConfigField.Version, 0);
            }

            if (bytes[ConfigLayout.ProfileAt] != 0 && bytes[ConfigLayout.ProfileAt] != profile)
            {
                return Fail(ConfigField.Profile, 0);
            }

            TickMs = bytes[ConfigLayout.TickMsAt];
            TelemetryTicks = bytes[ConfigLayout.TelemetryTicksAt];
            if ((TickMs != 10 && TickMs != 20) || TelemetryTicks == 0)
            {
                return Fail(ConfigField.Tick, 0);
            }

            HoldTimeout = BitConverter.ToUInt16(bytes, ConfigLayout.HoldTimeoutAt);
            SafeTimeout = BitConverter.ToUInt16(bytes, ConfigLayout.SafeTimeoutAt);
            RhythmTimeout = 1000 * BitConverter.ToUInt16(bytes, ConfigLayout.RhythmTimeoutAt);
            if (RhythmTimeout < SafeTimeout)
            {
                RhythmTimeout = SafeTimeout;
            }

            if (HoldTimeout < 20 || HoldTimeout > 2000 || SafeTimeout <= HoldTimeout || SafeTimeout > 60000 ||
                RhythmTimeout > 3600000)
            {
                return Fail(ConfigField.Timeouts, 0);
            }

            for (int bus = 1; bus <= 2; bus++)
            {
                int speed = BitConverter.ToUInt16(bytes, bus == 1 ? ConfigLayout.Bus1SpeedAt : ConfigLayout.Bus2SpeedAt);
                if (speed != 0 && speed != 100 && speed != 400 && speed != 1000)
                {
                    return Fail(ConfigField.BusSpeed, bus);
                }

                BusSpeed[bus] = speed;
            }

            ChipCount = bytes[ConfigLayout.ChipCountAt];
            int channels = bytes[ConfigLayout.ChannelCountAt];
            int oscillators = bytes[ConfigLayout.OscillatorCountAt];
            int couplings = bytes[ConfigLayout.CouplingCountAt];
            int maps = bytes[ConfigLayout.MapCountAt];
            if (ChipCount > FrameFormat.MaxChips || channels > FrameFormat.MaxChannels)
            {
                return Fail(ConfigField.Counts, 0);
            }

            int joints = bytes[ConfigLayout.JointCountAt];
            int loads = bytes[ConfigLayout.LoadCountAt];
            if (joints > Walker.AngleCount || loads > WalkDefinition.MaxSensors || (joints == 0 && loads > 0))
            {
                return Fail(ConfigField.Counts, joints);
            }

            _rhythmAt = ConfigLayout.HeaderSize + ChipCount * ConfigLayout.ChipSize + channels * ConfigLayout.ChannelSize;
            _walkAt = _rhythmAt + oscillators * ConfigLayout.OscillatorSize +
                couplings * ConfigLayout.CouplingSize + maps * ConfigLayout.MapSize;
            int expected = _walkAt + (joints == 0 ? 0 : ConfigLayout.WalkSize) +
                joints * ConfigLayout.JointSize + loads * ConfigLayout.LoadSize;
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
            for (int i = 0; i < ChipCount; i++)
            {
                int at = ConfigLayout.HeaderSize + i * ConfigLayout.ChipSize;
                byte type = bytes[at + ConfigLayout.ChipTypeAt];
                byte bus = bytes[at + ConfigLayout.ChipBusAt];
                byte address = bytes[at + ConfigLayout.ChipAddressAt];
                int frequency = BitConverter.ToUInt16(bytes, at + ConfigLayout.ChipFrequencyAt);
                int oscillator = BitConverter.ToUInt16(bytes, at + ConfigLayout.ChipOscillatorAt);
                if (type < ChipType.Pca9685 || type > ChipType.Mpu6050)
                {
                    return Fail(ConfigField.ChipType, i);
                }

                if (bus < 1 || bus > 2 || BusSpeed[bus] == 0)
                {
                    return Fail(ConfigField.BusSpeed, i);
                }

                if (address < 0x08 || address > 0x7E || (type == ChipType.Pca9685 && address == 0x70) || AddressTaken(i, bus, address))
                {
                    return Fail(ConfigField.ChipAddress, i);
                }

                if (type == ChipType.Pca9685 &&
                    (oscillator < 23000 || oscillator > 27000 || PulseScale.Prescale(oscillator, frequency) < 0))
                {
                    return Fail(ConfigField.ChipFrequency, i);
                }

                ChipTypes[i] = type;
                ChipBus[i] = bus;
                ChipAddress[i] = address;
                ChipRequired[i] = (bytes[at + ConfigLayout.ChipFlagsAt] & 1) != 0;
                ChipFrequency[i] = frequency;
                ChipOscillator[i] = oscillator;
            }

            return true;
        }

        private bool AddressTaken(int count, int bus, int address)
        {
            for (int i = 0; i < count; i++)
            {
                if (ChipBus[i] == bus && ChipAddress[i] == address)
                {
                    return true;
                }
            }

            return false;
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
            for (int i = 0; i < count; i++)
            {
                int at = ConfigLayout.HeaderSize + ChipCount * ConfigLayout.ChipSize + i * ConfigLayout.ChannelSize;
                if (!LoadOutput(bytes, at, i) || !LoadMotion(bytes, at, i))
                {
                    return false;
                }
            }

            return true;
        }

        private bool LoadRhythm(byte[] bytes)
        {
            if (bytes[ConfigLayout.OscillatorCountAt] == 0)
            {
                return true;
            }

            RhythmPlayer rhythm = new RhythmPlayer(TickMs * 0.001f);
            if (!rhythm.Load(bytes, _rhythmAt, Channels.Count))
            {
                return Fail(rhythm.FaultField, rhythm.FaultIndex);
            }

            Rhythm = rhythm;
            return true;
        }

        private bool LoadWalk(byte[] bytes)
        {
            int joints = bytes[ConfigLayout.JointCountAt];
            if (joints == 0)
            {
                return true;
            }

            WalkPlayer walk = new WalkPlayer(TickMs * 0.001f);
            WalkDefinition definition = WalkReader.Read(bytes, _walkAt, joints, bytes[ConfigLayout.LoadCountAt]);
            int where;
            WalkReason reason = walk.Configure(definition, Channels.Count, SensorReadings.AnalogInputs, out where);
            switch (reason)
            {
                case WalkReason.None:
                    Walk = walk;
                    return true;
                case WalkReason.NetworkRefused:
                case WalkReason.NotOscillating:
                    return Fail(ConfigField.WalkNetwork, where);
                case WalkReason.JointOutOfRange:
                    return Fail(ConfigField.WalkJoint, where);
                case WalkReason.SensorOutOfRange:
                    return Fail(ConfigField.WalkLoad, where);
                default:
                    return Fail(ConfigField.Walk, (int)reason);
            }
        }

        private bool LoadOutput(byte[] bytes, int at, int i)
        {
            byte chip = bytes[at + ConfigLayout.ChannelChipAt];
            byte output = bytes[at + ConfigLayout.ChannelOutputAt];
            if (chip >= ChipCount)
            {
                return Fail(ConfigField.ChannelOutput, i);
            }

            int outputs = ChipTypes[chip] == ChipType.Pca9685 ? 16 : ChipTypes[chip] == ChipType.Mcp4728 ? 4 : 0;
            if (output >= outputs)
            {
                return Fail(ConfigField.ChannelOutput, i);
            }

            for (int j = 0; j < i; j++)
            {
                if (ChannelChip[j] == chip && ChannelOutput[j] == output)
                {
                    return Fail(ConfigField.ChannelOutput, i);
                }
            }

            ChannelChip[i] = chip;
            ChannelOutput[i] = output;
            ChannelReversed[i] = (bytes[at + ConfigLayout.ChannelFlagsAt] & 1) != 0;
            PulseMin[i] = BitConverter.ToUInt16(bytes, at + ConfigLayout.ChannelPulseMinAt);
            PulseMax[i] = BitConverter.ToUInt16(bytes, at + ConfigLayout.ChannelPulseMaxAt);
            PulseOffset[i] = BitConverter.ToInt16(bytes, at + ConfigLayout.ChannelOffsetAt);
            return true;
        }

        private bool LoadMotion(byte[] bytes, int at, int i)
        {
            int low = BitConverter.ToInt16(bytes, at + ConfigLayout.ChannelLowAt);
            int high = BitConverter.ToInt16(bytes, at + ConfigLayout.ChannelHighAt);
            int park = BitConverter.ToInt16(bytes, at + ConfigLayout.ChannelParkAt);
            int slewPerSecond = BitConverter.ToUInt16(bytes, at + ConfigLayout.ChannelSlewAt);
            byte safe = bytes[at + ConfigLayout.ChannelSafeAt];
            if (low > park || park > high)
            {
                return Fail(ConfigField.ChannelLimits, i);
            }

            int slew = slewPerSecond * (FixedPoint.One / FixedPoint.SlewOne) * TickMs / 1000;
            if (slew < 1)
            {
                return Fail(ConfigField.ChannelSlew, i);
            }

            if (safe > OnSafe.Park)
            {
                return Fail(ConfigField.ChannelSafe, i);
            }

            byte chip = ChannelChip[i];
            bool pwm = ChipTypes[chip] == ChipType.Pca9685;
            double countsPerUnit = pwm
                ? PulseScale.CountsPerPulseUnit(ChipOscillator[chip], PulseScale.Prescale(ChipOscillator[chip], ChipFrequency[chip]))
                : 0.125;
            int gain = PulseScale.Gain(PulseMin[i], PulseMax[i], ChannelReversed[i], countsPerUnit);
            double most = (PulseMax[i] + Math.Abs(PulseOffset[i])) * countsPerUnit;
            if (PulseMax[i] <= PulseMin[i] || gain == 0 || most > PulseScale.MaxCount)
            {
                return Fail(ConfigField.ChannelPulse, i);
            }

            int bias = PulseScale.Bias(PulseMin[i], PulseMax[i], PulseOffset[i], ChannelReversed[i], countsPerUnit);

            // Both ends of the permitted range must be counts that the chip can make: the tick does not check again.
            int atLow = PulseScale.ToCount(low, gain, bias);
            int atHigh = PulseScale.ToCount(high, gain, bias);
            if (atLow < 0 || atLow > PulseScale.MaxCount || atHigh < 0 || atHigh > PulseScale.MaxCount)
            {
                return Fail(ConfigField.ChannelLimits, i);
            }

            Channels.Low[i] = low;
            Channels.High[i] = high;
            Channels.Park[i] = park;
            Channels.Slew[i] = slew;
            Channels.Safe[i] = safe;
            Channels.Gain[i] = gain;
            Channels.Bias[i] = bias;
            return true;
        }
    }
}
