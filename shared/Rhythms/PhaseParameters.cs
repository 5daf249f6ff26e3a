using System;

namespace Ganglion.Shared.Rhythms
{
    /// <summary>The definition of a network of phases, staged before <see cref="PhaseNetwork.Configure"/> judges it.</summary>
    public sealed class PhaseParameters
    {
        /// <summary>Range of the frequency [1/s] and of the duty.</summary>
        public const float MinFrequency = 0.01f, MaxFrequency = 10f, MinDuty = 0.05f, MaxDuty = 0.95f;

        /// <summary>Most that the couplings onto one oscillator may come to together: below 1 no phase ever runs backward.</summary>
        public const float MaxCoupling = 0.95f;

        /// <summary>Oscillators.</summary>
        public readonly int Count;

        /// <summary>Of each oscillator: cycles a second, all the same; how much later than the others' it begins its cycle, turns 0..1;
        /// the share of the cycle that is stance; and the phase that it starts at, turns 0..1.</summary>
        public readonly float[] Frequency, Delay, Duty, Start;

        /// <summary>Coupling at [receiver * Count + sender], as a share of the receiver's frequency.</summary>
        public readonly float[] Weights;

        /// <param name="count">Oscillators, 1..64.</param>
        /// <exception cref="ArgumentOutOfRangeException">The count is outside 1..64.</exception>
        public PhaseParameters(int count)
        {
            if (count < 1 || count > 64)
            {
                throw new ArgumentOutOfRangeException("count");
            }

            Count = count;
            Frequency = new float[count];
            Delay = new float[count];
            Duty = new float[count];
            Start = new float[count];
            Weights = new float[count * count];
        }

        /// <summary>Writes all but the couplings into a definition of as many.</summary>
        public void CopyTo(PhaseParameters copy)
        {
            for (int i = 0; i < Count; i++)
            {
                copy.Frequency[i] = Frequency[i];
                copy.Delay[i] = Delay[i];
                copy.Duty[i] = Duty[i];
                copy.Start[i] = Start[i];
            }
        }

        /// <summary>Judges the whole definition.</summary>
        /// <param name="where">Index of the refused oscillator or weight; 0 when accepted.</param>
        public RhythmReason Check(out int where)
        {
            for (int i = 0; i < Count; i++)
            {
                where = i;
                RhythmReason reason = KimuraParameters.Judge(Frequency[i], MinFrequency, MaxFrequency, RhythmReason.PhaseOutOfRange);
                reason = reason == RhythmReason.None && Frequency[i] != Frequency[0] ? RhythmReason.PhaseOutOfRange : reason;
                reason = reason != RhythmReason.None ? reason
                    : KimuraParameters.Judge(Duty[i], MinDuty, MaxDuty, RhythmReason.PhaseOutOfRange);
                reason = reason != RhythmReason.None ? reason : JudgeTurn(Delay[i]);
                reason = reason != RhythmReason.None ? reason : JudgeTurn(Start[i]);
                if (reason != RhythmReason.None)
                {
                    return reason;
                }

                float sum = 0f;
                for (int j = 0; j < Count; j++)
                {
                    float weight = Weights[i * Count + j];
                    reason = KimuraParameters.Judge(weight, -MaxCoupling, MaxCoupling, RhythmReason.WeightOutOfRange);
                    if (reason != RhythmReason.None)
                    {
                        where = i * Count + j;
                        return reason;
                    }

                    sum += weight < 0f ? -weight : weight;
                }

                if (sum > MaxCoupling)
                {
                    where = i * Count;
                    return RhythmReason.WeightOutOfRange;
                }
            }

            where = 0;
            return RhythmReason.None;
        }

        private static RhythmReason JudgeTurn(float turn)
        {
            return KimuraParameters.Judge(turn, 0f, 1f, RhythmReason.PhaseOutOfRange);
        }
    }
}
