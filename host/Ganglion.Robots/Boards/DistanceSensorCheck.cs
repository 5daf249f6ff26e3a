using System.Collections.Immutable;
using Ganglion.Robots.Yaml;

namespace Ganglion.Robots.Boards;

/// <summary>Distance sensors must sit on a module that the robot has, and a board that one stops must stand still then.</summary>
internal static class DistanceSensorCheck
{
    /// <param name="robot">The whole file.</param>
    /// <param name="boards">As they were read from it.</param>
    /// <param name="channels">The robot's channels.</param>
    /// <param name="joints">Modules of a trunk arm; 0: it is another robot.</param>
    /// <exception cref="RobotFileException">They do not fit; the message gives place, fault and cure.</exception>
    public static void Run(Entry robot, ImmutableArray<BoardDescription> boards, ImmutableArray<ChannelDescription> channels, int joints)
    {
        foreach ((int index, Entry board) in robot.List("boards").Index())
        {
            foreach ((int chip, Entry entry) in board.List("chips").Index())
            {
                if (boards[index].Chips[chip] is Vl53l0x sensor)
                {
                    Check(entry, sensor, channels.FirstOrDefault(one => one.Board == index && one.OnSafe != OnSafe.Hold), joints);
                }
            }
        }
    }

    private static void Check(Entry entry, Vl53l0x sensor, ChannelDescription? lets, int joints)
    {
        if (joints == 0)
        {
            throw entry.Error("type", "a vl53l0x sits on a module of a trunk arm, and this robot is none; leave it out");
        }

        if (sensor.Module >= joints)
        {
            throw entry.Error("module", $"module {sensor.Module + 1} does not exist; the robot has modules 1 to {joints}");
        }

        if (sensor.Stop != null && lets != null)
        {
            throw entry.Error("stop_mm", $"'{sensor.Id}' stops the board, and {lets.Name} would not stand still then: its on_safe is " +
                $"{lets.OnSafe.ToString().ToLowerInvariant()}; give every channel of this board on_safe: hold, or leave stop_mm out");
        }
    }
}
