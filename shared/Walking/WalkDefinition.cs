using Ganglion.Shared.Legs;
using Ganglion.Shared.Reflexes;
using Ganglion.Shared.Rhythms;

namespace Ganglion.Shared.Walking
{
    /// <summary>
    /// All that a board needs to walk, staged before <see cref="WalkPlayer.Configure"/> judges it: oscillators, legs, steps,
    /// reflexes, the channels of the joints and the force sensors under the soles.
    /// </summary>
    public sealed class WalkDefinition
    {
        /// <summary>Most force sensors: as many as a board has analog inputs.</summary>
        public const int MaxSensors = 8;

        /// <summary>Parameters of an oscillator: Tr [s], Ta [s], s, beta and a as magnitudes.</summary>
        public const int OscillatorFields = 5;

        /// <summary>Oscillators of the feet, and those of the body.</summary>
        public readonly float[] Foot = new float[OscillatorFields], Body = new float[OscillatorFields];

        /// <summary>Strength of the quadrature ring between the feet's oscillators, above 0.</summary>
        public float Ring;

        /// <summary>The chess clock that times the legs; then ring and oscillators are all 0.</summary>
        public readonly WalkClocks Clocks = new WalkClocks();

        /// <summary>Links of both legs.</summary>
        public LegGeometry Legs = new LegGeometry();

        /// <summary>Steps.</summary>
        public WalkParameters Gait = new WalkParameters();

        /// <summary>Gains of the reflexes.</summary>
        public ReflexParameters Reflexes = new ReflexParameters();

        /// <summary>Joints in use, 1..<see cref="Walker.AngleCount"/>.</summary>
        public int JointCount;

        /// <summary>Channel of each joint, and index of its angle in <see cref="Walker.Angles"/>.</summary>
        public readonly int[] JointChannel = new int[Walker.AngleCount], JointAngle = new int[Walker.AngleCount];

        /// <summary>Travel at angle 0, 0..1, and travel per radian, whose sign is the sense of rotation.</summary>
        public readonly float[] JointCentre = new float[Walker.AngleCount], JointGain = new float[Walker.AngleCount];

        /// <summary>Force sensors, 0..<see cref="MaxSensors"/>.</summary>
        public int SensorCount;

        /// <summary>Added to a sensor's foot if it is under the heel.</summary>
        public const int Heel = 2;

        /// <summary>Analog input of each sensor, and its foot: 0 left, 1 right, and <see cref="Heel"/> more under its heel.</summary>
        public readonly int[] SensorInput = new int[MaxSensors], SensorFoot = new int[MaxSensors];

        /// <summary>Load at the full scale of the input, see Sensing.AnalogScale, in weights of the whole robot.</summary>
        public readonly float[] SensorLoad = new float[MaxSensors];

        /// <summary>Most entries of the table of speeds.</summary>
        public const int MaxSpeeds = 64;

        /// <summary>Entries of the table of speeds, 0..<see cref="MaxSpeeds"/>: see <see cref="SpeedTable"/>.</summary>
        public int SpeedCount;

        /// <summary>Slope that the walker feels [rad], speed of the steps, and the speed that was walked with them [m/s].</summary>
        public readonly float[] SpeedSlope = new float[MaxSpeeds], SpeedSteps = new float[MaxSpeeds], SpeedWalked = new float[MaxSpeeds];

        /// <summary>Most entries of the atlas.</summary>
        public const int MaxGrounds = 12;

        /// <summary>Entries of the atlas, 0..<see cref="MaxGrounds"/>: see <see cref="GaitAtlas"/>.</summary>
        public int GroundCount;

        /// <summary>What is walked with on some slopes; only the first <see cref="GroundCount"/> count.</summary>
        public readonly WalkGround[] Grounds = MakeGrounds();

        private static WalkGround[] MakeGrounds()
        {
            WalkGround[] grounds = new WalkGround[MaxGrounds];
            for (int i = 0; i < MaxGrounds; i++)
            {
                grounds[i] = new WalkGround();
            }
            return grounds;
        }

        /// <summary>The seven oscillators with their coupling.</summary>
        public KimuraParameters MakeNetwork()
        {
            KimuraParameters network = new KimuraParameters(WalkingNetwork.BodyCount);
            WalkingNetwork.Fill(network, Ring, true, true);
            for (int i = 0; i < WalkingNetwork.BodyCount; i++)
            {
                float[] o = i < WalkingNetwork.FootCount ? Foot : Body;
                network.SetOscillator(i, o[0], o[1], o[2], o[3], o[4]);
            }
            return network;
        }
    }
}
