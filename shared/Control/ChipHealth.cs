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

        /// <summary>True if some chip may be lost; <see cref="IsLost"/> tells which. Cleared by who has looked and found none.</summary>
        public bool AnyLost;

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

        /// <summary>True as long as the chip does not answer: it is told anew in every tick, so that nobody who missed it once, or had
        /// another reason then, goes on without it.</summary>
        public bool IsLost(int chip)
        {
            return _stuck[chip] || _inARow[chip] >= LostAfter;
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
            if (_inARow[chip] < LostAfter)
            {
                _inARow[chip]++;
            }

            _stuck[chip] |= timedOut;
            AnyLost |= IsLost(chip);
        }

        /// <summary>Before a probe: everything may be well again.</summary>
        public void Forgive()
        {
            AnyLost = false;
            for (int i = 0; i < _inARow.Length; i++)
            {
                _inARow[i] = 0;
                _stuck[i] = false;
            }
        }
    }
}
