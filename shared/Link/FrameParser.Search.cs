using System;

namespace Ganglion.Shared.Link
{
    // The search for the next frame behind bytes that belong to none.
    public sealed partial class FrameParser
    {
        /// <summary>Work that garbage may cause until <see cref="TryNext"/> says false, which a board's tick ends with, in units of one
        /// average IL instruction; and what the steps of the search cost (on virtual boards, GarbageTests): eight bytes that hold a sync
        /// byte, eight sync bytes, a search for the next one, a checksum. A tick of 40 channels has as much left; one of a walker with
        /// all reflexes ends 3 ms late with it, which no deadline misses.</summary>
        private const int MostWork = 9400, StepWork = 70, RunWork = 34, SearchWork = 112, ChecksumWork = 116;

        /// <summary>Wrong checksums in one search after which only what concerns <see cref="Expected"/> is looked at.</summary>
        private const int Patience = 4;

        // Eight bytes at once: sync bytes, seeds of the check, and what finds a zero byte (Hacker's Delight, section 6-1), for the eight
        // and for the five of them whose header is among them.
        private const long Syncs = unchecked((long)0xA5A5A5A5A5A5A5A5), Seeds = 0x5A5A5A5A5A5A5A5A;
        private const long Ones = 0x0101010101010101, Highs = unchecked((long)0x8080808080808080), FiveHighs = 0x8080808080;

        // Array.IndexOf takes an object; boxing once keeps the search free of allocations.
        private readonly object _boxedSync = FrameFormat.Sync;

        private int _left;

        /// <summary>Goes on by at least one byte, to the next valid frame. False: to where too few bytes follow to tell, or that was work
        /// enough.</summary>
        private bool Search()
        {
            byte[] buffer = Buffer;
            int end = _end;
            int last = end - FrameFormat.Overhead;
            int next = _start + 1;
            int left = MostWork - _work;
            int patience = Expected < 0 ? int.MaxValue : Patience;
            bool found = false;
            while (left > 0 && next <= last)
            {
                int from = next;
                next = Array.IndexOf(buffer, _boxedSync, from, end - from);
                if (next < 0)
                {
                    next = end;
                    break;
                }

                if (next > last)
                {
                    break;
                }

                left -= SearchWork + ((next - from) >> 1);
                int length = buffer[next + FrameFormat.LengthOffset];
                int type = buffer[next + FrameFormat.TypeOffset];
                if (buffer[next + FrameFormat.CheckOffset] != (length ^ type ^ FrameFormat.CheckSeed))
                {
                    next = NextHeader(next + 1, left);
                    left = _left;
                    if (left <= 0 || next > last)
                    {
                        break;
                    }

                    length = buffer[next + FrameFormat.LengthOffset];
                    type = buffer[next + FrameFormat.TypeOffset];
                }

                bool isWhole = end - next >= length + FrameFormat.Overhead;
                if (patience <= 0 || !isWhole)
                {
                    int session = buffer[next + FrameFormat.SessionOffset];
                    if (Expected >= 0 && session != Expected && session != 0 && type != MessageType.Hello)
                    {
                        next++;
                        continue;
                    }

                    if (!isWhole)
                    {
                        if (next >= _stale)
                        {
                            break;
                        }

                        next++;
                        continue;
                    }
                }

                if (_checksum.Compute(buffer, next + FrameFormat.CheckOffset, length + BehindSync) == Residue)
                {
                    found = true;
                    break;
                }

                ChecksumErrors++;
                left -= ChecksumWork;
                patience--;
                next++;
            }

            GarbageBytes += next - _start;
            _start = next;
            _work = MostWork - left;
            return found;
        }

        /// <summary>The next header that fits, or where too few bytes follow to tell; what is left of the work then is in _left, and where
        /// it is used up the place is the next to be looked at.</summary>
        private int NextHeader(int at, int left)
        {
            byte[] buffer = Buffer;
            int last = _end - FrameFormat.Overhead;
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

            _left = left;
            return at;
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
    }
}
