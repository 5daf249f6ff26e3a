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
        /// <summary>Candidates examined in one call of <see cref="TryNext"/>: a bound on the work that garbage can cause
        /// in one tick (about 25 instructions each).</summary>
        private const int MaxCandidates = 48;

        // Array.IndexOf takes an object; boxing once keeps the search free of allocations.
        private readonly object _boxedSync = FrameFormat.Sync;

        private readonly Checksum _checksum;
        private int _start;
        private int _end;
        private int _waitingStart = -1;
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

        /// <summary>Moves to the next frame with a valid checksum. False: none is complete yet.</summary>
        public bool TryNext()
        {
            byte[] buffer = Buffer;
            int budget = MaxCandidates;
            _start += _current;
            _current = 0;
            while (_end - _start >= FrameFormat.Overhead)
            {
                int start = _start;
                if (buffer[start] != FrameFormat.Sync)
                {
                    int found = Array.IndexOf(buffer, _boxedSync, start, _end - start);
                    if (found < 0)
                    {
                        found = _end;
                    }

                    GarbageBytes += found - start;
                    _start = found;
                    continue;
                }

                int length = buffer[start + FrameFormat.LengthOffset];
                int type = buffer[start + FrameFormat.TypeOffset];
                if (buffer[start + FrameFormat.CheckOffset] == (length ^ type ^ FrameFormat.CheckSeed))
                {
                    if (_end - start < length + FrameFormat.Overhead)
                    {
                        return false;
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
                }

                SkipOne();
                if (--budget == 0)
                {
                    return false;
                }
            }

            return false;
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
