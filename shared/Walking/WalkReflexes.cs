using System;
using Ganglion.Shared.Legs;
using Ganglion.Shared.Reflexes;
using Ganglion.Shared.Rhythms;
using Ganglion.Shared.Sensing;

namespace Ganglion.Shared.Walking
{
    /// <summary>
    /// All reflexes of a walker, once a tick before the network's and the walker's step: from what the board measures to the
    /// walker's corrections. Nothing is allocated after the constructor.
    /// </summary>
    public sealed class WalkReflexes
    {
        private readonly LevelZero _level;
        private readonly SlopeEstimate _slope;
        private readonly TegotaeLaw _tegotae;
        private readonly AnkleAdaptation _ankle = new AnkleAdaptation();
        private readonly TorsoFeedback _torso = new TorsoFeedback();
        private readonly FootPlacement _placement;
        private readonly HeadingHold _heading;
        private ReflexParameters _gains = new ReflexParameters();

        /// <param name="dt">Tick [s], <see cref="RhythmNetwork.MinTick"/>..<see cref="RhythmNetwork.MaxTick"/>.</param>
        /// <exception cref="ArgumentOutOfRangeException">The tick is outside its range.</exception>
        public WalkReflexes(float dt)
        {
            if (!Numbers.Within(dt, KimuraNetwork.MinTick, KimuraNetwork.MaxTick))
            {
                throw new ArgumentOutOfRangeException("dt");
            }

            _level = new LevelZero(dt);
            _slope = new SlopeEstimate(dt);
            _tegotae = new TegotaeLaw(dt);
            _placement = new FootPlacement(dt);
            _heading = new HeadingHold(dt);
            Configure(_gains);
        }

        /// <summary>Pitch of the torso, nose down above 0, and roll, right side down above 0 [rad]; rates about x, y and z
        /// [rad/s]. The board fills them in before each <see cref="Step"/>.</summary>
        public float Pitch, Roll, RollRate, PitchRate, YawRate;

        /// <summary>Loads of the feet in body weights; 0.5 each where nothing measures them.</summary>
        public float LeftLoad = 0.5f, RightLoad = 0.5f;

        /// <summary>False if all gains are 0: then <see cref="Step"/> would change nothing and need not be called.</summary>
        public bool Active;

        /// <summary>Estimated slope [rad], uphill above 0.</summary>
        public float Slope { get { return _slope.Value; } }

        /// <summary>Pitch of the torso without the IMU's offset [rad].</summary>
        public float LevelPitch { get { return _level.Pitch; } }

        /// <summary>Forward shift of the body by Tegotae [m].</summary>
        public float Shift { get { return _gains.Tegotae * _tegotae.Shift; } }

        /// <summary>Takes over gains, all or nothing.</summary>
        public WalkReason Configure(ReflexParameters gains)
        {
            WalkReason reason = gains.Check();
            if (reason != WalkReason.None)
            {
                return reason;
            }

            _gains = gains;
            Active = gains.Any;
            _slope.Configure(gains.SlopeTime);
            _torso.Configure(gains);
            _placement.Configure(gains.PlaceForward, gains.PlaceSide);
            _heading.Configure(gains.Heading);
            return WalkReason.None;
        }

        /// <summary>Begins on level ground: before the walker's start.</summary>
        public void Reset()
        {
            _slope.Value = 0f;
            _tegotae.Shift = 0f;
            _placement.Reset();
            _heading.Reset();
            _torso.LeftWeight = _torso.RightWeight = 1f;
        }

        /// <summary>One tick.</summary>
        /// <param name="walker">Its feet and angles of the last tick are read, its corrections written.</param>
        /// <param name="network">The oscillators of that walker; null, and no gain of the plantar feedback, where a clock times
        /// it.</param>
        /// <returns>False if a measurement is not a number: the corrections stay as they were, and the safety machine must act.</returns>
        public bool Step(Walker walker, KimuraNetwork network)
        {
            ReflexParameters gains = _gains;
            float left = LeftLoad, right = RightLoad;
            if (float.IsNaN(Pitch + Roll + RollRate + PitchRate + YawRate + left + right))
            {
                return false;
            }

            LevelZero level = _level;
            if (!walker.Walking)
            {
                // It stands by itself; reflexes that answered the IMU's offset would spoil what is learned of it.
                level.Update(Pitch, Roll, walker.Lean, true);
                return true;
            }
            level.Update(Pitch, Roll, walker.Lean, false);
            float pitch = level.Pitch;
            bool leftStands = !walker.Left.Swinging, rightStands = !walker.Right.Swinging;
            float[] angles = walker.Angles;

            // In double support the leg that carries more knows the ground better.
            bool onLeft = leftStands && (!rightStands || left > right);
            if ((onLeft ? left : right) > gains.ContactLoad)
            {
                int at = onLeft ? LegGeometry.HipPitch : LegGeometry.Slots + LegGeometry.HipPitch;
                _slope.Update(angles[at] + angles[at + 1] + angles[at + 2], pitch);
            }
            float slope = _slope.Value;
            if (gains.Tegotae != 0f)
            {
                _tegotae.Update(slope);
                walker.HipShift = gains.Tegotae * _tegotae.Shift;
            }
            _ankle.Update(gains.Adapt * slope);
            walker.FootPitch = _ankle.FootPitch;
            walker.GroundRise = _ankle.GroundRise;
            _torso.Update(pitch - walker.Lean, PitchRate, level.Roll, RollRate, leftStands, rightStands, walker.Trim);
            _placement.Update(walker.BodyZ, PitchRate, RollRate, _torso.HipPitch, _torso.HipRoll);
            walker.PlaceX = _placement.Forward;
            walker.PlaceY = _placement.Side;
            _heading.Update(YawRate, walker.CommandedTurn);
            walker.TurnTrim = _heading.Turn;
            if (gains.Plantar != 0f)
            {
                PlantarFeedback.Update(network, gains.Plantar, left, right);
            }

            return true;
        }
    }
}
