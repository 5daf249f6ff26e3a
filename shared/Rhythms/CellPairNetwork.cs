using System;

namespace Ganglion.Shared.Rhythms
{
    /// <summary>
    /// Half-centers of two Izhikevich cells each that inhibit each other by exponential synapses, in many small steps a tick
    /// (shared/README.md A11). In the cells' own time, of which TimeScale x frequency factor ms pass a second, and in this order:
    /// <code>
    ///   s := s (1 - 0.3 h) + sum of the weights from cells that fired in the step before
    ///   v := v + h (0.04 v^2 + 5 v + 140 - u + s + current +- feedback);  u := u + h a (b v - u)
    ///   at v >= 30: a spike, v := c, u := u + d
    /// </code>
    /// A pair that feels a sensor has feedback q tanh(steepness (volts - zero)) in its flexor's cell and its negative in the other.
    /// An activity is the envelope of a cell's spikes: each adds 1, and it decays with its time constant. At the start the flexor's cell
    /// of each pair has just fired, because equal cells at equal places would fire together for good. Pairs do not see each other. Steps
    /// are as long as the definition allows at most, and as many as the tick takes; 1 - x / n for a decay and not exp(-x / n), so that
    /// the fine model (host/Ganglion.Rhythm/Cells) is met step by step. Uses + - * and comparisons, and a division where the time scale
    /// changes or a sensor is felt; allocates nothing.
    /// </summary>
    public sealed class CellPairNetwork : RhythmNetwork
    {
        /// <summary>What a spike may count for in the recovery [mV]; steps up to 0.2 ms never end beyond it.</summary>
        private const float Overshoot = 100f;

        private const float SynapticDecay = 0.3f, Peak = 30f;

        // By cell; drive is all that does not change within a tick.
        private readonly float[] _v, _u, _synaptic, _envelope, _drive, _a, _b, _c, _d, _weights;
        private readonly CellFeedback _feedback;
        private CellPairParameters _parameters;
        private int _steps;
        private float _h, _keepSynapse, _keepEnvelope;
        private bool _stale;

        /// <param name="pairs">Pairs, 1..8; a definition has as many.</param>
        /// <param name="dt">Fixed step [s], <see cref="RhythmNetwork.MinTick"/>..<see cref="RhythmNetwork.MaxTick"/>.</param>
        /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range.</exception>
        public CellPairNetwork(int pairs, float dt)
            : this(new float[Judged(pairs)], new float[Judged(pairs)], dt)
        {
        }

        private CellPairNetwork(float[] extensor, float[] flexor, float dt)
            : base(dt, extensor, flexor, extensor, flexor)
        {
            int pairs = extensor.Length, cells = 2 * pairs;
            _v = new float[cells];
            _u = new float[cells];
            _synaptic = new float[cells];
            _envelope = new float[cells];
            _drive = new float[cells];
            _a = new float[cells];
            _b = new float[cells];
            _c = new float[cells];
            _d = new float[cells];
            _weights = new float[cells * cells];
            _feedback = new CellFeedback(pairs);
        }

        /// <summary>Pair whose sensor cannot be believed any more, and then no activity is a number; -1: none.</summary>
        public int LostPair { get { return _feedback.Lost; } }

        /// <summary>Steps of each cell in a tick, and how long they are [ms of the cells], at the present frequency.</summary>
        public int StepsPerTick { get { return _steps; } }

        /// <inheritdoc cref="StepsPerTick"/>
        public float CellStep { get { return _h; } }

        /// <summary>Live membrane potentials [mV] and recoveries, by cell: for reading only.</summary>
        public float[] V { get { return _v; } }

        /// <inheritdoc cref="V"/>
        public float[] U { get { return _u; } }

        /// <summary>Gives the pairs their sensors.</summary>
        /// <param name="analog">Live readings of the analog inputs [counts of AnalogScale]; null: nothing is felt.</param>
        public void Feel(int[] analog)
        {
            _feedback.Analog = analog;
        }

        /// <summary>Takes over a definition of as many pairs, all or nothing; one that runs goes on from where its cells are.</summary>
        /// <param name="parameters">The definition; it is kept, and <see cref="RhythmNetwork.SetParameter"/> changes it.</param>
        /// <param name="where">Index of the refused pair or weight.</param>
        public RhythmReason Configure(CellPairParameters parameters, out int where)
        {
            RhythmReason reason = parameters.Check(out where);
            if (reason != RhythmReason.None)
            {
                return reason;
            }

            if (2 * parameters.Count != _v.Length)
            {
                return RhythmReason.CountOutOfRange;
            }

            CellPairParameters before = _parameters;
            _parameters = parameters;
            reason = JudgeFrequencies();
            if (reason != RhythmReason.None)
            {
                _parameters = before;
                return reason;
            }

            for (int k = 0; k < _weights.Length; k++)
            {
                _weights[k] = parameters.Weights[k];
            }

            for (int cell = 0; cell < _v.Length; cell++)
            {
                int i = cell / 2;
                _a[cell] = parameters.A[i];
                _b[cell] = parameters.B[i];
                _c[cell] = parameters.C[i];
                _d[cell] = parameters.D[i];
                _drive[cell] = CellFeedback.Constant + parameters.Current[i];
            }

            _stale = true;
            if (Count == 0)
            {
                Count = parameters.Count;
                Reset();
            }

            return RhythmReason.None;
        }

