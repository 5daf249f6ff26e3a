using System.Collections.Immutable;
using Ganglion.Robots.Bodies;
using Ganglion.Robots.Robot;

namespace Ganglion.Robots.Trunk;

/// <summary>The two joint modules of the trunk arm paper; both have three degrees of freedom.</summary>
public enum JointDesign
{
    /// <summary>Three linear gears 120 degrees apart; tilts to 41 degrees, stretches by 53.75 mm.</summary>
    ThreeGeared = 3,

    /// <summary>Four linear gears, modules mounted turned by 45 degrees; tilts to 16.5 degrees, stretches by 21.46 mm.</summary>
    FourGeared = 4,
}

/// <summary>Where one gear's servo is connected.</summary>
/// <param name="Board">Index into <see cref="RobotDescription.Boards"/>.</param>
/// <param name="ChannelOnBoard">The board's own number of the channel, from 0.</param>
/// <param name="Channel">Index into <see cref="RobotDescription.Channels"/>.</param>
public readonly record struct GearChannel(int Board, int ChannelOnBoard, int Channel);

/// <summary>The joints of a trunk arm and the channel of every gear.</summary>
/// <param name="Design">Which joint module the arm is built from.</param>
/// <param name="Joints">Number of modules, from the base to the tip.</param>
/// <param name="Gears">One entry a gear, joint-major: index joint * GearsPerJoint + gear, both from 0.</param>
public sealed record TrunkArmLayout(JointDesign Design, int Joints, ImmutableArray<GearChannel> Gears)
{
    /// <summary>Its lengths, angles and offsets: the drawings', where the description says nothing else.</summary>
    public required TrunkDimensions Dimensions { get; init; }

    /// <summary>What a simulated arm is really like; null: as described.</summary>
    public TrunkBodyDescription? Body { get; init; }

    /// <summary>What the tip carries to take hold of things; null: nothing.</summary>
    public GripperDescription? Gripper { get; init; }

    public int GearsPerJoint => (int)Design;

    /// <summary>The channel of a gear; joint and gear count from 0.</summary>
    public GearChannel this[int joint, int gear] => Gears[joint * GearsPerJoint + gear];
}
