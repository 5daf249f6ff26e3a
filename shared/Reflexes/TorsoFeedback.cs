using Ganglion.Shared.Legs;

namespace Ganglion.Shared.Reflexes
{
    /// <summary>
    /// Keeps the torso upright by the joints of the standing legs (shared/README.md D2): each of ankle pitch, hip pitch,
    /// hip roll and ankle roll gets gain x angle + gain x rate, times the leg's share of standing. Positive gains turn the
    /// torso back.
    /// </summary>
    public sealed class TorsoFeedback
    {
        /// <summary>Largest addition to a joint [rad].</summary>
        public const float Limit = 0.3f;

        /// <summary>Share of the way that a leg's weight goes in a tick of 20 ms when it lands or lifts.</summary>
        private const float Change = 0.5f;

        private ReflexParameters _gains;

        /// <summary>Share of standing of each leg, 0..1.</summary>
        public float LeftWeight = 1f, RightWeight = 1f;

        /// <summary>Additions to a standing leg's hip before its weight [rad].</summary>
        public float HipPitch, HipRoll;

        /// <summary>Takes over gains that passed their check.</summary>
        public void Configure(ReflexParameters gains) { _gains = gains; }

        /// <summary>One tick.</summary>
        /// <param name="pitch">Pitch of the torso from what it shall be [rad], nose down above 0.</param>
        /// <param name="pitchRate">[rad/s].</param>
        /// <param name="roll">Roll [rad], right side down above 0.</param>
        /// <param name="rollRate">[rad/s].</param>
        /// <param name="leftStands">True while the left leg stands.</param>
        /// <param name="rightStands">As leftStands.</param>
        /// <param name="trim">Receives the additions to both legs' angles.</param>
        public void Update(float pitch, float pitchRate, float roll, float rollRate, bool leftStands, bool rightStands, float[] trim)
        {
            ReflexParameters g = _gains;
            float anklePitch = Numbers.Bound(g.AnklePitch * pitch + g.AnklePitchRate * pitchRate, Limit);
            float hipPitch = Numbers.Bound(g.HipPitch * pitch + g.HipPitchRate * pitchRate, Limit);
            float hipRoll = Numbers.Bound(g.HipRoll * roll + g.HipRollRate * rollRate, Limit);
            float ankleRoll = Numbers.Bound(g.AnkleRoll * roll + g.AnkleRollRate * rollRate, Limit);
            float w = LeftWeight;
            w += Change * ((leftStands ? 1f : 0f) - w);
            LeftWeight = w;
            trim[LegGeometry.HipRoll] = w * hipRoll;
            trim[LegGeometry.HipPitch] = w * hipPitch;
            trim[LegGeometry.AnklePitch] = w * anklePitch;
            trim[LegGeometry.AnkleRoll] = w * ankleRoll;
            w = RightWeight;
            w += Change * ((rightStands ? 1f : 0f) - w);
            RightWeight = w;
            trim[LegGeometry.Slots + LegGeometry.HipRoll] = w * hipRoll;
            trim[LegGeometry.Slots + LegGeometry.HipPitch] = w * hipPitch;
            trim[LegGeometry.Slots + LegGeometry.AnklePitch] = w * anklePitch;
            trim[LegGeometry.Slots + LegGeometry.AnkleRoll] = w * ankleRoll;
            HipPitch = hipPitch;
            HipRoll = hipRoll;
        }
    }
}
