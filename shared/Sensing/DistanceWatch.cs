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

        /// <summary>Takes over the sensors of a configuration.</summary>
        /// <param name="sensors">In the order of the chips, as many as telemetry has places for at most.</param>
        public void Configure(DistanceSensor[] sensors)
        {
            _sensors = sensors;
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
        /// <param name="moves">The board drives its channels.</param>
        /// <param name="isUnderWay">It drives them, or holds on its way.</param>
        /// <returns>A reason to go safe, or None.</returns>
        public byte Update(DistanceReading[] readings, bool moves, bool isUnderWay)
        {
            DistanceSensor[] sensors = _sensors;
            byte found = Reason.None;
            for (int i = 0; i < sensors.Length; i++)
            {
                DistanceSensor sensor = sensors[i];
                byte reason = sensor.Update(readings[i], moves, isUnderWay);
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
