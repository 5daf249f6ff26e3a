using Ganglion.Shared.Link;

namespace Ganglion.Shared.Control
{
    /// <summary>What a chip that does not answer means for the board.</summary>
    public sealed class ChipWatch
    {
        private readonly BoardCore _core;

        public ChipWatch(BoardCore core)
        {
            _core = core;
        }

        /// <summary>In each tick in which a chip may be lost: a fault for every one that the board needs.</summary>
        public void TripByLost()
        {
            ChipHealth health = _core.Hardware.Health;
            bool any = false;
            for (int chip = 0; chip < health.Errors.Length; chip++)
            {
                if (health.IsLost(chip))
                {
                    any = true;
                    Trip(chip);
                }
            }

            health.AnyLost = any;
        }

        /// <summary>The first chip that the board needs and that does not answer at present, or -1.</summary>
        public int FirstMissing()
        {
            ChipHealth health = _core.Hardware.Health;
            for (int chip = 0; chip < health.Errors.Length; chip++)
            {
                if (health.IsLost(chip) && IsNeeded(chip))
                {
                    return chip;
                }
            }

            return -1;
        }

        private void Trip(int chip)
        {
            bool stuck = !_core.Hardware.Health.IsUsable(chip);
            if (_core.Store.Config.DrivesOutputs(chip))
            {
                _core.Safety.Trip(stuck ? Reason.BusStuck : Reason.ChipLost, chip);
            }
            else if (IsNeeded(chip))
            {
                _core.Own.LoseSensor(stuck ? Reason.BusStuck : Reason.SensorLost, chip);
            }
        }

        /// <summary>Outputs and required sensors; and any chip whose bus is stuck, because others are on it.</summary>
        private bool IsNeeded(int chip)
        {
            return _core.Store.Config.DrivesOutputs(chip) || _core.Store.Config.ChipRequired[chip] ||
                !_core.Hardware.Health.IsUsable(chip);
        }
    }
}
