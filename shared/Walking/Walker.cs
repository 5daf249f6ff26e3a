using System;
using Ganglion.Shared.Legs;
using Ganglion.Shared.Rhythms;

namespace Ganglion.Shared.Walking
{
    /// <summary>
    /// From the seven oscillators of a walking network to the joint angles of both legs, a tick at a time: phase of each foot,
    /// foot paths, motion of the hips, inverse kinematics. Commands change by bounded amounts (<see cref="WalkRamp"/>), a start
    /// raises first the steps on the spot and then the speed, a stop the other way round. Nothing is allocated after the
    /// constructor.
    /// </summary>
    public sealed class Walker
    {
        /// <summary>Angles of both legs: left from 0, right from <see cref="LegGeometry.Slots"/>.</summary>
        public const int AngleCount = 2 * LegGeometry.Slots;

        private readonly float _dt;
        private readonly float[] _angles = new float[AngleCount];
        private readonly float[] _trim = new float[AngleCount];
        private readonly float[] _slow = new float[WalkingNetwork.BodyCount], _slower = new float[WalkingNetwork.BodyCount];
        private readonly WalkRamp _ramp;
        private LegGeometry _leg;
        private WalkParameters _gait;
        private float _filter, _halfSwing;

        /// <param name="dt">Tick [s], <see cref="RhythmNetwork.MinTick"/>..<see cref="RhythmNetwork.MaxTick"/>.</param>
        /// <exception cref="ArgumentOutOfRangeException">The tick is outside its range.</exception>
        public Walker(float dt)
        {
            if (!Numbers.Within(dt, KimuraNetwork.MinTick, KimuraNetwork.MaxTick))
            {
                throw new ArgumentOutOfRangeException("dt");
            }

            _dt = dt;
            _ramp = new WalkRamp(dt);
        }

        /// <summary>Feet, left and right: for reading only.</summary>
        public readonly FootPath Left = new FootPath(), Right = new FootPath();

        /// <summary>Live angles [rad], see <see cref="LegGeometry"/> for the order within a leg: for reading only.</summary>
        public float[] Angles { get { return _angles; } }

        /// <summary>Phase of each foot in turns, -0.5..0.5, 0 in the middle of its swing; 0.5 before the first step.</summary>
        public float LeftPhase = 0.5f, RightPhase = 0.5f;

        /// <summary>Hips from the path point [m]: forward, left, up.</summary>
        public float BodyX, BodyY, BodyZ;

        /// <summary>Corrections by the reflexes, all 0 without them: the hips forward of where the gait has them [m]; pitch of
        /// both soles [rad], toe down above 0; rise of the ground per metre forward; roll of both soles and of the ground under them [rad],
        /// left side up above 0, not with five joints a leg; change of the landing place of a
        /// swinging foot, forward and left [m]; turning speed added to the commanded one [rad/s].</summary>
        public float HipShift, FootPitch, GroundRise, FootRoll, PlaceX, PlaceY, TurnTrim;

        /// <summary>Corrections by the reflexes to the joint angles [rad], in their order. Only hip roll, hip pitch, ankle
        /// pitch and ankle roll are used.</summary>
        public float[] Trim { get { return _trim; } }

        /// <summary>The gait's bounds on speed [m/s] and turning speed [rad/s].</summary>
        public float MaxSpeed { get { return _gait.MaxSpeed; } }

        /// <inheritdoc cref="MaxSpeed"/>
        public float MaxTurn { get { return _gait.MaxTurn; } }

        /// <summary>Pitch at which the gait carries the torso [rad].</summary>
        public float Lean { get { return _gait.Lean; } }

        /// <summary>Turning speed without the reflexes' correction [rad/s].</summary>
        public float CommandedTurn;

        /// <summary>Speed over ground that it should have [m/s] and turning speed of the path point [rad/s], as ramped.</summary>
        public float Speed, Turn;

        /// <summary>What it walks where its steps are how fast.</summary>
        public readonly SpeedTable Speeds = new SpeedTable();

        /// <summary>The chess clock that times the feet; null: the network's oscillators do.</summary>
        public LegClocks Clocks;

        /// <summary>Level of the ramp, 0 standing, 1 full steps.</summary>
        public float Level { get { return _ramp.Level; } }

        /// <summary>True from <see cref="Start"/> until the ramp after <see cref="Stop"/> has ended.</summary>
        public bool Walking { get { return _ramp.Walking; } }

