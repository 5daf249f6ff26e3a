namespace Ganglion.Shared.Control
{
    /// <summary>What a board is, besides its configuration.</summary>
    public sealed class FirmwareIdentity
    {
        /// <summary>major * 256 + minor.</summary>
        public readonly int FirmwareVersion;

        /// <summary>Pin profile, see firmware/BoardPins.cs; 1..255.</summary>
        public readonly int Profile;

        public FirmwareIdentity(int firmwareVersion, int profile)
        {
            FirmwareVersion = firmwareVersion;
            Profile = profile;
        }
    }
}
