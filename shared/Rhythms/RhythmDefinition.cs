namespace Ganglion.Shared.Rhythms
{
    /// <summary>
    /// A board's rhythm, staged before <see cref="RhythmPlayer.Configure"/> judges it: oscillators, couplings, and the channels
    /// that they drive.
    /// </summary>
    public sealed class RhythmDefinition
    {
        /// <param name="oscillators">Oscillators, 0..255.</param>
        /// <param name="couplings">Couplings, 0..255.</param>
        /// <param name="entries">Channels that are driven, 0..255.</param>
        public RhythmDefinition(int oscillators, int couplings, int entries)
        {
            OscillatorCount = oscillators;
            CouplingCount = couplings;
            EntryCount = entries;
            Rise = new float[oscillators];
            AdaptationTime = new float[oscillators];
            Drive = new float[oscillators];
            Adaptation = new float[oscillators];
            Inhibition = new float[oscillators];
            Quarter = new byte[oscillators];
            CouplingTo = new int[couplings];
            CouplingFrom = new int[couplings];
            CouplingWeight = new float[couplings];
            MapChannel = new int[entries];
            MapOscillator = new int[entries];
            MapOutput = new RhythmOutput[entries];
            MapOffset = new float[entries];
            MapGain = new float[entries];
        }

        public readonly int OscillatorCount, CouplingCount, EntryCount;

        /// <summary>Of each oscillator: Tr [s], Ta [s], s, beta and a as magnitudes.</summary>
        public readonly float[] Rise, AdaptationTime, Drive, Adaptation, Inhibition;

        /// <summary>Its lead at the start, quarter turns 0..3.</summary>
        public readonly byte[] Quarter;

        /// <summary>Of each coupling: receiver, sender, and signed weight.</summary>
        public readonly int[] CouplingTo, CouplingFrom;
        public readonly float[] CouplingWeight;

        /// <summary>Of each driven channel: its index, the oscillator, which of its outputs, fraction of the travel 0..1, and travel
        /// per unit of output.</summary>
        public readonly int[] MapChannel, MapOscillator;
        public readonly RhythmOutput[] MapOutput;
        public readonly float[] MapOffset, MapGain;

        /// <summary>Time in which the rhythm rises and dies away [s], 0.1..60.</summary>
        public float Ramp;
    }
}