        /// <summary>Takes over legs and gait, all or nothing, while it does not walk, and stands.</summary>
        public WalkReason Configure(LegGeometry leg, WalkParameters gait)
        {
            if (Walking)
            {
                return WalkReason.StillWalking;
            }

            WalkReason reason = leg.Check();
            if (reason == WalkReason.None)
            {
                reason = gait.Check(leg);
            }

            if (reason != WalkReason.None)
            {
                return reason;
            }

            _leg = leg;
            _gait = gait;

            // One pole a stage: 1 / (1 + 1 / (2 pi f dt)), which is never above 1.
            float rate = 6.2831853f * gait.BodyCorner * _dt;
            _filter = rate / (1f + rate);
            _halfSwing = 0.5f * (1f - gait.Duty);
            _ramp.Configure(gait);
            Stand();
            return WalkReason.None;
        }

        /// <summary>Sets what it shall do; the walker goes there by itself.</summary>
        /// <param name="speed">Forward [m/s], within the gait's bound.</param>
        /// <param name="turn">To the left [rad/s], within the gait's bound.</param>
        /// <param name="amplitude">Factor on lift and body motion, 0..<see cref="WalkParameters.MaxAmplitude"/>.</param>
        public WalkReason SetCommand(float speed, float turn, float amplitude)
        {
            return _ramp.SetCommand(speed, turn, amplitude);
        }

        /// <summary>Starts from standing, where <see cref="Stand"/> has put it; the network should be at its start state.</summary>
        public void Start() { _ramp.Start(); }

        /// <summary>Lets the steps die away; <see cref="Walking"/> tells when they have.</summary>
        public void Stop() { _ramp.Stop(); }

        /// <summary>As <see cref="Stop"/>, in at most 0.4 s: without reflexes every further step may be one too many.</summary>
        public void StopSoon() { _ramp.StopSoon(); }

        /// <summary>Stands at once, whatever it did: for the safety machine.</summary>
        public void Abort() { _ramp.Abort(); }

        /// <summary>Takes back what the reflexes add to joints, landing places and turning, by a tenth a call.</summary>
        public void FadeCorrections()
        {
            for (int i = 0; i < AngleCount; i++)
            {
                _trim[i] *= 0.9f;
            }

            PlaceX *= 0.9f;
            PlaceY *= 0.9f;
            TurnTrim *= 0.9f;
        }

        /// <summary>One tick: reads the network after its step and makes the angles.</summary>
        /// <param name="network">A walking network with its seven oscillators, or that of <see cref="Clocks"/>.</param>
        /// <returns>False if a foot is out of reach or an output is not a number: that leg keeps its angles.</returns>
        public bool Step(RhythmNetwork network)
        {
            WalkParameters gait = _gait;
            WalkRamp ramp = _ramp;
            if (ramp.Walking)
            {
                ramp.Step();
                if (!ramp.Walking)
                {
                    // The last step may still have lifted a foot a little.
                    Left.Z = Right.Z = 0f;
                }
            }

            // Below half the level the steps rise on the spot, above it the speed does.
            float steps = 2f * ramp.Level, going = steps - 1f;
            if (steps > 1f)
            {
                steps = 1f;
            }

            if (going < 0f)
            {
                going = 0f;
            }

            steps *= ramp.Amplitude;
            float speed = going * (Speeds.Any ? Speeds.Steps(ramp.Speed) : ramp.Speed), turn = going * ramp.Turn, pace = network.Frequency;
            if (pace < 1f)
            {
                // A longer cycle takes the feet further back: speed makes way, so that they stay within reach.
                speed = Numbers.Bound(speed, gait.MaxSpeed * pace);
                turn = Numbers.Bound(turn, gait.MaxTurn * pace);
            }

            Speed = Speeds.Any ? going * Speeds.Walked : speed;
            CommandedTurn = turn;
            turn += steps * TurnTrim;
            Turn = turn;

            LegClocks clocks = Clocks;
            float[] e = clocks == null ? network.ExtensorPotential : clocks.None;
            float[] f = clocks == null ? network.FlexorPotential : clocks.Outputs;
            float cycle = pace == 1f ? gait.Cycle : gait.Cycle / pace;
            float lift = steps * gait.Lift;

            // All seven outputs, so that feet and hips stay in step with each other.
            float[] slow = _slow, slower = _slower;
            float k = _filter;
            for (int i = 0; i < WalkingNetwork.BodyCount; i++)
            {
                float first = slow[i];
                first += k * (f[i] - e[i] - first);
                slow[i] = first;
                slower[i] += k * (first - slower[i]);
            }

            if (ramp.Walking && clocks != null)
            {
                LeftPhase = clocks.Phase[0];
                RightPhase = clocks.Phase[1];
                clocks.StepFoot(Left, 0, gait.FootX + PlaceX, gait.FootY + PlaceY, speed, turn, lift);
                clocks.StepFoot(Right, 1, gait.FootX + PlaceX, PlaceY - gait.FootY, speed, turn, lift);
            }
            else if (ramp.Walking)
            {
                LeftPhase = gait.Phase(slower[WalkingNetwork.LeftX], slower[WalkingNetwork.LeftY]);
                RightPhase = gait.Phase(slower[WalkingNetwork.RightX], slower[WalkingNetwork.RightY]);
                Left.Step(LeftPhase, _halfSwing, cycle, gait.FootX + PlaceX, gait.FootY + PlaceY, speed, turn, _dt, lift);
                Right.Step(RightPhase, _halfSwing, cycle, gait.FootX + PlaceX, PlaceY - gait.FootY, speed, turn, _dt, lift);
            }

            BodyX = gait.BodyX + steps * gait.Surge * slower[WalkingNetwork.BodyX];
            BodyZ = gait.Height + steps * gait.Bob * slower[WalkingNetwork.BodyY];

            // The paper's z points right.
            BodyY = -steps * (gait.Sway * slower[WalkingNetwork.BodyZ] + gait.SwayCross * slower[WalkingNetwork.BodyX]);
            return Solve();
        }

