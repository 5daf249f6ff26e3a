using System.Buffers.Binary;
using Ganglion.Bridge.Session;
using Ganglion.Shared.Config;
using Ganglion.Shared.Legs;
using Ganglion.Shared.Link;
using Ganglion.Shared.Reflexes;
using Ganglion.Shared.Walking;

namespace Ganglion.Bridge.Messages;

/// <summary>Writes the walk part of a configuration (Link.ConfigLayout): walk, joints and loads. Shared.Control.WalkReader reads
/// it.</summary>
/// <param name="walk">What to write.</param>
/// <param name="bytes">The configuration.</param>
/// <param name="start">Where the part starts.</param>
/// <param name="refuse">Makes the error of a field that is not a finite number.</param>
internal sealed class WalkEncoding(WalkDefinition walk, byte[] bytes, int start, Func<byte, int, BoardException> refuse)
{
    private int _at = start;
    private byte _field = ConfigField.Walk;
    private int _index;

    /// <summary>Bytes that the part takes.</summary>
    public static int Length(WalkDefinition? walk) => walk == null ? 0
        : ConfigLayout.WalkSize + walk.JointCount * ConfigLayout.JointSize + walk.SensorCount * ConfigLayout.LoadSize;

    public void Run()
    {
        Network();
        Legs(walk.Legs);
        Gait(walk.Gait);
        Reflexes(walk.Reflexes);
        _at += ConfigLayout.WalkSize;
        _field = ConfigField.WalkJoint;
        for (_index = 0; _index < walk.JointCount; _index++, _at += ConfigLayout.JointSize)
        {
            U8(ConfigLayout.JointChannelAt, walk.JointChannel[_index]);
            U8(ConfigLayout.JointAngleAt, walk.JointAngle[_index]);
            F32(ConfigLayout.JointCentreAt, walk.JointCentre[_index]);
            F32(ConfigLayout.JointGainAt, walk.JointGain[_index]);
        }
        _field = ConfigField.WalkLoad;
        for (_index = 0; _index < walk.SensorCount; _index++, _at += ConfigLayout.LoadSize)
        {
            U8(ConfigLayout.LoadInputAt, walk.SensorInput[_index]);
            U8(ConfigLayout.LoadFootAt, walk.SensorFoot[_index]);
            F32(ConfigLayout.LoadScaleAt, walk.SensorLoad[_index]);
        }
    }

    private void Network()
    {
        F32(ConfigLayout.WalkRingAt, walk.Ring);
        for (int i = 0; i < WalkDefinition.OscillatorFields; i++)
        {
            F32(ConfigLayout.WalkFootRiseAt + 4 * i, walk.Foot[i]);
            F32(ConfigLayout.WalkBodyRiseAt + 4 * i, walk.Body[i]);
        }
    }

    private void Legs(LegGeometry legs)
    {
        F32(ConfigLayout.WalkThighAt, legs.Thigh);
        F32(ConfigLayout.WalkShankAt, legs.Shank);
        F32(ConfigLayout.WalkAnkleAt, legs.Ankle);
        F32(ConfigLayout.WalkHipHalfWidthAt, legs.HipHalfWidth);
        F32(ConfigLayout.WalkKneeLimitAt, legs.KneeLimit);
        bytes[_at + ConfigLayout.WalkFlagsAt] = (byte)(legs.HasAnkleRoll ? 1 : 0);
    }

    private void Gait(WalkParameters gait)
    {
        F32(ConfigLayout.WalkCycleAt, gait.Cycle);
        F32(ConfigLayout.WalkDutyAt, gait.Duty);
        F32(ConfigLayout.WalkLiftAt, gait.Lift);
        F32(ConfigLayout.WalkFootXAt, gait.FootX);
        F32(ConfigLayout.WalkFootYAt, gait.FootY);
        F32(ConfigLayout.WalkHeightAt, gait.Height);
        F32(ConfigLayout.WalkBodyXAt, gait.BodyX);
        F32(ConfigLayout.WalkSurgeAt, gait.Surge);
        F32(ConfigLayout.WalkBobAt, gait.Bob);
        F32(ConfigLayout.WalkSwayAt, gait.Sway);
        F32(ConfigLayout.WalkSwayCrossAt, gait.SwayCross);
        F32(ConfigLayout.WalkLeanAt, gait.Lean);
        F32(ConfigLayout.WalkBodyCornerAt, gait.BodyCorner);
        F32(ConfigLayout.WalkShiftAt, gait.Shift);
        F32(ConfigLayout.WalkSin2At, gait.Sin2);
        F32(ConfigLayout.WalkCos2At, gait.Cos2);
        F32(ConfigLayout.WalkSin4At, gait.Sin4);
        F32(ConfigLayout.WalkCos4At, gait.Cos4);
        F32(ConfigLayout.WalkMaxSpeedAt, gait.MaxSpeed);
        F32(ConfigLayout.WalkMaxTurnAt, gait.MaxTurn);
        F32(ConfigLayout.WalkAccelerationAt, gait.Acceleration);
        F32(ConfigLayout.WalkTurnAccelerationAt, gait.TurnAcceleration);
        F32(ConfigLayout.WalkRampAt, gait.Ramp);
    }

    private void Reflexes(ReflexParameters gains)
    {
        F32(ConfigLayout.WalkSlopeTimeAt, gains.SlopeTime);
        F32(ConfigLayout.WalkAdaptAt, gains.Adapt);
        F32(ConfigLayout.WalkTegotaeAt, gains.Tegotae);
        F32(ConfigLayout.WalkPlantarAt, gains.Plantar);
        F32(ConfigLayout.WalkAnklePitchAt, gains.AnklePitch);
        F32(ConfigLayout.WalkAnklePitchRateAt, gains.AnklePitchRate);
        F32(ConfigLayout.WalkHipPitchAt, gains.HipPitch);
        F32(ConfigLayout.WalkHipPitchRateAt, gains.HipPitchRate);
        F32(ConfigLayout.WalkHipRollAt, gains.HipRoll);
        F32(ConfigLayout.WalkHipRollRateAt, gains.HipRollRate);
        F32(ConfigLayout.WalkAnkleRollAt, gains.AnkleRoll);
        F32(ConfigLayout.WalkAnkleRollRateAt, gains.AnkleRollRate);
        F32(ConfigLayout.WalkPlaceForwardAt, gains.PlaceForward);
        F32(ConfigLayout.WalkPlaceSideAt, gains.PlaceSide);
        F32(ConfigLayout.WalkHeadingAt, gains.Heading);
        F32(ConfigLayout.WalkContactLoadAt, gains.ContactLoad);
    }

    private void U8(int offset, int value) => bytes[_at + offset] = value is >= 0 and <= byte.MaxValue ? (byte)value
        : throw refuse(_field, _index);

    private void F32(int offset, float value) =>
        BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(_at + offset), float.IsFinite(value) ? value : throw refuse(_field, _index));
}
