using System;

namespace Ganglion.Shared.Link
{
    /// <summary>
    /// Finds frames in a byte stream that may hold garbage: boot-ROM text, lost, doubled or flipped bytes.
    /// After garbage ends, the next whole frame is found; no valid frame is lost to a false start, because a failed
    /// candidate is left by one byte only.
    /// </summary>
    /// <remarks>
    /// Used by both ends. The caller appends bytes at <see cref="WriteOffset"/> of <see cref="Buffer"/>, calls
    /// <see cref="Written"/>, then <see cref="TryNext"/> until it returns false. Nothing is copied but the tail of an
    /// incomplete frame; nothing is allocated.
    /// </remarks>
    public sealed partial class FrameParser
    {
        /// <summary>CRC-32 of any bytes with their own CRC-32 behind them, low byte first.</summary>
        private const uint Residue = 0x2144DF1C;
        private const int BehindSync = FrameFormat.Overhead - FrameFormat.CheckOffset;

        private readonly Checksum _checksum;
        private int _start;
        private int _end;
        private int _old; // what lies before it was there at the last call of Expire
        private int _stale; // and before this, at the one before that: no longer waited for
        private int _work;
        private int _current; // bytes of the frame handed out, consumed at the next call

        /// <param name="checksum">CRC-32 of this end.</param>
        /// <param name="capacity">Bytes; at least two whole frames (530).</param>
        public FrameParser(Checksum checksum, int capacity)
        {
            if (capacity < 2 * FrameFormat.MaxFrame)
            {
                throw new ArgumentException("The buffer must hold two whole frames.");
            }

            _checksum = checksum;
            Buffer = new byte[capacity];
        }

        /// <summary>Holds the current frame's payload at <see cref="PayloadOffset"/> until the next call.</summary>
        public readonly byte[] Buffer;

        /// <summary>Message type of the current frame.</summary>
        public int Type;

        /// <summary>Session id of the current frame.</summary>
        public int Session;

        /// <summary>Sequence number of the current frame, 0..255.</summary>
        public int Sequence;

        public int PayloadOffset;

        /// <summary>Payload length of the current frame in bytes, 0..255.</summary>
        public int PayloadLength;

        /// <summary>The session whose frames count at this end, or -1 for any. A frame of another session would only be refused: behind
        /// garbage it is not waited for, and behind <see cref="Patience"/> wrong checksums in one search not looked for. A Hello, and what
        /// asks without a session, is.</summary>
        public int Expected = -1;

        /// <summary>Valid frames found.</summary>
        public int Frames;

        /// <summary>Bytes skipped because they belonged to no frame.</summary>
        public int GarbageBytes;

        /// <summary>Candidates whose checksum did not match.</summary>
        public int ChecksumErrors;

        public int WriteOffset { get { return _end; } }

        /// <summary>Makes room and tells how many bytes may be appended at <see cref="WriteOffset"/>.</summary>
        public int Prepare()
        {
            int start = _start + _current;
            _current = 0;
            if (start > 0)
            {
                int pending = _end - start;
                if (pending > 0)
                {
                    Array.Copy(Buffer, start, Buffer, 0, pending);
                }

                // Else all that is there came after the last call of Expire, as it mostly did.
                if (_old > 0)
                {
                    _old -= start;
                    _stale -= start;
                }

                _start = 0;
                _end = pending;
            }

            return Buffer.Length - _end;
        }

        /// <summary>Takes over the bytes appended at <see cref="WriteOffset"/>.</summary>
        public void Written(int count)
        {
            _end += count;
        }

        /// <summary>Moves to the next frame with a valid checksum. False: none is complete yet, or garbage has made enough work for
        /// now.</summary>
        public bool TryNext()
        {
            int start = _start + _current;
            _start = start;
            _current = 0;
            if (_end - start < FrameFormat.Overhead)
            {
                _work = 0;
                return false;
            }

            byte[] buffer = Buffer;
            int length = buffer[start + FrameFormat.LengthOffset];
            int type = buffer[start + FrameFormat.TypeOffset];
            bool found;
            if (buffer[start] == FrameFormat.Sync &&
                buffer[start + FrameFormat.CheckOffset] == (length ^ type ^ FrameFormat.CheckSeed))
            {
                if (_end - start < length + FrameFormat.Overhead)
                {
                    if (start >= _stale)
                    {
                        _work = 0;
                        return false;
                    }

                    found = Search();
                }
                else
                {
                    found = _checksum.Compute(buffer, start + FrameFormat.CheckOffset, length + BehindSync) == Residue;
                    if (!found)
                    {
                        ChecksumErrors++;
                        _work += ChecksumWork;
                        found = Search();
                    }
                }
            }
            else
            {
                found = Search();
            }

            if (!found)
            {
                _work = 0;
                return false;
            }

            if (start != _start)
            {
                start = _start;
                length = buffer[start + FrameFormat.LengthOffset];
                type = buffer[start + FrameFormat.TypeOffset];
            }

            Type = type;
            PayloadLength = length;
            PayloadOffset = start + FrameFormat.HeaderSize;
            Session = buffer[start + FrameFormat.SessionOffset];
            Sequence = buffer[start + FrameFormat.SequenceOffset];
            Frames++;
            _current = length + FrameFormat.Overhead;
            return true;
        }

        /// <summary>
        /// To be called about every 50 ms: candidates that began before the previous call are not waited for any more, all of them, since
        /// each would hold up the stream as long again. A frame takes 23 ms at 115 200 baud, so a real one is never given up.
        /// </summary>
        public void Expire()
        {
            _stale = _old;
            _old = _end;
        }

        /// <summary>Forgets everything received.</summary>
        public void Clear()
        {
            _start = 0;
            _end = 0;
            _current = 0;
            _old = 0;
            _stale = 0;
        }
    }
}
