using System.Collections.Immutable;
using Ganglion.Robots.Boards;
using Ganglion.Robots.Robot;

namespace Ganglion.Robots.Modules;

/// <summary>What was found to hang where a description has a module.</summary>
/// <param name="Described">The module at whose place pulses were given.</param>
/// <param name="Moved">The module that moved; null: none, or more than one.</param>
public readonly record struct FoundModule(JointModule Described, JointModule? Moved);

/// <summary>From what was found to the lines that a robot's file should have.</summary>
public static class ModuleWiring
{
    /// <summary>Whether everything that moved is what the description has there.</summary>
    public static bool IsAsDescribed(IEnumerable<FoundModule> found) =>
        found.All(one => one.Moved == null || one.Moved.Name == one.Described.Name);

    /// <summary>Names of modules that moved at more than one place: no description can have that, so an answer was wrong, or plugs are
    /// mixed within modules.</summary>
    public static IReadOnlyList<string> MovedTwice(IEnumerable<FoundModule> found) =>
        [.. found.Where(one => one.Moved != null).GroupBy(one => one.Moved!.Name).Where(group => group.Count() > 1)
            .Select(group => group.Key)];

    /// <summary>The lines of the file that have to be others, as they should be; empty where none has to.</summary>
    /// <param name="robot">The description by which was looked.</param>
    /// <param name="found">What was found; what was not looked at stays as it is described.</param>
    public static IReadOnlyList<string> Lines(RobotDescription robot, IReadOnlyList<FoundModule> found)
    {
        if (IsAsDescribed(found) || MovedTwice(found).Count > 0)
        {
            return [];
        }

        return robot.TrunkArm != null ? Layout(robot, found) : Channels(robot, found);
    }

    private static List<string> Layout(RobotDescription robot, IReadOnlyList<FoundModule> found)
    {
        ImmutableArray<JointModule> modules = JointModules.Of(robot);
        JointModule?[] places = [.. modules.Select(module => PlaceOf(module, found))];
        var lines = new List<string> { "channels:", "  layout:" };
        for (int first = 0; first < places.Length;)
        {
            if (places[first] is not { } place)
            {
                lines.Add($"    # joint {modules[first].Name} was not found");
                first++;
                continue;
            }

            ServoChannel[] servos = place.ServosOf(robot);
            (int board, int chip, int from, int to) = (servos[0].Board, servos[0].Chip, servos[0].Output, servos[^1].Output);
            int next = first + 1;
            while (next < places.Length && places[next]?.ServosOf(robot) is { } more && more[0].Board == board && more[0].Chip == chip
                && more[0].Output == to + 1)
            {
                to = more[^1].Output;
                next++;
            }

            string joints = next == first + 1 ? modules[first].Name : $"{modules[first].Name}-{modules[next - 1].Name}";
            lines.Add($"    - {{ joints: {joints}, board: {robot.Boards[board].Id}, chip: {robot.Boards[board].Chips[chip].Id}, outputs: " +
                $"{from}-{to} }}");
            first = next;
        }

        return lines;
    }

    /// <summary>At which described place a module was found; null: nowhere, and its own is taken or did not move.</summary>
    private static JointModule? PlaceOf(JointModule module, IReadOnlyList<FoundModule> found)
    {
        foreach (FoundModule one in found)
        {
            if (one.Moved?.Name == module.Name)
            {
                return one.Described;
            }
        }

        return found.Any(one => one.Described.Name == module.Name) ? null : module;
    }

    private static List<string> Channels(RobotDescription robot, IReadOnlyList<FoundModule> found)
    {
        var lines = new List<string>();
        foreach ((JointModule described, JointModule? moved) in found)
        {
            if (moved == null || moved.Name == described.Name)
            {
                continue;
            }

            int at = described.Channels[0], was = moved.Channels[0];
            lines.Add(robot.Walker != null
                ? $"joints: - {{ joint: {moved.Name}, channel: {at} }}   # was {was}, the rest of the line stays"
                : $"layout: names: '{moved.Name}' stands at output {robot.Channels[at].Output} of chip " +
                    $"{robot.Boards[described.Board].Chips[robot.Channels[at].Chip].Id}   # where '{described.Name}' stood");
            lines.Add($"overrides: - {{ channel: {at} }}   # what channel {was} had, if it had one");
        }

        return lines;
    }
}
