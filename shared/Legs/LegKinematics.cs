using System;

namespace Ganglion.Shared.Legs
{
    /// <summary>
    /// Inverse kinematics of a leg in closed form (shared/README.md D1). Axes by REP-103: x forward, y left, z up;
    /// positive yaw, roll and pitch turn about z, x and y. The chain is
    /// Rz(hip yaw) Rx(hip roll) Ry(hip pitch), thigh, Ry(knee), shank, Ry(ankle pitch), Rx(ankle roll), ankle height, sole.
    /// The knee bends backward, 0 is straight.
    /// </summary>
    public static class LegKinematics
    {
        /// <summary>
        /// Finds the joint angles that put the centre of the sole at a place. With six joints the sole is level; with five
        /// its centre is as exact, and it is tilted sideways by the hip roll, which no other joint can take back.
        /// </summary>
        /// <param name="leg">A geometry that passed its check.</param>
        /// <param name="x">Centre of the sole from the hip, in the trunk's axes [m].</param>
        /// <param name="y">As x.</param>
        /// <param name="z">As x; below 0.</param>
        /// <param name="yaw">Heading of the foot from that of the trunk [rad].</param>
        /// <param name="angles">Receives <see cref="LegGeometry.Slots"/> angles [rad].</param>
        /// <param name="at">Index of the first.</param>
        /// <returns>False if the place is out of reach or not a number: the angles stay as they were.</returns>
        public static bool Solve(LegGeometry leg, float x, float y, float z, float yaw, float[] angles, int at)
        {
            float thigh = leg.Thigh, shank = leg.Shank;
            if (yaw != 0f)
            {
                float c = (float)Math.Cos(yaw), s = (float)Math.Sin(yaw), along = c * x + s * y;
                y = c * y - s * x;
                x = along;
            }
            bool level = leg.HasAnkleRoll;
            if (level)
            {
                z += leg.Ankle;
            }

            float l = (float)Math.Sqrt(y * y + z * z);
            if (!level)
            {
                l -= leg.Ankle;
            }

            // Law of cosines for the knee. Below 1 also keeps out NaN, for which "less" is false on both runtimes.
            float cosine = (x * x + l * l - thigh * thigh - shank * shank) / (2f * thigh * shank);
            if (!(cosine <= 1f) || !(cosine >= -1f) || z > 0f)
            {
                return false;
            }

            float knee = (float)Math.Acos(cosine);
            if (knee > leg.KneeLimit)
            {
                return false;
            }

            float roll = (float)Math.Atan2(y, -z);
            float hip = (float)(Math.Atan2(-x, l) - Math.Atan2(shank * Math.Sqrt(1f - cosine * cosine), thigh + shank * cosine));
            angles[at] = yaw;
            angles[at + 1] = roll;
            angles[at + 2] = hip;
            angles[at + 3] = knee;
            angles[at + 4] = -(hip + knee);
            angles[at + 5] = level ? -roll : 0f;
            return true;
        }
    }
}
