using System;

namespace Ganglion.Shared.Rhythms
{
    /// <summary>
    /// A network of n Kimura oscillators, each two mutually inhibiting neurons with adaptation (Kimura-CPG biped,
    /// Biomimetics 2025, 10(9), 637, equation 1, with the signs of shared/README.md A2: a, beta and s are magnitudes):
    /// <code>
    ///   Tr du_e/dt = -u_e - a y_f - beta v_e + sum_j W_ij y_ej + feed_e + s        Ta dv_e/dt = y_e - v_e
    ///   Tr du_f/dt = -u_f - a y_e - beta v_f + sum_j W_ij y_fj + feed_f + s        Ta dv_f/dt = y_f - v_f
    ///   y = max(u, 0);  output y_h = u_f - u_e
    /// </code>
    /// The frequency factor divides Tr and Ta of all oscillators together, which is the same as running the network's
    /// own time faster: a step of dt is a step of dt times the factor. The amplitude factor multiplies every s. Both
    /// move by a bounded amount per step. A step uses + - * and comparisons only, never a division, so that
    /// nanoFramework and .NET produce the same bits; nothing is allocated after the constructor.
    /// </summary>
    public sealed class KimuraNetwork : RhythmNetwork
    {
        /// <summary>
        /// Longest step times the network's fastest rate (by Gershgorin's bound, times the frequency factor). Up to it the
        /// published oscillators and networks keep period and amplitude within 4 % (Heun) and 2 % (RK4) of the limit
        /// dt -> 0; Table 2's walking network with q = 0.7 reaches it under Heun at 20 ms with a frequency factor of 2.
        /// </summary>
        public const float MaxStepHeun = 1.6f, MaxStepRungeKutta4 = 2.5f;

        // The start state of an oscillator at s = 0.375, by its lead over oscillator 0 in quarter turns: trough, upward
        // crossing, peak and downward crossing of the output (shared/README.md A5). Peak and downward crossing
        // are trough and upward crossing with the neurons exchanged.
        private const float StartDrive = 0.375f;
        private static readonly float[] StartUE = { 0.1291f, 0.0431f, -0.1436f, 0.0513f };
        private static readonly float[] StartUF = { -0.1436f, 0.0513f, 0.1291f, 0.0431f };
        private static readonly float[] StartVE = { 0.0896f, 0.0830f, 0.0341f, 0.0186f };
        private static readonly float[] StartVF = { 0.0341f, 0.0186f, 0.0896f, 0.0830f };

        private readonly float _stepLimit;
        private readonly int _capacity;
        private readonly KimuraState _state;
        private readonly KimuraEquations _equations;
        private readonly KimuraIntegrator _integrator;
        private readonly float[] _feedE, _feedF;

        private bool _inputStale;
        private float _fastest;
        private KimuraParameters _parameters;

        /// <param name="capacity">Most oscillators, 1..64.</param>
        /// <param name="dt">Fixed step [s], <see cref="RhythmNetwork.MinTick"/>..<see cref="RhythmNetwork.MaxTick"/>.</param>
        /// <param name="scheme">Integration scheme.</param>
        /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range.</exception>
        public KimuraNetwork(int capacity, float dt, IntegrationScheme scheme)
            : this(new KimuraState(Judged(capacity)), capacity, dt, scheme)
        {
        }

        private KimuraNetwork(KimuraState state, int capacity, float dt, IntegrationScheme scheme)
            : base(dt, state.UE, state.UF, state.YE, state.YF)
        {
            if (scheme != IntegrationScheme.Heun && scheme != IntegrationScheme.RungeKutta4)
            {
                throw new ArgumentOutOfRangeException("scheme");
            }

            _stepLimit = scheme == IntegrationScheme.Heun ? MaxStepHeun : MaxStepRungeKutta4;
            _capacity = capacity;
            _state = state;
            _equations = new KimuraEquations(capacity);
            _integrator = scheme == IntegrationScheme.Heun
                ? new HeunIntegrator(capacity, _state, _equations)
                : (KimuraIntegrator)new RungeKutta4Integrator(capacity, _state, _equations);
            _feedE = new float[capacity];
            _feedF = new float[capacity];
        }

        /// <summary>Live adaptation states v_e and v_f by oscillator: for reading only.</summary>
        public float[] ExtensorAdaptation { get { return _state.VE; } }

        /// <inheritdoc cref="ExtensorAdaptation"/>
        public float[] FlexorAdaptation { get { return _state.VF; } }

