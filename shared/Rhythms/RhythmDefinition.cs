namespace Ganglion.Shared.Rhythms
{
    /// <summary>The kinds of oscillators that a rhythm may be made of.</summary>
    public static class RhythmKind
    {
        public const byte Kimura = 0, ChessClock = 1, Phase = 2;
    }

    /// <summary>
    /// A board's rhythm, staged before <see cref="RhythmPlayer.Configure"/> judges it: oscillators, couplings, and the channels
    /// that they drive.
    /// </summary>
    public sealed class RhythmDefinition
    {
        /// <param name="kind">One of <see cref="RhythmKind"/>; all oscillators are of it.</param>
        /// <param name="oscillators">Oscillators, 0..255; of a chess clock sides, of phases limbs.</param>
        /// <param name="couplings">Couplings, 0..255.</param>
        /// <param name="entries">Channels that are driven, 0..255.</param>
        public RhythmDefinition(byte kind, int oscillators, int couplings, int entries)
        {
            Kind = kind;
            OscillatorCount = oscillators;
            CouplingCount = couplings;
            EntryCount = entries;
            int neurons = kind == RhythmKind.Kimura ? oscillators : 0;
            Rise = new float[neurons];
            AdaptationTime = new float[neurons];
            Drive = new float[neurons];
            Adaptation = new float[neurons];
            Inhibition = new float[neurons];
            Quarter = new byte[neurons];
            if (kind == RhythmKind.ChessClock && oscillators <= ChessClockParameters.MaxSides)
            {
                Clocks = new ChessClockParameters(oscillators);
            }
            else if (kind == RhythmKind.Phase && oscillators <= 64)
            {
                Phases = new PhaseParameters(oscillators);
            }

            CouplingTo = new int[couplings];
            CouplingFrom = new int[couplings];
            CouplingWeight = new float[couplings];
            MapChannel = new int[entries];
            MapOscillator = new int[entries];
            MapOutput = new RhythmOutput[entries];
            MapOffset = new float[entries];
            MapGain = new float[entries];
        }

        /// <summary>One of <see cref="RhythmKind"/>.</summary>
        public readonly byte Kind;

        public readonly int OscillatorCount, CouplingCount, EntryCount;

        /// <summary>The sides of a chess clock and the limbs of phases, without their couplings; null unless of that kind, and where
        /// there are more than such a network has.</summary>
        public readonly ChessClockParameters Clocks;
        public readonly PhaseParameters Phases;

        /// <summary>Of each Kimura oscillator: Tr [s], Ta [s], s, beta and a as magnitudes.</summary>
        public readonly float[] Rise, AdaptationTime, Drive, Adaptation, Inhibition;

        /// <summary>Its lead at the start, quarter turns 0..3.</summary>
        public readonly byte[] Quarter;

        /// <summary>Of each coupling: receiver, sender, and signed weight; of a chess clock by clocks, 2 i the flexor's of side i and
        /// 2 i + 1 the extensor's, else by oscillators.</summary>
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
