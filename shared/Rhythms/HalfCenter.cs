namespace Ganglion.Shared.Rhythms
{
    /// <summary>
    /// The half-center pair: a flexor and an extensor neuron that inhibit each other and tire, the smallest rhythm, with
    /// its two activities as separate outputs. Matsuoka's pair of neurons with adaptation (Biological Cybernetics 1985)
    /// is term by term one Kimura oscillator without coupling, so this is a network of one and adds no second
    /// integrator. What it adds is the use: two channels that act in turn, as two muscles of a joint, where the network
    /// gives one signed output. For a <see cref="RhythmMap"/> take <see cref="Network"/> and the outputs
    /// <see cref="RhythmOutput.Flexor"/> and <see cref="RhythmOutput.Extensor"/> of oscillator 0.
    /// </summary>
    public sealed class HalfCenter
    {
        private readonly KimuraParameters _parameters = new KimuraParameters(1);

        /// <param name="dt">Fixed step [s], 0.0001..0.1.</param>
        /// <param name="scheme">Integration scheme.</param>
        /// <exception cref="System.ArgumentOutOfRangeException">An argument is outside its range.</exception>
        public HalfCenter(float dt, IntegrationScheme scheme)
        {
            Network = new KimuraNetwork(1, dt, scheme);
        }

        /// <summary>The network of one oscillator behind it: modulation, feeds, step and reset are its own.</summary>
        public KimuraNetwork Network { get; }

        /// <summary>Activity of the flexor, max(u_f, 0).</summary>
        public float Flexor { get { return Network.FlexorActivity[0]; } }

        /// <summary>Activity of the extensor, max(u_e, 0).</summary>
        public float Extensor { get { return Network.ExtensorActivity[0]; } }

        /// <summary>
        /// Sets the pair's parameters; it starts at the flexor's rise. It oscillates by itself if a &gt; 1 + Tr/Ta and
        /// beta &gt;= a - 1 (paper, constraint 13).
        /// </summary>
        /// <param name="riseTime">Tr [s], 0.005..20.</param>
        /// <param name="adaptationTime">Ta [s], 0.005..20.</param>
        /// <param name="drive">Tonic drive s, 0..50.</param>
        /// <param name="adaptation">beta, 0..50.</param>
        /// <param name="inhibition">a, 0..50.</param>
        public RhythmReason Configure(float riseTime, float adaptationTime, float drive, float adaptation, float inhibition)
        {
            int where;
            _parameters.Count = 1;
            _parameters.SetOscillator(0, riseTime, adaptationTime, drive, adaptation, inhibition);
            _parameters.Quarter[0] = 1;
            return Network.Configure(_parameters, out where);
        }
    }
}
