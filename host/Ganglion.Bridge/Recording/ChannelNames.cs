using Ganglion.Robots.Boards;
using Ganglion.Robots.Robot;
using Ganglion.Robots.Trunk;

namespace Ganglion.Bridge.Recording;

/// <summary>The names by which logs tell a board's channels apart.</summary>
public static class ChannelNames
{
    /// <summary>Of all channels of a board, in the order in which it numbers them.</summary>
    /// <param name="robot">Has the board.</param>
    /// <param name="board">Index of the board.</param>
    public static IEnumerable<string> Of(RobotDescription robot, int board) =>
        robot.ChannelsOf(board).Select((channel, at) => Of(robot, board, channel, at));

    private static string Of(RobotDescription robot, int board, ChannelDescription channel, int at)
    {
        if (robot.TrunkArm is { } arm && channel.Name != GripperDescription.Name)
        {
            int gear = arm.Gears.IndexOf(arm.Gears.First(one => one.Board == board && one.ChannelOnBoard == at));
            return $"joint-{gear / arm.GearsPerJoint + 1}-gear-{gear % arm.GearsPerJoint + 1}";
        }

        return channel.Name is { Length: > 0 } name ? name : $"channel-{at}";
    }
}
