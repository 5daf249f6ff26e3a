using Ganglion.Shared.Link;

namespace Ganglion.Shared.Sensing
{
    /// <summary>Raw sensor values as the chips gave them.</summary>
    public sealed class SensorReadings
    {
        /// <summary>Accelerometer x, y, z and gyroscope x, y, z in the chip's counts.</summary>
        public readonly int[] Imu = new int[6];

        /// <summary>Set by the hardware when <see cref="Imu"/> is new, cleared by the core.</summary>
        public bool ImuFresh;

        /// <summary>Chip index of the IMU, or -1.</summary>
        public int ImuChip = -1;

        /// <summary>Most analog inputs: four an ADS1115, two chips.</summary>
        public const int AnalogInputs = MessageLayout.TelemetryAnalogCount;

        /// <summary>Analog inputs in counts, see <see cref="AnalogScale"/>, in the order of the chips.</summary>
        public readonly int[] Analog = new int[AnalogInputs];

        /// <summary>Distance sensors in the order of the chips.</summary>
        public readonly DistanceReading[] Distances = NewDistances();

        /// <summary>Set by the hardware for an input whose value is new, cleared by whoever waits for it.</summary>
        public readonly bool[] AnalogFresh = new bool[AnalogInputs];

        private static DistanceReading[] NewDistances()
        {
            DistanceReading[] readings = new DistanceReading[MessageLayout.TelemetryDistanceCount];
            for (int i = 0; i < readings.Length; i++)
            {
                readings[i] = new DistanceReading();
            }

            return readings;
        }
    }
}
