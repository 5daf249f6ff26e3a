using System;
using Ganglion.Shared.Sensing;

namespace Ganglion.Shared.Rhythms
{
    /// <summary>The definition of pairs of Izhikevich cells, staged before <see cref="CellPairNetwork.Configure"/> judges it.</summary>
    public sealed class CellPairParameters
    {
        /// <summary>Most pairs.</summary>
        public const int MaxPairs = 8;

        /// <summary>Most steps of all cells together in a tick: what a board has time for in 9 000 instructions.</summary>
        public const int MaxCellSteps = 128;

        /// <summary>Largest size of a weight [mV/ms].</summary>
        public const float MaxWeight = 50f;

        /// <summary>Largest steady current and size of the feedback [mV/ms].</summary>
        public const float MaxCurrent = 327.67f, MaxFeedback = 32.767f;

        /// <summary>Largest time scale [ms/s], steepness [1/V] and time of an envelope [ms of the cells].</summary>
        public const float MaxTimeScale = 655.35f, MaxSteepness = 655.35f, MaxEnvelope = 655.35f;

        /// <summary>Longest step of the cells [ms]. Against steps of 0.005 the pendulum paper's pair alternates 1.8 % too slowly with 0.05,
        /// 4 % with 0.1, 9 % with 0.25; with 0.5 its bursts have a fifth fewer spikes.</summary>
        public const float MaxStep = 0.5f;

        /// <summary>Counts of the wire in one: of a, of b, of d and the feedback, of the step, and of the other numbers.</summary>
        public const int PerRate = 50000, PerSlope = 10000, PerThousandth = 1000, PerStep = 200, PerHundredth = 100;

        /// <summary>Largest values that the wire has of the cells' constants a [1/ms], b, d.</summary>
        private const float MaxA = 1.32f, MaxB = 3.3f, MaxD = 33f;

        /// <summary>Pairs; cell 2 i is the flexor's of pair i, 2 i + 1 the extensor's.</summary>
        public readonly int Count;

        /// <summary>Of each pair: the constants of both cells, a [1/ms], b, c [mV], d.</summary>
        public readonly float[] A, B, C, D;

        /// <summary>Of each pair: the steady current into both [mV/ms]; and, the same for all pairs, what passes in the cells while a
        /// second passes for the board [ms/s], the time in which the envelope of spikes decays and the longest step, both [ms of the
        /// cells].</summary>
        public readonly float[] Current, TimeScale, Envelope, Step;

        /// <summary>Which analog input a pair feels, 1 the first; 0 none, and then all that belongs to it is 0.</summary>
        public readonly byte[] Input;

        /// <summary>Of a pair that feels one: size of the feedback [mV/ms], how soon it saturates [1/V], voltage in the middle [V], and
        /// how far from it the sensor may get [V].</summary>
        public readonly float[] Feedback, Steepness, Zero, Reach;

        /// <summary>Weight of a synapse at [receiver * 2 Count + sender] [mV/ms a spike], between the two cells of a pair only; below 0 it
        /// inhibits.</summary>
        public readonly float[] Weights;

        /// <param name="count">Pairs, 1..8.</param>
        /// <exception cref="ArgumentOutOfRangeException">The count is outside 1..8.</exception>
        public CellPairParameters(int count)
        {
            if (count < 1 || count > MaxPairs)
            {
                throw new ArgumentOutOfRangeException("count");
            }

            Count = count;
            A = new float[count];
            B = new float[count];
            C = new float[count];
            D = new float[count];
            Current = new float[count];
            TimeScale = new float[count];
            Envelope = new float[count];
            Step = new float[count];
            Input = new byte[count];
            Feedback = new float[count];
            Steepness = new float[count];
            Zero = new float[count];
            Reach = new float[count];
            Weights = new float[4 * count * count];
        }

        /// <summary>Writes all but the weights into a definition of as many.</summary>
        public void CopyTo(CellPairParameters copy)
        {
            for (int i = 0; i < Count; i++)
            {
                copy.A[i] = A[i];
                copy.B[i] = B[i];
                copy.C[i] = C[i];
                copy.D[i] = D[i];
                copy.Current[i] = Current[i];
                copy.TimeScale[i] = TimeScale[i];
                copy.Envelope[i] = Envelope[i];
                copy.Step[i] = Step[i];
                copy.Input[i] = Input[i];
                copy.Feedback[i] = Feedback[i];
                copy.Steepness[i] = Steepness[i];
                copy.Zero[i] = Zero[i];
                copy.Reach[i] = Reach[i];
            }
        }

