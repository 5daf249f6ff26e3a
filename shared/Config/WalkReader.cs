using Ganglion.Shared.Walking;

namespace Ganglion.Shared.Config
{
    /// <summary>Reads the walk part of a configuration: walk, joints, loads and speeds. WalkPlayer.Configure judges it.</summary>
    public static class WalkReader
    {
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

            return walk;
        }
    }
}
