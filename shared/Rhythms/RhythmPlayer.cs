using Ganglion.Shared.Link;

namespace Ganglion.Shared.Rhythms
{
    /// <summary>The board's own rhythm: network and channel map, configured once and modulated by the host.</summary>
    public sealed class RhythmPlayer
    {
        /// <summary>Modulation on the wire: 4096 = 1.0.</summary>
        public const int ModulationOne = 4096;

        /// <summary>Frequency and amplitude change by at most this factor a second.</summary>
        private const float ModulationRate = 2f;

        /// <summary>Most oscillators that a tick has time for.</summary>
        private const int MaxOscillators = 64;

        /// <summary>Stands for a float that was refused at the door.</summary>
        private const float Refused = float.MaxValue;

        private readonly float _dt;
        private RhythmDefinition _definition;
        private bool _changed;
        private RhythmNetwork _network;

        // Of the kind that it is; the others are null.
        private KimuraParameters _neurons;
        private ChessClockParameters _clocks;
        private PhaseParameters _phases;
        private CellPairParameters _pairs;
        private CellPairNetwork _cells;
        private RhythmMap _map;

        /// <param name="dt">Tick, s.</param>
        public RhythmPlayer(float dt)
        {
            _dt = dt;
        }

        /// <summary>What <see cref="Configure"/> found wrong, see Link.ConfigField.</summary>
        public byte FaultField;
        public int FaultIndex;

        /// <summary>True after a stop, once the channels have come to rest at their offsets.</summary>
        public bool AtRest { get { return !_map.Active; } }

        /// <summary>Takes over a definition, once. False: see <see cref="FaultField"/>, and the object must be thrown away.</summary>
        /// <param name="definition">It is kept, and must not change any more.</param>
        /// <param name="channels">Channels of the board.</param>
        public bool Configure(RhythmDefinition definition, int channels)
        {
            int most = definition.Kind == RhythmKind.ChessClock ? ChessClockParameters.MaxSides
                : definition.Kind == RhythmKind.CellPair ? CellPairParameters.MaxPairs : MaxOscillators;
            if (definition.OscillatorCount > most || definition.EntryCount == 0)
            {
                return Fail(ConfigField.Counts, definition.OscillatorCount);
            }

            _definition = definition;
            return ConfigureNetwork(definition) && ConfigureMap(definition, channels);
        }

        /// <summary>Parameters, frequency and amplitude as configured again, so that no host meets what another has changed. Only while it
        /// does not run.</summary>
        public void Restore()
        {
            _network.Unmodulate();
            if (!_changed)
            {
                return;
            }

            _changed = false;
            int where;
            ConfigureOscillators(out where);
        }

        /// <summary>Starts from where the channels are.</summary>
        public void Start(int[] target)
        {
            _network.Reset();
            _map.Start(target);
        }

        /// <summary>Lets the rhythm die away; <see cref="AtRest"/> tells when it has.</summary>
        public void Stop()
        {
            _map.Stop();
        }

        /// <summary>Drops it at once.</summary>
        public void Halt()
        {
            _map.Abort();
        }

        /// <summary>One tick. False: an output was not a number, or there is a <see cref="LostSensorChip"/>.</summary>
        public bool Step(int[] target)
        {
            _network.Step();
            return _map.Write(_network, target);
        }

        /// <summary>Gives the oscillators that feel something the readings of the analog inputs, live.</summary>
        public void Feel(int[] analog)
        {
            if (_cells != null)
            {
                _cells.Feel(analog);
            }
        }

        /// <summary>Chip of a sensor that oscillators feel and that is beyond its reach; -1: none.</summary>
        public int LostSensorChip
        {
            get { return _cells == null || _cells.LostPair < 0 ? -1 : _definition.SensorChip[_cells.LostPair]; }
        }

        /// <summary>Sets frequency and amplitude, each 4096 = as configured. Returns why not, or None.</summary>
        public byte Modulate(int frequency, int amplitude)
        {
            RhythmReason reason = _network.SetModulation(
                frequency * (1f / ModulationOne), amplitude * (1f / ModulationOne), ModulationRate);
            return reason == RhythmReason.None ? Reason.None : Reason.OutOfRange;
        }

        /// <summary>Changes one parameter of one oscillator while it runs; all or nothing.</summary>
        /// <param name="parameter">As the network numbers them; of Kimura oscillators 0 Tr, 1 Ta, 2 s, 3 beta, 4 a.</param>
        /// <param name="oscillator">Index.</param>
        /// <param name="value">In its unit.</param>
        public byte SetParameter(int parameter, int oscillator, float value)
        {
            if (value == Refused || _network.SetParameter(parameter, oscillator, value) != RhythmReason.None)
            {
                return Reason.OutOfRange;
            }

            _changed = true;
            return Reason.None;
        }

