namespace Ganglion.Shared.Safety
{
    /// <summary>What drives the channels while running.</summary>
    public static class DriveMode
    {
        /// <summary>Nothing: the board does not run.</summary>
        public const byte None = 0;

        /// <summary>Setpoints of the host; kept in a hold that a paused stream has caused.</summary>
        public const byte Stream = 1;

        /// <summary>The board's own rhythm.</summary>
        public const byte Rhythm = 2;

        /// <summary>The board's own walk.</summary>
        public const byte Walk = 3;
    }
}
