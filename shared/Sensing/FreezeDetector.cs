namespace Ganglion.Shared.Sensing
{
    /// <summary>
    /// Finds a sensor that answers but no longer measures: real ones change in their last bits at every reading, so the
    /// same raw values many times over mean that it is frozen.
    /// </summary>
    public sealed class FreezeDetector
    {
        private readonly int[] _last;
        private readonly int _limit;
        private int _repeats;

        /// <param name="values">Raw values of one reading.</param>
        /// <param name="limit">Equal readings in a row that mean frozen; 25 is half a second at 50 Hz.</param>
        public FreezeDetector(int values, int limit)
        {
            _last = new int[values];
            _limit = limit;
        }

        /// <summary>Forgets how often the last reading was repeated.</summary>
        public void Restart()
        {
            _repeats = 0;
        }

        /// <summary>Takes a reading. True: frozen.</summary>
        public bool Update(int[] raw)
        {
            int[] last = _last;
            int count = last.Length;
            bool same = true;
            for (int i = 0; i < count; i++)
            {
                if (raw[i] == last[i])
                {
                    continue;
                }

                same = false;
                last[i] = raw[i];
            }

            _repeats = same ? _repeats + 1 : 0;
            return _repeats >= _limit;
        }
    }
}
