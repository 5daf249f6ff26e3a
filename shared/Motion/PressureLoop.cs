using System;
using Ganglion.Shared.Link;

namespace Ganglion.Shared.Motion
{
    /// <summary>
    /// Pressure control of chambers that follow their valves with a lag: a chamber has at the end of a tick the pressure that
    /// its channel commanded at the tick's beginning, and slow corrections take out what the valve's zero and slope are off.
    /// </summary>
    /// <remarks>
    /// A chamber of time constant T under a valve at v goes from p to v + (p - v) k in a tick dt, k = exp(-dt/T). So the valve
    /// for a wanted pressure w is v = (w - k p)/(1 - k), where p is the pressure that the model expects by now. What the sensor
    /// measures against it is corrected in v by zero + slope (v - middle), both by normalised least mean squares (Haykin,
    /// Adaptive Filter Theory, eq 6.18), within bounds, and not further while the valve is at a limit anyway.
    /// Pressures are shares of the valve's full pressure in Q14, as floats. An input's count was taken when the tick before
    /// began: it is compared with what was expected then. All values are bounded and come from integers: no NaN can arise.
    /// </remarks>
    public sealed class PressureLoop
    {
        /// <summary>How far beyond no and full pressure a reading may lie, as a share of the span.</summary>
        private const float Margin = 0.05f;

        /// <summary>Readings in a row that make a fault of one outside the sensor's range, of one that stands still, of one
        /// that is off.</summary>
        private const int RangeReadings = 3, StillReadings = 4, OffReadings = 8;

        /// <summary>A sensor that measures less than 0.3 % of change while 5 % is expected stands still, Q14.</summary>
        private const float StillBand = 50f, MoveBand = 820f;

        /// <summary>What a valve's zero, Q14, and its slope may be corrected by.</summary>
        private const float MostZero = 2500f, MostSlope = 0.4f;

        /// <summary>Distance from the middle at which zero and slope learn alike, Q14: a sixth of full pressure.</summary>
        private const float Swing = 2731f;

        private readonly int _count;
        private readonly float _tick, _reading;

        // What was configured.
        private readonly int[] _channel, _input;
        private readonly float[] _keep, _scale, _low, _high, _middle, _learn, _zeroCount, _perCount, _mostError;
        private readonly int[] _leastCount, _mostCount;

        // What changes.
        private readonly bool[] _known;
        private readonly float[] _expected, _before, _zero, _slope, _seen, _seenExpected;
        private readonly int[] _value, _outside, _still, _off;

        /// <param name="count">Loops, at least 1.</param>
        /// <param name="tick">Time from one <see cref="Step"/> to the next, s.</param>
        /// <param name="reading">Time from one reading of an input to its next, s.</param>
        public PressureLoop(int count, float tick, float reading)
        {
            _count = count;
            _tick = tick;
            _reading = reading;
            _channel = new int[count];
            _input = new int[count];
            _keep = new float[count];
            _scale = new float[count];
            _low = new float[count];
            _high = new float[count];
            _middle = new float[count];
            _learn = new float[count];
            _zeroCount = new float[count];
            _perCount = new float[count];
            _mostError = new float[count];
            _leastCount = new int[count];
            _mostCount = new int[count];
            _known = new bool[count];
            _expected = new float[count];
            _before = new float[count];
            _zero = new float[count];
            _slope = new float[count];
            _seen = new float[count];
            _seenExpected = new float[count];
            _value = new int[count];
            _outside = new int[count];
            _still = new int[count];
            _off = new int[count];
        }

        public int Count { get { return _count; } }

        /// <summary>The channel of each loop.</summary>
        public int[] Channels { get { return _channel; } }

        /// <summary>The analog input of each loop.</summary>
        public int[] Inputs { get { return _input; } }

        /// <summary>What <see cref="Step"/> tells the valve of each loop, Q14, within the channel's limits.</summary>
        public int[] Values { get { return _value; } }

        /// <summary>The channel of the fault that <see cref="Measure"/> found.</summary>
        public int FaultChannel;

        /// <summary>Describes a loop. False, and nothing is changed, if a value is outside its range or the lag beyond what a tick changes
        /// at all.</summary>
        /// <param name="loop">0..count-1.</param>
        /// <param name="settings">Not kept.</param>
        public bool Configure(int loop, PressureSettings settings)
        {
            int lag = settings.Lag, span = settings.Full - settings.Zero;
            if (!settings.Usable || lag <= 0 || span <= 0)
            {
                return false;
            }

            float keep = (float)Math.Exp(-1000.0 * _tick / lag), rest = 1f - keep;
            if (rest <= 0f)
            {
                return false;
            }

            _channel[loop] = settings.Channel;
            _input[loop] = settings.Input;
            _keep[loop] = keep;
            _scale[loop] = 1f / rest;
            _low[loop] = settings.Low;
            _high[loop] = settings.High;
            _middle[loop] = 0.5f * (settings.Low + settings.High);
            _learn[loop] = settings.Integral * _reading / PressureSettings.IntegralOne;
            _zeroCount[loop] = settings.Zero;
            _perCount[loop] = (float)FixedPoint.One / span;
            _mostError[loop] = settings.MostError;
            _leastCount[loop] = settings.Zero - (int)(Margin * span);
            _mostCount[loop] = settings.Full + (int)(Margin * span);
            return true;
        }

