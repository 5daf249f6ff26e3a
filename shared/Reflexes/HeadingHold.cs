namespace Ganglion.Shared.Reflexes
{
    /// <summary>
    /// Keeps the heading: the gyroscope's turning speed about the vertical less the commanded one is summed up, and the walker
    /// turns against the sum. The sum fades over half a minute, so that what is left of the gyroscope's offset cannot lead it
    /// round.
    /// </summary>
    public sealed class HeadingHold
    {
        /// <summary>Largest turning speed that it asks for [rad/s].</summary>
        public const float Limit = 0.3f;

        private const float FadeTime = 30f;

        private readonly float _dt, _fade;
        private float _gain;

        /// <summary>Error of the heading [rad], to the left above 0.</summary>
        public float Error;

        /// <summary>Turning speed that takes it back [rad/s].</summary>
        public float Turn;

        /// <param name="dt">Tick [s], above 0.</param>
        public HeadingHold(float dt)
        {
            _dt = dt;
            _fade = dt / FadeTime;
        }

        /// <summary>Takes over a gain [1/s] that passed its check.</summary>
        public void Configure(float gain) { _gain = gain; }

        /// <summary>Takes the present heading for the wanted one.</summary>
        public void Reset() { Error = Turn = 0f; }

        /// <summary>One tick.</summary>
        /// <param name="yawRate">Measured [rad/s], to the left above 0.</param>
        /// <param name="turn">Commanded, without the correction [rad/s].</param>
        public void Update(float yawRate, float turn)
        {
            float error = Error;
            error += _dt * (yawRate - turn) - _fade * error;
            Error = error;
            error *= -_gain;
            if (error > Limit)
            {
                error = Limit;
            }
            else if (error < -Limit)
            {
                error = -Limit;
            }

            Turn = error;
        }
    }
}
