using Ganglion.Shared.Config;
using Ganglion.Shared.Link;

namespace Ganglion.Shared.Sensing
{
    /// <summary>The distance sensors of a board, in the order of its chips.</summary>
    public sealed class DistanceWatch
    {
        /// <summary>Added to the distance in the detail of TooNear where the second sensor measured it.</summary>
        public const int SecondSensor = 0x8000;

        private DistanceSensor[] _sensors = new DistanceSensor[0];

        /// <summary>What they measured last, as telemetry tells it: see <see cref="DistanceSensor.Distance"/>.</summary>
        public readonly int[] Distances = new int[MessageLayout.TelemetryDistanceCount];

        /// <summary>What the reason of <see cref="Update"/> is about: the distance of TooNear, else the chip.</summary>
        public int FaultDetail;

        public void Configure(BoardConfig config)
        {
            int count = 0;
            for (int i = 0; i < config.ChipCount; i++)
            {
                count += config.ChipTypes[i] == ChipType.Vl53l0x ? 1 : 0;
            }

            _sensors = new DistanceSensor[count];
            count = 0;
            for (int i = 0; i < config.ChipCount; i++)
            {
                if (config.ChipTypes[i] == ChipType.Vl53l0x)
                {
                    _sensors[count++] = new DistanceSensor(i, config.ChipRequired[i], config.ChipStop[i], config.TickMs);
                }
            }

            Restart();
        }

        /// <summary>Forgets the past: before arming.</summary>
        public void Restart()
        {
            for (int i = 0; i < Distances.Length; i++)
            {
                Distances[i] = DistanceSensor.NoReading;
            }

            for (int i = 0; i < _sensors.Length; i++)
            {
                _sensors[i].Restart();
            }
        }

        /// <summary>Takes the readings of this tick.</summary>
        /// <param name="readings">In the order of the sensors.</param>
        /// <param name="state">Of the board.</param>
        /// <returns>A reason to go safe, or None.</returns>
        public byte Update(DistanceReading[] readings, byte state)
        {
            DistanceSensor[] sensors = _sensors;
            byte found = Reason.None;
            for (int i = 0; i < sensors.Length; i++)
            {
                DistanceSensor sensor = sensors[i];
                byte reason = sensor.Update(readings[i], state);
                int distance = sensor.Distance;
                Distances[i] = distance;
                if (reason != Reason.None && found == Reason.None)
                {
                    found = reason;
                    FaultDetail = reason != Reason.TooNear ? sensor.Chip : distance | (i == 0 ? 0 : SecondSensor);
                }
            }

            return found;
        }
    }
}
