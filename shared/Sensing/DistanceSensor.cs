using Ganglion.Shared.Link;

namespace Ganglion.Shared.Sensing
{
    /// <summary>
    /// What one distance sensor's readings mean: how far something is, whether it came too near, and whether the sensor still measures.
    /// So that a board can be led away from what stopped it, the bound is a quarter below what is measured before it moves, if that is
    /// below the stop; from then on it rises with the distance up to the stop, and does not fall.
    /// </summary>
    public sealed class DistanceSensor
    {
        /// <summary>Told instead of a distance, mm: there is no reading; nothing is within range.</summary>
        public const int NoReading = 0, OutOfRange = 65535;

        /// <summary>Share of a distance below the stop by which the bound is below it, as a shift: a quarter is six sigma of the noise,
        /// from the highest to the lowest reading of the same distance (4 %: DS11555, table "Ranging accuracy", white target
        /// indoors).</summary>
        private const int MarginShift = 2;

        /// <summary>Without a measurement for so long it is lost, ms: seven of its measurements.</summary>
        private const int SilentMs = 250;

        /// <summary>Equal readings in a row that mean frozen.</summary>
        private const int FreezeReadings = 25;

        // Codes of the range's status (ST, API user manual UM2039, "range status"): what is no measurement because the laser's own
        // checks failed, and what is too near to be measured. Of the others all but Complete say that nothing gave back enough light.
        private const int LastLaserFault = 3, TargetTooNear = 8, MinimumClipped = 10, Complete = 11;

        private readonly int _stop;
        private readonly int _tick;
        private readonly FreezeDetector _freeze = new FreezeDetector(DistanceReading.Values, FreezeReadings);
        private int _silent;
        private int _bound;

        /// <param name="chip">Index of the chip.</param>
        /// <param name="required">Without it the board goes safe.</param>
        /// <param name="stopMm">Below this distance the board stops, mm; 0: nothing stops it.</param>
        /// <param name="tickMs">Period of a tick, ms.</param>
        public DistanceSensor(int chip, bool required, int stopMm, int tickMs)
        {
            Chip = chip;
            Required = required;
            _stop = stopMm;
            _tick = tickMs;
        }

        public readonly int Chip;
        public readonly bool Required;

        /// <summary>What it measured last, mm, 1 or more; or <see cref="NoReading"/> or <see cref="OutOfRange"/>.</summary>
        public int Distance;

        /// <summary>Forgets the past: before arming.</summary>
        public void Restart()
        {
            Distance = NoReading;
            _silent = 0;
            _bound = 0;
            _freeze.Restart();
        }

        /// <summary>Takes the reading of this tick.</summary>
        /// <param name="reading">Its <see cref="DistanceReading.Fresh"/> is cleared.</param>
        /// <param name="moves">The board drives its channels: what is too near stops it.</param>
        /// <param name="isUnderWay">It drives them, or holds on its way.</param>
        /// <returns>A reason to go safe, or None.</returns>
        public byte Update(DistanceReading reading, bool moves, bool isUnderWay)
        {
            if (reading.Fresh)
            {
                reading.Fresh = false;
                int[] raw = reading.Raw;
                if (_freeze.Update(raw))
                {
                    Distance = NoReading;
                    return Required ? Reason.SensorFrozen : Reason.None;
                }

                int status = raw[DistanceReading.Status];
                if (status == 0 || status > LastLaserFault)
                {
                    _silent = 0;
                    Measure(status, raw[DistanceReading.Millimetres]);
                    Bind(isUnderWay && _bound != 0);
                    return moves && Distance < _bound ? Reason.TooNear : Reason.None;
                }
            }

            _silent += _tick;
            if (_silent < SilentMs)
            {
                return moves && Distance != NoReading && Distance < _bound ? Reason.TooNear : Reason.None;
            }

            Distance = NoReading;
            return Required ? Reason.SensorLost : Reason.None;
        }

        private void Measure(int status, int millimetres)
        {
            if (status == TargetTooNear || status == MinimumClipped)
            {
                Distance = 1;
            }
            else
            {
                Distance = status != Complete ? OutOfRange : millimetres < 1 ? 1 : millimetres;
            }
        }

        private void Bind(bool isUnderWay)
        {
            int bound = Distance - (Distance >> MarginShift);
            if (bound > _stop || (Distance >= _stop && !isUnderWay))
            {
                bound = _stop;
            }

            if (bound > _bound || !isUnderWay)
            {
                _bound = bound;
            }
        }
    }
}
