using Ganglion.Shared.Legs;
using Ganglion.Shared.Link;
using Ganglion.Shared.Rhythms;

namespace Ganglion.Shared.Config
{
    /// <summary>Bytes and flags of a configuration that have no meaning are 0: a host that sets one means something that this board would
    /// not do.</summary>
    public sealed class SpareBytes
    {
        private readonly BoardConfig _config;
        private readonly byte[] _bytes;

        /// <param name="config">Is told what is wrong.</param>
        /// <param name="bytes">The configuration from byte 0; its length has been checked.</param>
        public SpareBytes(BoardConfig config, byte[] bytes)
        {
            _config = config;
            _bytes = bytes;
        }

        /// <summary>Looks at all parts that have spare bytes. False: the configuration's FaultField says which is not 0.</summary>
        /// <param name="header">The counts.</param>
        /// <param name="rhythmAt">Where the oscillators start.</param>
        /// <param name="walkAt">Where the walk starts.</param>
        /// <param name="pressuresAt">Where the pressure loops start.</param>
        /// <param name="length">Length of the configuration.</param>
        public bool Check(HeaderDefinition header, int rhythmAt, int walkAt, int pressuresAt, int length)
        {
            int mapAt = walkAt - header.MapCount * ConfigLayout.MapSize;
            int jointAt = walkAt + ConfigLayout.WalkSize;
            int loadAt = jointAt + header.JointCount * ConfigLayout.JointSize;
            return CheckOscillators(rhythmAt, header.OscillatorCount)
                && Check(ConfigField.RhythmMap, mapAt, header.MapCount, ConfigLayout.MapSize,
                    ConfigLayout.MapOutputAt + 1, ConfigLayout.MapOffsetAt)
                && (header.JointCount == 0 || CheckWalk(walkAt))
                && Check(ConfigField.WalkJoint, jointAt, header.JointCount, ConfigLayout.JointSize,
                    ConfigLayout.JointAngleAt + 1, ConfigLayout.JointCentreAt)
                && Check(ConfigField.WalkLoad, loadAt, header.LoadCount, ConfigLayout.LoadSize,
                    ConfigLayout.LoadFootAt + 1, ConfigLayout.LoadScaleAt)
                && Check(ConfigField.Pressure, pressuresAt, (length - pressuresAt) / ConfigLayout.PressureSize, ConfigLayout.PressureSize,
                    ConfigLayout.PressureInputAt + 1, ConfigLayout.PressureZeroAt);
        }

        /// <summary>All oscillators of a rhythm are of one kind, which their Kind byte tells; a phase has fewer numbers, and a
        /// pair no spare bytes.</summary>
        private bool CheckOscillators(int at, int count)
        {
            const int kindAt = ConfigLayout.OscillatorKindAt, size = ConfigLayout.OscillatorSize;
            for (int i = 0; i < count; i++)
            {
                int kind = _bytes[at + i * size + kindAt];
                if (kind > RhythmKind.CellPair || kind != _bytes[at + kindAt])
                {
                    return _config.Fail(ConfigField.Oscillator, i);
                }
            }

            byte first = count == 0 ? RhythmKind.Kimura : _bytes[at + kindAt];
            return first == RhythmKind.CellPair || Check(ConfigField.Oscillator, at, count, size, kindAt + 1, size)
                && (first != RhythmKind.Phase || Check(ConfigField.Oscillator, at, count, size, ConfigLayout.PhaseStartAt + 4, kindAt));
        }

        private bool CheckWalk(int at)
        {
            // The flag that there is tells of the legs, and so does what is wrong with the others.
            bool clear = (_bytes[at + ConfigLayout.WalkFlagsAt] & ~1) == 0
                && IsZero(at + ConfigLayout.WalkGroundCountAt + 1, at + ConfigLayout.WalkSize);
            return clear || _config.Fail(ConfigField.Walk, (int)WalkReason.GeometryOutOfRange);
        }

        private bool Check(byte field, int at, int count, int size, int from, int to)
        {
            for (int i = 0; i < count; i++)
            {
                if (!IsZero(at + from, at + to))
                {
                    return _config.Fail(field, i);
                }

                at += size;
            }

            return true;
        }

        private bool IsZero(int from, int to)
        {
            for (int i = from; i < to; i++)
            {
                if (_bytes[i] != 0)
                {
                    return false;
                }
            }

            return true;
        }
    }
}
