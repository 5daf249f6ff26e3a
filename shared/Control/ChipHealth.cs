namespace Ganglion.Shared.Control
{
    /// <summary>Counts what each chip did.</summary>
    public sealed class ChipHealth
    {
        /// <summary>Failed transfers in a row that make a chip lost: 60 ms at 20 ms ticks.</summary>
        public const int LostAfter = 3;

        /// <summary>Added to the index of a chip in whose place another one answered; its identity stands in the next byte.</summary>
        public const int Stranger = 0x80;

        /// <summary>Instead of a chip's index: a bus hangs, and without a configuration nobody knows what is on it.</summary>
        public const int NoChip = 0x7F;

        public readonly int[] Errors;
        private readonly int[] _inARow;
        private readonly bool[] _hung;

        /// <summary>Errors of all chips.</summary>
        public int TotalErrors;

        /// <summary>While true, failures are not counted as errors: "off" is repeated to chips that may never have been there.</summary>
        public bool Uncounted;

        /// <summary>Some chip may be lost (see <see cref="IsLost"/>): to be looked at.</summary>
        public bool AnyLost;

        /// <summary>Board time, us, from which a transfer that has just ended began at the earliest.</summary>
        public int Since;

        public ChipHealth(int chips)
        {
            Errors = new int[chips];
            _inARow = new int[chips];
            _hung = new bool[chips];
        }

        /// <summary>It did not answer three times in a row, or its last transfer hung, or it lost its supply.</summary>
        public bool IsLost(int chip)
        {
            return _inARow[chip] >= LostAfter;
        }

        /// <summary>Its bus hung in a transfer with it.</summary>
        public bool HasHung(int chip)
        {
            return _hung[chip];
        }

        public void Succeeded(int chip)
        {
            _inARow[chip] = 0;
            _hung[chip] = false;
        }

        /// <param name="chip">Index of the chip.</param>
        /// <param name="hung">The transfer blocked until the driver's timeout.</param>
        public void Failed(int chip, bool hung)
        {
            if (!Uncounted)
            {
                Errors[chip]++;
                TotalErrors++;
            }

            _hung[chip] = hung;
            _inARow[chip] += hung ? LostAfter : 1;

            // Told with each failure and not with the third alone: who looked away then has to learn it too.
            AnyLost |= _inARow[chip] >= LostAfter;
        }

        /// <summary>It answers, but has lost its supply since it was set up.</summary>
        public void Lost(int chip)
        {
            _inARow[chip] = LostAfter;
            AnyLost = true;
        }

        /// <summary>Before a probe: everything may be well again.</summary>
        public void Forgive()
        {
            AnyLost = false;
            for (int i = 0; i < _inARow.Length; i++)
            {
                _inARow[i] = 0;
                _hung[i] = false;
            }
        }
    }
}