        /// <summary>Forgets what was measured and learned: before the valves are switched on.</summary>
        /// <param name="fresh">Which analog inputs have readings that nobody took. They are of a time when the chambers vented and say
        /// nothing of the pressure to begin with: cleared.</param>
        public void Reset(bool[] fresh)
        {
            for (int i = 0; i < _count; i++)
            {
                fresh[_input[i]] = false;
                _known[i] = false;
                _zero[i] = 0f;
                _slope[i] = 0f;
                _outside[i] = 0;
                _still[i] = 0;
                _off[i] = 0;
            }
        }

        /// <summary>Takes the readings that are new. Returns a reason to go safe, or None.</summary>
        /// <param name="analog">The analog inputs, counts.</param>
        /// <param name="fresh">Which of them are new; cleared for those that were taken.</param>
        public byte Measure(int[] analog, bool[] fresh)
        {
            int[] input = _input;
            byte found = Reason.None;
            int i = _count;
            while (i != 0)
            {
                i--;
                int at = input[i];
                if (fresh[at])
                {
                    fresh[at] = false;
                    byte reason = Take(i, analog[at]);
                    if (reason != Reason.None)
                    {
                        found = reason;
                        FaultChannel = _channel[i];
                    }
                }
            }

            return found;
        }

        /// <summary>One tick: from the channels' commands to <see cref="Values"/>.</summary>
        /// <param name="command">What each channel is told, Q14, after limits and slew.</param>
        public void Step(int[] command)
        {
            int[] channel = _channel;
            float[] keep = _keep, expected = _expected;
            int i = _count;
            while (i != 0)
            {
                i--;
                float wanted = command[channel[i]];
                if (!_known[i])
                {
                    // Nothing was measured yet: the valve gets the pressure as it is.
                    _value[i] = (int)wanted;
                    continue;
                }

                float before = expected[i], low = _low[i], high = _high[i];
                float valve = (wanted - keep[i] * before) * _scale[i];
                if (valve > high)
                {
                    valve = high;
                }
                else if (valve < low)
                {
                    valve = low;
                }

                _before[i] = before;
                expected[i] = valve + (before - valve) * keep[i];
                valve += _zero[i] + _slope[i] * (valve - _middle[i]);
                if (valve > high)
                {
                    valve = high;
                }
                else if (valve < low)
                {
                    valve = low;
                }

                _value[i] = (int)(valve + 0.5f);
            }
        }

        private byte Take(int i, int count)
        {
            if (count < _leastCount[i] || count > _mostCount[i])
            {
                return ++_outside[i] >= RangeReadings ? Reason.PressureOutOfRange : Reason.None;
            }

            _outside[i] = 0;
            float measured = (count - _zeroCount[i]) * _perCount[i];
            if (!_known[i])
            {
                _known[i] = true;
                _expected[i] = measured;
                _before[i] = measured;
                _seen[i] = measured;
                _seenExpected[i] = measured;
                return Reason.None;
            }

            float expected = _before[i], error = expected - measured;
            if (StandsStill(i, measured, expected))
            {
                return Reason.PressureStandsStill;
            }

            if (error > _mostError[i] || error < -_mostError[i])
            {
                if (++_off[i] >= OffReadings)
                {
                    return Reason.PressureOff;
                }
            }
            else
            {
                _off[i] = 0;
            }

            Learn(i, expected, error);
            return Reason.None;
        }

        private bool StandsStill(int i, float measured, float expected)
        {
            float change = measured - _seen[i];
            if (change > StillBand || change < -StillBand)
            {
                _seen[i] = measured;
                _seenExpected[i] = expected;
                _still[i] = 0;
                return false;
            }

            change = expected - _seenExpected[i];
            if (change > MoveBand || change < -MoveBand)
            {
                return ++_still[i] >= StillReadings;
            }

            _still[i] = 0;
            return false;
        }

        private void Learn(int i, float expected, float error)
        {
            if (error > 0f ? _value[i] >= _high[i] : _value[i] <= _low[i])
            {
                return;
            }

            float swings = (expected - _middle[i]) / Swing;
            float step = _learn[i] * error / (1f + swings * swings);
            _zero[i] = Numbers.Bound(_zero[i] + step, MostZero);
            _slope[i] = Numbers.Bound(_slope[i] + step * swings / Swing, MostSlope);
        }
    }
}
