using System.Collections.Immutable;

namespace Ganglion.Robots.Yaml;

/// <summary>Turns a checked tree into a description, and refuses parts that do not fit together.</summary>
internal static class RobotReader
{
    public static RobotDescription Read(Entry robot, string hash)
    {
        ImmutableArray<BoardDescription> boards = BoardReader.Read(robot);
        string name = robot.Text("name");
        if (robot.Text("kind") == "servo-rig")
            return new RobotDescription(name, RobotKind.ServoRig, hash, boards, ServoRigReader.Read(robot, boards), null);
        (ImmutableArray<ChannelDescription> channels, TrunkArmLayout arm) = TrunkArmReader.Read(robot, boards);
        return new RobotDescription(name, RobotKind.TrunkArm, hash, boards, channels, arm);
    }
}
