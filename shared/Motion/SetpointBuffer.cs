using System;
using Ganglion.Shared.Link;

namespace Ganglion.Shared.Motion
{
    /// <summary>
    /// Frames of setpoints waiting for their time. The target at a time between two frames lies on the straight line
    /// between them; after the newest frame it stays there.
    /// </summary>
    /// <remarks>
    /// Frames are kept as the bytes in which they came: one native copy on arrival, and two values a channel put together
    /// when they are used, which costs no more than unpacking each frame once. Shifts and not BitConverter: on the
    /// interpreter a native call takes as long as 14 instructions, the eleven spelt out less than ten. Times are Link time units (128 us), 16 bits,
    /// compared by wrapped difference: a frame may lie up to 4 s ahead.
    /// </remarks>
    public sealed class SetpointBuffer
    {
        /// <summary>Frames that can wait: 2-3 are usual at 50 Hz with 60 ms lead.</summary>
        public const int Capacity = 8;

        /// <summary>Furthest execution time ahead of now: 2 s in units of 128 us.</summary>
        public const int MaxAhead = 15625;

        /// <summary>What <see cref="Add"/> says.</summary>
        public const int Added = 0;
        public const int Late = 1;
        public const int OutOfOrder = 2;
        public const int TooFar = 3;
        public const int Full = 4;

        private readonly int _channels;
        private readonly int _stride;
        private readonly byte[] _values;
        private readonly int[] _times = new int[Capacity];
        private int _first;
        private int _count;

        public SetpointBuffer(int channels)
        {
            _channels = channels;
            _stride = 2 * channels;
            _values = new byte[Capacity * _stride];
        }

        /// <summary>Frames held, the one being executed included.</summary>
        public int Count { get { return _count; } }

        /// <summary>Starts a stream from where the channels are now, so that the first frame is approached and not
        /// jumped at.</summary>
        /// <param name="time">Now, 16 bits in Link time units.</param>
        /// <param name="command">Present commands, Q14.</param>
        public void Begin(int time, int[] command)
        {
            _first = 0;
            _count = 1;
            _times[0] = time;
            for (int i = 0; i < _channels; i++)
            {
                Bytes.Put16(_values, 2 * i, command[i]);
            }
        }

        /// <summary>Takes a frame. It is added also when it is late (its time has passed): it is still the newest word.</summary>
        /// <param name="now">Board time, 16 bits in Link time units.</param>
        /// <param name="time">Execution time in the same unit.</param>
        public int Add(int now, int time, byte[] source, int offset)
        {
            int newest = (_first + _count - 1) & (Capacity - 1);
            if ((short)(time - _times[newest]) <= 0)
            {
                return OutOfOrder;
            }

            int ahead = (short)(time - now);
            if (ahead > MaxAhead)
            {
                return TooFar;
            }

            if (_count == Capacity)
            {
                return Full;
            }

            int slot = (newest + 1) & (Capacity - 1);
            _times[slot] = time;
            Array.Copy(source, offset, _values, slot * _stride, _stride);
            _count++;
            return ahead < 0 ? Late : Added;
        }

        /// <summary>Writes the targets at a time. True while a frame lies ahead of it.</summary>
        /// <param name="now">16 bits in Link time units.</param>
        /// <param name="target">Q14, one a channel.</param>
        public bool Sample(int now, int[] target)
        {
            int[] times = _times;
            while (_count > 1 && (short)(now - times[(_first + 1) & (Capacity - 1)]) >= 0)
            {
                _first = (_first + 1) & (Capacity - 1);
                _count--;
            }

            int from = _first * _stride;
            int toNext = 0;
            int fraction = 0;
            if (_count > 1)
            {
                int next = (_first + 1) & (Capacity - 1);
                toNext = next * _stride - from;
                int span = (short)(times[next] - times[_first]);
                if (span > 0)
                {
                    fraction = (((short)(now - times[_first])) << 12) / span;
                }
            }

            byte[] values = _values;
            int count = _channels;
            for (int i = 0; i < count; i++)
            {
                int to = from + toNext;
                int a = (short)(values[from] | (values[from + 1] << 8));
                int b = (short)(values[to] | (values[to + 1] << 8));
                target[i] = a + (((b - a) * fraction) >> 12);
                from += 2;
            }

            return _count > 1;
        }
    }
}
