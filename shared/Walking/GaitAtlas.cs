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

        // Slope of each row; by field its value there, and its rise per radian to the next.
        private float[] _slope = new float[0], _value = new float[0], _rise = new float[0];
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
            float[] slope = new float[count], value = new float[count * Fields], rise = new float[count * Fields];
            _value = value;
            _rise = rise;
            for (int i = 0; i < count; i++)
            {
                where = i;
                WalkGround ground = definition.Grounds[i];
                slope[i] = ground.Slope;
                Read(ground, value, i * Fields);
                Write(i * Fields, 0f);
                if (!Numbers.Within(slope[i], -SlopeEstimate.Limit, SlopeEstimate.Limit) || (i > 0 && !(slope[i] > slope[i - 1]))
                    || Gait.Check(definition.Legs) != WalkReason.None || Gains.Check() != WalkReason.None)
                {
                    return WalkReason.GroundOutOfRange;
                }
            }

            for (int i = 0; i + 1 < count; i++)
            {
                float apart = slope[i + 1] - slope[i], per = apart > 0f ? 1f / apart : 0f;
                for (int at = i * Fields; at < (i + 1) * Fields; at++)
                {
                    rise[at] = per * (value[at + Fields] - value[at]);
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
            Write(row * Fields, past > 0f ? past : 0f);
        }

        private static void Read(WalkGround ground, float[] to, int at)
        {
            to[at] = ground.Lift;
            to[at + 1] = ground.FootX;
            to[at + 2] = ground.FootY;
            to[at + 3] = ground.Height;
            to[at + 4] = ground.Surge;
            to[at + 5] = ground.Bob;
            to[at + 6] = ground.Sway;
            to[at + 7] = ground.SwayCross;
            to[at + 8] = ground.Lean;
            to[at + 9] = ground.Adapt;
            to[at + 10] = ground.AnklePitch;
            to[at + 11] = ground.AnklePitchRate;
            to[at + 12] = ground.HipPitch;
            to[at + 13] = ground.HipPitchRate;
            to[at + 14] = ground.HipRoll;
            to[at + 15] = ground.HipRollRate;
            to[at + 16] = ground.AnkleRoll;
            to[at + 17] = ground.AnkleRollRate;
            to[at + 18] = ground.PlaceForward;
            to[at + 19] = ground.PlaceSide;
        }

        // Value and rise of each field; behind the last entry nothing rises. Spelled out, since it is done in every tick.
        private void Write(int at, float past)
        {
            float[] value = _value, rise = _rise;
            WalkParameters gait = Gait;
            gait.Lift = value[at] + past * rise[at];
            gait.FootX = value[at + 1] + past * rise[at + 1];
            gait.FootY = value[at + 2] + past * rise[at + 2];
            gait.Height = value[at + 3] + past * rise[at + 3];
            gait.Surge = value[at + 4] + past * rise[at + 4];
            gait.Bob = value[at + 5] + past * rise[at + 5];
            gait.Sway = value[at + 6] + past * rise[at + 6];
            gait.SwayCross = value[at + 7] + past * rise[at + 7];
            gait.Lean = value[at + 8] + past * rise[at + 8];
            ReflexParameters gains = Gains;
            gains.Adapt = value[at + 9] + past * rise[at + 9];
            gains.AnklePitch = value[at + 10] + past * rise[at + 10];
            gains.AnklePitchRate = value[at + 11] + past * rise[at + 11];
            gains.HipPitch = value[at + 12] + past * rise[at + 12];
            gains.HipPitchRate = value[at + 13] + past * rise[at + 13];
            gains.HipRoll = value[at + 14] + past * rise[at + 14];
            gains.HipRollRate = value[at + 15] + past * rise[at + 15];
            gains.AnkleRoll = value[at + 16] + past * rise[at + 16];
            gains.AnkleRollRate = value[at + 17] + past * rise[at + 17];
            gains.PlaceForward = value[at + 18] + past * rise[at + 18];
            gains.PlaceSide = value[at + 19] + past * rise[at + 19];
        }
    }
}
