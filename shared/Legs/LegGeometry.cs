namespace Ganglion.Shared.Legs
{
    /// <summary>
    /// Links and joints of both legs of a walker, in metres. A leg is a chain from the trunk: hip yaw, hip roll and hip
    /// pitch in one point, knee pitch, ankle pitch and, on a leg of six joints, ankle roll in one point.
    /// </summary>
    public sealed class LegGeometry
    {
        /// <summary>Joints of a leg in the order of an array of angles. A leg of five joints has no ankle roll.</summary>
        public const int HipYaw = 0, HipRoll = 1, HipPitch = 2, Knee = 3, AnklePitch = 4, AnkleRoll = 5;

        /// <summary>Angles that an array holds for a leg, whether it has its ankle roll or not.</summary>
        public const int Slots = 6;

        /// <summary>Range of a link's length [m]; the ankle may also be at the sole.</summary>
        public const float MinLink = 0.005f, MaxLink = 2f;

        /// <summary>Largest bend of the knee [rad].</summary>
        public const float MaxKnee = 3f;

        /// <summary>Hip to knee, and knee to ankle [m].</summary>
        public float Thigh, Shank;

        /// <summary>Ankle above the sole [m], 0..<see cref="MaxLink"/>.</summary>
        public float Ankle;

        /// <summary>Half the distance between the hips [m], 0..<see cref="MaxLink"/>.</summary>
        public float HipHalfWidth;

        /// <summary>Largest bend of the knee [rad], above 0; straight is 0.</summary>
        public float KneeLimit = 2.6f;

        /// <summary>Where the weight of robot and gait is on the soles that stand on level ground: load of the toes less that of the heels,
        /// in shares of both, within +-1.</summary>
        public float Balance;

        /// <summary>True for six joints a leg (12 in all), false for five (10, the mechanism of the paper).</summary>
        public bool HasAnkleRoll = true;

        /// <summary>Judges the geometry.</summary>
        public WalkReason Check()
        {
            if (!Numbers.Within(Thigh, MinLink, MaxLink) || !Numbers.Within(Shank, MinLink, MaxLink)
                || !Numbers.Within(Ankle, 0f, MaxLink) || !Numbers.Within(HipHalfWidth, 0f, MaxLink)
                || !Numbers.Within(KneeLimit, 0.1f, MaxKnee)
                || !Numbers.Within(Balance, -1f, 1f))
            {
                return WalkReason.GeometryOutOfRange;
            }

            return WalkReason.None;
        }
    }
}
