namespace Ganglion.Shared.Link
{
    /// <summary>Which protocol this code speaks. Host and board compare both at connect and refuse each other on a
    /// difference.</summary>
    public static class Definition
    {
        public const int ProtocolVersion = 1;

        /// <summary>CRC-32 of the block "definition" in PROTOCOL.md (UTF-8, lines ended by \n): any change of a message
        /// changes it. A test keeps the two together.</summary>
        public const uint Hash = 0x161B4111;
    }
}
