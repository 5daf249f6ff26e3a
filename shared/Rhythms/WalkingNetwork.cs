using System;

namespace Ganglion.Shared.Rhythms
{
    /// <summary>
    /// The coupling of a walker's foot oscillators, "pairs + quadrature ring", with or without the three oscillators of
    /// its centre of mass (shared/README.md A4 and A5). x is forward, y up and z right, as in the paper.
    /// <code>
    ///            lx   ly   rx   ry
    ///      lx [  0    0   -1   -q ]
    ///      ly [ -q    0    0   -1 ]
    ///      rx [ -1   -q    0    0 ]
    ///      ry [  0   -1   -q    0 ]
    /// </code>
    /// Forward, ly leads lx by a quarter turn (the foot is up while it moves forward) and right follows left by half a
    /// turn; transposing q gives backward walking. The rows of cx, cy, cz are copies of those of lx, ry, ly: the body
    /// goes right while the left foot is in the air. The feet do not see the centre of mass.
    /// </summary>
    public static class WalkingNetwork
    {
        /// <summary>Oscillators of the feet; with the centre of mass.</summary>
        public const int FootCount = 4, BodyCount = 7;

        /// <summary>Index of an oscillator.</summary>
        public const int LeftX = 0, LeftY = 1, RightX = 2, RightY = 3, BodyX = 4, BodyY = 5, BodyZ = 6;

        // The foot whose row and phase an oscillator of the centre of mass copies, from BodyX on.
        private static readonly int[] Copied = { LeftX, RightY, LeftY };

        /// <summary>Fills count, weights and start quarters of a definition; the oscillators' own parameters stay.</summary>
        /// <param name="parameters">A definition with a capacity of at least 4, with the centre of mass 7.</param>
        /// <param name="q">Strength of the quadrature ring, above 0; 0.7 locks in about two cycles, 0.1 stays near the
        /// single pair's period but takes ten times as long.</param>
        /// <param name="forward">Forward walking; false transposes the ring.</param>
        /// <param name="withBody">Adds the three oscillators of the centre of mass.</param>
        /// <exception cref="ArgumentException">The capacity is too small.</exception>
        public static void Fill(KimuraParameters parameters, float q, bool forward, bool withBody)
        {
            int n = withBody ? BodyCount : FootCount;
            if (parameters.Capacity < n)
            {
                throw new ArgumentException("capacity");
            }

            parameters.Count = n;
            float[] w = parameters.Weights;
            for (int k = 0; k < n * n; k++)
            {
                w[k] = 0f;
            }

            for (int i = 0; i < FootCount; i++)
            {
                // lx, ly, rx, ry form a circle: the partner is two places on, the ring's sender one place back.
                w[i * n + (i + 2) % 4] = -1f;
                w[i * n + (forward ? i + 3 : i + 1) % 4] = -q;
                parameters.Quarter[i] = (byte)(forward ? i : (4 - i) % 4);
            }
            if (!withBody)
            {
                return;
            }

            for (int i = FootCount; i < BodyCount; i++)
            {
                int foot = Copied[i - FootCount];
                for (int j = 0; j < FootCount; j++)
                {
                    w[i * n + j] = w[foot * n + j];
                }

                parameters.Quarter[i] = parameters.Quarter[foot];
            }
        }
    }
}
