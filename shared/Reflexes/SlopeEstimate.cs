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
        /// <summary>Largest slope that is believed [rad].</summary>
        public const float Limit = 0.35f;

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
            value -= _share * (joints + pitch + value);
            if (value > Limit)
            {
                value = Limit;
            }
            else if (value < -Limit)
            {
                value = -Limit;
            }

            Value = value;
        }
    }
}