        private bool ConfigureNetwork(RhythmDefinition d)
        {
            bool halves = d.Kind == RhythmKind.ChessClock || d.Kind == RhythmKind.CellPair;
            int senders = halves ? 2 * d.OscillatorCount : d.OscillatorCount;
            for (int i = 0; i < d.CouplingCount; i++)
            {
                if (d.CouplingTo[i] >= senders || d.CouplingFrom[i] >= senders
                    || !Numbers.Within(d.CouplingWeight[i], -KimuraParameters.MaxMagnitude, KimuraParameters.MaxMagnitude))
                {
                    return Fail(ConfigField.Coupling, i);
                }
            }

            MakeNetwork();
            int where;
            RhythmReason reason = ConfigureOscillators(out where);
            if (reason == RhythmReason.WeightOutOfRange)
            {
                return Fail(ConfigField.Coupling, CouplingAt(where, senders));
            }

            return reason == RhythmReason.None || Fail(ConfigField.Oscillator, where);
        }

        /// <summary>The coupling of a weight, receiver times senders + sender; where all of a receiver are too much together, one of
        /// them.</summary>
        private int CouplingAt(int where, int senders)
        {
            int ofReceiver = 0;
            for (int i = 0; i < _definition.CouplingCount; i++)
            {
                int sender = where - _definition.CouplingTo[i] * senders;
                if (sender == _definition.CouplingFrom[i])
                {
                    return i;
                }

                if (sender >= 0 && sender < senders)
                {
                    ofReceiver = i;
                }
            }

            return ofReceiver;
        }

        /// <summary>Makes the network of the definition's kind, and the parameters that it may change.</summary>
        private void MakeNetwork()
        {
            int count = _definition.OscillatorCount;
            if (_definition.Kind == RhythmKind.ChessClock)
            {
                _clocks = new ChessClockParameters(count);
                _network = new ChessClockNetwork(count, _dt);
            }
            else if (_definition.Kind == RhythmKind.Phase)
            {
                _phases = new PhaseParameters(count);
                _network = new PhaseNetwork(count, _dt);
            }
            else if (_definition.Kind == RhythmKind.CellPair)
            {
                _pairs = new CellPairParameters(count);
                _network = _cells = new CellPairNetwork(count, _dt);
            }
            else
            {
                _neurons = new KimuraParameters(count);
                _neurons.Count = count;
                _network = new KimuraNetwork(count, _dt, IntegrationScheme.Heun);
            }
        }

        /// <summary>Gives the network what the definition says; it allocates nothing, because a host's Disarm comes here too.</summary>
        private RhythmReason ConfigureOscillators(out int where)
        {
            RhythmDefinition d = _definition;
            int count = d.OscillatorCount;
            if (_clocks != null)
            {
                d.Clocks.CopyTo(_clocks);
                Couple(d, _clocks.Weights, 2 * count);
                return ((ChessClockNetwork)_network).Configure(_clocks, out where);
            }

            if (_phases != null)
            {
                d.Phases.CopyTo(_phases);
                Couple(d, _phases.Weights, count);
                return ((PhaseNetwork)_network).Configure(_phases, out where);
            }

            if (_pairs != null)
            {
                d.Pairs.CopyTo(_pairs);
                Couple(d, _pairs.Weights, 2 * count);
                return _cells.Configure(_pairs, out where);
            }

            for (int i = 0; i < count; i++)
            {
                _neurons.SetOscillator(i, d.Rise[i], d.AdaptationTime[i], d.Drive[i], d.Adaptation[i], d.Inhibition[i]);
                _neurons.Quarter[i] = d.Quarter[i];
            }

            Couple(d, _neurons.Weights, count);
            return ((KimuraNetwork)_network).Configure(_neurons, out where);
        }

        private static void Couple(RhythmDefinition d, float[] weights, int senders)
        {
            for (int i = 0; i < d.CouplingCount; i++)
            {
                weights[d.CouplingTo[i] * senders + d.CouplingFrom[i]] = d.CouplingWeight[i];
            }
        }

        private bool ConfigureMap(RhythmDefinition d, int channels)
        {
            _map = new RhythmMap(d.EntryCount, _dt);
            int where;
            if (_map.Configure(d.EntryCount, channels, d.OscillatorCount, d.MapChannel, d.MapOscillator, d.MapOutput, d.MapOffset,
                d.MapGain, d.Ramp, out where) != RhythmReason.None)
            {
                return Fail(ConfigField.RhythmMap, where);
            }

            return true;
        }

        private bool Fail(byte field, int index)
        {
            FaultField = field;
            FaultIndex = index;
            return false;
        }
    }
}
