namespace Ganglion.Shared.Sensing
{
    /// <summary>Scale of the analog inputs: an ADS1115 at its range of +-2.048 V, 16 bits with sign.</summary>
    public static class AnalogScale
    {
        /// <summary>Full scale [V].</summary>
        public const double FullVolts = 2.048;

        /// <summary>Full scale in counts.</summary>
        public const int FullCounts = 32768;

        /// <summary>One count [V].</summary>
        public const double VoltsPerCount = FullVolts / FullCounts;
    }
}