        /// <inheritdoc/>
        public override void Reset()
        {
            _feedback.Restart();
            for (int cell = 0; cell < _v.Length; cell++)
            {
                bool first = (cell & 1) == 0;
                _v[cell] = _c[cell];
                _u[cell] = _b[cell] * _c[cell] + (first ? _d[cell] : 0f);
                _synaptic[cell] = first ? 0f : _weights[cell * _v.Length + cell - 1];
                _envelope[cell] = 0f;
            }

            Activities();
        }

        /// <inheritdoc/>
        public override void Step()
        {
            if (Modulating)
            {
                Modulate();
            }

            if (_stale)
            {
                SetSteps();
            }

            if (_feedback.Analog != null)
            {
                _feedback.Drive(_parameters, _drive);
            }

            for (int i = 0; i < Count; i++)
            {
                Run(2 * i, 2 * i + 1);
            }

            Activities();
        }

        /// <inheritdoc/>
        protected override float[] Values(int parameter)
        {
            switch (parameter)
            {
                case 0: return _parameters.Current;
                case 1: return _parameters.Feedback;
                case 2: return _parameters.Steepness;
                case 3: return _parameters.TimeScale;
                case 4: return _parameters.Envelope;
                default: return null;
            }
        }

        /// <summary>Time scale and envelope are those of all pairs.</summary>
        protected override bool IsShared(int parameter) { return parameter >= 3; }

        /// <inheritdoc/>
        protected override RhythmReason Reconfigure()
        {
            int where;
            return Configure(_parameters, out where);
        }

        /// <inheritdoc/>
        protected override RhythmReason JudgeFrequency(float frequency)
        {
            CellPairParameters p = _parameters;
            return p == null || p.StepsOf(p.TimeScale[0] * Dt * frequency) * 2 * p.Count <= CellPairParameters.MaxCellSteps
                ? RhythmReason.None : RhythmReason.StepTooLong;
        }

        /// <inheritdoc/>
        protected override void Modulated(bool frequency, bool amplitude)
        {
            _stale = _stale || frequency;
        }

        private void SetSteps()
        {
            CellPairParameters p = _parameters;
            float passes = p.TimeScale[0] * Dt * FrequencyFactor, envelope = p.Envelope[0];
            int steps = p.StepsOf(passes);
            _steps = steps;
            _h = steps > 0 ? passes / steps : passes;
            _keepSynapse = 1f - SynapticDecay * _h;
            float keep = envelope > 0f ? 1f - _h / envelope : 0f;
            _keepEnvelope = 1f;
            for (int i = 0; i < steps; i++)
            {
                _keepEnvelope *= keep;
            }

            _stale = false;
        }

        /// <summary>A tick of a pair: its cells see each other only, so that all stays in locals.</summary>
        private void Run(int first, int second)
        {
            float[] weights = _weights;
            float v0 = _v[first], u0 = _u[first], s0 = _synaptic[first], drive0 = _drive[first], y0 = _envelope[first] * _keepEnvelope;
            float v1 = _v[second], u1 = _u[second], s1 = _synaptic[second], drive1 = _drive[second], y1 = _envelope[second] * _keepEnvelope;
            float h = _h, keep = _keepSynapse, b = _b[first], c = _c[first], d = _d[first], rate = h * _a[first];
            float forth = weights[second * _v.Length + first], back = weights[first * _v.Length + second];
            for (int step = _steps; step != 0; step--)
            {
                v0 += h * ((0.04f * v0 + 5f) * v0 + drive0 - u0 + s0);
                v1 += h * ((0.04f * v1 + 5f) * v1 + drive1 - u1 + s1);
                s0 *= keep;
                s1 *= keep;
                if (v0 < Peak)
                {
                    u0 += rate * (b * v0 - u0);
                }
                else
                {
                    // A coarse step may end anywhere above the peak, and the recovery would run away with it.
                    u0 += rate * (b * (v0 < Overshoot ? v0 : Overshoot) - u0) + d;
                    v0 = c;
                    y0 += 1f;
                    s1 += forth;
                }

                if (v1 < Peak)
                {
                    u1 += rate * (b * v1 - u1);
                }
                else
                {
                    u1 += rate * (b * (v1 < Overshoot ? v1 : Overshoot) - u1) + d;
                    v1 = c;
                    y1 += 1f;
                    s0 += back;
                }
            }

            _v[first] = v0;
            _u[first] = u0;
            _synaptic[first] = s0;
            _envelope[first] = y0;
            _v[second] = v1;
            _u[second] = u1;
            _synaptic[second] = s1;
            _envelope[second] = y1;
        }

        private void Activities()
        {
            float[] extensor = ExtensorActivity, flexor = FlexorActivity, envelope = _envelope;
            float factor = _feedback.Lost < 0 ? AmplitudeFactor : float.NaN;
            for (int i = 0, cell = 0; i < flexor.Length; i++, cell += 2)
            {
                flexor[i] = factor * envelope[cell];
                extensor[i] = factor * envelope[cell + 1];
            }
        }
    }
}
