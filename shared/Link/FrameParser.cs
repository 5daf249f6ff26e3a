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
    public sealed class FrameParser
    {
        /// <summary>Work that garbage may cause until <see cref="TryNext"/> says false, which a board's tick ends with, in units of one
        /// average IL instruction; and what the steps of the search cost (on virtual boards, GarbageTests): eight bytes that hold a sync
        /// byte, eight sync bytes, a search for the next one, a header that fits and its checksum. A tick of 40 channels has as much
        /// left; one of a walker with all reflexes ends 2 ms late with it, which no deadline misses.</summary>
        private const int MostWork = 8000, StepWork = 70, RunWork = 34, SearchWork = 110, ChecksumWork = 220;

        // Eight bytes at once: sync bytes, seeds of the check, and what finds a zero byte (Hacker's Delight, section 6-1), for the eight
        // and for the five of them whose header is among them.
        private const long Syncs = unchecked((long)0xA5A5A5A5A5A5A5A5), Seeds = 0x5A5A5A5A5A5A5A5A;
        private const long Ones = 0x0101010101010101, Highs = unchecked((long)0x8080808080808080), FiveHighs = 0x8080808080;

        // Array.IndexOf takes an object; boxing once keeps the search free of allocations.
        private readonly object _boxedSync = FrameFormat.Sync;

        private readonly Checksum _checksum;
        private int _start;
        private int _end;
        private int _waitingStart = -1;
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
            Consume();
            if (_start > 0)
            {
                int pending = _end - _start;
                if (pending > 0)
                {
                    Array.Copy(Buffer, _start, Buffer, 0, pending);
                }

                if (_waitingStart >= 0)
                {
                    _waitingStart -= _start;
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
            _start += _current;
            _current = 0;
            while (_end - _start >= FrameFormat.Overhead)
            {
                byte[] buffer = Buffer;
                int start = _start;
                int length = buffer[start + FrameFormat.LengthOffset];
                int type = buffer[start + FrameFormat.TypeOffset];
                if (buffer[start] == FrameFormat.Sync &&
                    buffer[start + FrameFormat.CheckOffset] == (length ^ type ^ FrameFormat.CheckSeed))
                {
                    if (_end - start < length + FrameFormat.Overhead)
                    {
                        break;
                    }

                    int crcOffset = start + FrameFormat.HeaderSize + length;
                    uint crc = _checksum.Compute(buffer, start + FrameFormat.CheckOffset, length + FrameFormat.HeaderSize - 1);
                    if (crc == BitConverter.ToUInt32(buffer, crcOffset))
                    {
                        Type = type;
                        PayloadLength = length;
                        PayloadOffset = start + FrameFormat.HeaderSize;
                        Session = buffer[start + FrameFormat.SessionOffset];
                        Sequence = buffer[start + FrameFormat.SequenceOffset];
                        Frames++;
                        _current = length + FrameFormat.Overhead;
                        return true;
                    }

                    ChecksumErrors++;
                    _work += ChecksumWork;
                }

                if (!Seek())
                {
                    break;
                }
            }

            _work = 0;
            return false;
        }

        /// <summary>Goes on by at least one byte, to the next header that fits or to where too few bytes follow to tell. False: that was
        /// work enough.</summary>
        private bool Seek()
        {
            byte[] buffer = Buffer;
            int at = _start + 1;
            int last = _end - FrameFormat.Overhead;
            int left = MostWork - _work;
            long fits = 0;
            while (at <= last && left > 0)
            {
                long bytes = BitConverter.ToInt64(buffer, at);
                long other = bytes ^ Syncs;
                if (other == 0)
                {
                    left -= RunWork;
                    at += 5;
                }
                else if (((other - Ones) & ~other & Highs) == 0)
                {
                    left -= SearchWork;
                    at = FindSync(at + 8);
                }
                else
                {
                    // Byte i is zero where a sync byte is followed by a check that fits. The lowest mark is always a true one.
                    left -= StepWork;
                    long wrong = other | ((bytes >> 8) ^ (bytes >> 16) ^ (bytes >> 24) ^ Seeds);
                    fits = (wrong - Ones) & ~wrong & FiveHighs;
                    if (fits != 0)
                    {
                        break;
                    }

                    at += 5;
                }
            }

            while (fits != 0 && (fits & 0x80) == 0)
            {
                fits >>= 8;
                at++;
            }

            GarbageBytes += at - _start;
            _start = at;
            _work = MostWork - left;
            return left > 0;
        }

        /// <summary>The next sync byte from a place on, or the end.</summary>
        private int FindSync(int from)
        {
            if (from >= _end)
            {
                return _end;
            }

            int found = Array.IndexOf(Buffer, _boxedSync, from, _end - from);
            return found < 0 ? _end : found;
        }

        /// <summary>
        /// To be called about every 50 ms: gives up a candidate that was incomplete at the previous call too. A frame
        /// takes 23 ms at 115 200 baud, so a real one is never given up; a false one cannot hold up the stream.
        /// </summary>
        public void Expire()
        {
            Consume();
            if (_end == _start)
            {
                _waitingStart = -1;
                return;
            }

            if (_waitingStart == _start)
            {
                SkipOne();
                _waitingStart = -1;
            }
            else
            {
                _waitingStart = _start;
            }
        }

        /// <summary>Forgets everything received.</summary>
        public void Clear()
        {
            _start = 0;
            _end = 0;
            _current = 0;
            _waitingStart = -1;
        }

        private void Consume()
        {
            _start += _current;
            _current = 0;
        }

        private void SkipOne()
        {
            _start++;
            GarbageBytes++;
        }
    }
}
