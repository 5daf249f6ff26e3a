namespace Ganglion.Shared.Link
{
    /// <summary>
    /// CRC-32 (IEEE 802.3, reflected 0xEDB88320, check value 0xCBF43926). The board has it as a native call on a type
    /// that .NET lacks, so the core sees only this.
    /// </summary>
    public abstract class Checksum
    {
        /// <summary>CRC-32 of <paramref name="count"/> bytes from <paramref name="offset"/>.</summary>
        public abstract uint Compute(byte[] buffer, int offset, int count);
    }
}
