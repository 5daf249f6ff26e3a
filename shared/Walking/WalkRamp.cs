using Ganglion.Shared.Legs;

namespace Ganglion.Shared.Walking
{
    /// <summary>
    /// How far a walker has got towards what it was told. A start raises the level of its steps from 0 (it stands) to 1, a stop
    /// lowers it again; speed, turning speed and amplitude follow their commands. Nothing changes by more than a bounded amount
    /// a tick.
    /// </summary>
    public sealed class WalkRamp
    {
        /// <summary>
        /// Longest time in which steps that go on without reflexes die away [s]. With sways of 40 mm half of the walkers fell in a
        /// ramp of 3 s, one of 30 in 0.4 s (level ground, knocks of 10 mm/s, seeds 7001-7030).
        /// </summary>
        private const float RampWithoutReflexes = 0.4f;

        private readonly float _dt;
        private WalkParameters _gait;
        private float _change, _fall;
        private float _speedTarget, _turnTarget, _amplitudeTarget = 1f;
        private bool _rising;

        /// <param name="dt">Tick [s], above 0.</param>
        public WalkRamp(float dt) { _dt = dt; }

        /// <summary>True from <see cref="Start"/> until the steps have died away after <see cref="Stop"/>.</summary>
        public bool Walking;

        /// <summary>Level of the steps, 0 standing, 1 full steps.</summary>
        public float Level;

        /// <summary>Present speed [m/s], turning speed [rad/s] and factor on lift and body motion, at full steps.</summary>
        public float Speed, Turn, Amplitude = 1f;

        /// <summary>Takes over a gait that passed its check.</summary>
        public void Configure(WalkParameters gait)
        {
            _gait = gait;
            _change = _dt / gait.Ramp;
        }

        /// <summary>Sets the commands, all or nothing.</summary>
        /// <param name="speed">Forward [m/s], within the gait's bound.</param>
        /// <param name="turn">To the left [rad/s], within the gait's bound.</param>
        /// <param name="amplitude">Factor on lift and body motion, 0..<see cref="WalkParameters.MaxAmplitude"/>.</param>
        public WalkReason SetCommand(float speed, float turn, float amplitude)
        {
            if (!Numbers.Within(speed, -_gait.MaxSpeed, _gait.MaxSpeed) || !Numbers.Within(turn, -_gait.MaxTurn, _gait.MaxTurn)
                || !Numbers.Within(amplitude, 0f, WalkParameters.MaxAmplitude))
            {
                return WalkReason.CommandOutOfRange;
            }

            _speedTarget = speed;
            _turnTarget = turn;
            _amplitudeTarget = amplitude;
            return WalkReason.None;
        }

        /// <summary>Lets the steps rise.</summary>
        public void Start()
        {
            _fall = _change;
            _rising = true;
            Walking = true;
        }

        /// <summary>Lets the steps die away.</summary>
        public void Stop() { _rising = false; }

        /// <summary>As <see cref="Stop"/>, in at most <see cref="RampWithoutReflexes"/>.</summary>
        public void StopSoon()
        {
            float change = _dt * (1f / RampWithoutReflexes);
            if (change > _change)
            {
                _fall = change;
            }

            Stop();
        }

        /// <summary>Ends at once.</summary>
        public void Abort()
        {
            _rising = false;
            Walking = false;
        }

        /// <summary>Stands, with the commands of a walk on the spot.</summary>
        public void Reset()
        {
            Abort();
            _speedTarget = _turnTarget = Speed = Turn = 0f;
            _amplitudeTarget = Amplitude = 1f;
            Level = 0f;
        }

        /// <summary>One tick while it walks.</summary>
        public void Step()
        {
            if (_rising)
            {
                Level += _change;
                if (Level > 1f)
                {
                    Level = 1f;
                }
            }
            else
            {
                Level -= _fall;
                if (Level <= 0f)
                {
                    Level = 0f;
                    Walking = false;
                }
            }

            if (Speed != _speedTarget)
            {
                Speed = Numbers.Approach(Speed, _speedTarget, _gait.Acceleration * _dt);
            }

            if (Turn != _turnTarget)
            {
                Turn = Numbers.Approach(Turn, _turnTarget, _gait.TurnAcceleration * _dt);
            }

            if (Amplitude != _amplitudeTarget)
            {
                Amplitude = Numbers.Approach(Amplitude, _amplitudeTarget, _dt);
            }
        }
    }
}
