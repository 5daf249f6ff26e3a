using Ganglion.Shared.Legs;

namespace Ganglion.Shared.Reflexes
{
    /// <summary>
    /// Gains of a walker's reflexes, staged before Walking.WalkReflexes judges them. With all gains 0 the
    /// walker walks as if there were none.
    /// </summary>
    public sealed class ReflexParameters
    {
        /// <summary>Time constant of the slope's low-pass [s], 0.02..2.</summary>
        public float SlopeTime = 0.08f;

        /// <summary>Share of the slope that the soles take over, 0..1.5.</summary>
        public float Adapt;

        /// <summary>Factor on the shift of the Tegotae law, 0..1.5.</summary>
        public float Tegotae;

        /// <summary>Input to the body's x oscillator per body weight of load difference, 0..0.1.</summary>
        public float Plantar;

        /// <summary>Torso feedback, joint angle per pitch or roll, +-3, and per rate [s], +-1.</summary>
        public float AnklePitch, AnklePitchRate, HipPitch, HipPitchRate, HipRoll, HipRollRate, AnkleRoll, AnkleRollRate;

        /// <summary>Landing place per deviation of the body's speed, forward and to the side [s], +-1.</summary>
        public float PlaceForward, PlaceSide;

        /// <summary>Turning speed per error of the heading [1/s], 0..5.</summary>
        public float Heading;

        /// <summary>How fast a foot that lands on its toe alone makes the slope steeper [rad/s], 0..5; above 0 the slope is read of soles
        /// that do not stand on an edge. 0: toes and heels say nothing to who walks.</summary>
        public float ToeStrike;

        /// <summary>Load of a foot above which it touches the ground, in body weights, 0..1.</summary>
        public float ContactLoad = 0.05f;

        /// <summary>True if a gain is other than 0: else nothing needs to be computed.</summary>
        public bool Any
        {
            get
            {
                return Adapt != 0f || Tegotae != 0f || Plantar != 0f || AnklePitch != 0f || AnklePitchRate != 0f || HipPitch != 0f
                    || HipPitchRate != 0f || HipRoll != 0f || HipRollRate != 0f || AnkleRoll != 0f || AnkleRollRate != 0f
                    || PlaceForward != 0f || PlaceSide != 0f || Heading != 0f;
            }
        }

        /// <summary>The same values once more.</summary>
        public ReflexParameters Copy() { return (ReflexParameters)MemberwiseClone(); }

        /// <summary>Judges the gains.</summary>
        public WalkReason Check()
        {
            bool good = Numbers.Within(SlopeTime, 0.02f, 2f) && Numbers.Within(Adapt, 0f, 1.5f)
                && Numbers.Within(Tegotae, 0f, 1.5f)
                && Numbers.Within(Plantar, 0f, 0.1f) && Numbers.Within(AnklePitch, -3f, 3f)
                && Numbers.Within(AnklePitchRate, -1f, 1f)
                && Numbers.Within(HipPitch, -3f, 3f) && Numbers.Within(HipPitchRate, -1f, 1f)
                && Numbers.Within(HipRoll, -3f, 3f)
                && Numbers.Within(HipRollRate, -1f, 1f) && Numbers.Within(AnkleRoll, -3f, 3f)
                && Numbers.Within(AnkleRollRate, -1f, 1f)
                && Numbers.Within(PlaceForward, -1f, 1f) && Numbers.Within(PlaceSide, -1f, 1f)
                && Numbers.Within(Heading, 0f, 5f)
                && Numbers.Within(ToeStrike, 0f, 5f) && Numbers.Within(ContactLoad, 0f, 1f);
            return good ? WalkReason.None : WalkReason.ReflexOutOfRange;
        }
    }
}