        /// <summary>Judges the ranges of the definition.</summary>
        /// <param name="where">Index of the refused pair or weight; 0 when accepted.</param>
        public RhythmReason Check(out int where)
        {
            for (int i = 0; i < Count; i++)
            {
                where = i;
                bool cells = Numbers.Within(A[i], 0.5f / PerRate, MaxA) && Numbers.Within(B[i], -MaxB, MaxB)
                    && Numbers.Within(C[i], -100f, 0f) && Numbers.Within(D[i], -MaxD, MaxD)
                    && Numbers.Within(Current[i], -MaxCurrent, MaxCurrent)
                    && Numbers.Within(TimeScale[i], 0.01f, MaxTimeScale) && TimeScale[i] == TimeScale[0]
                    && Numbers.Within(Envelope[i], 1f, MaxEnvelope) && Envelope[i] == Envelope[0]
                    && Numbers.Within(Step[i], 0.5f / PerStep, MaxStep) && Step[i] == Step[0];
                if (!cells || !CheckFeedback(i))
                {
                    return RhythmReason.CellOutOfRange;
                }
            }

            for (int k = 0; k < Weights.Length; k++)
            {
                where = k;
                int receiver = k / (2 * Count), sender = k % (2 * Count);
                float most = receiver != sender && receiver / 2 == sender / 2 ? MaxWeight : 0f;
                RhythmReason reason = KimuraParameters.Judge(Weights[k], -most, most, RhythmReason.WeightOutOfRange);
                if (reason != RhythmReason.None)
                {
                    return reason;
                }
            }

            where = 0;
            return RhythmReason.None;
        }

        /// <summary>Steps of each cell in a tick, none of them longer than the definition allows.</summary>
        /// <param name="passes">What passes in the cells in the tick [ms].</param>
        public int StepsOf(float passes)
        {
            float step = Step[0];
            if (step <= 0f || passes > step * MaxCellSteps)
            {
                return MaxCellSteps;
            }

            // A whole step by rounding alone is none.
            int steps = (int)(passes / step + 0.999f);
            return steps < 1 ? 1 : steps;
        }

        private bool CheckFeedback(int i)
        {
            if (Input[i] == 0)
            {
                return Numbers.Within(Feedback[i], 0f, 0f) && Numbers.Within(Steepness[i], 0f, 0f) && Numbers.Within(Zero[i], 0f, 0f)
                    && Numbers.Within(Reach[i], 0f, 0f);
            }

            return Numbers.Within(Feedback[i], -MaxFeedback, MaxFeedback) && Numbers.Within(Steepness[i], 0f, MaxSteepness)
                && Numbers.Within(Zero[i], 0f, 2.048f) && Numbers.Within(Reach[i], 0.005f, 2.56f);
        }
    }

    /// <summary>What pairs of cells feel of sensors at analog inputs: q tanh(steepness (volts - zero)) in the flexor's cell and its
    /// negative in the extensor's. A sensor that is further from its zero than it can reach is not believed: a wire that is off.</summary>
    public sealed class CellFeedback
    {
        /// <summary>Ticks in a row beyond its reach after which a sensor is lost: three readings of an ADS1115.</summary>
        public const int LostAfter = 12;

        /// <summary>What is added to a membrane's slope whatever drives it [mV/ms].</summary>
        public const float Constant = 140f;

        /// <summary>Live readings of the analog inputs [counts of AnalogScale]; null: nothing is felt.</summary>
        public int[] Analog;

        // By pair: ticks that its sensor has been beyond its reach.
        private readonly int[] _beyond;

        /// <param name="pairs">Pairs.</param>
        public CellFeedback(int pairs)
        {
            _beyond = new int[pairs];
        }

        /// <summary>Pair whose sensor has been beyond its reach for <see cref="LostAfter"/> ticks; -1: none.</summary>
        public int Lost { get; private set; } = -1;

        /// <summary>Believes all sensors again: before a start.</summary>
        public void Restart()
        {
            Lost = -1;
            for (int i = 0; i < _beyond.Length; i++)
            {
                _beyond[i] = 0;
            }
        }

        /// <summary>Writes what drives the cells of pairs that feel something.</summary>
        /// <param name="p">The definition in force.</param>
        /// <param name="drive">By cell, two a pair [mV/ms].</param>
        public void Drive(CellPairParameters p, float[] drive)
        {
            for (int i = 0; i < p.Count; i++)
            {
                int input = p.Input[i];
                if (input == 0)
                {
                    continue;
                }

                float volts = Analog[input - 1] * (float)AnalogScale.VoltsPerCount - p.Zero[i], reach = p.Reach[i];
                if (volts <= reach && volts >= -reach)
                {
                    _beyond[i] = 0;
                }
                else if (++_beyond[i] >= LostAfter)
                {
                    Lost = i;
                }

                float steady = Constant + p.Current[i], felt = p.Feedback[i] * Tanh(p.Steepness[i] * volts);
                drive[2 * i] = steady + felt;
                drive[2 * i + 1] = steady - felt;
            }
        }

        /// <summary>tanh x within 0.0001: Lambert's continued fraction, cut where it comes to 1. A board's own may differ from the host's
        /// in the last bits.</summary>
        /// <param name="x">Not NaN.</param>
        public static float Tanh(float x)
        {
            if (x > 4.97f)
            {
                return 1f;
            }

            if (x < -4.97f)
            {
                return -1f;
            }

            float square = x * x, below = 135135f + square * (62370f + square * (3150f + square * 28f));
            return below > 0f ? x * (135135f + square * (17325f + square * (378f + square))) / below : 0f;
        }
    }
}
