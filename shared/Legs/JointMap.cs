using System;

namespace Ganglion.Shared.Legs
{
    /// <summary>
    /// From joint angles to channel targets in Q14 (16384 = the whole travel): target = centre + gain x angle, kept within the
    /// travel. Starting blends from the targets that the channels have, so that nothing jumps. A channel may be a servo or
    /// a valve: what the travel means is the channel's calibration.
    /// </summary>
    public sealed class JointMap
    {
        /// <summary>The whole travel in Q14.</summary>
        public const int Full = 16384;

        /// <summary>Largest size of a gain, in travel per radian.</summary>
        public const float MaxGain = 100f;

        private readonly float _dt;
        private readonly int[] _channel, _joint;
        private readonly float[] _centre, _gain, _from;
        private int _count;
        private float _blend, _change;

        /// <param name="capacity">Most joints, 1..256.</param>
        /// <param name="dt">Tick [s], 0.0001..0.1.</param>
        /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range.</exception>
        public JointMap(int capacity, float dt)
        {
            if (capacity < 1 || capacity > 256) throw new ArgumentOutOfRangeException("capacity");
            if (float.IsNaN(dt) || dt < 0.0001f || dt > 0.1f) throw new ArgumentOutOfRangeException("dt");
            _dt = dt;
            _channel = new int[capacity];
            _joint = new int[capacity];
            _centre = new float[capacity];
            _gain = new float[capacity];
            _from = new float[capacity];
        }

        /// <summary>True once the blend of a start has ended: the channels follow the angles alone.</summary>
        public bool Blended { get { return _blend >= 1f; } }

        /// <summary>Takes over a map, all or nothing.</summary>
        /// <param name="count">Entries, 1..capacity; every array holds at least as many.</param>
        /// <param name="channels">Number of channels on the board.</param>
        /// <param name="angles">Number of joint angles.</param>
        /// <param name="channel">Driven channel, each at most once.</param>
        /// <param name="joint">Index of its angle.</param>
        /// <param name="centre">Where the channel is at angle 0, 0..1 of the travel.</param>
        /// <param name="gain">Travel per radian, within +-<see cref="MaxGain"/>; its sign is the sense of rotation.</param>
        /// <param name="blendSeconds">Time of the blend [s], 0.1..60.</param>
        /// <param name="where">Index of the refused entry.</param>
        public WalkReason Configure(int count, int channels, int angles, int[] channel, int[] joint, float[] centre, float[] gain,
            float blendSeconds, out int where)
        {
            where = 0;
            if (count < 1 || count > _channel.Length) return WalkReason.JointOutOfRange;
            if (!LegGeometry.Within(blendSeconds, 0.1f, 60f)) return WalkReason.RampOutOfRange;
            for (int i = 0; i < count; i++)
            {
                where = i;
                if (channel[i] < 0 || channel[i] >= channels || joint[i] < 0 || joint[i] >= angles) return WalkReason.JointOutOfRange;
                for (int k = 0; k < i; k++)
                    if (channel[k] == channel[i]) return WalkReason.JointOutOfRange;
                if (!LegGeometry.Within(centre[i], 0f, 1f) || !LegGeometry.Within(gain[i], -MaxGain, MaxGain)) return WalkReason.JointOutOfRange;
            }
            where = 0;
            for (int i = 0; i < count; i++)
            {
                _channel[i] = channel[i];
                _joint[i] = joint[i];

                // The half makes the conversion to int round.
                _centre[i] = centre[i] * Full + 0.5f;
                _gain[i] = gain[i] * Full;
            }
            _change = _dt / blendSeconds;
            _count = count;
            return WalkReason.None;
        }

        /// <summary>Starts the blend from the targets that the channels have now.</summary>
        /// <param name="targets">Present targets of all channels in Q14.</param>
        public void Start(int[] targets)
        {
            for (int i = 0; i < _count; i++) _from[i] = targets[_channel[i]] + 0.5f;
            _blend = 0f;
        }

        /// <summary>Writes the targets of the mapped channels.</summary>
        /// <param name="angles">Joint angles [rad].</param>
        /// <param name="targets">Targets of all channels in Q14.</param>
        /// <returns>False if an angle was not a number: that channel keeps its target, and the safety machine must act.</returns>
        public bool Write(float[] angles, int[] targets)
        {
            float[] centre = _centre, gain = _gain, from = _from;
            int[] channel = _channel, joint = _joint;
            int count = _count;
            float blend = _blend + _change;
            if (blend > 1f) blend = 1f;
            _blend = blend;
            bool finite = true, blending = blend < 1f;
            for (int i = 0; i < count; i++)
            {
                float target = centre[i] + gain[i] * angles[joint[i]];
                if (blending) target = from[i] + blend * (target - from[i]);
                if (target < 0f) target = 0f;
                else if (!(target <= Full))
                {
                    if (float.IsNaN(target))
                    {
                        finite = false;
                        continue;
                    }
                    target = Full;
                }
                targets[channel[i]] = (int)target;
            }
            return finite;
        }
    }
}
