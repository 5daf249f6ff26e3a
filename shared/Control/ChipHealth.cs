namespace Ganglion.Shared.Control
{
    /// <summary>Counts what each chip did.</summary>
    public sealed class ChipHealth
    {
        /// <summary>Failed transfers in a row that make a chip lost: 60 ms at 20 ms ticks.</summary>
        public const int LostAfter = 3;

        public readonly int[] Errors;
        private readonly int[] _inARow;
        private readonly bool[] _stuck;

        /// <summary>Errors of all chips.</summary>
        public int TotalErrors;

        /// <summary>A chip just found lost or its bus stuck, or -1. The core reads and clears it.</summary>
        public int LostChip = -1;
        public bool LostByStuckBus;

        public ChipHealth(int chips)
        {
            Errors = new int[chips];
            _inARow = new int[chips];
            _stuck = new bool[chips];
        }

        /// <summary>A stuck chip would stop the loop for a second at every transfer: it is left alone until it is probed again.</summary>
        public bool IsUsable(int chip)
        {
            return !_stuck[chip];
        }

        public void Succeeded(int chip)
        {
            _inARow[chip] = 0;
        }

        /// <param name="chip">Index of the chip.</param>
        /// <param name="timedOut">The transfer ran into the driver's timeout.</param>
        public void Failed(int chip, bool timedOut)
        {
            Errors[chip]++;
            TotalErrors++;
            _inARow[chip]++;
            if (timedOut)
            {
                _stuck[chip] = true;
            }

            if (timedOut || _inARow[chip] == LostAfter)
            {
                LostChip = chip;
                LostByStuckBus = timedOut;
            }
        }

        /// <summary>Before a probe: everything may be well again.</summary>
        public void Forgive()
        {
            LostChip = -1;
            for (int i = 0; i < _inARow.Length; i++)
            {
                _inARow[i] = 0;
                _stuck[i] = false;
            }
        }
    }
}
