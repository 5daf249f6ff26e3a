using System;

namespace Ganglion.Shared.Rhythms
{
    /// <summary>
    /// Limbs as phases (shared/README.md A10): with turns theta, delays P and couplings w as shares of the frequency f,
    /// <code>theta_i' = f (1 + sum_j w_ij sin 2 pi (theta_j + P_j - theta_i - P_i))</code>
    /// so that all theta + P come together whatever they started from, and, because the |w| onto one limb come to less than 1, no limb ever
    /// runs backward. A limb stands while theta is below its duty and swings from there to 1; the extensor's activity in stance and the
    /// flexor's in swing are 4 p (1 - p) of the share p of the phase that is over. Delays and duties that are changed while it runs go to
    /// their new values by at most <see cref="ChangePerCycle"/> a cycle, delays the shorter way round, so that a gait passes into another
    /// without a stop. A step uses + - * and comparisons only, but for a division while a duty changes, and allocates nothing.
    /// </summary>
    public sealed class PhaseNetwork : RhythmNetwork
    {
        /// <summary>Largest change of a delay or a duty, turns a cycle.</summary>
        public const float ChangePerCycle = 0.25f;

        private const float MaxCyclesPerStep = 0.25f;

        private readonly float[] _theta, _delay, _delayTarget, _duty, _dutyTarget, _perStance, _perSwing, _sine, _cosine, _weights;
        private PhaseParameters _parameters;
        private float _cyclesPerStep;
        private bool _changing;

        /// <param name="capacity">Oscillators, 1..64; a definition has as many.</param>
        /// <param name="dt">Fixed step [s], <see cref="RhythmNetwork.MinTick"/>..<see cref="RhythmNetwork.MaxTick"/>.</param>
        /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range.</exception>
        public PhaseNetwork(int capacity, float dt)
            : this(new float[Judged(capacity)], new float[Judged(capacity)], dt)
        {
        }

        private PhaseNetwork(float[] extensor, float[] flexor, float dt)
            : base(dt, extensor, flexor, extensor, flexor)
        {
            int capacity = extensor.Length;
            _theta = new float[capacity];
            _delay = new float[capacity];
            _delayTarget = new float[capacity];
            _duty = new float[capacity];
            _dutyTarget = new float[capacity];
            _perStance = new float[capacity];
            _perSwing = new float[capacity];
            _sine = new float[capacity];
            _cosine = new float[capacity];
            _weights = new float[capacity * capacity];
        }

        /// <summary>Live phases, turns 0..1: for reading only.</summary>
        public float[] Theta { get { return _theta; } }

        /// <summary>Takes over a definition of as many oscillators as the capacity, all or nothing. One that runs keeps its phases and
        /// goes to the new delays and duties by bounded changes.</summary>
        /// <param name="parameters">The definition; it is kept, and <see cref="RhythmNetwork.SetParameter"/> changes it.</param>
        /// <param name="where">Index of the refused oscillator or weight.</param>
        public RhythmReason Configure(PhaseParameters parameters, out int where)
        {
            RhythmReason reason = parameters.Check(out where);
            if (reason != RhythmReason.None)
            {
                return reason;
            }

            if (parameters.Count != _theta.Length)
            {
                return RhythmReason.CountOutOfRange;
            }

            float before = _cyclesPerStep;
            _cyclesPerStep = Dt * parameters.Frequency[0];
            reason = JudgeFrequencies();
            if (reason != RhythmReason.None)
            {
                _cyclesPerStep = before;
                return reason;
            }

            bool first = Count == 0;
            _parameters = parameters;
            Count = parameters.Count;
            for (int k = 0; k < _weights.Length; k++)
            {
                _weights[k] = parameters.Weights[k];
            }

            for (int i = 0; i < Count; i++)
            {
                _delayTarget[i] = parameters.Delay[i];
                _dutyTarget[i] = parameters.Duty[i];
            }

            _changing = true;
            if (first)
            {
                Reset();
            }

            return RhythmReason.None;
        }

        /// <inheritdoc/>
        public override void Reset()
        {
            for (int i = 0; i < Count; i++)
            {
                _theta[i] = Turn(_parameters.Start[i]);
                _delay[i] = _delayTarget[i];
                SetDuty(i, _dutyTarget[i]);
            }

            _changing = false;
            Activities();
        }

