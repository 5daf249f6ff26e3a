using System.Collections.Immutable;
using Ganglion.Robots.Boards;
using Ganglion.Robots.Trunk;
using Ganglion.Robots.Walkers;

namespace Ganglion.Robots.Robot;

/// <summary>What kind of body a description file describes.</summary>
public enum RobotKind
{
    /// <summary>A trunk of 3- or 4-geared joints: channels are gears.</summary>
    TrunkArm,

    /// <summary>Servos and valves in a plain list, with no mechanics known: a test bench or pneumatic muscles.</summary>
    ServoRig,

    /// <summary>Two legs and the body that they carry.</summary>
    Walker,
}

/// <summary>
/// One robot as its description file gives it: boards with their chips, and channels in board order. Immutable; SI units
/// throughout (files use milliseconds, microseconds and kilohertz, with the unit in the key).
/// </summary>
/// <param name="Name">The robot's name: lower-case letters, digits and dashes.</param>
/// <param name="Kind">The kind of body.</param>
/// <param name="FileHash">SHA-256 of the file's bytes, 64 lower-case hexadecimal digits: models and logs carry it.</param>
/// <param name="Boards">At least one board.</param>
/// <param name="Channels">All channels, sorted by board, then chip, then output.</param>
/// <param name="TrunkArm">The arm's joints and their channels; null for any other kind.</param>
/// <param name="Walker">The walker's legs, joints and body; null for any other kind.</param>
public sealed record RobotDescription(
    string Name,
    RobotKind Kind,
    string FileHash,
    ImmutableArray<BoardDescription> Boards,
    ImmutableArray<ChannelDescription> Channels,
    TrunkArmLayout? TrunkArm,
    WalkerLayout? Walker)
{
    /// <summary>What a rig's two valves swing and its converter measures; null where it has none.</summary>
    public PendulumDescription? Pendulum { get; init; }

    /// <summary>The channels of one board, in the order in which the board numbers them.</summary>
    public IEnumerable<ChannelDescription> ChannelsOf(int board) => Channels.Where(channel => channel.Board == board);

    /// <summary>What a board is called that is flashed to be one of this robot: see shared/Link/PROTOCOL.md, "Which board this
    /// is".</summary>
    public string NameOf(int board) => $"{Name}/{Boards[board].Id}";

    /// <summary>Whether a channel moves the gripper of an arm.</summary>
    /// <param name="channel">Index into <see cref="Channels"/>.</param>
    public bool IsGripper(int channel) => TrunkArm?.Gripper?.Servo.Channel == channel;

    /// <summary>The servo that moves a gear of the trunk: gears have no other drive.</summary>
    public ServoChannel ServoOf(GearChannel gear) => (ServoChannel)Channels[gear.Channel];
}
