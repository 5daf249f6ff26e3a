using Ganglion.Shared.Config;
using Ganglion.Shared.Link;
using Ganglion.Shared.Safety;

namespace Ganglion.Shared.Control
{
    /// <summary>What follows from chips that do not answer any more, that lost their supply, or whose bus hangs.</summary>
    public sealed class ChipWatch
    {
        private readonly BoardCore _core;

        public ChipWatch(BoardCore core)
        {
            _core = core;
        }

        /// <summary>The first chip that the board needs and that does not answer at present, or -1.</summary>
        public int FirstMissing()
        {
            ChipHealth health = _core.Hardware.Health;
            BoardConfig config = _core.Store.Config;
            for (int i = 0; i < config.ChipCount; i++)
            {
                if (health.IsLost(i) && (config.DrivesOutputs(i) || config.ChipRequired[i] || health.HasHung(i)))
                {
                    return i;
                }
            }

            return -1;
        }

        /// <summary>Looks at every chip. True: the board is safe, be it by what was found or because its own motion ended in this very tick,
        /// and its outputs are to be seen to at once.</summary>
        public bool Step()
        {
            ChipHealth health = _core.Hardware.Health;
            BoardConfig config = _core.Store.Config;
            health.AnyLost = false;
            for (int i = 0; i < config.ChipCount; i++)
            {
                if (!health.IsLost(i))
                {
                    continue;
                }

                // Outputs on a bus that hangs are out of reach, whichever chip met it.
                bool hung = health.HasHung(i);
                if (config.DrivesOutputs(i) || (hung && config.HasOutputs(config.ChipBus[i])))
                {
                    _core.Safety.Trip(hung ? Reason.BusStuck : Reason.ChipLost, i);
                }
                else if (hung || config.ChipRequired[i])
                {
                    _core.Own.LoseSensor(hung ? Reason.BusStuck : Reason.SensorLost, i);
                }
                else
                {
                    continue;
                }

                // A bus that hangs is left alone, so that no failure would tell of it in a later tick.
                health.AnyLost = true;
            }

            return _core.Safety.State == BoardState.Safe;
        }
    }
}
