namespace Ganglion.Shared.Walking
{
    /// <summary>What a <see cref="WalkPlayer"/> does.</summary>
    public static class WalkStage
    {
        /// <summary>Nothing: the channels stay where they are.</summary>
        public const byte Rest = 0;

        /// <summary>Goes from where the channels were to the standing pose.</summary>
        public const byte StandingUp = 1;

        /// <summary>Walks.</summary>
        public const byte Walking = 2;

        /// <summary>Brings the feet together; then it rests.</summary>
        public const byte Stopping = 3;
    }
}
