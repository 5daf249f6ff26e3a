using System;

namespace Ganglion.Shared.Motion
{
    /// <summary>
    /// Frames of setpoints waiting for their time. The target at a time between two frames lies on the straight line
    /// between them; after the newest frame it stays there.
    /// </summary>
    /// <remarks>
    /// Frames are kept as the bytes in which they came: one native copy on arrival, and each is unpacked once, when its time comes, as
    /// the end of a line that then becomes the beginning of the next. Times are Link time units (128 us), 16 bits, and mean the moment
    /// within 4.19 s of now; of those ahead up to <see cref="MaxAhead"/> is taken.
    /// </remarks>
    public sealed class SetpointBuffer
    {
        /// <summary>Frames that can wait: 2-3 are usual at 50 Hz with 60 ms lead.</summary>
        public const int Capacity = 8;

        /// <summary>Furthest execution time ahead of now: 2 s in units of 128 us.</summary>
        public const int MaxAhead = 15625;

        /// <summary>What is later may as well be as far ahead: 16 bits do not tell.</summary>
        private const int MostLate = 32767;

        /// <summary>What <see cref="Add"/> says: taken up to Late, which counts one late frame, and refused beyond.</summary>
        public const int Added = 0;
        public const int Late = 1;
        public const int OutOfOrder = 2;
        public const int TooFar = 3;
        public const int Full = 4;

        private readonly int _channels;
        private readonly int _stride;
        private readonly int _slotSize;
        private readonly byte[] _values;
        private readonly int[] _times = new int[Capacity];
        private int _first;
        private int _count;
        private int _fromSlot = -1;
        private int _toSlot = -1;

        public SetpointBuffer(int channels)
        {
            _channels = channels;
            _stride = 2 * channels;
            // Unpack takes four channels at a time.
            int padded = (channels + 3) & ~3;
            _slotSize = 2 * padded;
            _values = new byte[Capacity * _slotSize];
            From = new int[padded];
            To = new int[padded];
        }

        /// <summary>Frames held, the one being executed included.</summary>
        public int Count { get { return _count; } }

        /// <summary>Starts a stream from where the channels are now with its first frame, so that it is approached and not jumped at.
        /// Refused, it changes nothing.</summary>
        /// <param name="now">Board time, 16 bits in Link time units.</param>
        /// <param name="time">Execution time of the frame in the same unit.</param>
        /// <param name="command">Present commands, Q14.</param>
        /// <param name="source">Holds the frame's values.</param>
        /// <param name="offset">Where.</param>
        public int Begin(int now, int time, int[] command, byte[] source, int offset)
        {
            int ahead = (short)(time - now);
            if ((uint)(ahead + MostLate) > MostLate + MaxAhead)
            {
                return TooFar;
            }

            _first = 0;
            _count = 1;
            _fromSlot = 0;
            _toSlot = -1;
            // A first frame that is late is the newest word too.
            _times[0] = ahead > 0 ? now : time - 1;
            Array.Copy(command, 0, From, 0, _channels);
            return Add(now, time, source, offset);
        }

        /// <summary>Takes a frame. It is added also when it is late (its time has passed): it is still the newest word.</summary>
        /// <param name="now">Board time, 16 bits in Link time units.</param>
        /// <param name="time">Execution time in the same unit.</param>
        /// <param name="source">Holds the frame's values.</param>
        /// <param name="offset">Where.</param>
        public int Add(int now, int time, byte[] source, int offset)
        {
            int ahead = (short)(time - now);
            if ((uint)(ahead + MostLate) > MostLate + MaxAhead)
            {
                return TooFar;
            }

            // No frame is taken further ahead: what looks so was due more than 4 s ago and is older than anything that comes now.
            int newest = (_first + _count - 1) & (Capacity - 1);
            int newestAhead = (short)(_times[newest] - now);
            if (ahead <= newestAhead && newestAhead <= MaxAhead)
            {
                return OutOfOrder;
            }

            if (_count == Capacity)
            {
                return Full;
            }

            int slot = (newest + 1) & (Capacity - 1);
            _times[slot] = time;
            Array.Copy(source, offset, _values, slot * _slotSize, _stride);
            _count++;
            return ahead < 0 ? Late : Added;
        }

        /// <summary>Targets before and after the time of the last <see cref="Sample"/>, Q14, one a channel. What is
        /// wanted is From + (To - From) * Fraction / 4096.</summary>
        public int[] From;
        public int[] To;
        public int Fraction;

        /// <summary>Moves to a time. True while a frame lies ahead of it.</summary>
        /// <param name="now">16 bits in Link time units.</param>
        public bool Sample(int now)
        {
            int[] times = _times;
            int first = _first;
            int next = (first + 1) & (Capacity - 1);
            while (_count > 1 && (short)(now - times[next]) >= 0)
            {
                first = next;
                next = (next + 1) & (Capacity - 1);
                _count--;
            }

            _first = first;
            Fraction = 0;
            if (first != _fromSlot)
            {
                Advance(first);
            }

            if (_count == 1)
            {
                return false;
            }

            if (next != _toSlot)
            {
                Unpack(next, To);
                _toSlot = next;
            }

            int span = (short)(times[next] - times[first]);
            if (span > 0)
            {
                Fraction = (((short)(now - times[first])) << 12) / span;
            }

            return true;
        }

        /// <summary>Makes a slot the beginning of the line; mostly it was its end.</summary>
        private void Advance(int slot)
        {
            if (slot == _toSlot)
            {
                int[] previous = From;
                From = To;
                To = previous;
                _toSlot = -1;
            }
            else
            {
                Unpack(slot, From);
            }

            _fromSlot = slot;
        }

        /// <summary>Four channels at a time: one native read of eight bytes takes as long as 14 instructions, putting
        /// four values together from bytes takes more than three times that.</summary>
        private void Unpack(int slot, int[] into)
        {
            byte[] values = _values;
            int count = _channels;
            int at = slot * _slotSize;
            for (int i = 0; i < count; i += 4)
            {
                long four = BitConverter.ToInt64(values, at);
                into[i] = (short)four;
                into[i + 1] = (short)(four >> 16);
                into[i + 2] = (short)(four >> 32);
                into[i + 3] = (short)(four >> 48);
                at += 8;
            }
        }
    }
}
