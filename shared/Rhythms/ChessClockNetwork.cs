using System;

namespace Ganglion.Shared.Rhythms
{
    /// <summary>
    /// Half-centers of two clocks each, of which one runs: while the flexor's runs the limb swings, while the extensor's runs it stands
    /// (Yakovenko's chess clock, shared/README.md A9). With f the frequency factor, the running clock i of a side and the running clocks j
    /// of the others,
    /// <code>
    ///   x_i' = bias_i + f gain_i - leak x_i + sum_j B_ij x_j (1 - x_j);  at x_i = 1 it stops at 0, the side's other clock starts
    /// </code>
    /// The factor is a speed and not a time scale: durations follow it as they follow the speed of an animal. A step is the midpoint
    /// method; a clock that passes 1 in a step is taken back to where the straight line through the step crosses 1, and the other clock has
    /// run for the rest of the step. A clock's activity is 4 x (1 - x), 0 at both its ends.
    /// </summary>
    public sealed class ChessClockNetwork : RhythmNetwork
    {
        /// <summary>Most of its way that a clock may make in a step.</summary>
        private const float MaxWayPerStep = 0.25f;

        // By clock, two a side: drive at the present frequency factor. By side: place of the running clock, and the slopes of a step.
        private readonly float[] _drive, _leak, _x, _middle, _bump, _weights;

        // Of each side, the clock that runs: 2 i or 2 i + 1.
        private readonly int[] _running;
        private ChessClockParameters _parameters;
        private bool _driveStale;

        /// <param name="sides">Sides, 1..8; a definition has as many.</param>
        /// <param name="dt">Fixed step [s], <see cref="RhythmNetwork.MinTick"/>..<see cref="RhythmNetwork.MaxTick"/>.</param>
        /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range.</exception>
        public ChessClockNetwork(int sides, float dt)
            : this(new float[Judged(sides)], new float[Judged(sides)], dt)
        {
        }

        private ChessClockNetwork(float[] extensor, float[] flexor, float dt)
            : base(dt, extensor, flexor, extensor, flexor)
        {
            int sides = extensor.Length;
            _drive = new float[2 * sides];
            _leak = new float[sides];
            _x = new float[sides];
            _middle = new float[sides];
            _bump = new float[sides];
            _weights = new float[4 * sides * sides];
            _running = new int[sides];
        }

        /// <summary>Where side i's running clock stands, 0..1.</summary>
        public float Place(int i) { return _x[i]; }

        /// <summary>Whether side i swings: its flexor's clock runs.</summary>
        public bool Swings(int i) { return (_running[i] & 1) == 0; }

        /// <summary>Takes over a definition of as many sides, all or nothing; one that runs goes on from where its clocks are.</summary>
        /// <param name="parameters">The definition; it is kept, and <see cref="RhythmNetwork.SetParameter"/> changes it.</param>
        /// <param name="where">Index of the refused side or weight.</param>
        public RhythmReason Configure(ChessClockParameters parameters, out int where)
        {
            RhythmReason reason = parameters.Check(out where);
            if (reason != RhythmReason.None)
            {
                return reason;
            }

            if (parameters.Count != _x.Length)
            {
                return RhythmReason.CountOutOfRange;
            }

            ChessClockParameters before = _parameters;
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

            for (int i = 0; i < parameters.Count; i++)
            {
                _leak[i] = parameters.Leak[i];
            }

            _driveStale = true;
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
            for (int i = 0; i < Count; i++)
            {
                int start = _parameters.Start[i];
                _running[i] = start < 128 ? 2 * i : 2 * i + 1;
                _x[i] = (start & 127) * (1f / 128f);
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

            if (_driveStale)
            {
                SetDrive();
            }

            float[] x = _x, middle = _middle, bump = _bump;
            float half = 0.5f * Dt;
            int count = Count;
            for (int i = 0; i < count; i++)
            {
                bump[i] = x[i] * (1f - x[i]);
            }

            for (int i = 0; i < count; i++)
            {
                middle[i] = x[i] + half * Slope(i, x[i]);
            }

            for (int i = 0; i < count; i++)
            {
                bump[i] = middle[i] * (1f - middle[i]);
            }

            for (int i = 0; i < count; i++)
            {
                float before = x[i], after = before + Dt * Slope(i, middle[i]);
                if (after >= 1f)
                {
                    float way = after - before, rest = 0f;
                    if (way > 0f)
                    {
                        rest = Dt * (after - 1f) / way;
                    }

                    _running[i] ^= 1;
                    after = rest * Slope(i, 0f);
                }

                x[i] = after;
            }

            Activities();
        }

        /// <summary>0 flexor's bias, 1 extensor's bias, 2 flexor's gain, 3 extensor's gain, 4 leak, all [1/s].</summary>
        protected override float[] Values(int parameter) { return parameter > 4 ? null : _parameters.Values(parameter); }

        /// <inheritdoc/>
        protected override RhythmReason Reconfigure()
        {
            int where;
            return Configure(_parameters, out where);
        }

        /// <summary>A clock that comes near 1 must be able to go on with the help of all its couplings, at their most a quarter, and none
        /// may run through in a few steps.</summary>
        protected override RhythmReason JudgeFrequency(float frequency)
        {
            ChessClockParameters p = _parameters;
            int clocks = p == null ? 0 : 2 * _x.Length;
            for (int k = 0; k < clocks; k++)
            {
                int side = k / 2;
                float drive = Drive(k, frequency), help = 0f, push = 0f;
                for (int j = 0; j < clocks; j++)
                {
                    float weight = 0.25f * p.Weights[k * clocks + j];
                    help += weight > 0f ? weight : 0f;
                    push += weight > 0f ? weight : -weight;
                }

                if (drive + help <= p.Leak[side])
                {
                    return RhythmReason.ClockStalls;
                }

                if (((drive > 0f ? drive : 0f) + push) * Dt > MaxWayPerStep || p.Leak[side] * Dt > MaxWayPerStep)
                {
                    return RhythmReason.StepTooLong;
                }
            }

            return RhythmReason.None;
        }

        /// <inheritdoc/>
        protected override void Modulated(bool frequency, bool amplitude)
        {
            _driveStale = _driveStale || frequency;
        }

        private float Drive(int clock, float frequency)
        {
            ChessClockParameters p = _parameters;
            int i = clock / 2;
            return (clock & 1) == 0 ? p.FlexorBias[i] + frequency * p.FlexorGain[i] : p.ExtensorBias[i] + frequency * p.ExtensorGain[i];
        }

        private void SetDrive()
        {
            for (int k = 0; k < _drive.Length; k++)
            {
                _drive[k] = Drive(k, FrequencyFactor);
            }

            _driveStale = false;
        }

        /// <summary>Slope of a side's running clock at a place, under the bumps of the others.</summary>
        private float Slope(int side, float place)
        {
            int[] running = _running;
            float[] weights = _weights, bump = _bump;
            int clock = running[side], row = clock * _drive.Length, count = Count;
            float slope = _drive[clock] - _leak[side] * place;
            for (int j = 0; j < count; j++)
            {
                slope += weights[row + running[j]] * bump[j];
            }

            return slope;
        }

        private void Activities()
        {
            float[] extensor = ExtensorActivity, flexor = FlexorActivity;
            float four = 4f * AmplitudeFactor;
            int count = Count;
            for (int i = 0; i < count; i++)
            {
                float place = _x[i], activity = place > 0f ? four * place * (1f - place) : 0f;
                bool swings = (_running[i] & 1) == 0;
                flexor[i] = swings ? activity : 0f;
                extensor[i] = swings ? 0f : activity;
            }
        }
    }
}
