namespace Ganglion.Shared.Sensing
{
    /// <summary>What a VL53L0X gave last, as it gave it.</summary>
    public sealed class DistanceReading
    {
        /// <summary>Places in <see cref="Raw"/>: the code of the range's status, the distance, mm, and what else changes from one
        /// measurement to the next: receivers in use, rates of signal and ambient light.</summary>
        public const int Status = 0, Millimetres = 1, Receivers = 2, Signal = 3, Ambient = 4, Values = 5;

        /// <summary>Values by their places.</summary>
        public readonly int[] Raw = new int[Values];

        /// <summary>Set by the hardware when <see cref="Raw"/> is new, cleared by the core.</summary>
        public bool Fresh;
    }
}
