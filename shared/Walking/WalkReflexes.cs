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
        /// <summary>Change of the soles' share of the slope from standing to walking and back [1/s].</summary>
        private const float ShareRate = 0.5f;

        /// <summary>Load of the feet in body weights below which something else carries the rest, as a gantry does.</summary>
        private const float HeldLoad = 0.8f;

        /// <summary>Time constant of the slope to the side over that of the slope: the torso sways. At 2.5 times long steps on level
        /// ground, whose sway is large, fell in one walk of eight, at 12 in none of 80.</summary>
        private const float SideTime = 12f;

        /// <summary>Time after which all toes and heels have been read [s]: one a tick is.</summary>
        private const float FirstReadings = 0.2f;

        private readonly float _dt;
        private readonly LevelZero _level;
        private readonly SlopeEstimate _slope, _side;
        private readonly SoleEnds _leftSole, _rightSole;
        private readonly TegotaeLaw _tegotae;
        private readonly AnkleAdaptation _ankle = new AnkleAdaptation();
        private readonly TorsoFeedback _torso = new TorsoFeedback();
        private readonly FootPlacement _placement;
        private readonly HeadingHold _heading;
        private ReflexParameters _gains = new ReflexParameters();
        private float _share, _stood;

        /// <param name="dt">Tick [s], <see cref="RhythmNetwork.MinTick"/>..<see cref="RhythmNetwork.MaxTick"/>.</param>
        /// <exception cref="ArgumentOutOfRangeException">The tick is outside its range.</exception>
        public WalkReflexes(float dt)
        {
            if (!Numbers.Within(dt, KimuraNetwork.MinTick, KimuraNetwork.MaxTick))
            {
                throw new ArgumentOutOfRangeException("dt");
            }

            _dt = dt;
            _level = new LevelZero(dt);
            _slope = new SlopeEstimate(dt);
            _side = new SlopeEstimate(dt);
            _leftSole = new SoleEnds(dt);
            _rightSole = new SoleEnds(dt);
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

        /// <summary>Load of each toe less that of its heel, in body weights, and whether it is measured.</summary>
        public float LeftEnds, RightEnds;

        /// <inheritdoc cref="LeftEnds"/>
        public bool FeelsEnds;

        /// <summary>What both <see cref="LeftEnds"/> are on level ground, in shares of the load.</summary>
        public float Balance;

        /// <summary>False if all gains are 0: then <see cref="Step"/> would change nothing and need not be called.</summary>
        public bool Active;

        /// <summary>Estimated slope [rad], uphill above 0.</summary>
        public float Slope { get { return _slope.Value; } }

        /// <summary>Estimated slope to the side [rad], its left up above 0.</summary>
        public float Side { get { return _side.Value; } }

        /// <summary>True if toes and heels matter to who walks too.</summary>
        public bool WalksBySoles { get { return FeelsEnds && _gains.ToeStrike > 0f; } }

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
            _share = gains.Adapt;
            Active = gains.Any;
            _slope.Configure(gains.SlopeTime);
            _side.Configure(SideTime * gains.SlopeTime);
            _torso.Configure(gains);
            _placement.Configure(gains);
            _heading.Configure(gains.Heading);
            return WalkReason.None;
        }

        /// <summary>Begins on the ground that it believes to stand on, or, where it does not feel that, on level ground: before the
        /// walker's start.</summary>
        public void Reset()
        {
            if (!FeelsEnds)
            {
                Forget();
            }

            _stood = 0f;
            _placement.Reset();
            _heading.Reset();
            _torso.LeftWeight = _torso.RightWeight = 1f;
        }

        /// <summary>Forgets the ground: it may have been carried elsewhere.</summary>
        public void Forget()
        {
            _slope.Value = _side.Value = 0f;
            _tegotae.Shift = 0f;
            _share = _gains.Adapt;
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
                if (FeelsEnds)
                {
                    Stand(walker, left + right);
                }

                return true;
            }
            level.Update(Pitch, Roll, walker.Lean, false);
            float pitch = level.Pitch;
            bool leftStands = !walker.Left.Swinging, rightStands = !walker.Right.Swinging;
            float[] angles = walker.Angles;

            // In double support the leg that carries more knows the ground better.
            bool onLeft = leftStands && (!rightStands || left > right);
            bool bySoles = WalksBySoles;
            float load = onLeft ? left : right;
            if (load > gains.ContactLoad)
            {
                int at = onLeft ? 0 : LegGeometry.Slots;
                float joints = Turn(angles, at);
                if (!bySoles || SoleEnds.Believes(load, onLeft ? LeftEnds : RightEnds, -joints - pitch, _slope.Value))
                {
                    _slope.Update(joints, pitch);
                }

                _side.Update(-angles[at + LegGeometry.HipRoll] - angles[at + LegGeometry.AnkleRoll], -level.Roll);
            }

            if (bySoles)
            {
                Strike(walker, left, right, pitch);
            }

            // What was ahead is to the side after a turn, and would be found there only with the low-pass's delay.
            float slope = _slope.Value, aside = _side.Value, turned = _dt * YawRate;
            slope += turned * aside;
            _slope.Value = slope;
            walker.Speeds.Slope = slope;
            _side.Value = aside - turned * _slope.Value;
            if (gains.Tegotae != 0f)
            {
                _tegotae.Update(slope);
                walker.HipShift = gains.Tegotae * _tegotae.Shift;
            }
            _share = Numbers.Approach(_share, gains.Adapt, ShareRate * _dt);
            _ankle.Update(_share * slope);
            walker.FootPitch = _ankle.FootPitch;
            walker.GroundRise = _ankle.GroundRise;
            walker.FootRoll = _share * _side.Value;
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

        // From the torso to a sole.
        private static float Turn(float[] angles, int at)
        {
            return angles[at + LegGeometry.HipPitch] + angles[at + LegGeometry.Knee] + angles[at + LegGeometry.AnklePitch];
        }

        private void Strike(Walker walker, float left, float right, float pitch)
        {
            float change = _dt * _gains.ToeStrike;
            if (_leftSole.Strikes(walker.Left.Swinging, walker.LeftPhase, left, LeftEnds))
            {
                _slope.Value = SoleEnds.Struck(_slope.Value, -Turn(walker.Angles, 0) - pitch, change);
            }

            if (_rightSole.Strikes(walker.Right.Swinging, walker.RightPhase, right, RightEnds))
            {
                _slope.Value = SoleEnds.Struck(_slope.Value, -Turn(walker.Angles, LegGeometry.Slots) - pitch, change);
            }
        }

        // Soles along the ground, whatever the gait leaves of that, so that the torso is upright on any slope: what the IMU then says is
        // its offset.
        private void Stand(Walker walker, float load)
        {
            // Soles turn under a torso that is held; under one that stands free they would turn that.
            if (load > _gains.ContactLoad && load < HeldLoad && (_stood += _dt) > FirstReadings)
            {
                float carried = load, share = 0f;
                if (carried > 0f)
                {
                    share = 1f / carried;
                }

                _slope.Stand(share * (LeftEnds + RightEnds) - Balance);
                _side.Stand(share * (LeftLoad - RightLoad));
            }

            _share = Numbers.Approach(_share, 1f, ShareRate * _dt);
            walker.Speeds.Slope = _slope.Value;
            _ankle.Update(_share * _slope.Value);
            walker.FootPitch = _ankle.FootPitch;
            walker.GroundRise = _ankle.GroundRise;
            walker.FootRoll = _share * _side.Value;
            walker.HipShift = _gains.Tegotae * _tegotae.Shift;
        }
    }
}
