using System;
using Ganglion.Shared.Legs;
using Ganglion.Shared.Rhythms;

namespace Ganglion.Shared.Walking
{
    /// <summary>
    /// A walker from its oscillators to the channels of its joints, as a board runs it by itself: stand up, walk under bounded
    /// commands, bring the feet together. In a tick the reflexes come first, then network, feet and legs, then the channels.
    /// </summary>
    public sealed class WalkPlayer
    {
        /// <summary>Time in which the channels go to the standing pose and it feels what it stands on [s].</summary>
        public const float BlendSeconds = 3f;

        /// <summary>Share of <see cref="BlendSeconds"/> in which they have come there; in the rest it stands and feels the
        /// ground.</summary>
        private const float PoseShare = 0.4f;

        /// <summary>Range of the factor on the cadence.</summary>
        public const float MinFrequency = 0.5f, MaxFrequency = 2f;

        /// <summary>Ticks in a row in which a foot may be out of reach; its leg keeps its angles.</summary>
        public const int MostOutOfReach = 10;

        /// <summary>Largest change of the cadence's factor [1/s].</summary>
        private const float FrequencyRate = 0.5f;

        private readonly float _dt;
        private readonly ChannelMap _map = new ChannelMap(Walker.AngleCount);
        private RhythmNetwork _network;
        private LegClocks _clocks;
        private float _blend, _frequency = 1f;
        private int _outOfReach;

        /// <param name="dt">Tick [s], <see cref="RhythmNetwork.MinTick"/>..<see cref="RhythmNetwork.MaxTick"/>.</param>
        /// <exception cref="ArgumentOutOfRangeException">The tick is outside its range.</exception>
        public WalkPlayer(float dt)
        {
            Walker = new Walker(dt);
            Reflexes = new WalkReflexes(dt);
            Timing = new WalkTiming(dt);
            Atlas = new GaitAtlas(dt);
            _dt = dt;
        }

        /// <summary>The parts, for reading; the board writes measurements into the reflexes and loads before each step.</summary>
        public readonly Walker Walker;
        public readonly WalkReflexes Reflexes;
        public readonly WalkTiming Timing;
        public readonly GaitAtlas Atlas;
        public readonly FootLoads Loads = new FootLoads();

        /// <summary>See <see cref="WalkStage"/>.</summary>
        public byte Stage = WalkStage.Rest;

        /// <summary>True until the channels have come to the standing pose, whatever it was told since its start.</summary>
        public bool StandsUp { get { return _blend < 1f; } }

        /// <summary>True after <see cref="StopWithoutReflexes"/> until the next start.</summary>
        public bool ReflexesOff;

        /// <summary>Why <see cref="Step"/> gave up: true if a foot stayed out of reach, else something was not a number.</summary>
        public bool OutOfReach { get { return _outOfReach > MostOutOfReach; } }

        /// <summary>True if both feet were where they should be in the last step.</summary>
        public bool Reached { get { return _outOfReach == 0; } }

        /// <summary>Takes over a definition, once. After a refusal the object must be thrown away.</summary>
        /// <param name="definition">It is kept, and must not change any more.</param>
        /// <param name="channels">Channels of the board.</param>
        /// <param name="inputs">Its analog inputs.</param>
        /// <param name="where">Index of the refused oscillator, joint, sensor or list's entry; behind the oscillators the clock.</param>
        public WalkReason Configure(WalkDefinition definition, int channels, int inputs, out int where)
        {
            WalkReason reason = Timing.Configure(definition, out where);
            if (reason != WalkReason.None)
            {
                return reason;
            }

            where = 0;
            _network = Timing.Network;
            _clocks = Walker.Clocks = Timing.Clocks;
            reason = Walker.Configure(definition.Legs, definition.Gait);
            if (reason == WalkReason.None)
            {
                reason = Walker.Speeds.Configure(definition, out where);
            }

            if (reason == WalkReason.None)
            {
                reason = Reflexes.Configure(definition.Reflexes);
            }

            if (reason == WalkReason.None)
            {
                reason = Atlas.Configure(definition, out where);
            }

            if (reason != WalkReason.None)
            {
                return reason;
            }

            if (Atlas.Any)
            {
                Walker.Configure(definition.Legs, Atlas.Gait);
                Reflexes.Configure(Atlas.Gains);
                Reflexes.Active = true;
            }

            if (_map.Configure(definition.JointCount, channels, Walker.AngleCount, definition.JointChannel, definition.JointAngle,
                definition.JointCentre, definition.JointGain, out where) != RhythmReason.None)
            {
                return WalkReason.JointOutOfRange;
            }

            reason = Loads.Configure(definition, inputs, out where);
            Reflexes.FeelsEnds = Loads.HasEnds;
            Reflexes.Balance = definition.Legs.Balance;
            return reason;
        }

