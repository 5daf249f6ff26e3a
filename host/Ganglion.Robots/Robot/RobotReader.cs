using System.Collections.Immutable;
using Ganglion.Robots.Boards;
using Ganglion.Robots.Trunk;
using Ganglion.Robots.Walkers;
using Ganglion.Robots.Yaml;

namespace Ganglion.Robots.Robot;

/// <summary>Turns a checked tree into a description, and refuses parts that do not fit together.</summary>
internal static class RobotReader
{
    public static RobotDescription Read(Entry robot, string hash)
    {
        ImmutableArray<BoardDescription> boards = BoardReader.Read(robot);
        string name = robot.Text("name");
        if (robot.Text("kind") == "trunk-arm")
        {
            (ImmutableArray<ChannelDescription> gears, TrunkArmLayout arm) = TrunkArmReader.Read(robot, boards);
            DistanceSensorCheck.Run(robot, boards, gears, arm.Joints);
            return new RobotDescription(name, RobotKind.TrunkArm, hash, boards, gears, arm, null);
        }
        ImmutableArray<ChannelDescription> channels = ServoRigReader.Read(robot, boards);
        DistanceSensorCheck.Run(robot, boards, channels, 0);
        return robot.Text("kind") == "walker"
            ? new RobotDescription(name, RobotKind.Walker, hash, boards, channels, null, WalkerReader.Read(robot, boards, channels))
            : new RobotDescription(name, RobotKind.ServoRig, hash, boards, channels, null, null)
            {
                Pendulum = PendulumDescription.Read(robot, boards[0], channels.Count(channel => channel.Board == 0)),
            };
    }
}