        /// <inheritdoc/>
        public override void Step()
        {
            if (Modulating)
            {
                Modulate();
            }

            float h = _cyclesPerStep * FrequencyFactor;
            if (_changing)
            {
                Change(ChangePerCycle * h);
            }

            float[] theta = _theta, sine = _sine, cosine = _cosine, weights = _weights;
            int count = Count;
            for (int i = 0; i < count; i++)
            {
                float common = theta[i] + _delay[i];
                if (common >= 1f)
                {
                    common -= 1f;
                }

                sine[i] = Sine(common);
                common += 0.25f;
                cosine[i] = Sine(common >= 1f ? common - 1f : common);
            }

            int k = 0;
            for (int i = 0; i < count; i++)
            {
                float sumSine = 0f, sumCosine = 0f;
                for (int j = 0; j < count; j++)
                {
                    float weight = weights[k];
                    k++;
                    sumSine += weight * sine[j];
                    sumCosine += weight * cosine[j];
                }

                float next = theta[i] + h * (1f + sumSine * cosine[i] - sumCosine * sine[i]);
                theta[i] = next >= 1f ? next - 1f : next;
            }

            Activities();
        }

        /// <summary>0 Frequency, 1 Delay, 2 Duty.</summary>
        protected override float[] Values(int parameter)
        {
            return parameter == 0 ? _parameters.Frequency : parameter == 1 ? _parameters.Delay
                : parameter == 2 ? _parameters.Duty : null;
        }

        /// <summary>The frequency.</summary>
        protected override bool IsShared(int parameter) { return parameter == 0; }

        /// <inheritdoc/>
        protected override RhythmReason Reconfigure()
        {
            int where;
            return Configure(_parameters, out where);
        }

        /// <inheritdoc/>
        protected override RhythmReason JudgeFrequency(float frequency)
        {
            return _cyclesPerStep * frequency > MaxCyclesPerStep ? RhythmReason.StepTooLong : RhythmReason.None;
        }

        /// <inheritdoc/>
        protected override void Modulated(bool frequency, bool amplitude)
        {
        }

        private void SetDuty(int i, float duty)
        {
            float swing = 1f - duty;
            if (duty > 0f && swing > 0f)
            {
                _duty[i] = duty;
                _perStance[i] = 1f / duty;
                _perSwing[i] = 1f / swing;
            }
        }

        /// <summary>Delays and duties a step nearer to what was asked for.</summary>
        private void Change(float most)
        {
            bool changing = false;
            for (int i = 0; i < Count; i++)
            {
                float way = _delayTarget[i] - _delay[i];
                // The shorter way round; at a half turn the limb waits.
                way = way > 0.5f ? way - 1f : way < -0.5f ? way + 1f : way;
                _delay[i] = Turn(_delay[i] + Numbers.Bound(way, most));
                changing = changing || way > most || way < -most;
                if (_duty[i] != _dutyTarget[i])
                {
                    SetDuty(i, Numbers.Approach(_duty[i], _dutyTarget[i], most));
                    changing = true;
                }
            }

            _changing = changing;
        }

        private void Activities()
        {
            float[] theta = _theta, duty = _duty, extensor = ExtensorActivity, flexor = FlexorActivity;
            float four = 4f * AmplitudeFactor;
            int count = Count;
            for (int i = 0; i < count; i++)
            {
                float over = theta[i];
                if (over < duty[i])
                {
                    over *= _perStance[i];
                    extensor[i] = four * over * (1f - over);
                    flexor[i] = 0f;
                }
                else
                {
                    over = (over - duty[i]) * _perSwing[i];
                    flexor[i] = four * over * (1f - over);
                    extensor[i] = 0f;
                }
            }
        }

        private static float Turn(float turns)
        {
            return turns >= 1f ? turns - 1f : turns < 0f ? turns + 1f : turns;
        }

        /// <summary>sin 2 pi x for 0..1, within 1e-6: Chebyshev's odd polynomial on a quarter turn.</summary>
        private static float Sine(float x)
        {
            float u = 0.5f - x;
            if (u > 0.25f)
            {
                u = 0.5f - u;
            }
            else if (u < -0.25f)
            {
                u = -0.5f - u;
            }

            float square = u * u;
            return u * (6.283185f + square * (-41.341656f + square * (81.601006f + square * (-76.54978f + square * 39.536705f))));
        }
    }
}
