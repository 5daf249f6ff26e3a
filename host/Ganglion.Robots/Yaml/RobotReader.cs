using System.Collections.Immutable;

namespace Ganglion.Robots.Yaml;

/// <summary>Turns a checked tree into a description, and refuses parts that do not fit together.</summary>
internal static class RobotReader
{
    public static RobotDescription Read(Entry robot, string hash)
    {
        ImmutableArray<BoardDescription> boards = BoardReader.Read(robot);
        (ImmutableArray<ChannelDescription> channels, TrunkArmLayout arm) = TrunkArmReader.Read(robot, boards);
        return new RobotDescription(robot.Text("name"), RobotKind.TrunkArm, hash, boards, channels, arm);
    }
}
