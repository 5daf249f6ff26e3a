using System;

namespace Ganglion.Shared.Link
{
    /// <summary>
    /// Builds frames one behind the other in a fixed buffer, from which the sender takes bytes as the port accepts
    /// them. A message that does not fit is dropped whole and counted.
    /// </summary>
    public sealed class FrameWriter
    {
        private readonly Checksum _checksum;
        private int _sent;
        private int _end;
        private int _sequence;

        public FrameWriter(Checksum checksum, int capacity)
        {
            _checksum = checksum;
            Buffer = new byte[capacity];
        }

        /// <summary>Bytes to send stand from <see cref="PendingOffset"/>, <see cref="PendingCount"/> of them.</summary>
        public readonly byte[] Buffer;

        public int PendingOffset { get { return _sent; } }

        public int PendingCount { get { return _end - _sent; } }

        /// <summary>Messages dropped because the buffer was full.</summary>
        public int Dropped;

        /// <summary>Session id written into every header.</summary>
        public int Session;

        /// <summary>Sequence number of the frame that <see cref="Finish"/> ended last, 0..255.</summary>
        public int LastSequence { get { return (_sequence - 1) & 0xFF; } }

        /// <summary>Reserves a frame. Returns where the payload starts in <see cref="Buffer"/>, or -1 if it does not fit.</summary>
        /// <param name="type">See <see cref="MessageType"/>.</param>
        /// <param name="payloadLength">Bytes, 0..255.</param>
        public int Begin(int type, int payloadLength)
        {
            byte[] buffer = Buffer;
            if (_end + payloadLength + FrameFormat.Overhead > buffer.Length)
            {
                Compact();
                if (_end + payloadLength + FrameFormat.Overhead > buffer.Length)
                {
                    Dropped++;
                    return -1;
                }
            }

            int start = _end;
            buffer[start] = FrameFormat.Sync;
            buffer[start + FrameFormat.CheckOffset] = (byte)(payloadLength ^ type ^ FrameFormat.CheckSeed);
            buffer[start + FrameFormat.LengthOffset] = (byte)payloadLength;
            buffer[start + FrameFormat.TypeOffset] = (byte)type;
            buffer[start + FrameFormat.SessionOffset] = (byte)Session;
            buffer[start + FrameFormat.SequenceOffset] = (byte)_sequence;
            return start + FrameFormat.HeaderSize;
        }

        /// <summary>Ends the frame that <see cref="Begin"/> reserved.</summary>
        /// <param name="payloadOffset">What Begin returned.</param>
        public void Finish(int payloadOffset)
        {
            byte[] buffer = Buffer;
            int start = payloadOffset - FrameFormat.HeaderSize;
            int length = buffer[start + FrameFormat.LengthOffset];
            int crcOffset = payloadOffset + length;
            uint crc = _checksum.Compute(buffer, start + FrameFormat.CheckOffset, length + FrameFormat.HeaderSize - 1);
            Bytes.Put32(buffer, crcOffset, (int)(long)crc);
            _end = crcOffset + FrameFormat.CrcSize;
            _sequence = (_sequence + 1) & 0xFF;
        }

        /// <summary>Tells that <paramref name="count"/> pending bytes have been sent.</summary>
        public void Sent(int count)
        {
            _sent += count;
            if (_sent == _end)
            {
                _sent = 0;
                _end = 0;
            }
        }

        /// <summary>Forgets what has not been sent.</summary>
        public void Clear()
        {
            _sent = 0;
            _end = 0;
        }

        private void Compact()
        {
            if (_sent > 0)
            {
                Array.Copy(Buffer, _sent, Buffer, 0, _end - _sent);
                _end -= _sent;
                _sent = 0;
            }
        }
    }
}
