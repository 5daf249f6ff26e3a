namespace Ganglion.Shared.Reflexes
{
    /// <summary>
    /// A gyroscope's offsets, learned while the body stands still and kept while it moves. Chips of the MPU6050 class show up
    /// to 20 degrees/s at rest (data sheet, zero-rate output), which the complementary filter would turn into 10 degrees of
    /// false tilt.
    /// </summary>
    public sealed class GyroZero
    {
        /// <summary>Time constant of the learning [s]: stand still for three of it.</summary>
        public const float Time = 0.5f;

        private readonly float _share;
        private float _x, _y, _z;
        private bool _started;

        /// <summary>Rates without their offsets [rad/s].</summary>
        public float X, Y, Z;

        /// <param name="dt">Time between readings [s], above 0.</param>
        public GyroZero(float dt) { _share = dt / (Time + dt); }

        /// <summary>Takes a reading.</summary>
        /// <param name="x">Measured rate [rad/s]; not NaN.</param>
        /// <param name="y">As x.</param>
        /// <param name="z">As x.</param>
        /// <param name="still">True while the body stands.</param>
        public void Update(float x, float y, float z, bool still)
        {
            if (!_started)
            {
                _started = true;
                _x = x;
                _y = y;
                _z = z;
            }
            else if (still)
            {
                _x += _share * (x - _x);
                _y += _share * (y - _y);
                _z += _share * (z - _z);
            }
            X = x - _x;
            Y = y - _y;
            Z = z - _z;
        }
    }
}