        /// <summary>
        /// Takes over a definition, all or nothing. With an unchanged number of oscillators the state and the feeds are
        /// kept, so that parameters can change while the rhythm runs; otherwise the network starts afresh without feeds.
        /// </summary>
        /// <param name="parameters">The definition; it is copied, and kept for <see cref="RhythmNetwork.SetParameter"/>, which changes
        /// it.</param>
        /// <param name="where">Index of the refused oscillator or weight.</param>
        public RhythmReason Configure(KimuraParameters parameters, out int where)
        {
            RhythmReason reason = parameters.Check(out where);
            if (reason != RhythmReason.None)
            {
                return reason;
            }

            int count = parameters.Count;
            if (count > _capacity)
            {
                return RhythmReason.CountOutOfRange;
            }

            float before = _fastest;
            _fastest = KimuraEquations.FastestRate(parameters, out where);
            reason = JudgeFrequencies();
            if (reason != RhythmReason.None)
            {
                _fastest = before;
                return reason;
            }

            where = 0;
            _parameters = parameters;
            _equations.Compile(parameters);
            if (count != Count)
            {
                Count = count;
                _integrator.Count = count;
                for (int i = 0; i < count; i++) { _feedE[i] = 0f; _feedF[i] = 0f; }
                Reset();
            }
            _inputStale = true;
            return RhythmReason.None;
        }

        /// <summary>Sets the external inputs of oscillator i, added to its tonic drive from the next step on; within +-50.</summary>
        public RhythmReason SetFeed(int i, float feedE, float feedF)
        {
            if (i < 0 || i >= Count)
            {
                return RhythmReason.OscillatorOutOfRange;
            }

            // Plantar feedback comes here in every tick: two calls fewer than Judge.
            const float max = KimuraParameters.MaxMagnitude;
            if (!Numbers.Within(feedE, -max, max))
            {
                return KimuraParameters.Refusal(feedE, RhythmReason.InputOutOfRange);
            }

            if (!Numbers.Within(feedF, -max, max))
            {
                return KimuraParameters.Refusal(feedF, RhythmReason.InputOutOfRange);
            }

            _feedE[i] = feedE;
            _feedF[i] = feedF;
            _inputStale = true;
            return RhythmReason.None;
        }

        /// <summary>Sets the state of oscillator i: potentials u and adaptations v of both neurons, each within +-50.</summary>
        public RhythmReason SetState(int i, float uE, float uF, float vE, float vF)
        {
            if (i < 0 || i >= Count)
            {
                return RhythmReason.OscillatorOutOfRange;
            }

            RhythmReason reason = JudgeInput(uE);
            reason = reason == RhythmReason.None ? JudgeInput(uF) : reason;
            reason = reason == RhythmReason.None ? JudgeInput(vE) : reason;
            reason = reason == RhythmReason.None ? JudgeInput(vF) : reason;
            if (reason == RhythmReason.None)
            {
                _state.Set(i, uE, uF, vE, vF);
            }

            return reason;
        }

        /// <summary>
        /// Puts every oscillator at its start state: the canonical start of the walking network by the oscillator's
        /// quarter, in proportion to its s and to the present amplitude. Feeds and modulation stay.
        /// </summary>
        public override void Reset()
        {
            for (int i = 0; i < Count; i++)
            {
                float scale = _equations.Drive[i] * AmplitudeFactor * (1f / StartDrive);
                int q = _equations.Quarter[i];
                _state.Set(i, scale * StartUE[q], scale * StartUF[q], scale * StartVE[q], scale * StartVF[q]);
            }
        }

        /// <inheritdoc/>
        public override void Step()
        {
            if (Modulating)
            {
                Modulate();
            }

            if (_inputStale)
            {
                _equations.SetInput(AmplitudeFactor, _feedE, _feedF);
                _inputStale = false;
            }

            _integrator.Step(Dt * FrequencyFactor);
        }

        /// <summary>0 Tr [s], 1 Ta [s], 2 s, 3 beta, 4 a.</summary>
        protected override float[] Values(int parameter)
        {
            switch (parameter)
            {
                case 0: return _parameters.RiseTime;
                case 1: return _parameters.AdaptationTime;
                case 2: return _parameters.Drive;
                case 3: return _parameters.Adaptation;
                case 4: return _parameters.Inhibition;
                default: return null;
            }
        }

        /// <inheritdoc/>
        protected override RhythmReason Reconfigure()
        {
            int where;
            return Configure(_parameters, out where);
        }

        /// <inheritdoc/>
        protected override RhythmReason JudgeFrequency(float frequency)
        {
            return Dt * frequency * _fastest > _stepLimit ? RhythmReason.StepTooLong : RhythmReason.None;
        }

        /// <inheritdoc/>
        protected override void Modulated(bool frequency, bool amplitude)
        {
            _inputStale = _inputStale || amplitude;
        }

        private static RhythmReason JudgeInput(float value)
        {
            return KimuraParameters.Judge(value, -KimuraParameters.MaxMagnitude, KimuraParameters.MaxMagnitude,
                RhythmReason.InputOutOfRange);
        }
    }
}
