namespace Ganglion.Shared.Legs
{
    /// <summary>
    /// The foot and body trajectories as the paper prints them (Kimura-CPG biped, Biomimetics 2025, 10(9), 637, equations
    /// 2 to 4), in its axes: x forward, y up, z right. A sinusoid plus a ramp cannot stand still for a stance, so a foot
    /// slides; <see cref="FootPath"/> is what a board walks with.
    /// </summary>
    public sealed class LiteralMapping
    {
        /// <summary>x0 and y0 of the feet [m]. Table 2 prints "z0"; equations 2 and 3 have only y0.</summary>
        public float FootX, FootY;

        /// <summary>Cx and Cy [m per unit of output].</summary>
        public float GainX, GainY;

        /// <summary>delta of the feet and lambda of the centre of mass [m/s].</summary>
        public float FootSpeed, BodySpeed;

        /// <summary>eta of the centre of mass [m].</summary>
        public float BodyX, BodyY, BodyZ;

        /// <summary>zeta of the centre of mass [m per unit of output].</summary>
        public float BodyGainX, BodyGainY, BodyGainZ;

        /// <summary>foot_x, equations 2 and 3 [m].</summary>
        public float FootForward(float output, float time) { return FootX + GainX * output + FootSpeed * time; }

        /// <summary>foot_y, equations 2 and 3 [m]; at or below 0 the foot is on the ground.</summary>
        public float FootUp(float output) { return FootY + GainY * output; }

        /// <summary>CoM_x, equation 4 [m].</summary>
        public float BodyForward(float output, float time) { return BodyX + BodyGainX * output + BodySpeed * time; }

        /// <summary>CoM_y, equation 4 [m].</summary>
        public float BodyUp(float output) { return BodyY + BodyGainY * output; }

        /// <summary>CoM_z, equation 4 [m].</summary>
        public float BodyRight(float output) { return BodyZ + BodyGainZ * output; }
    }
}
