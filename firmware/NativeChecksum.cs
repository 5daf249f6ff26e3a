using System;
using System.IO.Hashing;
using Ganglion.Shared.Link;

namespace Ganglion.Firmware
{
    /// <summary>CRC-32 in ROM code: one call a frame where a table in C# would cost 25 instructions a byte.</summary>
    public sealed class NativeChecksum : Checksum
    {
        public override uint Compute(byte[] buffer, int offset, int count)
        {
            return Crc32.HashToUInt32(new SpanByte(buffer, offset, count));
        }
    }
}
