using System;

namespace Ganglion.Shared.Rhythms
{
    /// <summary>The definition of a chess clock, staged before <see cref="ChessClockNetwork.Configure"/> judges it.</summary>
    public sealed class ChessClockParameters
    {
        /// <summary>Largest size of a bias, a gain, a leak or a coupling [1/s].</summary>
        public const float MaxRate = 50f;

        /// <summary>Most sides.</summary>
        public const int MaxSides = 8;

        /// <summary>Sides, each a flexor's and an extensor's clock.</summary>
        public readonly int Count;

        /// <summary>Of each side: what drives its clocks at rest, what the frequency factor adds (gain of the speed times the speed at
        /// factor 1), and the leak, all [1/s].</summary>
        public readonly float[] FlexorBias, ExtensorBias, FlexorGain, ExtensorGain, Leak;

        /// <summary>Which clock runs at the start and where it stands, in 1/128: below 128 the flexor's, from 128 on the
        /// extensor's.</summary>
        public readonly byte[] Start;

        /// <summary>Coupling at [receiver * 2 Count + sender] [1/s]; clock 2 i is the flexor's of side i, 2 i + 1 the extensor's.</summary>
        public readonly float[] Weights;

        /// <param name="count">Sides, 1..8.</param>
        /// <exception cref="ArgumentOutOfRangeException">The count is outside 1..8.</exception>
        public ChessClockParameters(int count)
        {
            if (count < 1 || count > MaxSides)
            {
                throw new ArgumentOutOfRangeException("count");
            }

            Count = count;
            FlexorBias = new float[count];
            ExtensorBias = new float[count];
            FlexorGain = new float[count];
            ExtensorGain = new float[count];
            Leak = new float[count];
            Start = new byte[count];
            Weights = new float[4 * count * count];
        }

        /// <summary>The bias, gain or leak of all sides: 0 flexor's bias, 1 extensor's bias, 2 flexor's gain, 3 extensor's gain, 4
        /// leak.</summary>
        public float[] Values(int parameter)
        {
            switch (parameter)
            {
                case 0: return FlexorBias;
                case 1: return ExtensorBias;
                case 2: return FlexorGain;
                case 3: return ExtensorGain;
                default: return Leak;
            }
        }

        /// <summary>Writes all but the couplings into a definition of as many.</summary>
        public void CopyTo(ChessClockParameters copy)
        {
            for (int i = 0; i < Count; i++)
            {
                copy.FlexorBias[i] = FlexorBias[i];
                copy.ExtensorBias[i] = ExtensorBias[i];
                copy.FlexorGain[i] = FlexorGain[i];
                copy.ExtensorGain[i] = ExtensorGain[i];
                copy.Leak[i] = Leak[i];
                copy.Start[i] = Start[i];
            }
        }

        /// <summary>Judges the ranges of the definition.</summary>
        /// <param name="where">Index of the refused side or weight; 0 when accepted.</param>
        public RhythmReason Check(out int where)
        {
            for (int parameter = 0; parameter < 5; parameter++)
            {
                float[] values = Values(parameter);
                for (int i = 0; i < Count; i++)
                {
                    where = i;
                    RhythmReason reason = KimuraParameters.Judge(values[i], parameter == 4 ? 0f : -MaxRate, MaxRate,
                        RhythmReason.ClockOutOfRange);
                    if (reason != RhythmReason.None)
                    {
                        return reason;
                    }
                }
            }

            for (int k = 0; k < Weights.Length; k++)
            {
                where = k;
                int side = k / (4 * Count), sender = k % (2 * Count) / 2;
                RhythmReason reason = KimuraParameters.Judge(Weights[k], -MaxRate, MaxRate, RhythmReason.WeightOutOfRange);
                reason = reason == RhythmReason.None && side == sender && Weights[k] != 0f ? RhythmReason.WeightOutOfRange : reason;
                if (reason != RhythmReason.None)
                {
                    return reason;
                }
            }

            where = 0;
            return RhythmReason.None;
        }
    }
}
