using System;

namespace Ganglion.Shared.Rhythms
{
    /// <summary>Which output of an oscillator drives a channel.</summary>
    public enum RhythmOutput : byte
    {
        /// <summary>y_h = u_f - u_e, signed.</summary>
        Signed = 0,
        /// <summary>The flexor's activity y_f, not negative.</summary>
        Flexor = 1,
        /// <summary>The extensor's activity y_e, not negative.</summary>
        Extensor = 2
    }

    /// <summary>
    /// From oscillator outputs to channel targets, by a <see cref="ChannelMap"/>. Starting blends from the targets that the
    /// channels have to the offsets while the outputs come in; stopping lets the outputs die away and leaves the channels at
    /// their offsets. So neither jumps.
    /// </summary>
    public sealed class RhythmMap
    {
        /// <summary>Range of the ramp [s].</summary>
        public const float MinRamp = 0.1f, MaxRamp = 60f;

        private readonly float _dt;
        private readonly ChannelMap _map;
        private readonly int[] _oscillator, _own;
        private readonly RhythmOutput[] _output;
        private readonly float[] _signal;

        private float _change, _level, _blend;
        private bool _rising;

        /// <param name="capacity">Most entries, 1..256.</param>
        /// <param name="dt">Fixed step [s], <see cref="RhythmNetwork.MinTick"/>..<see cref="RhythmNetwork.MaxTick"/>.</param>
        /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range.</exception>
        public RhythmMap(int capacity, float dt)
        {
            _map = new ChannelMap(capacity);
            if (!Numbers.Within(dt, KimuraNetwork.MinTick, KimuraNetwork.MaxTick))
            {
                throw new ArgumentOutOfRangeException("dt");
            }

            _dt = dt;
            _oscillator = new int[capacity];
            _output = new RhythmOutput[capacity];
            _signal = new float[capacity];
            _own = new int[capacity];
            for (int j = 0; j < capacity; j++)
            {
                _own[j] = j;
            }
        }

        /// <summary>Entries in use.</summary>
        public int Count { get { return _map.Count; } }

        /// <summary>True from <see cref="Start"/> until the ramp after <see cref="Stop"/> has ended.</summary>
        public bool Active { get; private set; }

        /// <summary>Gain of the ramp, 0..1.</summary>
        public float Level { get { return _level; } }

        /// <summary>Takes over a map, all or nothing, while it is not active.</summary>
        /// <param name="count">Entries, 1..capacity; every array holds at least as many.</param>
        /// <param name="channels">Number of channels on the board: the length of the target array.</param>
        /// <param name="oscillators">Number of oscillators of the network that will be mapped.</param>
        /// <param name="channel">Driven channel, each at most once.</param>
        /// <param name="oscillator">Driving oscillator.</param>
        /// <param name="output">Which of its outputs.</param>
        /// <param name="offset">Centre, 0..1 of the travel.</param>
        /// <param name="gain">Travel per unit of oscillator output, within +-<see cref="ChannelMap.MaxGain"/>.</param>
        /// <param name="rampSeconds">Time of a start or stop [s], <see cref="MinRamp"/>..<see cref="MaxRamp"/>.</param>
        /// <param name="where">Index of the refused entry.</param>
        public RhythmReason Configure(int count, int channels, int oscillators, int[] channel, int[] oscillator,
            RhythmOutput[] output, float[] offset, float[] gain, float rampSeconds, out int where)
        {
            where = 0;
            if (Active)
            {
                return RhythmReason.StillRunning;
            }

            RhythmReason reason = KimuraParameters.Judge(rampSeconds, MinRamp, MaxRamp, RhythmReason.RampOutOfRange);
            if (reason != RhythmReason.None)
            {
                return reason;
            }

            for (int j = 0; j < count && j < _own.Length; j++)
            {
                where = j;
                if (oscillator[j] < 0 || oscillator[j] >= oscillators)
                {
                    return RhythmReason.OscillatorOutOfRange;
                }

                if (output[j] != RhythmOutput.Signed && output[j] != RhythmOutput.Flexor && output[j] != RhythmOutput.Extensor)
                {
                    return RhythmReason.OutputOutOfRange;
                }
            }
            reason = _map.Configure(count, channels, _own.Length, channel, _own, offset, gain, out where);
            if (reason != RhythmReason.None)
            {
                return reason;
            }

            for (int j = 0; j < count; j++)
            {
                _oscillator[j] = oscillator[j];
                _output[j] = output[j];
            }
            _change = _dt / rampSeconds;
            return RhythmReason.None;
        }

        /// <summary>Starts the ramp from the targets that the channels have now. Does nothing while it is rising or up.</summary>
        /// <param name="targets">Present targets of all channels in Q14.</param>
        public void Start(int[] targets)
        {
            if (_rising || _map.Count == 0)
            {
                return;
            }

            _map.Start(targets);
            _level = 0f;
            _blend = 0f;
            _rising = true;
            Active = true;
        }

        /// <summary>Starts the ramp down; <see cref="Active"/> tells when it has ended.</summary>
        public void Stop() { _rising = false; }

        /// <summary>Drops the rhythm at once and leaves the targets as they are: for the safety machine.</summary>
        public void Abort()
        {
            _rising = false;
            Active = false;
            _level = 0f;
        }

        /// <summary>Advances the ramp by one step and writes the targets of the mapped channels, if active.</summary>
        /// <param name="network">The network after its step.</param>
        /// <param name="targets">Targets of all channels in Q14.</param>
        /// <returns>False if an output was not a number: that channel keeps its target, and the safety machine must act.</returns>
        public bool Write(RhythmNetwork network, int[] targets)
        {
            if (!Active)
            {
                return true;
            }

            if (_level < 1f || _blend < 1f || !_rising)
            {
                Ramp();
            }

            float[] uE = network.ExtensorPotential, uF = network.FlexorPotential;
            float[] yE = network.ExtensorActivity, yF = network.FlexorActivity;
            int[] oscillator = _oscillator;
            RhythmOutput[] output = _output;
            float[] signal = _signal;
            int j = _map.Count;
            while (j != 0)
            {
                j--;
                int i = oscillator[j];
                if (output[j] == RhythmOutput.Signed)
                {
                    signal[j] = uF[i] - uE[i];
                }
                else if (output[j] == RhythmOutput.Flexor)
                {
                    signal[j] = yF[i];
                }
                else
                {
                    signal[j] = yE[i];
                }
            }
            return _map.Write(signal, _blend, _level, targets);
        }

        private void Ramp()
        {
            if (_rising)
            {
                _level += _change;
                if (_level > 1f)
                {
                    _level = 1f;
                }
            }
            else
            {
                _level -= _change;
                if (_level < 0f)
                {
                    _level = 0f;
                }
            }
            _blend += _change;
            if (_blend > 1f)
            {
                _blend = 1f;
            }
            // The last write of a stop, with level 0, still happens in the step that ends it.
            if (_level == 0f && _blend == 1f && !_rising)
            {
                Active = false;
            }
        }
    }
}
