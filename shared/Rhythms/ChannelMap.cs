using System;
using Ganglion.Shared.Motion;

namespace Ganglion.Shared.Rhythms
{
    /// <summary>
    /// From signals to channel targets in Q14 (<see cref="FixedPoint.One"/> = the whole travel): target = offset + gain x signal,
    /// kept within the travel. While something starts, the channels go from where they were to the offsets as <c>blend</c> goes
    /// from 0 to 1, and the signals come in as <c>level</c> does, so that nothing jumps:
    /// <code>target = from + blend (offset - from) + level gain signal</code>
    /// A channel may be a servo or a valve: what the travel means is the channel's calibration.
    /// </summary>
    public sealed class ChannelMap
    {
        /// <summary>Largest size of a gain, in travel per unit of the signal.</summary>
        public const float MaxGain = 100f;

        private readonly int[] _channel, _signal;

        // In Q14 as float. The half in offset and from makes the conversion to int round.
        private readonly float[] _offset, _gain, _from;
        private int _count;

        /// <param name="capacity">Most entries, 1..256.</param>
        /// <exception cref="ArgumentOutOfRangeException">The capacity is outside its range.</exception>
        public ChannelMap(int capacity)
        {
            if (capacity < 1 || capacity > 256)
            {
                throw new ArgumentOutOfRangeException("capacity");
            }

            _channel = new int[capacity];
            _signal = new int[capacity];
            _offset = new float[capacity];
            _gain = new float[capacity];
            _from = new float[capacity];
        }

        /// <summary>Entries in use.</summary>
        public int Count { get { return _count; } }

        /// <summary>Takes over a map, all or nothing.</summary>
        /// <param name="count">Entries, 1..capacity; every array holds at least as many.</param>
        /// <param name="channels">Number of channels on the board: the length of the target array.</param>
        /// <param name="signals">Number of signals that will be given.</param>
        /// <param name="channel">Driven channel, each at most once.</param>
        /// <param name="signal">Index of the signal that it follows.</param>
        /// <param name="offset">Where the channel is at signal 0, 0..1 of the travel.</param>
        /// <param name="gain">Travel per unit of the signal, within +-<see cref="MaxGain"/>.</param>
        /// <param name="where">Index of the refused entry.</param>
        public RhythmReason Configure(int count, int channels, int signals, int[] channel, int[] signal, float[] offset, float[] gain,
            out int where)
        {
            where = 0;
            if (count < 1 || count > _channel.Length)
            {
                return RhythmReason.CountOutOfRange;
            }

            for (int j = 0; j < count; j++)
            {
                where = j;
                if (channel[j] < 0 || channel[j] >= channels)
                {
                    return RhythmReason.ChannelOutOfRange;
                }

                for (int k = 0; k < j; k++)
                {
                    if (channel[k] == channel[j])
                    {
                        return RhythmReason.ChannelTwice;
                    }
                }

                if (signal[j] < 0 || signal[j] >= signals)
                {
                    return RhythmReason.OscillatorOutOfRange;
                }

                RhythmReason reason = KimuraParameters.Judge(offset[j], 0f, 1f, RhythmReason.OffsetOutOfRange);
                if (reason != RhythmReason.None)
                {
                    return reason;
                }

                reason = KimuraParameters.Judge(gain[j], -MaxGain, MaxGain, RhythmReason.GainOutOfRange);
                if (reason != RhythmReason.None)
                {
                    return reason;
                }
            }
            where = 0;
            for (int j = 0; j < count; j++)
            {
                _channel[j] = channel[j];
                _signal[j] = signal[j];
                _offset[j] = offset[j] * FixedPoint.One + 0.5f;
                _gain[j] = gain[j] * FixedPoint.One;
            }
            _count = count;
            return RhythmReason.None;
        }

        /// <summary>Notes where the channels are now: a blend begins there.</summary>
        /// <param name="targets">Present targets of all channels in Q14.</param>
        public void Start(int[] targets)
        {
            for (int j = 0; j < _count; j++)
            {
                _from[j] = targets[_channel[j]] + 0.5f;
            }
        }

        /// <summary>Writes the targets of the mapped channels.</summary>
        /// <param name="signals">The signals.</param>
        /// <param name="blend">From where the channels were at the start (0) to the offsets (1).</param>
        /// <param name="level">Share of the signals, 0..1.</param>
        /// <param name="targets">Targets of all channels in Q14.</param>
        /// <returns>False if a signal was not a number: that channel keeps its target, and the safety machine must act.</returns>
        public bool Write(float[] signals, float blend, float level, int[] targets)
        {
            float[] from = _from, offset = _offset, gain = _gain;
            int[] channel = _channel, signal = _signal;
            bool finite = true, blending = blend < 1f;
            int j = _count;
            while (j != 0)
            {
                j--;
                float target = offset[j];
                if (blending)
                {
                    target = from[j] + blend * (target - from[j]);
                }

                target += level * gain[j] * signals[signal[j]];
                // "target <= One" is false for NaN on both runtimes: only what is above or not a number comes here.
                if (target < 0f)
                {
                    target = 0f;
                }
                else if (!(target <= FixedPoint.One))
                {
                    if (float.IsNaN(target))
                    {
                        finite = false;
                        continue;
                    }
                    target = FixedPoint.One;
                }
                targets[channel[j]] = (int)target;
            }
            return finite;
        }
    }
}
