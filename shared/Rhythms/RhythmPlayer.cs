using System;
using Ganglion.Shared.Config;
using Ganglion.Shared.Link;

namespace Ganglion.Shared.Rhythms
{
    /// <summary>The board's own rhythm: network and channel map, read from a configuration and modulated by the host.</summary>
    public sealed class RhythmPlayer
    {
        /// <summary>Modulation on the wire: 4096 = 1.0.</summary>
        public const int ModulationOne = 4096;

        /// <summary>Frequency and amplitude change by at most this factor a second.</summary>
        private const float ModulationRate = 2f;

        /// <summary>Stands for a float that was refused at the door.</summary>
        private const float Refused = float.MaxValue;

        private readonly float _dt;
        private KimuraParameters _parameters;
        private KimuraNetwork _network;
        private RhythmMap _map;

        /// <param name="dt">Tick, s.</param>
        public RhythmPlayer(float dt)
        {
            _dt = dt;
        }

        /// <summary>What <see cref="Load"/> found wrong, see Link.ConfigField.</summary>
        public byte FaultField;
        public int FaultIndex;

        /// <summary>True after a stop, once the channels have come to rest at their offsets.</summary>
        public bool AtRest { get { return !_map.Active; } }

        /// <summary>Reads the rhythm part of a configuration. False: see <see cref="FaultField"/>.</summary>
        /// <param name="bytes">The configuration from byte 0.</param>
        /// <param name="at">Where its oscillators start.</param>
        /// <param name="channels">Channels of the board.</param>
        public bool Load(byte[] bytes, int at, int channels)
        {
            int oscillators = bytes[ConfigLayout.OscillatorCountAt];
            int couplings = bytes[ConfigLayout.CouplingCountAt];
            int entries = bytes[ConfigLayout.MapCountAt];
            if (oscillators > 64 || entries == 0)
            {
                return Fail(ConfigField.Counts, oscillators);
            }

            return LoadNetwork(bytes, at, oscillators, couplings)
                && LoadMap(bytes, at + oscillators * ConfigLayout.OscillatorSize + couplings * ConfigLayout.CouplingSize,
                    oscillators, entries, channels);
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

        /// <summary>One tick. False: an output was not a number.</summary>
        public bool Step(int[] target)
        {
            _network.Step();
            return _map.Write(_network, target);
        }

        /// <summary>Sets frequency and amplitude, each 4096 = as configured. Returns why not, or None.</summary>
        public byte Modulate(int frequency, int amplitude)
        {
            RhythmReason reason = _network.SetModulation(
                frequency * (1f / ModulationOne), amplitude * (1f / ModulationOne), ModulationRate);
            return reason == RhythmReason.None ? Reason.None : Reason.OutOfRange;
        }

        /// <summary>Changes one parameter of one oscillator while it runs; all or nothing.</summary>
        /// <param name="parameter">0 Tr, 1 Ta, 2 s, 3 beta, 4 a.</param>
        /// <param name="oscillator">Index.</param>
        /// <param name="value">s or pure number.</param>
        public byte SetParameter(int parameter, int oscillator, float value)
        {
            if (parameter > 4 || oscillator >= _parameters.Count || value == Refused)
            {
                return Reason.OutOfRange;
            }

            float[] values = Values(parameter);
            float before = values[oscillator];
            values[oscillator] = value;
            int where;
            if (_network.Configure(_parameters, out where) != RhythmReason.None)
            {
                values[oscillator] = before;
                return Reason.OutOfRange;
            }

            return Reason.None;
        }

        private float[] Values(int parameter)
        {
            switch (parameter)
            {
                case 0: return _parameters.RiseTime;
                case 1: return _parameters.AdaptationTime;
                case 2: return _parameters.Drive;
                case 3: return _parameters.Adaptation;
                default: return _parameters.Inhibition;
            }
        }

        private bool LoadNetwork(byte[] bytes, int at, int oscillators, int couplings)
        {
            _parameters = new KimuraParameters(oscillators);
            _parameters.Count = oscillators;
            for (int i = 0; i < oscillators; i++)
            {
                _parameters.SetOscillator(
                    i,
                    Get(bytes, at + ConfigLayout.OscillatorRiseAt),
                    Get(bytes, at + ConfigLayout.OscillatorAdaptationTimeAt),
                    Get(bytes, at + ConfigLayout.OscillatorDriveAt),
                    Get(bytes, at + ConfigLayout.OscillatorAdaptationAt),
                    Get(bytes, at + ConfigLayout.OscillatorInhibitionAt));
                _parameters.Quarter[i] = bytes[at + ConfigLayout.OscillatorQuarterAt];
                at += ConfigLayout.OscillatorSize;
            }

            for (int i = 0; i < couplings; i++)
            {
                int to = bytes[at + ConfigLayout.CouplingToAt];
                int from = bytes[at + ConfigLayout.CouplingFromAt];
                if (to >= oscillators || from >= oscillators)
                {
                    return Fail(ConfigField.Coupling, i);
                }

                _parameters.Weights[to * oscillators + from] = Get(bytes, at + ConfigLayout.CouplingWeightAt);
                at += ConfigLayout.CouplingSize;
            }

            _network = new KimuraNetwork(oscillators, _dt, IntegrationScheme.Heun);
            int where;
            if (_network.Configure(_parameters, out where) != RhythmReason.None)
            {
                return Fail(ConfigField.Oscillator, where);
            }

            return true;
        }

        private bool LoadMap(byte[] bytes, int at, int oscillators, int entries, int channels)
        {
            int[] channel = new int[entries];
            int[] oscillator = new int[entries];
            RhythmOutput[] output = new RhythmOutput[entries];
            float[] offset = new float[entries];
            float[] gain = new float[entries];
            for (int i = 0; i < entries; i++)
            {
                channel[i] = bytes[at + ConfigLayout.MapChannelAt];
                oscillator[i] = bytes[at + ConfigLayout.MapOscillatorAt];
                output[i] = (RhythmOutput)bytes[at + ConfigLayout.MapOutputAt];
                offset[i] = Get(bytes, at + ConfigLayout.MapOffsetAt);
                gain[i] = Get(bytes, at + ConfigLayout.MapGainAt);
                at += ConfigLayout.MapSize;
            }

            _map = new RhythmMap(entries, _dt);
            float ramp = BitConverter.ToUInt16(bytes, ConfigLayout.RhythmRampAt) * 0.001f;
            int where;
            if (_map.Configure(entries, channels, oscillators, channel, oscillator, output, offset, gain, ramp, out where)
                != RhythmReason.None)
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

        // The network and the map check ranges themselves; here only what is not a usable number is kept out.
        private static float Get(byte[] bytes, int at)
        {
            return Bytes.GetBounded(bytes, at, -1000f, 1000f, Refused);
        }
    }
}
