using Ganglion.Shared.Legs;
using Ganglion.Shared.Sensing;

namespace Ganglion.Shared.Walking
{
    /// <summary>From the force sensors under the soles to the load of each foot, in weights of the whole robot.</summary>
    public sealed class FootLoads
    {
        /// <summary>What a foot is taken to carry if it has no sensor.</summary>
        private const float Unknown = 0.5f;

        // The left foot's sensors come first.
        private int _count, _leftCount;
        private int[] _input = new int[0];
        private float[] _gain = new float[0], _endGain = new float[0];

        /// <summary>Load of each foot.</summary>
        public float Left = Unknown, Right = Unknown;

        /// <summary>Load of the toe of each foot less that of its heel: see <see cref="UpdateEnds"/>.</summary>
        public float LeftEnds, RightEnds;

        /// <summary>Whether toes and heels are measured apart.</summary>
        public bool HasEnds;

        /// <summary>Takes over the sensors of a definition, all or nothing.</summary>
        /// <param name="definition">The definition.</param>
        /// <param name="inputs">Analog inputs of the board.</param>
        /// <param name="where">Index of the refused sensor.</param>
        public WalkReason Configure(WalkDefinition definition, int inputs, out int where)
        {
            where = 0;
            int count = definition.SensorCount;
            if (count < 0 || count > WalkDefinition.MaxSensors)
            {
                return WalkReason.SensorOutOfRange;
            }

            for (int i = 0; i < count; i++)
            {
                where = i;
                int input = definition.SensorInput[i], foot = definition.SensorFoot[i];
                if (input < 0 || input >= inputs || foot < 0 || foot >= 2 * WalkDefinition.Heel)
                {
                    return WalkReason.SensorOutOfRange;
                }

                for (int k = 0; k < i; k++)
                {
                    if (definition.SensorInput[k] == input)
                    {
                        return WalkReason.SensorOutOfRange;
                    }
                }

                if (!Numbers.Within(definition.SensorLoad[i], 0.001f, 1000f))
                {
                    return WalkReason.SensorOutOfRange;
                }
            }
            where = 0;
            _input = new int[count];
            _gain = new float[count];
            _endGain = new float[count];
            int at = 0, heels = 0;
            for (int foot = 0; foot < 2; foot++)
            {
                for (int i = 0; i < count; i++)
                {
                    bool heel = definition.SensorFoot[i] >= WalkDefinition.Heel;
                    if (definition.SensorFoot[i] - (heel ? WalkDefinition.Heel : 0) != foot)
                    {
                        continue;
                    }

                    float gain = definition.SensorLoad[i] / AnalogScale.FullCounts;
                    _input[at] = definition.SensorInput[i];
                    _gain[at] = gain;
                    _endGain[at] = heel ? -gain : gain;
                    heels += heel ? 1 : 0;
                    at++;
                }
                if (foot == 0)
                {
                    _leftCount = at;
                }
            }
            _count = count;
            HasEnds = heels > 0 && heels < count;
            LeftEnds = RightEnds = 0f;
            Left = Unknown;
            Right = Unknown;
            return WalkReason.None;
        }

        /// <summary>One tick.</summary>
        /// <param name="analog">The board's analog inputs in counts.</param>
        public void Update(int[] analog)
        {
            int[] input = _input;
            float[] gain = _gain;
            int i = 0, leftCount = _leftCount, count = _count;
            float left = leftCount > 0 ? 0f : Unknown, right = leftCount < count ? 0f : Unknown;
            for (; i < leftCount; i++)
            {
                left += gain[i] * analog[input[i]];
            }

            for (; i < count; i++)
            {
                right += gain[i] * analog[input[i]];
            }

            Left = left;
            Right = right;
        }

        /// <summary>One tick in which toes and heels matter.</summary>
        /// <param name="analog">The board's analog inputs in counts.</param>
        public void UpdateEnds(int[] analog)
        {
            int[] input = _input;
            float[] gain = _endGain;
            int i = 0, leftCount = _leftCount, count = _count;
            float left = 0f, right = 0f;
            for (; i < leftCount; i++)
            {
                left += gain[i] * analog[input[i]];
            }

            for (; i < count; i++)
            {
                right += gain[i] * analog[input[i]];
            }

            LeftEnds = left;
            RightEnds = right;
        }
    }
}
