using Ganglion.Live.Joints;
using Ganglion.Robots.Modules;
using Ganglion.Robots.Robot;

namespace Ganglion.Cli.Verbs.Joint;

/// <summary>`ganglion joint --wiggle`: asks which module moved, and says what hangs where and what to write into the description.</summary>
internal static class WiggleReport
{
    /// <summary>Moves, asks and prints.</summary>
    /// <param name="bench">Has the boards.</param>
    /// <param name="places">What to look at.</param>
    /// <param name="degrees">How far a servo turns to either side.</param>
    /// <param name="virtualTime">The answers are there already: nobody is waited for in virtual time.</param>
    /// <param name="json">One object on stdout; questions go to stderr.</param>
    /// <returns>0 where all hangs where the description has it.</returns>
    public static int Run(JointBench bench, IReadOnlyList<JointModule> places, double degrees, bool virtualTime, bool json)
    {
        Action<string> say = json ? Console.Error.WriteLine : Output.Line;
        say($"{bench.Robot.Name}: {places.Count} modules move by {degrees:0.#} degrees one after the other, each alone. Type the name of " +
            $"the one that moved; {JointWiggle.Nothing} for none, {JointWiggle.Several} for more than one, {JointWiggle.Again} to see it " +
            $"again, {JointWiggle.Quit} to end.");
        IReadOnlyList<WiggleFinding> found = JointWiggle.Run(bench, places, degrees, Ask, place =>
            say($"Something moves at {place.PlaceOf(bench.Robot)}, where module {place.Name} is described."));
        List<FoundModule> wiring = [.. found.Where(one => one.Outcome is WiggleOutcome.Moved or WiggleOutcome.Nothing or
            WiggleOutcome.Several).Select(one => new FoundModule(one.Described, one.Moved))];
        IReadOnlyList<string> twice = ModuleWiring.MovedTwice(wiring), lines = ModuleWiring.Lines(bench.Robot, wiring);
        bool isRight = ModuleWiring.IsAsDescribed(wiring) && found.All(one => one.Outcome == WiggleOutcome.Moved);
        if (json)
        {
            Output.Json(new
            {
                Robot = bench.Robot.Name,
                AsDescribed = isRight,
                Places = found.Select(one => new
                {
                    Place = one.Described.PlaceOf(bench.Robot),
                    Described = one.Described.Name,
                    Found = one.Outcome.ToString(),
                    Moved = one.Moved?.Name,
                    one.Words,
                }),
                MovedTwice = twice,
                Lines = lines,
            });
        }
        else
        {
            Print(bench.Robot, found, isRight, twice, lines);
        }

        return isRight ? Errors.Ok : Errors.Missed;

        Task<string?> Ask(JointModule place, string why)
        {
            say(why.Length > 0 ? $"{why}. Which one moved?" : "Which one moved?");
            return virtualTime ? Task.FromResult(Console.In.ReadLine()) : Task.Run(Console.In.ReadLine);
        }
    }

    private static void Print(RobotDescription robot, IReadOnlyList<WiggleFinding> found, bool isRight, IReadOnlyList<string> twice,
        IReadOnlyList<string> lines)
    {
        Output.Table(["address and outputs", "described", "what moved"], found.Select(one => new[]
        {
            one.Described.PlaceOf(robot), one.Described.Name, one.Outcome switch
            {
                WiggleOutcome.Moved when one.Moved!.Name == one.Described.Name => one.Moved.Name,
                WiggleOutcome.Moved => $"{one.Moved!.Name}, NOT {one.Described.Name}",
                WiggleOutcome.Nothing => "nothing: its servos have no supply or no plug, or they are stuck",
                WiggleOutcome.Several => "several: plugs are mixed within modules; move its gears one by one by keys",
                WiggleOutcome.NoChip => one.Words,
                _ => "not asked for",
            },
        }));
        if (twice.Count > 0)
        {
            Output.Line($"Module {string.Join(" and ", twice)} moved at more than one place, which cannot be: look again with " +
                "`ganglion joint MODULE --wiggle`, then at the plugs.");
        }
        else if (lines.Count > 0)
        {
            Output.Line($"In the file of {robot.Name} these lines should be:");
            foreach (string line in lines)
            {
                Output.Line(line);
            }
        }
        else
        {
            Output.Line(isRight ? "All hang where the description has them." : "What moved hangs where the description has it.");
        }
    }
}