        private bool Solve()
        {
            float half = _leg.HipHalfWidth;
            bool left = SolveLeg(Left, half, 0);
            return SolveLeg(Right, -half, LegGeometry.Slots) && left;
        }

        // The one place where the reflexes' corrections meet a leg.
        private bool SolveLeg(FootPath foot, float hip, int at)
        {
            float[] angles = _angles, trim = _trim;
            float x = foot.X - BodyX - HipShift, y = foot.Y - BodyY, z = foot.Z - BodyZ, pitch = FootPitch;
            if (pitch != 0f)
            {
                // The ankle is over the middle of a sole that is no longer level; two terms of sine and cosine.
                float ankle = _leg.Ankle, square = pitch * pitch;
                z += GroundRise * x - 0.5f * ankle * square;
                x += ankle * pitch * (1f - 0.16666667f * square);
            }
            float roll = _leg.HasAnkleRoll ? FootRoll : 0f, aside = _leg.Ankle * roll;
            z += roll * (y - 0.5f * aside);
            y -= aside;
            if (!LegKinematics.Solve(_leg, x, y - hip, z, foot.Heading, angles, at))
            {
                return false;
            }

            angles[at + LegGeometry.HipRoll] += trim[at + LegGeometry.HipRoll];
            angles[at + LegGeometry.HipPitch] += trim[at + LegGeometry.HipPitch] - _gait.Lean;
            angles[at + LegGeometry.AnklePitch] += trim[at + LegGeometry.AnklePitch] + pitch;
            angles[at + LegGeometry.AnkleRoll] += trim[at + LegGeometry.AnkleRoll] + roll;
            return true;
        }

        /// <summary>Stands with both feet side by side, at once and without corrections; commands are back at a walk on the
        /// spot.</summary>
        public void Stand()
        {
            WalkParameters gait = _gait;
            _ramp.Reset();
            Left.Stand(gait.FootX, gait.FootY);
            Right.Stand(gait.FootX, -gait.FootY);
            BodyX = gait.BodyX;
            BodyY = 0f;
            BodyZ = gait.Height;
            LeftPhase = RightPhase = 0.5f;
            for (int i = 0; i < _slow.Length; i++)
            {
                _slow[i] = _slower[i] = 0f;
            }

            for (int i = 0; i < AngleCount; i++)
            {
                _trim[i] = 0f;
            }

            Speeds.Slope = HipShift = FootPitch = GroundRise = FootRoll = PlaceX = PlaceY = TurnTrim = CommandedTurn = 0f;
            Solve();
        }
    }
}
