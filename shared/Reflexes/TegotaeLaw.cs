using System;

namespace Ganglion.Shared.Reflexes
{
    /// <summary>
    /// How far the body leans into a slope, by Tegotae (Kimura-CPG biped, Biomimetics 2025, 10(9), 637, equations 19 to 21, in
    /// the corrected form of shared/README.md C2: as printed the reflex has no zero at the threshold and cannot shift the
    /// centre of mass). With T = cos(kc (c - thre)) slope and f = dT/dc,
    /// <code>dc/dt = k1 kc sin(kc (thre - |c|)) slope [|slope| > least] - k2 c</code>
    /// It settles at 0.0197, 0.0433, 0.0660, 0.0899 and 0.1032 m on 2, 5, 8.9, 15 and 20 degrees, and is odd in the slope.
    /// </summary>
    public sealed class TegotaeLaw
    {
        /// <summary>The paper's kc [1/m] and threshold [m].</summary>
        public const float Kc = 5.2f, Threshold = 0.18f;

        /// <summary>k1 [m/s per rad and 1/m] and the decay k2 [1/s]: 0.09 m on 15 degrees, the paper's shift.</summary>
        public const float K1 = 0.2283f, K2 = 1.56f;

        /// <summary>Slopes below it [rad] are taken for level ground.</summary>
        public const float LeastSlope = 0.03f;

        private readonly float _dt;

        /// <summary>Forward shift of the body [m].</summary>
        public float Shift;

        /// <param name="dt">Tick [s], above 0.</param>
        public TegotaeLaw(float dt) { _dt = dt; }

        /// <summary>One tick.</summary>
        /// <param name="slope">[rad], uphill above 0; not NaN.</param>
        public void Update(float slope)
        {
            float c = Shift, change = -K2 * c;
            if (slope > LeastSlope || slope < -LeastSlope)
            {
                change += K1 * Kc * slope * (float)Math.Sin(Kc * (Threshold - (c < 0f ? -c : c)));
            }

            Shift = c + _dt * change;
        }
    }
}
