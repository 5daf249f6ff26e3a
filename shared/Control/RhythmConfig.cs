using Ganglion.Shared.Link;

namespace Ganglion.Shared.Control
{
    /// <summary>The rhythm part of a board configuration: oscillators, couplings and which channel follows which output.</summary>
    public sealed class RhythmConfig
    {
        /// <summary>Wide bounds that only keep numbers finite and arithmetic safe; what makes a good rhythm is the host's matter.</summary>
        private const float MaxMagnitude = 1000f;
        private const float Refused = float.MaxValue;

        public readonly int OscillatorCount;
        public readonly int CouplingCount;
        public readonly int MapCount;

        /// <summary>Per oscillator: Tr, Ta (s), s, beta, a, then the start u_e, u_f, v_e, v_f: nine floats each.</summary>
        public readonly float[] Oscillators;

        public readonly byte[] CouplingTo;
        public readonly byte[] CouplingFrom;
        public readonly float[] CouplingWeight;

        public readonly byte[] MapChannel;
        public readonly byte[] MapOscillator;
        public readonly byte[] MapOutput;
        public readonly float[] MapOffset;
        public readonly float[] MapGain;

        public RhythmConfig(int oscillators, int couplings, int maps)
        {
            OscillatorCount = oscillators;
            CouplingCount = couplings;
            MapCount = maps;
            Oscillators = new float[9 * oscillators];
            CouplingTo = new byte[couplings];
            CouplingFrom = new byte[couplings];
            CouplingWeight = new float[couplings];
            MapChannel = new byte[maps];
            MapOscillator = new byte[maps];
            MapOutput = new byte[maps];
            MapOffset = new float[maps];
            MapGain = new float[maps];
        }

        internal bool Load(byte[] bytes, int at, int channels, BoardConfig config)
        {
            for (int i = 0; i < Oscillators.Length; i++)
            {
                float value = Bytes.GetBounded(bytes, at, -MaxMagnitude, MaxMagnitude, Refused);
                if (value == Refused)
                {
                    return config.Fail(ConfigField.Oscillator, i / 9);
                }

                Oscillators[i] = value;
                at += 4;
            }

            for (int i = 0; i < CouplingCount; i++)
            {
                CouplingTo[i] = bytes[at + ConfigLayout.CouplingToAt];
                CouplingFrom[i] = bytes[at + ConfigLayout.CouplingFromAt];
                CouplingWeight[i] = Bytes.GetBounded(bytes, at + ConfigLayout.CouplingWeightAt, -MaxMagnitude, MaxMagnitude, Refused);
                if (CouplingTo[i] >= OscillatorCount || CouplingFrom[i] >= OscillatorCount || CouplingWeight[i] == Refused)
                {
                    return config.Fail(ConfigField.Coupling, i);
                }

                at += ConfigLayout.CouplingSize;
            }

            for (int i = 0; i < MapCount; i++)
            {
                MapChannel[i] = bytes[at + ConfigLayout.MapChannelAt];
                MapOscillator[i] = bytes[at + ConfigLayout.MapOscillatorAt];
                MapOutput[i] = bytes[at + ConfigLayout.MapOutputAt];
                MapOffset[i] = Bytes.GetBounded(bytes, at + ConfigLayout.MapOffsetAt, -2f, 2f, Refused);
                MapGain[i] = Bytes.GetBounded(bytes, at + ConfigLayout.MapGainAt, -MaxMagnitude, MaxMagnitude, Refused);
                if (MapChannel[i] >= channels || MapOscillator[i] >= OscillatorCount || MapOutput[i] > 2 ||
                    MapOffset[i] == Refused || MapGain[i] == Refused)
                {
                    return config.Fail(ConfigField.RhythmMap, i);
                }

                at += ConfigLayout.MapSize;
            }

            return true;
        }
    }
}
