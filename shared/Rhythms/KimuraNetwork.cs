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
    public sealed class KimuraNetwork
    {
        /// <summary>Range of the fixed step, the board's tick [s].</summary>
        public const float MinTick = 0.0001f, MaxTick = 0.1f;

        /// <summary>Range of the frequency factor.</summary>
        public const float MinFrequency = 0.02f, MaxFrequency = 10f;

        /// <summary>Largest amplitude factor.</summary>
        public const float MaxAmplitude = 10f;

        /// <summary>Range of the modulation's rate of change [1/s].</summary>
        public const float MinRate = 0.01f, MaxRate = 100f;

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

        private readonly float _dt, _stepLimit;
        private readonly int _capacity;
        private readonly KimuraState _state;
        private readonly KimuraEquations _equations;
        private readonly KimuraIntegrator _integrator;
        private readonly float[] _feedE, _feedF;

        private int _count;
        private bool _inputStale, _modulating;
        private float _frequency = 1f, _frequencyTarget = 1f, _amplitude = 1f, _amplitudeTarget = 1f, _maxChange;

        /// <param name="capacity">Most oscillators, 1..64.</param>
        /// <param name="dt">Fixed step [s], <see cref="MinTick"/>..<see cref="MaxTick"/>.</param>
        /// <param name="scheme">Integration scheme.</param>
        /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range.</exception>
        public KimuraNetwork(int capacity, float dt, IntegrationScheme scheme)
        {
            if (capacity < 1 || capacity > 64)
            {
                throw new ArgumentOutOfRangeException("capacity");
            }

            if (!Numbers.Within(dt, MinTick, MaxTick))
            {
                throw new ArgumentOutOfRangeException("dt");
            }

            if (scheme != IntegrationScheme.Heun && scheme != IntegrationScheme.RungeKutta4)
            {
                throw new ArgumentOutOfRangeException("scheme");
            }

            _dt = dt;
            _stepLimit = scheme == IntegrationScheme.Heun ? MaxStepHeun : MaxStepRungeKutta4;
            _capacity = capacity;
            _state = new KimuraState(capacity);
            _equations = new KimuraEquations(capacity);
            _integrator = scheme == IntegrationScheme.Heun
                ? new HeunIntegrator(capacity, _state, _equations)
                : (KimuraIntegrator)new RungeKutta4Integrator(capacity, _state, _equations);
            _feedE = new float[capacity];
            _feedF = new float[capacity];
        }

        /// <summary>Oscillators in use; 0 until <see cref="Configure"/> has accepted a definition.</summary>
        public int Count { get { return _count; } }

        /// <summary>Fixed step [s].</summary>
        public float StepSeconds { get { return _dt; } }

        /// <summary>The present frequency factor (moves towards its target step by step).</summary>
        public float Frequency { get { return _frequency; } }

        /// <summary>The present amplitude factor (moves towards its target step by step).</summary>
        public float Amplitude { get { return _amplitude; } }

        /// <summary>Live potentials u_e, u_f and activities y_e, y_f by oscillator: for reading only.</summary>
        public float[] ExtensorPotential { get { return _state.UE; } }

        /// <inheritdoc cref="ExtensorPotential"/>
        public float[] FlexorPotential { get { return _state.UF; } }

        /// <inheritdoc cref="ExtensorPotential"/>
        public float[] ExtensorActivity { get { return _state.YE; } }

        /// <inheritdoc cref="ExtensorPotential"/>
        public float[] FlexorActivity { get { return _state.YF; } }

        /// <summary>Live adaptation states v_e and v_f by oscillator: for reading only.</summary>
        public float[] ExtensorAdaptation { get { return _state.VE; } }

        /// <inheritdoc cref="ExtensorAdaptation"/>
        public float[] FlexorAdaptation { get { return _state.VF; } }

        /// <summary>Output y_h = u_f - u_e of oscillator i (0..Count-1).</summary>
        public float Output(int i) { return _state.UF[i] - _state.UE[i]; }

        /// <summary>
        /// Takes over a definition, all or nothing. With an unchanged number of oscillators the state and the feeds are
        /// kept, so that parameters can change while the rhythm runs; otherwise the network starts afresh without feeds.
        /// </summary>
        /// <param name="parameters">The definition; it is copied.</param>
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

            float fastest = KimuraEquations.FastestRate(parameters, out where);
            if (TooLong(fastest, _frequency) || TooLong(fastest, _frequencyTarget))
            {
                return RhythmReason.StepTooLong;
            }

            where = 0;
            _equations.Compile(parameters, fastest);
            if (count != _count)
            {
                _count = count;
                _integrator.Count = count;
                for (int i = 0; i < count; i++) { _feedE[i] = 0f; _feedF[i] = 0f; }
                Reset();
            }
            _inputStale = true;
            return RhythmReason.None;
        }

        /// <summary>
        /// Sets the targets of the modulation. The change is spread over time, at most rate * dt a step.
        /// </summary>
        /// <param name="frequency">Factor on the frequency, <see cref="MinFrequency"/>..<see cref="MaxFrequency"/>; 1 = as
        /// configured.</param>
        /// <param name="amplitude">Factor on the amplitude, 0..<see cref="MaxAmplitude"/>; 1 = as configured.</param>
        /// <param name="rate">Largest change of either factor [1/s], <see cref="MinRate"/>..<see cref="MaxRate"/>.</param>
        public RhythmReason SetModulation(float frequency, float amplitude, float rate)
        {
            RhythmReason reason = KimuraParameters.Judge(frequency, MinFrequency, MaxFrequency, RhythmReason.FrequencyOutOfRange);
            reason = reason != RhythmReason.None ? reason
                : KimuraParameters.Judge(amplitude, 0f, MaxAmplitude, RhythmReason.AmplitudeOutOfRange);
            reason = reason != RhythmReason.None ? reason : KimuraParameters.Judge(rate, MinRate, MaxRate, RhythmReason.RateOutOfRange);
            if (reason != RhythmReason.None)
            {
                return reason;
            }

            if (TooLong(_equations.Fastest, frequency))
            {
                return RhythmReason.StepTooLong;
            }

            _frequencyTarget = frequency;
            _amplitudeTarget = amplitude;
            _maxChange = rate * _dt;
            _modulating = true;
            return RhythmReason.None;
        }

        /// <summary>Frequency and amplitude as configured, at once: before a start.</summary>
        public void Unmodulate()
        {
            _frequency = _frequencyTarget = _amplitude = _amplitudeTarget = 1f;
            _modulating = false;
            _inputStale = true;
        }

        /// <summary>Sets the external inputs of oscillator i, added to its tonic drive from the next step on; within +-50.</summary>
        public RhythmReason SetFeed(int i, float feedE, float feedF)
        {
            if (i < 0 || i >= _count)
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
            if (i < 0 || i >= _count)
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
        public void Reset()
        {
            for (int i = 0; i < _count; i++)
            {
                float scale = _equations.Drive[i] * _amplitude * (1f / StartDrive);
                int q = _equations.Quarter[i];
                _state.Set(i, scale * StartUE[q], scale * StartUF[q], scale * StartVE[q], scale * StartVF[q]);
            }
        }

        /// <summary>Advances the network by the fixed step. Does nothing before a definition was accepted.</summary>
        public void Step()
        {
            if (_modulating)
            {
                Modulate();
            }

            if (_inputStale)
            {
                _equations.SetInput(_amplitude, _feedE, _feedF);
                _inputStale = false;
            }

            _integrator.Step(_dt * _frequency);
        }

        private static RhythmReason JudgeInput(float value)
        {
            return KimuraParameters.Judge(value, -KimuraParameters.MaxMagnitude, KimuraParameters.MaxMagnitude,
                RhythmReason.InputOutOfRange);
        }

        private bool TooLong(float rate, float frequency) { return _dt * frequency * rate > _stepLimit; }

        private void Modulate()
        {
            _frequency = Numbers.Approach(_frequency, _frequencyTarget, _maxChange);
            if (_amplitude != _amplitudeTarget)
            {
                _amplitude = Numbers.Approach(_amplitude, _amplitudeTarget, _maxChange);
                _inputStale = true;
            }
            _modulating = _frequency != _frequencyTarget || _amplitude != _amplitudeTarget;
        }
    }
}