        /// <summary>Begins: the channels go to the standing pose, and then it walks on the spot until it is told a speed.</summary>
        /// <param name="targets">Present targets of all channels in Q14.</param>
        public void Start(int[] targets)
        {
            Reflexes.Reset();
            Atlas.Begin(Reflexes.Slope);
            Walker.Stand();
            Timing.Reset();
            _frequency = 1f;
            _map.Start(targets);
            _blend = 0f;
            _outOfReach = 0;
            ReflexesOff = false;
            Stage = WalkStage.StandingUp;
        }

        /// <summary>Lets the steps die away; <see cref="Stage"/> is Rest when the feet stand side by side.</summary>
        public void Stop()
        {
            if (Stage == WalkStage.Rest)
            {
                return;
            }

            Stage = WalkStage.Stopping;
            Walker.Stop();
        }

        /// <summary>Goes on without reflexes, because nothing can be trusted that they would act on, and puts both feet down where they
        /// are. What it believes of the slope it keeps.</summary>
        public void StopWithoutReflexes()
        {
            Stop();
            ReflexesOff = true;
            Walker.StopSoon();
        }

        /// <summary>Ends at once; the channels stay where they are, and what it believed of the ground is forgotten.</summary>
        public void Halt()
        {
            Walker.Abort();
            Reflexes.Forget();
            Stage = WalkStage.Rest;
        }

        /// <summary>Sets what it shall do, all or nothing; it goes there by bounded changes.</summary>
        /// <param name="speed">Forward [m/s], within the gait's bound times the frequency factor if that is below 1.</param>
        /// <param name="turn">To the left [rad/s], likewise.</param>
        /// <param name="frequency">Factor on the cadence, <see cref="MinFrequency"/>..<see cref="MaxFrequency"/>.</param>
        /// <param name="amplitude">Factor on lift and body motion, 0..<see cref="WalkParameters.MaxAmplitude"/>.</param>
        public WalkReason Modulate(float speed, float turn, float frequency, float amplitude)
        {
            if (!Numbers.Within(frequency, MinFrequency, MaxFrequency))
            {
                return WalkReason.CommandOutOfRange;
            }

            float scale = frequency < 1f ? frequency : 1f;
            if (Math.Abs(speed) > scale * Walker.MaxSpeed || Math.Abs(turn) > scale * Walker.MaxTurn)
            {
                return WalkReason.CommandOutOfRange;
            }

            if (_network.SetModulation(frequency, 1f, FrequencyRate) != RhythmReason.None)
            {
                return WalkReason.CommandOutOfRange;
            }

            WalkReason reason = Walker.SetCommand(speed, turn, amplitude);
            if (reason == WalkReason.None)
            {
                _frequency = frequency;
            }
            else
            {
                _network.SetModulation(_frequency, 1f, FrequencyRate);
            }

            return reason;
        }

        /// <summary>One tick, unless it rests.</summary>
        /// <param name="targets">Receives the joints' channel targets in Q14.</param>
        /// <returns>False if something was not a number or a foot stayed out of reach: the safety machine must act.</returns>
        public bool Step(int[] targets)
        {
            Walker walker = Walker;
            RhythmNetwork network = _network;
            bool known = true;
            if (ReflexesOff)
            {
                walker.FadeCorrections();
            }
            else if (Reflexes.Active)
            {
                known = Reflex();
                Atlas.Follow(Reflexes.Slope, walker.Walking);
            }

            if (_blend >= 1f)
            {
                if (_clocks == null)
                {
                    network.Step();
                }
                else
                {
                    _clocks.Step();
                }
            }

            bool reached = walker.Step(network);
            if (!known || float.IsNaN(walker.LeftPhase + walker.RightPhase + walker.BodyX + walker.BodyY + walker.BodyZ))
            {
                return false;
            }

            if (reached)
            {
                _outOfReach = 0;
            }
            else if (++_outOfReach > MostOutOfReach)
            {
                return false;
            }

            if (_blend < 1f)
            {
                return StandUp(targets);
            }

            if (!walker.Walking)
            {
                Stage = WalkStage.Rest;
            }

            return _map.Write(walker.Angles, 1f, 1f, targets);
        }

        private bool Reflex()
        {
            WalkReflexes reflexes = Reflexes;
            reflexes.LeftLoad = Loads.Left;
            reflexes.RightLoad = Loads.Right;
            reflexes.LeftEnds = Loads.LeftEnds;
            reflexes.RightEnds = Loads.RightEnds;
            return reflexes.Step(Walker, Timing.Oscillators);
        }

        private bool StandUp(int[] targets)
        {
            float blend = _blend + _dt * (1f / BlendSeconds);
            if (blend >= 1f)
            {
                blend = 1f;
                if (Stage == WalkStage.Stopping)
                {
                    Stage = WalkStage.Rest;
                }
                else
                {
                    Stage = WalkStage.Walking;
                    Walker.Start();
                }
            }
            _blend = blend;
            blend *= 1f / PoseShare;
            if (blend > 1f)
            {
                blend = 1f;
            }

            return _map.Write(Walker.Angles, blend, blend, targets);
        }
    }
}
