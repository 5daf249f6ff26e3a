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
    /// From oscillator outputs to channel targets: target = offset + gain * output, in fractions of the travel, written as
    /// Q14 fixed point (16384 = the whole travel) and kept within 0..16384. Starting blends from the targets that the
    /// channels have to the offsets while the gain rises from 0 to 1; stopping lets the gain fall to 0 and leaves the
    /// channels at their offsets. So neither jumps.
    /// </summary>
    public sealed class RhythmMap
    {
        /// <summary>The whole travel in Q14.</summary>
        public const int Full = 16384;

        /// <summary>Largest gain, in travel per unit of oscillator output.</summary>
        public const float MaxGain = 100f;

        /// <summary>Range of the ramp [s].</summary>
        public const float MinRamp = 0.1f, MaxRamp = 60f;

        private readonly float _dt;
        private readonly int[] _channel, _oscillator;
        private readonly RhythmOutput[] _output;

        // In Q14 as float. The way goes from where the channel was at the start to its offset; the half in each makes the
        // conversion to int round.
        private readonly float[] _offset, _gain, _from, _way;

        private int _count;
        private float _change, _level, _blend;
        private bool _rising;

        /// <param name="capacity">Most entries, 1..256.</param>
        /// <param name="dt">Fixed step [s], 0.0001..0.1.</param>
        /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range.</exception>
        public RhythmMap(int capacity, float dt)
        {
            if (capacity < 1 || capacity > 256) throw new ArgumentOutOfRangeException("capacity");
            if (float.IsNaN(dt) || dt < 0.0001f || dt > 0.1f) throw new ArgumentOutOfRangeException("dt");
            _dt = dt;
            _channel = new int[capacity];
            _oscillator = new int[capacity];
            _output = new RhythmOutput[capacity];
            _offset = new float[capacity];
            _gain = new float[capacity];
            _from = new float[capacity];
            _way = new float[capacity];
        }

        /// <summary>Entries in use.</summary>
        public int Count { get { return _count; } }

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
        /// <param name="gain">Travel per unit of oscillator output, within +-<see cref="MaxGain"/>.</param>
        /// <param name="rampSeconds">Time of a start or stop [s], <see cref="MinRamp"/>..<see cref="MaxRamp"/>.</param>
        /// <param name="where">Index of the refused entry.</param>
        public RhythmReason Configure(int count, int channels, int oscillators, int[] channel, int[] oscillator,
            RhythmOutput[] output, float[] offset, float[] gain, float rampSeconds, out int where)
        {
            where = 0;
            if (Active) return RhythmReason.StillRunning;
            if (count < 1 || count > _channel.Length) return RhythmReason.CountOutOfRange;
            RhythmReason reason = KimuraParameters.Judge(rampSeconds, MinRamp, MaxRamp, RhythmReason.RampOutOfRange);
            if (reason != RhythmReason.None) return reason;
            for (int j = 0; j < count; j++)
            {
                where = j;
                if (channel[j] < 0 || channel[j] >= channels) return RhythmReason.ChannelOutOfRange;
                for (int k = 0; k < j; k++)
                    if (channel[k] == channel[j]) return RhythmReason.ChannelTwice;
                if (oscillator[j] < 0 || oscillator[j] >= oscillators) return RhythmReason.OscillatorOutOfRange;
                if (output[j] > RhythmOutput.Extensor) return RhythmReason.OutputOutOfRange;
                reason = KimuraParameters.Judge(offset[j], 0f, 1f, RhythmReason.OffsetOutOfRange);
                if (reason != RhythmReason.None) return reason;
                reason = KimuraParameters.Judge(gain[j], -MaxGain, MaxGain, RhythmReason.GainOutOfRange);
                if (reason != RhythmReason.None) return reason;
            }
            where = 0;
            for (int j = 0; j < count; j++)
            {
                _channel[j] = channel[j];
                _oscillator[j] = oscillator[j];
                _output[j] = output[j];
                _offset[j] = offset[j] * Full + 0.5f;
                _gain[j] = gain[j] * Full;
            }
            _change = _dt / rampSeconds;
            _count = count;
            return RhythmReason.None;
        }

        /// <summary>Starts the ramp from the targets that the channels have now. Does nothing while it is rising or up.</summary>
        /// <param name="targets">Present targets of all channels in Q14.</param>
        public void Start(int[] targets)
        {
            if (_rising || _count == 0) return;
            for (int j = 0; j < _count; j++)
            {
                _from[j] = targets[_channel[j]] + 0.5f;
                _way[j] = _offset[j] - _from[j];
            }
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
        public bool Write(KimuraNetwork network, int[] targets)
        {
            if (!Active) return true;
            if (_level < 1f || _blend < 1f || !_rising) Ramp();
            float[] uE = network.ExtensorPotential, uF = network.FlexorPotential;
            float[] yE = network.ExtensorActivity, yF = network.FlexorActivity;
            float[] from = _from, way = _way, gain = _gain;
            int[] channel = _channel, oscillator = _oscillator;
            RhythmOutput[] output = _output;
            float level = _level, blend = _blend;
            int count = _count;
            bool finite = true;
            for (int j = 0; j < count; j++)
            {
                int i = oscillator[j];
                RhythmOutput which = output[j];
                float y;
                if (which == RhythmOutput.Signed) y = uF[i] - uE[i];
                else if (which == RhythmOutput.Flexor) y = yF[i];
                else y = yE[i];
                float target = from[j] + blend * way[j] + level * gain[j] * y;
                // "target <= Full" is false for NaN on both runtimes: only what is above or not a number comes here.
                if (target < 0f) target = 0f;
                else if (!(target <= Full))
                {
                    if (float.IsNaN(target))
                    {
                        finite = false;
                        continue;
                    }
                    target = Full;
                }
                targets[channel[j]] = (int)target;
            }
            return finite;
        }

        private void Ramp()
        {
            if (_rising)
            {
                _level += _change;
                if (_level > 1f) _level = 1f;
            }
            else
            {
                _level -= _change;
                if (_level < 0f) _level = 0f;
            }
            _blend += _change;
            if (_blend > 1f) _blend = 1f;
            // The last write of a stop, with level 0, still happens in the step that ends it.
            if (_level == 0f && _blend == 1f && !_rising) Active = false;
        }
    }
}
