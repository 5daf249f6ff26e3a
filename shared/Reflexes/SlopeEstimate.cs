namespace Ganglion.Shared.Reflexes
{
    /// <summary>
    /// Slope of the ground under the standing foot, from the posture alone (Kimura-CPG biped, Biomimetics 2025, 10(9), 637,
    /// equation 18, with the signs of shared/README.md C1): a sole that lies flat is turned as the ground is, and it is
    /// turned by the torso's pitch and the leg's three pitch joints together:
    /// <code>slope = -(hip + knee + ankle + pitch)</code>
    /// Uphill is above 0. The joints are those commanded: servos tell nothing back. Readings pass a low-pass and are taken
    /// only while the foot touches the ground.
    /// </summary>
    public sealed class SlopeEstimate
    {
        /// <summary>Largest slope that is believed [rad]: 25 degrees, the steepest ground of a trial.</summary>
        public const float Limit = 0.4363f;

        /// <summary>How fast the slope under who stands is found [rad/s]: 15 degrees in 0.75 s, and slowly enough for toes and heels
        /// that are read in turn, over 80 ms.</summary>
        public const float StandingRate = 0.35f;

        /// <summary>What a load may differ without a slope, in shares: joints give way, and a body that is held presses as it
        /// is held.</summary>
        private const float StandingSlack = 0.4f;

        private readonly float _dt;
        private float _share;

        /// <summary>The slope [rad].</summary>
        public float Value;

        /// <param name="dt">Tick [s], above 0.</param>
        public SlopeEstimate(float dt) { _dt = dt; }

        /// <summary>Sets the low-pass.</summary>
        /// <param name="time">Time constant [s], above 0.</param>
        public void Configure(float time) { _share = _dt / (time + _dt); }

        /// <summary>One tick with the standing foot on the ground.</summary>
        /// <param name="joints">Sum of the standing leg's hip pitch, knee and ankle pitch [rad].</param>
        /// <param name="pitch">Pitch of the torso [rad], nose down above 0.</param>
        public void Update(float joints, float pitch)
        {
            float value = Value;
            Value = Numbers.Bound(value - _share * (joints + pitch + value), Limit);
        }

        /// <summary>One tick in which it stands with its soles turned by the slope (shared/README.md C1): what the toes carry more than
        /// they should says that the ground rises more than the soles do.</summary>
        /// <param name="balance">Load of the toes less that of the heels, in shares of both, less what it is on level ground.</param>
        public void Stand(float balance)
        {
            if (balance > StandingSlack || balance < -StandingSlack)
            {
                Value = Numbers.Bound(Value + _dt * StandingRate * Numbers.Bound(balance, 1f), Limit);
            }
        }
    }
}
