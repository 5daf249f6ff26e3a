namespace Ganglion.Shared.Safety
{
    /// <summary>States of a board, in the order of a normal start. Each says who enters it and the only ways out.</summary>
    public static class BoardState
    {
        /// <summary>Hardware not ready; outputs off. In: a reset. Out: Idle, when the firmware is ready.</summary>
        public const byte Boot = 0;

        /// <summary>Outputs off; may be configured. In: the end of the boot, and Disarm from any later state; so every reset ends
        /// here and never restarts motion. Out: Armed, by Arm.</summary>
        public const byte Idle = 1;

        /// <summary>Outputs on, at park or where they were. In: Arm from Idle or Hold, and the end of the board's own motion.
        /// Out: Running, by a setpoint or the start of the own motion; Hold, by a new session; Safe, by a fault, Stop or the
        /// host's silence; Idle, by Disarm.</summary>
        public const byte Armed = 2;

        /// <summary>Follows the stream, runs its rhythm or walks. In: from Armed or Hold, by a setpoint or a start of the session
        /// that armed. Out: Hold, by a stream that pauses or a new session; Armed, when the own motion has come to rest; Safe, by a
        /// fault, Stop or the host's silence; Idle, by Disarm.</summary>
        public const byte Running = 3;

        /// <summary>Keeps the last position, powered. In: from Running because the stream paused, and from Armed or Running because
        /// a new session came. Out: Running, by a setpoint or a start of the session that armed; Armed, by Arm; Safe, by a fault,
        /// Stop or the host's silence; Idle, by Disarm.</summary>
        public const byte Hold = 4;

        /// <summary>Each channel as its configuration says (release, hold or park); latched with its reason. In: from Armed, Running
        /// or Hold, by a fault, Stop or the host's silence. Out: Idle, by Disarm, which acknowledges the reason, and no other
        /// way.</summary>
        public const byte Safe = 5;
    }
}
