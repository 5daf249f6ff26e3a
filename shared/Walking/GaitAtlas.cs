using Ganglion.Shared.Legs;
using Ganglion.Shared.Reflexes;

namespace Ganglion.Shared.Walking
{
    /// <summary>
    /// Steps and gains that follow the slope that a walker feels (shared/README.md D7): what was tuned on some slopes, on the line
    /// between them, and beyond the first and the last what holds there. Nothing is allocated after <see cref="Configure"/>.
    /// </summary>
    public sealed class GaitAtlas
    {
        /// <summary>Values of an entry beside its slope.</summary>
        private const int Fields = 20;

        /// <summary>How fast the slope that it goes by follows the one that is felt: who stands, by so many rad/s, who walks, over a
        /// low-pass of so many seconds. A share of the slope that grows with the slope turns the soles by more than that share where the
        /// felt slope sways in a stride: without the low-pass 4 walks of 8 fell up 15 degrees at 0.3 m/s.</summary>
        private const float Rate = 0.5f, Time = 2f;

        private readonly float _step, _share;
        private int _rows, _row;

        // Slope of each row; by row and field its value there, and its rise per radian to the next. An array for each row: with one for all
        // rows, what is done in every tick would be 80 instructions longer.
        private float[] _slope = new float[0];
        private float[][] _value = new float[0][], _rise = new float[0][];
        private float _now;

        /// <param name="dt">Tick [s], above 0.</param>
        public GaitAtlas(float dt)
        {
            _step = Rate * dt;
            _share = dt / (Time + dt);
        }

        /// <summary>What is walked with: the definition's own, or, if there are <see cref="Any"/> entries, copies of them that
        /// <see cref="Follow"/> changes.</summary>
        public WalkParameters Gait;

        /// <inheritdoc cref="Gait"/>
        public ReflexParameters Gains;

        /// <summary>False if there are no entries: then nothing follows the slope.</summary>
        public bool Any { get { return _rows > 0; } }

        /// <summary>Takes over the entries of a definition, all or nothing.</summary>
        /// <param name="definition">Its gait and gains passed their check. The entries are sorted by slope, each slope is there once, and
        /// with each the gait passes its check.</param>
        /// <param name="where">Index of the refused entry.</param>
        public WalkReason Configure(WalkDefinition definition, out int where)
        {
            where = 0;
            Gait = definition.Gait;
            Gains = definition.Reflexes;
            int count = definition.GroundCount;
            if (count < 0 || count > WalkDefinition.MaxGrounds)
            {
                return WalkReason.GroundOutOfRange;
            }

            if (count == 0)
            {
                return WalkReason.None;
            }

            Gait = Gait.Copy();
            Gains = Gains.Copy();
            float[] slope = new float[count];
            float[][] value = new float[count][], rise = new float[count][];
            _value = value;
            _rise = rise;
            for (int i = 0; i < count; i++)
            {
                where = i;
                WalkGround ground = definition.Grounds[i];
                slope[i] = ground.Slope;
                value[i] = new float[Fields];
                rise[i] = new float[Fields];
                Read(ground, value[i]);
                Write(i, 0f);
                if (!Numbers.Within(slope[i], -SlopeEstimate.Limit, SlopeEstimate.Limit) || (i > 0 && !(slope[i] > slope[i - 1]))
                    || Gait.Check(definition.Legs) != WalkReason.None || Gains.Check() != WalkReason.None)
                {
                    return WalkReason.GroundOutOfRange;
                }
            }

            for (int i = 0; i + 1 < count; i++)
            {
                float apart = slope[i + 1] - slope[i], per = apart > 0f ? 1f / apart : 0f;
                for (int field = 0; field < Fields; field++)
                {
                    rise[i][field] = per * (value[i + 1][field] - value[i][field]);
                }
            }

            where = 0;
            _slope = slope;
            _rows = count;
            Begin(0f);
            return WalkReason.None;
        }

        /// <summary>Goes by a slope at once: where it stands.</summary>
        /// <param name="slope">[rad], not NaN.</param>
        public void Begin(float slope)
        {
            _now = slope;
            if (_rows > 0)
            {
                Make();
            }
        }

        /// <summary>One tick: gait and gains go towards those of a slope.</summary>
        /// <param name="slope">As felt [rad], not NaN.</param>
        /// <param name="walks">False while it stands.</param>
        public void Follow(float slope, bool walks)
        {
            if (_rows > 0)
            {
                float now = _now;
                _now = walks ? now + _share * (slope - now) : Numbers.Approach(now, slope, _step);
                Make();
            }
        }

        private void Make()
        {
            int row = _row, last = _rows - 1;
            float now = _now;
            while (row < last && now > _slope[row + 1])
            {
                row++;
            }

            while (row > 0 && now < _slope[row])
            {
                row--;
            }

            _row = row;
            float past = now - _slope[row];
            Write(row, past > 0f ? past : 0f);
        }

        private static void Read(WalkGround ground, float[] to)
        {
            to[0] = ground.Lift;
            to[1] = ground.FootX;
            to[2] = ground.FootY;
            to[3] = ground.Height;
            to[4] = ground.Surge;
            to[5] = ground.Bob;
            to[6] = ground.Sway;
            to[7] = ground.SwayCross;
            to[8] = ground.Lean;
            to[9] = ground.Adapt;
            to[10] = ground.AnklePitch;
            to[11] = ground.AnklePitchRate;
            to[12] = ground.HipPitch;
            to[13] = ground.HipPitchRate;
            to[14] = ground.HipRoll;
            to[15] = ground.HipRollRate;
            to[16] = ground.AnkleRoll;
            to[17] = ground.AnkleRollRate;
            to[18] = ground.PlaceForward;
            to[19] = ground.PlaceSide;
        }

        // Value and rise of each field; behind the last entry nothing rises. Spelled out, since it is done in every tick.
        private void Write(int row, float past)
        {
            float[] value = _value[row], rise = _rise[row];
            WalkParameters gait = Gait;
            gait.Lift = value[0] + past * rise[0];
            gait.FootX = value[1] + past * rise[1];
            gait.FootY = value[2] + past * rise[2];
            gait.Height = value[3] + past * rise[3];
            gait.Surge = value[4] + past * rise[4];
            gait.Bob = value[5] + past * rise[5];
            gait.Sway = value[6] + past * rise[6];
            gait.SwayCross = value[7] + past * rise[7];
            gait.Lean = value[8] + past * rise[8];
            ReflexParameters gains = Gains;
            gains.Adapt = value[9] + past * rise[9];
            gains.AnklePitch = value[10] + past * rise[10];
            gains.AnklePitchRate = value[11] + past * rise[11];
            gains.HipPitch = value[12] + past * rise[12];
            gains.HipPitchRate = value[13] + past * rise[13];
            gains.HipRoll = value[14] + past * rise[14];
            gains.HipRollRate = value[15] + past * rise[15];
            gains.AnkleRoll = value[16] + past * rise[16];
            gains.AnkleRollRate = value[17] + past * rise[17];
            gains.PlaceForward = value[18] + past * rise[18];
            gains.PlaceSide = value[19] + past * rise[19];
        }
    }
}
