using Ganglion.Shared.Legs;
using Ganglion.Shared.Reflexes;

namespace Ganglion.Shared.Walking
{
    /// <summary>
    /// From the speed over ground that a walker is told to the speed of its steps (shared/README.md D6). Joints give way under the
    /// load and feet land before they should, so that it does not walk as fast as its feet are led; how fast it walks was measured on
    /// some slopes, at some speeds of the steps each. Between them is a line, beyond them the nearest. Nothing is allocated after
    /// <see cref="Configure"/>.
    /// </summary>
    public sealed class SpeedTable
    {
        private int _rows;

        // Slope of each row, 1 / the distance to the next, and the index of its first entry; one more index ends the last row.
        private float[] _slope = new float[0], _perSlope = new float[0];
        private int[] _first = new int[1];

        // By entry: both speeds, and the rise of the first per second to the next entry of the row.
        private float[] _steps = new float[0], _walked = new float[0], _rise = new float[0];

        /// <summary>Slope of the ground that the reflexes feel [rad], uphill above 0; not NaN.</summary>
        public float Slope;

        /// <summary>What it walks with the steps of the last <see cref="Steps"/>: as told, or the nearest that it can
        /// [m/s].</summary>
        public float Walked;

        /// <summary>False if nothing was measured: then it is taken to walk as its feet are led.</summary>
        public bool Any { get { return _rows > 0; } }

        /// <summary>Takes over the entries of a definition, all or nothing.</summary>
        /// <param name="definition">Sorted by slope and, of one slope, by speed; both speeds grow, and each slope has two entries or
        /// more. Steps are within the gait's bound.</param>
        /// <param name="where">Index of the refused entry.</param>
        public WalkReason Configure(WalkDefinition definition, out int where)
        {
            where = 0;
            int count = definition.SpeedCount, rows = 0;
            if (count < 0 || count > WalkDefinition.MaxSpeeds)
            {
                return WalkReason.SpeedOutOfRange;
            }

            float[] slope = definition.SpeedSlope, steps = definition.SpeedSteps, walked = definition.SpeedWalked;
            float most = definition.Gait.MaxSpeed;
            for (int i = 0; i < count; i++)
            {
                where = i;
                if (!Numbers.Within(slope[i], -SlopeEstimate.Limit, SlopeEstimate.Limit) || !Numbers.Within(steps[i], -most, most)
                    || !Numbers.Within(walked[i], -10f, 10f))
                {
                    return WalkReason.SpeedOutOfRange;
                }

                bool follows = i > 0 && slope[i] == slope[i - 1];
                if (follows)
                {
                    if (!(steps[i] > steps[i - 1]) || !(walked[i] > walked[i - 1]))
                    {
                        return WalkReason.SpeedOutOfRange;
                    }
                }
                else
                {
                    // The next of its slope is looked at in its turn.
                    if ((i > 0 && slope[i] < slope[i - 1]) || i + 1 == count || slope[i + 1] != slope[i])
                    {
                        return WalkReason.SpeedOutOfRange;
                    }

                    rows++;
                }
            }

            where = 0;
            Fill(definition, count, rows);
            return WalkReason.None;
        }

        private void Fill(WalkDefinition definition, int count, int rows)
        {
            _rows = 0;
            _slope = new float[rows];
            _perSlope = new float[rows];
            _first = new int[rows + 1];
            _steps = new float[count];
            _walked = new float[count];
            _rise = new float[count];
            for (int i = 0; i < count; i++)
            {
                float slope = definition.SpeedSlope[i];
                _steps[i] = definition.SpeedSteps[i];
                _walked[i] = definition.SpeedWalked[i];
                if (i == 0 || slope != _slope[_rows - 1])
                {
                    float apart = i == 0 ? 0f : slope - _slope[_rows - 1];
                    if (apart > 0f)
                    {
                        _perSlope[_rows - 1] = 1f / apart;
                    }

                    _slope[_rows] = slope;
                    _first[_rows] = i;
                    _rows++;
                }
                else
                {
                    float faster = _walked[i] - _walked[i - 1];
                    if (faster > 0f)
                    {
                        _rise[i - 1] = (_steps[i] - _steps[i - 1]) / faster;
                    }
                }
            }

            _first[rows] = count;
        }

        /// <summary>Speed of the steps that walk a speed, and <see cref="Walked"/>; call it if there are <see cref="Any"/>.</summary>
        /// <param name="told">Speed over ground [m/s]; not NaN.</param>
        public float Steps(float told)
        {
            int last = _rows - 1, row = 0;
            float slope = Slope;
            while (row < last && slope > _slope[row + 1])
            {
                row++;
            }

            float steps = Row(row, told), walked = Walked;
            if (row < last && slope > _slope[row])
            {
                float share = (slope - _slope[row]) * _perSlope[row];
                steps += share * (Row(row + 1, told) - steps);
                Walked = walked + share * (Walked - walked);
            }

            return steps;
        }

        // On one slope.
        private float Row(int row, float told)
        {
            float[] walked = _walked;
            int i = _first[row], last = _first[row + 1] - 1;
            if (told <= walked[i])
            {
                told = walked[i];
            }
            else if (told >= walked[last])
            {
                told = walked[last];
                i = last;
            }
            else
            {
                while (told > walked[i + 1])
                {
                    i++;
                }
            }

            Walked = told;
            return _steps[i] + _rise[i] * (told - walked[i]);
        }
    }
}
