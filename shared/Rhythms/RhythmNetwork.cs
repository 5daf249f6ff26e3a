using System;

namespace Ganglion.Shared.Rhythms
{
    /// <summary>
    /// Oscillators that a board can play, of whatever kind: each is a flexor and an extensor. What they have in common is how a channel map
    /// reads them and how a host modulates them: factors on frequency and amplitude that move by a bounded amount a step. Nothing is
    /// allocated after the constructor.
    /// </summary>
    public abstract class RhythmNetwork
    {
        /// <summary>Range of the fixed step, the board's tick [s].</summary>
        public const float MinTick = 0.0001f, MaxTick = 0.1f;

        /// <summary>Range of the frequency factor.</summary>
        public const float MinFrequency = 0.02f, MaxFrequency = 10f;

        /// <summary>Largest amplitude factor.</summary>
        public const float MaxAmplitude = 10f;

        /// <summary>Range of the modulation's rate of change [1/s].</summary>
        public const float MinRate = 0.01f, MaxRate = 100f;

        // Fields and not properties: a step reads them, and a call costs a board as much as five instructions.
        protected readonly float Dt;
        protected float FrequencyFactor = 1f, AmplitudeFactor = 1f;

        /// <summary>Whether one of the factors still moves.</summary>
        protected bool Modulating;

        private float _frequencyTarget = 1f, _amplitudeTarget = 1f, _maxChange;

        /// <param name="dt">Fixed step [s].</param>
        /// <param name="extensorPotential">Live arrays, one entry an oscillator: what the signed output is the difference of.</param>
        /// <param name="flexorPotential">See above.</param>
        /// <param name="extensorActivity">What is never below 0; may be the potentials themselves.</param>
        /// <param name="flexorActivity">See above.</param>
        /// <exception cref="ArgumentOutOfRangeException">The step is outside its range.</exception>
        protected RhythmNetwork(float dt, float[] extensorPotential, float[] flexorPotential, float[] extensorActivity,
            float[] flexorActivity)
        {
            if (!Numbers.Within(dt, MinTick, MaxTick))
            {
                throw new ArgumentOutOfRangeException("dt");
            }

            Dt = dt;
            ExtensorPotential = extensorPotential;
            FlexorPotential = flexorPotential;
            ExtensorActivity = extensorActivity;
            FlexorActivity = flexorActivity;
        }

        /// <summary>Live arrays, one entry an oscillator: for reading only. The signed output is the flexor's less the extensor's
        /// potential; activities are not negative.</summary>
        public readonly float[] ExtensorPotential, FlexorPotential, ExtensorActivity, FlexorActivity;

        /// <summary>Oscillators in use; 0 until a definition was accepted.</summary>
        public int Count { get; protected set; }

        /// <summary>Fixed step [s].</summary>
        public float StepSeconds { get { return Dt; } }

        /// <summary>The present frequency factor (moves towards its target step by step).</summary>
        public float Frequency { get { return FrequencyFactor; } }

        /// <summary>The present amplitude factor (moves towards its target step by step).</summary>
        public float Amplitude { get { return AmplitudeFactor; } }

        /// <summary>Signed output of oscillator i (0..Count-1).</summary>
        public float Output(int i) { return FlexorPotential[i] - ExtensorPotential[i]; }

        /// <summary>Advances the network by the fixed step. Does nothing before a definition was accepted.</summary>
        public abstract void Step();

        /// <summary>Puts every oscillator at its start; modulation stays.</summary>
        public abstract void Reset();

        /// <summary>Changes one parameter of one oscillator while the network runs, or of all where they share it; all or
        /// nothing.</summary>
        /// <param name="parameter">Which, as the kind of network numbers them (<see cref="Values"/>).</param>
        /// <param name="oscillator">Index.</param>
        /// <param name="value">Its new value, not NaN.</param>
        public RhythmReason SetParameter(int parameter, int oscillator, float value)
        {
            float[] values = oscillator < Count ? Values(parameter) : null;
            if (values == null)
            {
                return RhythmReason.OscillatorOutOfRange;
            }

            bool shared = IsShared(parameter);
            int from = shared ? 0 : oscillator, to = shared ? Count : oscillator + 1;
            float before = values[oscillator];
            for (int i = from; i < to; i++)
            {
                values[i] = value;
            }

            RhythmReason reason = Reconfigure();
            for (int i = from; i < to && reason != RhythmReason.None; i++)
            {
                values[i] = before;
            }

            return reason;
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
            reason = reason != RhythmReason.None ? reason : JudgeFrequency(frequency);
            if (reason != RhythmReason.None)
            {
                return reason;
            }

            _frequencyTarget = frequency;
            _amplitudeTarget = amplitude;
            _maxChange = rate * Dt;
            Modulating = true;
            return RhythmReason.None;
        }

        /// <summary>Frequency and amplitude as configured, at once: before a start.</summary>
        public void Unmodulate()
        {
            FrequencyFactor = _frequencyTarget = AmplitudeFactor = _amplitudeTarget = 1f;
            Modulating = false;
            Modulated(true, true);
        }

        /// <summary>A number of oscillators, 1..64, before arrays are made of it.</summary>
        /// <exception cref="ArgumentOutOfRangeException">It is outside 1..64.</exception>
        protected static int Judged(int capacity)
        {
            if (capacity < 1 || capacity > 64)
            {
                throw new ArgumentOutOfRangeException("capacity");
            }

            return capacity;
        }

        /// <summary>A parameter of all oscillators, of the definition that is in force; null: there is no such parameter.</summary>
        protected abstract float[] Values(int parameter);

        /// <summary>Whether all oscillators have the same value of a parameter.</summary>
        protected virtual bool IsShared(int parameter) { return false; }

        /// <summary>Takes over the definition in force, whose values have changed; all or nothing.</summary>
        protected abstract RhythmReason Reconfigure();

        /// <summary>Whether the configured network can take this frequency factor.</summary>
        protected abstract RhythmReason JudgeFrequency(float frequency);

        /// <summary>Both the present frequency factor and the one that it goes to, judged.</summary>
        protected RhythmReason JudgeFrequencies()
        {
            RhythmReason reason = JudgeFrequency(FrequencyFactor);
            return reason != RhythmReason.None ? reason : JudgeFrequency(_frequencyTarget);
        }

        /// <summary>The frequency's factor has changed, or the amplitude's.</summary>
        protected abstract void Modulated(bool frequency, bool amplitude);

        /// <summary>One step of the modulation; only while <see cref="Modulating"/>.</summary>
        protected void Modulate()
        {
            bool frequency = FrequencyFactor != _frequencyTarget, amplitude = AmplitudeFactor != _amplitudeTarget;
            if (frequency)
            {
                FrequencyFactor = Numbers.Approach(FrequencyFactor, _frequencyTarget, _maxChange);
            }

            if (amplitude)
            {
                AmplitudeFactor = Numbers.Approach(AmplitudeFactor, _amplitudeTarget, _maxChange);
            }

            Modulated(frequency, amplitude);
            Modulating = FrequencyFactor != _frequencyTarget || AmplitudeFactor != _amplitudeTarget;
        }
    }
}
