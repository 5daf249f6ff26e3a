namespace Ganglion.Shared.Safety
{
    /// <summary>States of a board, in the order of a normal start.</summary>
    public static class BoardState
    {
        /// <summary>Hardware not ready; outputs off.</summary>
        public const byte Boot = 0;

        /// <summary>Outputs off; may be configured. Every reset ends here: a reset never restarts motion.</summary>
        public const byte Idle = 1;

        /// <summary>Outputs on at their park positions (or where they were); waits for setpoints or a rhythm.</summary>
        public const byte Armed = 2;

        /// <summary>Follows the stream, runs its rhythm or walks.</summary>
        public const byte Running = 3;

        /// <summary>Keeps the last position, powered, because the stream paused; goes on when it comes back.</summary>
        public const byte Hold = 4;

        /// <summary>Each channel as its configuration says (release, hold or park); latched until disarmed.</summary>
        public const byte Safe = 5;
    }

    /// <summary>What drives the channels while running.</summary>
    public static class DriveMode
    {
        public const byte None = 0;
        public const byte Stream = 1;
        public const byte Rhythm = 2;
        public const byte Walk = 3;
    }
}
