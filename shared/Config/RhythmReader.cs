using Ganglion.Shared.Link;
using Ganglion.Shared.Rhythms;

namespace Ganglion.Shared.Config
{
    /// <summary>Reads the rhythm part of a configuration: oscillators, couplings and map. RhythmPlayer.Configure judges it.</summary>
    public static class RhythmReader
    {
        /// <summary>Reads it as it is; its oscillators have been found to be of one kind.</summary>
        /// <param name="bytes">The configuration from byte 0.</param>
        /// <param name="at">Where its oscillators start.</param>
        /// <param name="header">Its header, which tells how many there are.</param>
        public static RhythmDefinition Read(byte[] bytes, int at, HeaderDefinition header)
        {
            byte kind = bytes[at + ConfigLayout.OscillatorKindAt];
            RhythmDefinition rhythm = new RhythmDefinition(kind, header.OscillatorCount, header.CouplingCount, header.MapCount);
            for (int i = 0; i < rhythm.OscillatorCount; i++)
            {
                if (kind == RhythmKind.Kimura)
                {
                    PartReader.Oscillator(bytes, at, rhythm, i);
                }
                else if (rhythm.Clocks != null)
                {
                    PartReader.Clock(bytes, at, rhythm, i);
                }
                else if (rhythm.Phases != null)
                {
                    PartReader.Phase(bytes, at, rhythm, i);
                }
                else if (rhythm.Pairs != null)
                {
                    PartReader.Pair(bytes, at, rhythm, i);
                }

                at += ConfigLayout.OscillatorSize;
            }

            for (int i = 0; i < rhythm.CouplingCount; i++)
            {
                PartReader.Coupling(bytes, at, rhythm, i);
                at += ConfigLayout.CouplingSize;
            }

            for (int i = 0; i < rhythm.EntryCount; i++)
            {
                PartReader.Map(bytes, at, rhythm, i);
                at += ConfigLayout.MapSize;
            }

            rhythm.Ramp = header.RhythmRamp * 0.001f;
            return rhythm;
        }

        /// <summary>Finds the chips of the sensors that pairs of cells feel. False: <see cref="BoardConfig.FaultIndex"/> is a pair whose
        /// input no required converter reads.</summary>
        /// <param name="config">Its chips have been read.</param>
        /// <param name="rhythm">Is told the chips.</param>
        public static bool FindSensors(BoardConfig config, RhythmDefinition rhythm)
        {
            int pairs = rhythm.Pairs == null ? 0 : rhythm.Pairs.Count;
            rhythm.SensorChip = new int[pairs];
            for (int i = 0; i < pairs; i++)
            {
                int input = rhythm.Pairs.Input[i] - 1;
                int chip = input < 0 ? 0 : ChipReader.RequiredConverter(config, input);
                if (chip < 0)
                {
                    return config.Fail(ConfigField.Oscillator, i);
                }

                rhythm.SensorChip[i] = chip;
            }

            return true;
        }
    }
}
