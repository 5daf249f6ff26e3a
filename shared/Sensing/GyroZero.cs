namespace Ganglion.Shared.Sensing
{
    /// <summary>
    /// A gyroscope's offsets, learned while the body stands still and kept while it moves. Chips of the MPU6050 class show up
    /// to 20 degrees/s at rest (data sheet, zero-rate output), which the complementary filter would turn into 10 degrees of
    /// false tilt.
    /// </summary>
    public sealed class GyroZero
    {
        /// <summary>Time over which the offsets are averaged [s]. A body that stands still sways: over a time T that adds its
        /// change of angle / T, so that the longer it stands, the better.</summary>
        public const float Time = 10f;

        private readonly float _leastShare;
        private float _x, _y, _z, _readings;

        /// <summary>Rates without their offsets [rad/s].</summary>
        public float X, Y, Z;

        /// <param name="dt">Time between readings [s], above 0.</param>
        public GyroZero(float dt) { _leastShare = dt / Time; }

        /// <summary>Takes a reading.</summary>
        /// <param name="x">Measured rate [rad/s]; not NaN.</param>
        /// <param name="y">As x.</param>
        /// <param name="z">As x.</param>
        /// <param name="still">True while the body stands.</param>
        public void Update(float x, float y, float z, bool still)
        {
            if (still)
            {
                // A plain mean at first, then a low-pass.
                _readings += 1f;
                float share = 1f / _readings;
                if (share < _leastShare)
                {
                    share = _leastShare;
                }

                _x += share * (x - _x);
                _y += share * (y - _y);
                _z += share * (z - _z);
            }
            X = x - _x;
            Y = y - _y;
            Z = z - _z;
        }
    }
}
