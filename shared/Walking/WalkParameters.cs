using System;
using Ganglion.Shared.Legs;

namespace Ganglion.Shared.Walking
{
    /// <summary>
    /// A gait, staged before <see cref="Walker.Configure"/> judges it. Lengths in metres, times in seconds, axes by REP-103.
    /// A writer fills the fields; nothing is checked before <see cref="Check"/>.
    /// </summary>
    public sealed class WalkParameters
    {
        /// <summary>Share of the cycle that a foot stands, 0.5..0.9.</summary>
        public float Duty = 0.6f;

        /// <summary>Height of a step [m], 0..0.5.</summary>
        public float Lift;

        /// <summary>Where a foot stands in the middle of its stance: forward of the walker's path point, and to its side [m].</summary>
        public float FootX, FootY;

        /// <summary>Height of the hips over the soles [m].</summary>
        public float Height;

        /// <summary>Where the hips are at rest, forward of the path point [m].</summary>
        public float BodyX;

        /// <summary>
        /// Motion of the hips [m per unit of output of cx, cy, cz]: forward, up, and to the right, which is the paper's z.
        /// </summary>
        public float Surge, Bob, Sway;

        /// <summary>Motion of the hips to the right per unit of output of cx [m]: with <see cref="Sway"/> it sets the sway's
        /// phase, because cx lags cz by a quarter of the cycle.</summary>
        public float SwayCross;

        /// <summary>Pitch at which the torso is carried [rad], forward above 0, within +-0.5.</summary>
        public float Lean;

        /// <summary>Corner of the two low-pass stages that take the rectifiers' edges off the outputs [Hz], 0.5..20.</summary>
        public float BodyCorner = 3.5f;

        /// <summary>Cycle of the network at frequency 1 [s], 0.2..10, as it was measured.</summary>
        public float Cycle;

        /// <summary>
        /// Phase in turns = (angle + Shift + Sin2 sin 2 angle + Cos2 cos 2 angle + Sin4 sin 4 angle + Cos4 cos 4 angle) / 2 pi,
        /// where the angle is atan2(x output, y output) of a foot, so that it grows evenly in time and is 0 in the middle of
        /// the swing. Each within +-0.2 rad.
        /// </summary>
        public float Shift, Sin2, Cos2, Sin4, Cos4;

        /// <summary>Largest speed, forward or backward [m/s], and largest turning speed [rad/s].</summary>
        public float MaxSpeed, MaxTurn;

        /// <summary>Largest change of speed [m/s2] and of turning speed [rad/s2].</summary>
        public float Acceleration = 0.2f, TurnAcceleration = 0.3f;

        /// <summary>Time from standing to full steps, and back [s], 0.1..60. Two cycles or more let the feet end side by side.</summary>
        public float Ramp = 3f;

        /// <summary>Largest factor on lift and body motion that a command may ask for.</summary>
        public const float MaxAmplitude = 1.5f;

        /// <summary>Largest output of an oscillator that the reach is judged for; the published ones stay below 0.4.</summary>
        private const float MostOutput = 0.5f;

        /// <summary>Judges the gait for a pair of legs that passed their check.</summary>
        public WalkReason Check(LegGeometry leg)
        {
            if (!LegGeometry.Within(Cycle, 0.2f, 10f))
            {
                return WalkReason.CycleOutOfRange;
            }

            if (!LegGeometry.Within(Duty, 0.5f, 0.9f))
            {
                return WalkReason.DutyOutOfRange;
            }

            if (!LegGeometry.Within(Lift, 0f, 0.5f))
            {
                return WalkReason.LiftOutOfRange;
            }

            if (!LegGeometry.Within(FootX, -1f, 1f) || !LegGeometry.Within(FootY, 0f, 1f) || !LegGeometry.Within(Height, 0.01f, 4f)
                || !LegGeometry.Within(BodyX, -1f, 1f))
            {
                return WalkReason.StanceOutOfRange;
            }

            if (!LegGeometry.Within(Surge, -2f, 2f) || !LegGeometry.Within(Bob, -2f, 2f) || !LegGeometry.Within(Sway, -2f, 2f)
                || !LegGeometry.Within(SwayCross, -2f, 2f) || !LegGeometry.Within(Lean, -0.5f, 0.5f)
                || !LegGeometry.Within(BodyCorner, 0.5f, 20f))
            {
                return WalkReason.BodyOutOfRange;
            }

            if (!LegGeometry.Within(Shift, -0.2f, 0.2f) || !LegGeometry.Within(Sin2, -0.2f, 0.2f) || !LegGeometry.Within(Cos2, -0.2f, 0.2f)
                || !LegGeometry.Within(Sin4, -0.2f, 0.2f) || !LegGeometry.Within(Cos4, -0.2f, 0.2f))
            {
                return WalkReason.PhaseOutOfRange;
            }

            if (!LegGeometry.Within(MaxSpeed, 0f, 10f) || !LegGeometry.Within(MaxTurn, 0f, 10f)
                || !LegGeometry.Within(Acceleration, 0.001f, 10f) || !LegGeometry.Within(TurnAcceleration, 0.001f, 10f))
            {
                return WalkReason.BoundOutOfRange;
            }

            if (!LegGeometry.Within(Ramp, 0.1f, 60f))
            {
                return WalkReason.RampOutOfRange;
            }

            return CheckReach(leg);
        }

        // The corners of a box that holds all places of a foot from its hip: if they are within reach, all places are.
        private WalkReason CheckReach(LegGeometry leg)
        {
            float half = 0.5f * Duty * Cycle, turn = half * MaxTurn;
            float bob = MostOutput * Math.Abs(Bob), surge = MostOutput * Math.Abs(Surge), sway =
                MostOutput * (Math.Abs(Sway) + Math.Abs(SwayCross));
            float x = Math.Abs(FootX - BodyX) + half * MaxSpeed + surge + turn * FootY;
            float y = Math.Abs(FootY - leg.HipHalfWidth) + sway + turn * Math.Abs(FootX) + 0.5f * turn * half * MaxSpeed;
            float far = Height + bob - leg.Ankle, near = Height - bob - Lift - leg.Ankle, longest = leg.Thigh + leg.Shank;
            if (!(x * x + y * y + far * far <= longest * longest))
            {
                return WalkReason.OutOfReach;
            }

            float cosine = (float)Math.Cos(leg.KneeLimit);
            float shortest = leg.Thigh * leg.Thigh + leg.Shank * leg.Shank + 2f * leg.Thigh * leg.Shank * cosine;
            if (!(near >= 0f) || !(near * near >= shortest))
            {
                return WalkReason.KneeTooFar;
            }

            return WalkReason.None;
        }
    }
}
