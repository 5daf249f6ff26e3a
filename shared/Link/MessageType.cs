namespace Ganglion.Shared.Link
{
    /// <summary>Message types (one byte). Answers of the board have the top bit set.</summary>
    public static class MessageType
    {
        // Host to board
        public const byte Hello = 0x01;
        public const byte Ping = 0x02;
        public const byte GetStatistics = 0x03;
        public const byte GetPositions = 0x04;
        public const byte ConfigBegin = 0x10;
        public const byte ConfigBlock = 0x11;
        public const byte ConfigCommit = 0x12;
        public const byte ConfigRead = 0x13;
        public const byte Arm = 0x20;
        public const byte Disarm = 0x21;
        public const byte Stop = 0x22;
        public const byte Setpoint = 0x30;
        public const byte RhythmStart = 0x40;
        public const byte RhythmStop = 0x41;
        public const byte RhythmModulate = 0x42;
        public const byte RhythmParameter = 0x43;
        public const byte WalkStart = 0x50;
        public const byte WalkStop = 0x51;
        public const byte WalkModulate = 0x52;

        // Board to host
        public const byte Identity = 0x81;
        public const byte Pong = 0x82;
        public const byte Statistics = 0x83;
        public const byte Positions = 0x84;
        public const byte ConfigData = 0x93;
        public const byte Telemetry = 0xA0;
        public const byte WalkTelemetry = 0xA1;
        public const byte Ack = 0xF0;
        public const byte Nack = 0xF1;
    }
}
