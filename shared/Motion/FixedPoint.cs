namespace Ganglion.Shared.Motion
{
    /// <summary>
    /// Channel values: 16384 = 1.0 = the whole travel of the channel (Q14), so that an int16 on the wire reaches from
    /// -2 to +2 travels and what lies outside 0..1 is refused by the limits, not by the format.
    /// </summary>
    public static class FixedPoint
    {
        public const int One = 16384;

        /// <summary>Slew bounds on the wire: 1024 = one travel per second (Q10).</summary>
        public const int SlewOne = 1024;

        /// <summary>Setpoint times on the wire: units of 128 us of board time (microseconds >> 7), low 16 bits, so that
        /// no division is needed and 20 ms frames are timed to 0.6 %.</summary>
        public const int TimeShift = 7;
    }
}
