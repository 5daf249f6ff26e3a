using System.Collections.Immutable;
using Ganglion.Shared.Legs;
using Ganglion.Shared.Walking;

namespace Ganglion.Robots.Walkers;

/// <summary>
/// Two legs on one board: their joints and channels, and what physics needs to know of the body. Lengths in m, angles in rad.
/// The geometry is that of <see cref="LegKinematics"/>: hip yaw, roll and pitch in one point, and the sole's centre under the ankle.
/// </summary>
/// <param name="Thigh">Hip to knee.</param>
/// <param name="Shank">Knee to ankle.</param>
/// <param name="Ankle">Ankle over the sole.</param>
/// <param name="HipHalfWidth">Half the distance of the hips.</param>
/// <param name="Joints">The joints by rising index, each once, and the same ones on both sides: 12, or 10 without ankle rolls.</param>
/// <param name="Body">Masses, soles and servos.</param>
/// <param name="FootSensors">Force sensors under the soles; may be none.</param>
public sealed record WalkerLayout(
    double Thigh, double Shank, double Ankle, double HipHalfWidth,
    ImmutableArray<WalkerJoint> Joints, WalkerBody Body, ImmutableArray<FootSensor> FootSensors)
{
    /// <summary>Names of the joints by index, in the order of <see cref="Walker.Angles"/>.</summary>
    public static readonly ImmutableArray<string> JointNames =
        [.. from side in new[] { "left", "right" } from joint in new[] { "hip-yaw", "hip-roll", "hip-pitch", "knee", "ankle-pitch",
            "ankle-roll" } select $"{side}-{joint}"];

    /// <summary>True for six joints a leg, false for five.</summary>
    public bool HasAnkleRoll => Joints.Length == Walker.AngleCount;

    /// <summary>A foot is a plate from the sole to half the ankle's height, and not thinner than 1 cm, m.</summary>
    public double SoleThickness => Math.Max(Ankle / 2, 0.01);

    /// <summary>The geometry for the code that boards run; the knee's limit is that of the knee that bends less.</summary>
    public LegGeometry Legs => new()
    {
        Thigh = (float)Thigh,
        Shank = (float)Shank,
        Ankle = (float)Ankle,
        HipHalfWidth = (float)HipHalfWidth,
        KneeLimit = (float)Joints.Where(joint => joint.Index % LegGeometry.Slots == LegGeometry.Knee).Min(joint => joint.Max),
        HasAnkleRoll = HasAnkleRoll,
    };
}

/// <summary>A joint and the channel that turns it: value = Centre + TravelPerRadian x angle.</summary>
/// <param name="Index">Index of the angle: left leg from 0, right leg from <see cref="LegGeometry.Slots"/>.</param>
/// <param name="Channel">The board's number of the channel, from 0.</param>
/// <param name="Centre">Fraction of the channel's travel at angle 0, 0..1.</param>
/// <param name="TravelPerRadian">Travel per radian; its sign is the sense of rotation.</param>
/// <param name="Min">Smallest angle, rad.</param>
/// <param name="Max">Largest angle, rad; above <paramref name="Min"/>.</param>
public sealed record WalkerJoint(int Index, int Channel, double Centre, double TravelPerRadian, double Min, double Max)
{
    /// <summary>Such as "left-knee".</summary>
    public string Name => WalkerLayout.JointNames[Index];

    /// <summary>The angle at a channel's value, rad.</summary>
    public double AngleOf(double value) => (value - Centre) / TravelPerRadian;

    /// <summary>The channel's value at an angle (rad): the inverse of <see cref="AngleOf"/>.</summary>
    public double ValueOf(double angle) => Centre + TravelPerRadian * angle;
}

/// <summary>What carries the weight. Boxes of even density stand for the links.</summary>
/// <param name="Torso">The torso, a box that stands on the hips.</param>
/// <param name="ThighMass">Mass of one thigh, kg.</param>
/// <param name="ShankMass">Mass of one shank, kg.</param>
/// <param name="Sole">Both soles.</param>
/// <param name="Servo">Every joint's servo.</param>
public sealed record WalkerBody(TorsoBox Torso, double ThighMass, double ShankMass, Sole Sole, JointServo Servo)
{
    /// <summary>Half the thickness of thighs and shanks, m.</summary>
    public const double LinkHalfWidth = 0.04;

    /// <summary>Of everything, kg.</summary>
    public double Mass => Torso.Mass + 2 * (ThighMass + ShankMass + Sole.Mass);
}

/// <summary>A box whose lower face is at the hips.</summary>
/// <param name="Mass">kg.</param>
/// <param name="Depth">Forward, m.</param>
/// <param name="Width">To the side, m.</param>
/// <param name="Height">Up, m.</param>
public sealed record TorsoBox(double Mass, double Depth, double Width, double Height);

/// <summary>A foot: a flat sole whose centre is under the ankle.</summary>
/// <param name="Mass">kg.</param>
/// <param name="Length">Forward, m.</param>
/// <param name="Width">To the side, m.</param>
/// <param name="Friction">Coulomb coefficient against the ground.</param>
public sealed record Sole(double Mass, double Length, double Width, double Friction);

/// <summary>A position servo with the joint that it turns.</summary>
/// <param name="Stiffness">Torque per radian of error, N m/rad.</param>
/// <param name="Torque">Largest torque, N m.</param>
/// <param name="Speed">Largest speed, rad/s.</param>
/// <param name="Damping">Of the joint, N m s/rad.</param>
/// <param name="Armature">Inertia of the geared rotor, seen at the joint, kg m2.</param>
public sealed record JointServo(double Stiffness, double Torque, double Speed, double Damping, double Armature);

/// <summary>A force sensor under one end of a sole.</summary>
/// <param name="Input">The board's number of the analog input: four an ADS1115, in the order of its chips.</param>
/// <param name="Right">Under the right foot; else the left one.</param>
/// <param name="Toe">Under the front half of the sole; else the rear one.</param>
/// <param name="FullScale">Force at the converter's full scale of 2.048 V, N.</param>
public sealed record FootSensor(int Input, bool Right, bool Toe, double FullScale)
{
    private const double FullVolts = 2.048;

    /// <summary>The force at a voltage, N.</summary>
    public double NewtonsOf(double volts) => volts / FullVolts * FullScale;
}
