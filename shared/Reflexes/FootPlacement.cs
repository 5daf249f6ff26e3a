namespace Ganglion.Shared.Reflexes
{
    /// <summary>
    /// Where to step to catch the body (Raibert, Legged Robots That Balance, 1986, chapter 2: landing place = neutral point +
    /// gain x (speed - wanted speed)). The board has no other speed than that of the standing leg: with its sole flat and its
    /// joints where they are commanded, the hip moves as commanded plus height x turning speed of leg and torso about the
    /// ankle. That deviation, over a low-pass, is what the next step answers.
    /// </summary>
    public sealed class FootPlacement
    {
        /// <summary>Largest change of the landing place [m], forward and to the side.</summary>
        public const float LimitForward = 0.12f, LimitSide = 0.06f;

        /// <summary>Time constant of the low-pass [s].</summary>
        private const float Time = 0.06f;

        private readonly float _share, _perTick;
        private ReflexParameters _gains = new ReflexParameters();
        private float _hipPitch, _hipRoll;

        /// <summary>Deviation of the body's speed [m/s], forward and to the left.</summary>
        public float SpeedForward, SpeedSide;

        /// <summary>Change of the landing place [m], forward and to the left.</summary>
        public float Forward, Side;

        /// <param name="dt">Tick [s], above 0.</param>
        public FootPlacement(float dt)
        {
            _share = dt / (Time + dt);
            _perTick = 1f / dt;
        }

        /// <summary>Takes over gains that passed their check; what is changed in them holds from the next tick on.</summary>
        public void Configure(ReflexParameters gains) { _gains = gains; }

        /// <summary>Forgets the speed.</summary>
        public void Reset() { SpeedForward = SpeedSide = Forward = Side = _hipPitch = _hipRoll = 0f; }

        /// <summary>One tick.</summary>
        /// <param name="height">Hip over the ankle [m].</param>
        /// <param name="pitchRate">Of the torso [rad/s].</param>
        /// <param name="rollRate">Of the torso [rad/s].</param>
        /// <param name="hipPitch">Addition of the reflexes to the standing hip's pitch [rad].</param>
        /// <param name="hipRoll">As hipPitch.</param>
        public void Update(float height, float pitchRate, float rollRate, float hipPitch, float hipRoll)
        {
            float rate = pitchRate + (hipPitch - _hipPitch) * _perTick, speed = SpeedForward;
            _hipPitch = hipPitch;
            speed += _share * (height * rate - speed);
            SpeedForward = speed;
            speed *= _gains.PlaceForward;
            if (speed > LimitForward)
            {
                speed = LimitForward;
            }
            else if (speed < -LimitForward)
            {
                speed = -LimitForward;
            }

            Forward = speed;

            // Rolling to the right moves the hip to the right, which is -y.
            rate = rollRate + (hipRoll - _hipRoll) * _perTick;
            speed = SpeedSide;
            _hipRoll = hipRoll;
            speed -= _share * (height * rate + speed);
            SpeedSide = speed;
            speed *= _gains.PlaceSide;
            if (speed > LimitSide)
            {
                speed = LimitSide;
            }
            else if (speed < -LimitSide)
            {
                speed = -LimitSide;
            }

            Side = speed;
        }
    }
}
