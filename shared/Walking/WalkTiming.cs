using System;
using Ganglion.Shared.Legs;
using Ganglion.Shared.Rhythms;

namespace Ganglion.Shared.Walking
{
    /// <summary>What times a walker's legs: its seven oscillators, or a chess clock.</summary>
    public sealed class WalkTiming
    {
        private readonly float _dt;

        /// <param name="dt">Tick [s], <see cref="RhythmNetwork.MinTick"/>..<see cref="RhythmNetwork.MaxTick"/>.</param>
        /// <exception cref="ArgumentOutOfRangeException">The tick is outside its range.</exception>
        public WalkTiming(float dt)
        {
            if (!Numbers.Within(dt, RhythmNetwork.MinTick, RhythmNetwork.MaxTick))
            {
                throw new ArgumentOutOfRangeException("dt");
            }

            _dt = dt;
        }

        /// <summary>The network of either kind, whose frequency factor is the cadence's; null before <see cref="Configure"/>.</summary>
        public RhythmNetwork Network;

        /// <summary>The seven oscillators; null where a chess clock times the legs.</summary>
        public KimuraNetwork Oscillators;

        /// <summary>The clock; null where oscillators do.</summary>
        public LegClocks Clocks;

        /// <summary>The rhythm's reason after <see cref="WalkReason.NetworkRefused"/>.</summary>
        public RhythmReason NetworkReason = RhythmReason.None;

        /// <summary>Takes over a definition, once.</summary>
        /// <param name="definition">Oscillators or a clock, and what the gait says of the cycle.</param>
        /// <param name="where">Index of the refused oscillator; <see cref="WalkingNetwork.BodyCount"/> for the clock.</param>
        public WalkReason Configure(WalkDefinition definition, out int where)
        {
            return definition.Clocks.Any ? ConfigureClocks(definition, out where)
                : ConfigureOscillators(definition.MakeNetwork(), out where);
        }

        /// <summary>Frequency as configured, and at its start.</summary>
        public void Reset()
        {
            Network.Unmodulate();
            if (Clocks == null)
            {
                Network.Reset();
            }
            else
            {
                Clocks.Reset();
            }
        }

        private WalkReason ConfigureOscillators(KimuraParameters p, out int where)
        {
            KimuraNetwork network = new KimuraNetwork(WalkingNetwork.BodyCount, _dt, IntegrationScheme.Heun);
            Network = Oscillators = network;
            NetworkReason = network.Configure(p, out where);
            if (NetworkReason != RhythmReason.None)
            {
                // A weight is named by its index in the matrix: its receiver is what people know.
                if (NetworkReason == RhythmReason.WeightOutOfRange)
                {
                    where /= WalkingNetwork.BodyCount;
                }

                return WalkReason.NetworkRefused;
            }

            for (int i = 0; i < p.Count; i++)
            {
                where = i;
                float a = p.Inhibition[i];
                if (p.Adaptation[i] < a - 1f || (a - 1f) * p.AdaptationTime[i] <= p.RiseTime[i])
                {
                    return WalkReason.NotOscillating;
                }
            }

            return WalkReason.None;
        }

        private WalkReason ConfigureClocks(WalkDefinition definition, out int where)
        {
            where = WalkingNetwork.BodyCount;
            bool alone = definition.Ring == 0f;
            for (int i = 0; i < WalkDefinition.OscillatorFields; i++)
            {
                alone = alone && definition.Foot[i] == 0f && definition.Body[i] == 0f;
            }

            if (!alone)
            {
                return WalkReason.TimedTwice;
            }

            if (definition.Reflexes.Plantar != 0f)
            {
                return WalkReason.ReflexOutOfRange;
            }

            ChessClockNetwork network = new ChessClockNetwork(WalkClocks.Sides, _dt);
            int clock;
            NetworkReason = definition.Clocks.StartIsUsable ? network.Configure(definition.Clocks.MakeClocks(), out clock)
                : RhythmReason.ClockOutOfRange;
            if (NetworkReason != RhythmReason.None)
            {
                return WalkReason.NetworkRefused;
            }

            Network = network;
            Clocks = new LegClocks(network, definition.Gait.Cycle, definition.Gait.Duty);
            return WalkReason.None;
        }
    }
}
