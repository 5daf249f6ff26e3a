namespace Ganglion.Shared.Control
{
    /// <summary>What a board is, besides its configuration.</summary>
    public sealed class FirmwareIdentity
    {
        /// <summary>major * 256 + minor.</summary>
        public readonly int FirmwareVersion;

        /// <summary>Pin profile, see firmware/BoardPins.cs; 1..255.</summary>
        public readonly int Profile;

        /// <summary>Which board of which robot it was flashed to be, ASCII; empty if that was left open.</summary>
        public readonly byte[] Name;

        /// <param name="firmwareVersion">major * 256 + minor.</param>
        /// <param name="profile">Pin profile, 1..255.</param>
        /// <param name="name">"robot/board", ASCII, at most ConfigStore.MaxName characters; empty: any.</param>
        public FirmwareIdentity(int firmwareVersion, int profile, string name)
        {
            FirmwareVersion = firmwareVersion;
            Profile = profile;
            Name = new byte[name.Length];
            for (int i = 0; i < Name.Length; i++)
            {
                Name[i] = (byte)name[i];
            }
        }

        /// <summary>Whether a configuration made for a certain board may be put in force here.</summary>
        /// <param name="source">Holds the board's name.</param>
        /// <param name="at">Where it begins.</param>
        /// <param name="length">0: made for any.</param>
        public bool Fits(byte[] source, int at, int length)
        {
            if (Name.Length == 0 || length == 0)
            {
                return true;
            }

            bool same = length == Name.Length;
            for (int i = 0; same && i < length; i++)
            {
                same = source[at + i] == Name[i];
            }

            return same;
        }
    }
}
