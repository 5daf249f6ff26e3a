namespace Ganglion.Shared.Rhythms
{
    /// <summary>The kinds of oscillators that a rhythm may be made of.</summary>
    public static class RhythmKind
    {
        public const byte Kimura = 0, ChessClock = 1, Phase = 2, CellPair = 3;
    }

    /// <summary>
    /// A board's rhythm, staged before <see cref="RhythmPlayer.Configure"/> judges it: oscillators, couplings, and the channels
    /// that they drive.
    /// </summary>
    public sealed class RhythmDefinition
    {
        /// <param name="kind">One of <see cref="RhythmKind"/>; all oscillators are of it.</param>
        /// <param name="oscillators">Oscillators, 0..255; of a chess clock sides, of phases limbs, of cells pairs.</param>
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
            else if (kind == RhythmKind.CellPair && oscillators <= CellPairParameters.MaxPairs)
            {
                Pairs = new CellPairParameters(oscillators);
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

        /// <summary>The sides of a chess clock, the limbs of phases and the pairs of cells, without their couplings; null unless of that
        /// kind, and where there are more than such a network has.</summary>
        public readonly ChessClockParameters Clocks;
        public readonly PhaseParameters Phases;
        public readonly CellPairParameters Pairs;

        /// <summary>Of each pair of cells that feels a sensor: index of the chip that reads it.</summary>
        public int[] SensorChip;

        /// <summary>Of each Kimura oscillator: Tr [s], Ta [s], s, beta and a as magnitudes.</summary>
        public readonly float[] Rise, AdaptationTime, Drive, Adaptation, Inhibition;

        /// <summary>Its lead at the start, quarter turns 0..3.</summary>
        public readonly byte[] Quarter;

        /// <summary>Of each coupling: receiver, sender, and signed weight; of a chess clock by clocks and of pairs by cells, 2 i
        /// the flexor's of oscillator i and 2 i + 1 the extensor's, else by oscillators.</summary>
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

    /// <summary>Why a rhythm setting was refused. A refused call changes nothing.</summary>
    public enum RhythmReason : byte
    {
        /// <summary>Accepted.</summary>
        None = 0,
        /// <summary>A value is not a number.</summary>
        NotANumber = 1,
        /// <summary>The number of oscillators or map entries is below 1 or above the capacity.</summary>
        CountOutOfRange = 2,
        /// <summary>Tr or Ta is outside <see cref="KimuraParameters.MinTimeConstant"/>..<see cref="KimuraParameters.MaxTimeConstant"/>
        /// seconds.</summary>
        TimeConstantOutOfRange = 3,
        /// <summary>The tonic drive s is outside 0..<see cref="KimuraParameters.MaxMagnitude"/>.</summary>
        DriveOutOfRange = 4,
        /// <summary>The adaptation gain beta is outside 0..<see cref="KimuraParameters.MaxMagnitude"/> (give the magnitude, without a
        /// sign).</summary>
        AdaptationOutOfRange = 5,
        /// <summary>The mutual inhibition a is outside 0..<see cref="KimuraParameters.MaxMagnitude"/> (give the magnitude, without a
        /// sign).</summary>
        InhibitionOutOfRange = 6,
        /// <summary>A coupling weight is outside +-<see cref="KimuraParameters.MaxMagnitude"/>.</summary>
        WeightOutOfRange = 7,
        /// <summary>A start lead is not 0, 1, 2 or 3 quarter turns.</summary>
        QuarterOutOfRange = 8,
        /// <summary>The fixed step is too long for these parameters at this frequency: choose slower time constants, a lower frequency or
        /// RK4.</summary>
        StepTooLong = 9,
        /// <summary>The frequency factor is outside
        /// <see cref="RhythmNetwork.MinFrequency"/>..<see cref="RhythmNetwork.MaxFrequency"/>.</summary>
        FrequencyOutOfRange = 10,
        /// <summary>The amplitude factor is outside 0..<see cref="RhythmNetwork.MaxAmplitude"/>.</summary>
        AmplitudeOutOfRange = 11,
        /// <summary>The rate of change of the modulation is outside
        /// <see cref="RhythmNetwork.MinRate"/>..<see cref="RhythmNetwork.MaxRate"/> per second.</summary>
        RateOutOfRange = 12,
        /// <summary>An external feed or a state is outside +-<see cref="KimuraParameters.MaxMagnitude"/>.</summary>
        InputOutOfRange = 13,
        /// <summary>There is no oscillator with this index.</summary>
        OscillatorOutOfRange = 14,
        /// <summary>There is no channel with this index.</summary>
        ChannelOutOfRange = 15,
        /// <summary>Two entries of the map drive the same channel.</summary>
        ChannelTwice = 16,
        /// <summary>The selected oscillator output is none of <see cref="RhythmOutput"/>.</summary>
        OutputOutOfRange = 17,
        /// <summary>The offset is outside 0..1 of the travel.</summary>
        OffsetOutOfRange = 18,
        /// <summary>The gain is outside +-<see cref="ChannelMap.MaxGain"/> of the travel per unit of oscillator output.</summary>
        GainOutOfRange = 19,
        /// <summary>The ramp is outside <see cref="RhythmMap.MinRamp"/>..<see cref="RhythmMap.MaxRamp"/> seconds.</summary>
        RampOutOfRange = 20,
        /// <summary>The map moves its channels: stop it and wait for its ramp before changing it.</summary>
        StillRunning = 21,
        /// <summary>A limb's frequency, delay, duty or start is outside the range of <see cref="PhaseParameters"/>, or the limbs have
        /// different frequencies.</summary>
        PhaseOutOfRange = 22,
        /// <summary>A clock's bias, gain or leak is outside +-<see cref="ChessClockParameters.MaxRate"/>.</summary>
        ClockOutOfRange = 23,
        /// <summary>A clock can never come to its end at this frequency factor: its leak takes what bias, gain and couplings
        /// give.</summary>
        ClockStalls = 24,
        /// <summary>A constant, current, time or feedback of a pair of cells is outside the range of <see cref="CellPairParameters"/>, or
        /// the pairs have different times.</summary>
        CellOutOfRange = 25
    }
}
