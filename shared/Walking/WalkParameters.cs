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

        /// <summary>The same values once more.</summary>
        public WalkParameters Copy() { return (WalkParameters)MemberwiseClone(); }

        /// <summary>Phase of a foot in turns, -0.5..0.5, 0 in the middle of its swing; 0.5 while its oscillators rest.</summary>
        /// <param name="x">Output of the foot's x oscillator.</param>
        /// <param name="y">Output of its y oscillator.</param>
        public float Phase(float x, float y)
        {
            float square = x * x + y * y;
            if (square < 1e-12f)
            {
                return 0.5f;
            }

            float scale = 1f / square, s = 2f * x * y * scale, c = (y * y - x * x) * scale;
            float phase = ((float)Math.Atan2(x, y) + Shift + s * (Sin2 + 2f * Sin4 * c)
                + Cos2 * c + Cos4 * (1f - 2f * s * s)) * 0.15915494f;
            if (phase > 0.5f)
            {
                phase -= 1f;
            }
            else if (phase < -0.5f)
            {
                phase += 1f;
            }

            return phase;
        }

        /// <summary>Judges the gait for a pair of legs that passed their check.</summary>
        public WalkReason Check(LegGeometry leg)
        {
            if (!Numbers.Within(Cycle, 0.2f, 10f))
            {
                return WalkReason.CycleOutOfRange;
            }

            if (!Numbers.Within(Duty, 0.5f, 0.9f))
            {
                return WalkReason.DutyOutOfRange;
            }

            if (!Numbers.Within(Lift, 0f, 0.5f))
            {
                return WalkReason.LiftOutOfRange;
            }

            if (!Numbers.Within(FootX, -1f, 1f) || !Numbers.Within(FootY, 0f, 1f) || !Numbers.Within(Height, 0.01f, 4f)
                || !Numbers.Within(BodyX, -1f, 1f))
            {
                return WalkReason.StanceOutOfRange;
            }

            if (!Numbers.Within(Surge, -2f, 2f) || !Numbers.Within(Bob, -2f, 2f) || !Numbers.Within(Sway, -2f, 2f)
                || !Numbers.Within(SwayCross, -2f, 2f) || !Numbers.Within(Lean, -0.5f, 0.5f)
                || !Numbers.Within(BodyCorner, 0.5f, 20f))
            {
                return WalkReason.BodyOutOfRange;
            }

            if (!Numbers.Within(Shift, -0.2f, 0.2f) || !Numbers.Within(Sin2, -0.2f, 0.2f) || !Numbers.Within(Cos2, -0.2f, 0.2f)
                || !Numbers.Within(Sin4, -0.2f, 0.2f) || !Numbers.Within(Cos4, -0.2f, 0.2f))
            {
                return WalkReason.PhaseOutOfRange;
            }

            if (!Numbers.Within(MaxSpeed, 0f, 10f) || !Numbers.Within(MaxTurn, 0f, 10f)
                || !Numbers.Within(Acceleration, 0.001f, 10f) || !Numbers.Within(TurnAcceleration, 0.001f, 10f))
            {
                return WalkReason.BoundOutOfRange;
            }

            if (!Numbers.Within(Ramp, 0.1f, 60f))
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
