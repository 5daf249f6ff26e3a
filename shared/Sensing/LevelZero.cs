namespace Ganglion.Shared.Sensing
{
    /// <summary>
    /// How far the IMU is askew, learned while the walker stands before its first step: its soles lie along the ground and hold
    /// it upright, so
    /// that its torso is tilted as its legs are told, and what the filter says beyond that is the chip's offset (50 mg, or
    /// 3 degrees, for the MPU6050's class) and its mounting. Kept while it walks.
    /// </summary>
    public sealed class LevelZero
    {
        /// <summary>Time constant of the learning [s].</summary>
        public const float Time = 0.3f;

        private readonly float _share;
        private float _pitch, _roll;

        /// <summary>Tilts without the offsets [rad].</summary>
        public float Pitch, Roll;

        /// <param name="dt">Tick [s], above 0.</param>
        public LevelZero(float dt) { _share = dt / (Time + dt); }

        /// <summary>One tick.</summary>
        /// <param name="pitch">The filter's pitch [rad]; not NaN.</param>
        /// <param name="roll">As pitch.</param>
        /// <param name="standing">Pitch that the legs make with soles along the ground [rad].</param>
        /// <param name="still">True while it stands.</param>
        public void Update(float pitch, float roll, float standing, bool still)
        {
            if (still)
            {
                _pitch += _share * (pitch - standing - _pitch);
                _roll += _share * (roll - _roll);
            }
            Pitch = pitch - _pitch;
            Roll = roll - _roll;
        }
    }
}
