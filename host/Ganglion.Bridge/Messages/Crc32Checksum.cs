using Ganglion.Shared.Link;

namespace Ganglion.Bridge.Messages;

/// <summary>The host's CRC-32 for frames.</summary>
internal sealed class Crc32Checksum : Checksum
{
    public override uint Compute(byte[] buffer, int offset, int count) => Crc32.Compute(buffer.AsSpan(offset, count));
}
