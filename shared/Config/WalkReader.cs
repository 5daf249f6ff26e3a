using Ganglion.Shared.Walking;

namespace Ganglion.Shared.Config
{
    /// <summary>Reads the walk part of a configuration: walk, joints, loads, speeds and grounds. WalkPlayer.Configure judges it.</summary>
    public static class WalkReader
    {
        /// <summary>Bytes of the speeds and grounds of a walk; 0 where its part is not wholly there.</summary>
        /// <param name="bytes">The configuration from byte 0.</param>
        /// <param name="at">Where the walk part starts.</param>
        /// <param name="length">Length of the configuration.</param>
        public static int ListBytes(byte[] bytes, int at, int length)
        {
            return length < at + ConfigLayout.WalkSize ? 0 : bytes[at + ConfigLayout.WalkSpeedCountAt] * ConfigLayout.SpeedSize
                + bytes[at + ConfigLayout.WalkGroundCountAt] * ConfigLayout.GroundSize;
        }

        /// <summary>Reads it as it is; nothing is judged but that floats are usable numbers.</summary>
        /// <param name="bytes">The configuration from byte 0.</param>
        /// <param name="at">Where the walk part starts.</param>
        /// <param name="joints">Joints, at most <see cref="Walker.AngleCount"/>.</param>
        /// <param name="loads">Force sensors, at most <see cref="WalkDefinition.MaxSensors"/>.</param>
        public static WalkDefinition Read(byte[] bytes, int at, int joints, int loads)
        {
            WalkDefinition walk = new WalkDefinition();
            PartReader.Walk(bytes, at, walk);
            at += ConfigLayout.WalkSize;
            walk.JointCount = joints;
            for (int i = 0; i < joints; i++)
            {
                PartReader.Joint(bytes, at, walk, i);
                at += ConfigLayout.JointSize;
            }

            walk.SensorCount = loads;
            for (int i = 0; i < loads; i++)
            {
                PartReader.Load(bytes, at, walk, i);
                at += ConfigLayout.LoadSize;
            }

            for (int i = 0; i < walk.SpeedCount && i < WalkDefinition.MaxSpeeds; i++)
            {
                PartReader.Speed(bytes, at, walk, i);
                at += ConfigLayout.SpeedSize;
            }

            for (int i = 0; i < walk.GroundCount && i < WalkDefinition.MaxGrounds; i++)
            {
                PartReader.Ground(bytes, at, walk, i);
                at += ConfigLayout.GroundSize;
            }

            return walk;
        }
    }
}
