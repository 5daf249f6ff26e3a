using Ganglion.Shared.Rhythms;

namespace Ganglion.Shared.Walking
{
    /// <summary>
    /// The chess clock that times a walker's legs in place of its oscillators (shared/README.md A9 and A12), staged before
    /// <see cref="WalkTiming.Configure"/> judges it: both sides alike, each a flexor's clock for the swing and an extensor's for the
    /// stance. All 0: there is none.
    /// </summary>
    public sealed class WalkClocks
    {
        /// <summary>Sides, left and right, and numbers of a definition.</summary>
        public const int Sides = 2, Fields = 10;

        /// <summary>What drives a clock at rest, what the frequency factor adds, and the leak [1/s], as
        /// <see cref="ChessClockParameters"/> has them.</summary>
        public float FlexorBias, ExtensorBias, FlexorGain, ExtensorGain, Leak;

        /// <summary>What the running clock of the other side adds, by receiver and sender [1/s].</summary>
        public float FlexorFromFlexor, FlexorFromExtensor, ExtensorFromFlexor, ExtensorFromExtensor;

        /// <summary>Where the right side begins while the left flexor's clock begins, 0..255/128: below 1 its flexor's clock runs, from 1
        /// on its extensor's, 1 less.</summary>
        public float Start;

        /// <summary>Whether it times the legs: one of the numbers is not 0.</summary>
        public bool Any
        {
            get
            {
                return FlexorBias != 0f || ExtensorBias != 0f || FlexorGain != 0f || ExtensorGain != 0f || Leak != 0f
                    || FlexorFromFlexor != 0f || FlexorFromExtensor != 0f || ExtensorFromFlexor != 0f || ExtensorFromExtensor != 0f
                    || Start != 0f;
            }
        }

        /// <summary>The clocks of both sides; a start that is out of range, which is to be judged before, becomes 0.</summary>
        public ChessClockParameters MakeClocks()
        {
            ChessClockParameters clocks = new ChessClockParameters(Sides);
            for (int i = 0; i < Sides; i++)
            {
                clocks.FlexorBias[i] = FlexorBias;
                clocks.ExtensorBias[i] = ExtensorBias;
                clocks.FlexorGain[i] = FlexorGain;
                clocks.ExtensorGain[i] = ExtensorGain;
                clocks.Leak[i] = Leak;

                // Clock 2 i is the flexor's of side i, 2 i + 1 the extensor's.
                int other = 2 * (1 - i), flexor = 2 * i * 2 * Sides, extensor = flexor + 2 * Sides;
                clocks.Weights[flexor + other] = FlexorFromFlexor;
                clocks.Weights[flexor + other + 1] = FlexorFromExtensor;
                clocks.Weights[extensor + other] = ExtensorFromFlexor;
                clocks.Weights[extensor + other + 1] = ExtensorFromExtensor;
            }

            clocks.Start[1] = StartIsUsable ? (byte)(Start * 128f + 0.5f) : (byte)0;
            return clocks;
        }

        /// <summary>Whether <see cref="Start"/> is within its range.</summary>
        public bool StartIsUsable { get { return Numbers.Within(Start, 0f, 255f / 128f); } }
    }
}
