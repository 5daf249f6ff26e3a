using System;

namespace Ganglion.Shared.Sensing
{
    /// <summary>
    /// Pitch and roll from an accelerometer (true in the mean, noisy) and a gyroscope (smooth, drifting):
    /// angle = k (angle + rate dt) + (1 - k) accelerometer angle, with k = tau / (tau + dt).
    /// </summary>
    /// <remarks>Body axes REP-103: x forward, y left, z up. Pitch positive nose down (rotation about +y), roll positive to
    /// the right side down (rotation about +x). Valid to about 60 degrees of pitch.</remarks>
    public sealed class ComplementaryFilter
    {
        private readonly float _keep;
        private readonly float _dt;
        private bool _started;

        /// <summary>rad.</summary>
        public float Pitch;

        /// <summary>rad.</summary>
        public float Roll;

        /// <summary>rad/s, as measured.</summary>
        public float PitchRate;
        public float RollRate;

        /// <param name="timeConstant">s, where the gyroscope hands over to the accelerometer: 0.5 is usual.</param>
        /// <param name="dt">s between updates, above 0.</param>
        public ComplementaryFilter(float timeConstant, float dt)
        {
            if (!(timeConstant > 0f) || !(dt > 0f))
            {
                throw new ArgumentException("Time constant and step must be above 0 s.");
            }

            float sum = timeConstant + dt;
            _keep = sum > 0f ? timeConstant / sum : 0f;
            _dt = dt;
        }

        /// <summary>One step.</summary>
        /// <param name="ax">Accelerometer, any unit, all three alike; a body at rest reads +1 g upwards.</param>
        /// <param name="ay">As ax.</param>
        /// <param name="az">As ax.</param>
        /// <param name="rollRate">rad/s about x.</param>
        /// <param name="pitchRate">rad/s about y.</param>
        public void Update(float ax, float ay, float az, float rollRate, float pitchRate)
        {
            float fromPitch = (float)Math.Atan2(-ax, Math.Sqrt(ay * ay + az * az));
            float fromRoll = (float)Math.Atan2(ay, az);
            PitchRate = pitchRate;
            RollRate = rollRate;
            if (!_started)
            {
                _started = true;
                Pitch = fromPitch;
                Roll = fromRoll;
                return;
            }

            Pitch = _keep * (Pitch + pitchRate * _dt) + (1f - _keep) * fromPitch;
            Roll = _keep * (Roll + rollRate * _dt) + (1f - _keep) * fromRoll;
        }
    }
}
