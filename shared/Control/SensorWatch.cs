using Ganglion.Shared.Config;
using Ganglion.Shared.Link;
using Ganglion.Shared.Sensing;
using Ganglion.Shared.Walking;

namespace Ganglion.Shared.Control
{
    /// <summary>Turns raw readings into pitch and roll and notices when a sensor stops telling the truth.</summary>
    public sealed class SensorWatch
    {
        /// <summary>Where gyroscope and accelerometer hand over, s. The accelerometer of a torso that walks is wrong by degrees
        /// within a step, so that a walker trusts its gyroscope longer, whose offsets it learns while it stands.</summary>
        private const float FilterTime = 0.5f, WalkFilterTime = 2f;

        /// <summary>Equal raw readings that mean a frozen chip. Six values with noise in their last bits do not repeat by chance;
        /// a walker has no time to be patient.</summary>
        private const int FreezeReadings = 25, WalkFreezeReadings = 5;

        /// <summary>MPU6050 at +-500 degrees per second: 65.5 counts per degree per second, in rad/s per count.</summary>
        public const float GyroScale = 2.6646e-4f;

        /// <summary>Bits of <see cref="Flags"/>.</summary>
        public const int ImuPresent = 1;
        public const int ImuFrozen = 2;

        private ComplementaryFilter _filter;
        private FreezeDetector _freeze;
        private bool _imuRequired;
        private GyroZero _zero;
        private bool _walks;
        private float _tick = 0.02f;
        private float _yawRate;
        private int _missing;

        /// <summary>True if a sensor is configured.</summary>
        public bool Any;
        public int Flags;
        public int FaultChip;

        /// <summary>True while the body stands still, so that a walker's gyroscope offsets can be learned.</summary>
        public bool Still;

        public float Pitch { get { return _filter == null ? 0f : _filter.Pitch; } }

        public float Roll { get { return _filter == null ? 0f : _filter.Roll; } }

        public float PitchRate { get { return _filter == null ? 0f : _filter.PitchRate; } }

        public float RollRate { get { return _filter == null ? 0f : _filter.RollRate; } }

        public void Configure(BoardConfig config)
        {
            Any = false;
            _imuRequired = false;
            _filter = null;
            _walks = config.Walk != null;
            _tick = config.TickMs * 0.001f;
            for (int i = 0; i < config.ChipCount; i++)
            {
                byte type = config.ChipTypes[i];
                Any |= !config.DrivesOutputs(i);
                if (type == ChipType.Mpu6050)
                {
                    _imuRequired = config.ChipRequired[i];
                }
            }

            Restart();
        }

        /// <summary>Forgets the past: before arming.</summary>
        public void Restart()
        {
            Flags = 0;
            _missing = 0;
            _filter = new ComplementaryFilter(_walks ? WalkFilterTime : FilterTime, _tick);
            _zero = _walks ? new GyroZero(_tick) : null;
            _freeze = new FreezeDetector(6, _walks ? WalkFreezeReadings : FreezeReadings);
        }

        /// <summary>Gives a walker's reflexes what the IMU measures; zeros, which correct nothing, where it does not.</summary>
        public void Tell(WalkReflexes reflexes)
        {
            if (Flags != ImuPresent)
            {
                reflexes.Pitch = 0f;
                reflexes.PitchRate = 0f;
                reflexes.Roll = 0f;
                reflexes.RollRate = 0f;
                reflexes.YawRate = 0f;
                return;
            }

            ComplementaryFilter filter = _filter;
            reflexes.Pitch = filter.Pitch;
            reflexes.PitchRate = filter.PitchRate;
            reflexes.Roll = filter.Roll;
            reflexes.RollRate = filter.RollRate;
            reflexes.YawRate = _yawRate;
        }

        /// <summary>Takes the readings of this tick. Returns a reason to go safe, or None.</summary>
        public byte Update(SensorReadings readings)
        {
            if (!readings.ImuFresh)
            {
                if (Flags != 0)
                {
                    Miss();
                }

                return Reason.None;
            }

            _missing = 0;
            readings.ImuFresh = false;
            int[] raw = readings.Imu;
            if (_freeze.Update(raw))
            {
                Flags = ImuPresent | ImuFrozen;
                FaultChip = readings.ImuChip;
                return _imuRequired ? Reason.SensorFrozen : Reason.None;
            }

            Flags = ImuPresent;
            float rollRate = raw[3] * GyroScale, pitchRate = raw[4] * GyroScale;
            GyroZero zero = _zero;
            if (zero != null)
            {
                zero.Update(rollRate, pitchRate, raw[5] * GyroScale, Still);
                rollRate = zero.X;
                pitchRate = zero.Y;
                _yawRate = zero.Z;
            }

            _filter.Update(raw[0], raw[1], raw[2], rollRate, pitchRate);
            return Reason.None;
        }

        /// <summary>No reading came. A missing one is bridged; after as many as make a chip lost there is none any more, so that no reflex
        /// acts on an old one.</summary>
        private void Miss()
        {
            if (++_missing >= ChipHealth.LostAfter)
            {
                Flags = 0;
            }
        }
    }
}
