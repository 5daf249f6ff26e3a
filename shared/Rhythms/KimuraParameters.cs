using System;

namespace Ganglion.Shared.Rhythms
{
    /// <summary>
    /// The definition of an oscillator network, staged before <see cref="KimuraNetwork.Configure"/> judges it.
    /// Flat arrays of <see cref="Capacity"/> entries (weights: Count x Count, row-major, row = receiver); a writer
    /// (wire decoder, factory, test) fills the first <see cref="Count"/> and nothing is checked here.
    /// </summary>
    public sealed class KimuraParameters
    {
        /// <summary>Range of Tr and Ta [s].</summary>
        public const float MinTimeConstant = 0.005f, MaxTimeConstant = 20f;

        /// <summary>Largest s, beta, a, and largest size of a weight, a feed or a state.</summary>
        public const float MaxMagnitude = 50f;

        /// <summary>Most oscillators that this object can hold.</summary>
        public readonly int Capacity;

        /// <summary>Oscillators in use, 1..Capacity.</summary>
        public int Count;

        /// <summary>Rise time of each oscillator's two neurons, Tr [s].</summary>
        public readonly float[] RiseTime;

        /// <summary>Adaptation time of each oscillator's two neurons, Ta [s].</summary>
        public readonly float[] AdaptationTime;

        /// <summary>Tonic drive s; the amplitude of the oscillation is proportional to it.</summary>
        public readonly float[] Drive;

        /// <summary>Adaptation gain beta, a magnitude.</summary>
        public readonly float[] Adaptation;

        /// <summary>Mutual inhibition a of the two neurons, a magnitude.</summary>
        public readonly float[] Inhibition;

        /// <summary>Coupling weights at [receiver * Count + sender]; they act extensor to extensor and flexor to flexor.</summary>
        public readonly float[] Weights;

        /// <summary>Lead of each oscillator over oscillator 0 in the start state, in quarter turns 0..3.</summary>
        public readonly byte[] Quarter;

        /// <param name="capacity">Most oscillators, 1..64.</param>
        /// <exception cref="ArgumentOutOfRangeException">The capacity is outside 1..64.</exception>
        public KimuraParameters(int capacity)
        {
            if (capacity < 1 || capacity > 64)
            {
                throw new ArgumentOutOfRangeException("capacity");
            }

            Capacity = capacity;
            RiseTime = new float[capacity];
            AdaptationTime = new float[capacity];
            Drive = new float[capacity];
            Adaptation = new float[capacity];
            Inhibition = new float[capacity];
            Weights = new float[capacity * capacity];
            Quarter = new byte[capacity];
        }

        /// <summary>Sets oscillator i (0..Capacity-1): Tr, Ta [s], s, beta and a as magnitudes.</summary>
        public void SetOscillator(int i, float riseTime, float adaptationTime, float drive, float adaptation, float inhibition)
        {
            RiseTime[i] = riseTime;
            AdaptationTime[i] = adaptationTime;
            Drive[i] = drive;
            Adaptation[i] = adaptation;
            Inhibition[i] = inhibition;
        }

        /// <summary>Judges the whole definition.</summary>
        /// <param name="where">Index of the refused oscillator, or of the refused weight; 0 when accepted.</param>
        public RhythmReason Check(out int where)
        {
            where = 0;
            if (Count < 1 || Count > Capacity)
            {
                return RhythmReason.CountOutOfRange;
            }

            for (int i = 0; i < Count; i++)
            {
                where = i;
                RhythmReason reason = Judge(RiseTime[i], MinTimeConstant, MaxTimeConstant, RhythmReason.TimeConstantOutOfRange);
                if (reason != RhythmReason.None)
                {
                    return reason;
                }

                reason = Judge(AdaptationTime[i], MinTimeConstant, MaxTimeConstant, RhythmReason.TimeConstantOutOfRange);
                if (reason != RhythmReason.None)
                {
                    return reason;
                }

                reason = Judge(Drive[i], 0f, MaxMagnitude, RhythmReason.DriveOutOfRange);
                if (reason != RhythmReason.None)
                {
                    return reason;
                }

                reason = Judge(Adaptation[i], 0f, MaxMagnitude, RhythmReason.AdaptationOutOfRange);
                if (reason != RhythmReason.None)
                {
                    return reason;
                }

                reason = Judge(Inhibition[i], 0f, MaxMagnitude, RhythmReason.InhibitionOutOfRange);
                if (reason != RhythmReason.None)
                {
                    return reason;
                }

                if (Quarter[i] > 3)
                {
                    return RhythmReason.QuarterOutOfRange;
                }
            }
            for (int k = 0; k < Count * Count; k++)
            {
                where = k;
                RhythmReason reason = Judge(Weights[k], -MaxMagnitude, MaxMagnitude, RhythmReason.WeightOutOfRange);
                if (reason != RhythmReason.None)
                {
                    return reason;
                }
            }
            where = 0;
            return RhythmReason.None;
        }

        /// <summary>None for a number within [min, max], else why it is refused.</summary>
        internal static RhythmReason Judge(float value, float min, float max, RhythmReason outside)
        {
            return Numbers.Within(value, min, max) ? RhythmReason.None : Refusal(value, outside);
        }

        /// <summary>Why a value that is not within its range is refused: NotANumber, or the given reason.</summary>
        internal static RhythmReason Refusal(float value, RhythmReason outside)
        {
            return float.IsNaN(value) ? RhythmReason.NotANumber : outside;
        }
    }
}
