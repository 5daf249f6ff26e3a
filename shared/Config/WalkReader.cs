using Ganglion.Shared.Legs;
using Ganglion.Shared.Link;
using Ganglion.Shared.Reflexes;
using Ganglion.Shared.Walking;

namespace Ganglion.Shared.Config
{
    /// <summary>Reads the walk part of a configuration: walk, joints and loads.</summary>
    public static class WalkReader
    {
        /// <summary>Stands for a float that was refused at the door: it is within no range.</summary>
        private const float Refused = float.MaxValue;

        /// <summary>Reads it as it is; nothing is judged but that floats are usable numbers.</summary>
        /// <param name="bytes">The configuration from byte 0.</param>
        /// <param name="at">Where the walk part starts.</param>
        /// <param name="joints">Joints, at most <see cref="Walker.AngleCount"/>.</param>
        /// <param name="loads">Force sensors, at most <see cref="WalkDefinition.MaxSensors"/>.</param>
        public static WalkDefinition Read(byte[] bytes, int at, int joints, int loads)
        {
            WalkDefinition d = new WalkDefinition();
            ReadNetwork(bytes, at, d);
            ReadGait(bytes, at, d);
            ReadReflexes(bytes, at, d);
            at += ConfigLayout.WalkSize;
            d.JointCount = joints;
            for (int i = 0; i < joints; i++)
            {
                d.JointChannel[i] = bytes[at + ConfigLayout.JointChannelAt];
                d.JointAngle[i] = bytes[at + ConfigLayout.JointAngleAt];
                d.JointCentre[i] = Get(bytes, at + ConfigLayout.JointCentreAt);
                d.JointGain[i] = Get(bytes, at + ConfigLayout.JointGainAt);
                at += ConfigLayout.JointSize;
            }

            d.SensorCount = loads;
            for (int i = 0; i < loads; i++)
            {
                d.SensorInput[i] = bytes[at + ConfigLayout.LoadInputAt];
                d.SensorFoot[i] = bytes[at + ConfigLayout.LoadFootAt];
                d.SensorLoad[i] = Get(bytes, at + ConfigLayout.LoadScaleAt);
                at += ConfigLayout.LoadSize;
            }

            return d;
        }

        private static void ReadNetwork(byte[] bytes, int at, WalkDefinition d)
        {
            d.Ring = Get(bytes, at + ConfigLayout.WalkRingAt);
            for (int i = 0; i < WalkDefinition.OscillatorFields; i++)
            {
                d.Foot[i] = Get(bytes, at + ConfigLayout.WalkFootRiseAt + 4 * i);
                d.Body[i] = Get(bytes, at + ConfigLayout.WalkBodyRiseAt + 4 * i);
            }
        }

        private static void ReadGait(byte[] bytes, int at, WalkDefinition d)
        {
            LegGeometry legs = d.Legs;
            legs.Thigh = Get(bytes, at + ConfigLayout.WalkThighAt);
            legs.Shank = Get(bytes, at + ConfigLayout.WalkShankAt);
            legs.Ankle = Get(bytes, at + ConfigLayout.WalkAnkleAt);
            legs.HipHalfWidth = Get(bytes, at + ConfigLayout.WalkHipHalfWidthAt);
            legs.KneeLimit = Get(bytes, at + ConfigLayout.WalkKneeLimitAt);
            legs.HasAnkleRoll = (bytes[at + ConfigLayout.WalkFlagsAt] & 1) != 0;
            WalkParameters gait = d.Gait;
            gait.Cycle = Get(bytes, at + ConfigLayout.WalkCycleAt);
            gait.Duty = Get(bytes, at + ConfigLayout.WalkDutyAt);
            gait.Lift = Get(bytes, at + ConfigLayout.WalkLiftAt);
            gait.FootX = Get(bytes, at + ConfigLayout.WalkFootXAt);
            gait.FootY = Get(bytes, at + ConfigLayout.WalkFootYAt);
            gait.Height = Get(bytes, at + ConfigLayout.WalkHeightAt);
            gait.BodyX = Get(bytes, at + ConfigLayout.WalkBodyXAt);
            gait.Surge = Get(bytes, at + ConfigLayout.WalkSurgeAt);
            gait.Bob = Get(bytes, at + ConfigLayout.WalkBobAt);
            gait.Sway = Get(bytes, at + ConfigLayout.WalkSwayAt);
            gait.SwayCross = Get(bytes, at + ConfigLayout.WalkSwayCrossAt);
            gait.Lean = Get(bytes, at + ConfigLayout.WalkLeanAt);
            gait.BodyCorner = Get(bytes, at + ConfigLayout.WalkBodyCornerAt);
            gait.Shift = Get(bytes, at + ConfigLayout.WalkShiftAt);
            gait.Sin2 = Get(bytes, at + ConfigLayout.WalkSin2At);
            gait.Cos2 = Get(bytes, at + ConfigLayout.WalkCos2At);
            gait.Sin4 = Get(bytes, at + ConfigLayout.WalkSin4At);
            gait.Cos4 = Get(bytes, at + ConfigLayout.WalkCos4At);
            gait.MaxSpeed = Get(bytes, at + ConfigLayout.WalkMaxSpeedAt);
            gait.MaxTurn = Get(bytes, at + ConfigLayout.WalkMaxTurnAt);
            gait.Acceleration = Get(bytes, at + ConfigLayout.WalkAccelerationAt);
            gait.TurnAcceleration = Get(bytes, at + ConfigLayout.WalkTurnAccelerationAt);
            gait.Ramp = Get(bytes, at + ConfigLayout.WalkRampAt);
        }

        private static void ReadReflexes(byte[] bytes, int at, WalkDefinition d)
        {
            ReflexParameters gains = d.Reflexes;
            gains.SlopeTime = Get(bytes, at + ConfigLayout.WalkSlopeTimeAt);
            gains.Adapt = Get(bytes, at + ConfigLayout.WalkAdaptAt);
            gains.Tegotae = Get(bytes, at + ConfigLayout.WalkTegotaeAt);
            gains.Plantar = Get(bytes, at + ConfigLayout.WalkPlantarAt);
            gains.AnklePitch = Get(bytes, at + ConfigLayout.WalkAnklePitchAt);
            gains.AnklePitchRate = Get(bytes, at + ConfigLayout.WalkAnklePitchRateAt);
            gains.HipPitch = Get(bytes, at + ConfigLayout.WalkHipPitchAt);
            gains.HipPitchRate = Get(bytes, at + ConfigLayout.WalkHipPitchRateAt);
            gains.HipRoll = Get(bytes, at + ConfigLayout.WalkHipRollAt);
            gains.HipRollRate = Get(bytes, at + ConfigLayout.WalkHipRollRateAt);
            gains.AnkleRoll = Get(bytes, at + ConfigLayout.WalkAnkleRollAt);
            gains.AnkleRollRate = Get(bytes, at + ConfigLayout.WalkAnkleRollRateAt);
            gains.PlaceForward = Get(bytes, at + ConfigLayout.WalkPlaceForwardAt);
            gains.PlaceSide = Get(bytes, at + ConfigLayout.WalkPlaceSideAt);
            gains.Heading = Get(bytes, at + ConfigLayout.WalkHeadingAt);
            gains.ContactLoad = Get(bytes, at + ConfigLayout.WalkContactLoadAt);
        }

        private static float Get(byte[] bytes, int at)
        {
            return Bytes.GetBounded(bytes, at, -1000f, 1000f, Refused);
        }
    }
}
