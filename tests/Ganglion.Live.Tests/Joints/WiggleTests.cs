using System.Text;
using Ganglion.Live.Joints;
using Ganglion.Robots.Boards;
using Ganglion.Robots.Modules;
using Ganglion.Robots.Robot;

namespace Ganglion.Live.Tests.Joints;

/// <summary>`ganglion joint --wiggle`: a person who looks at the robot, and tells which module moved.</summary>
public class WiggleTests
{
    private const double Degrees = 6;

    private static List<FoundModule> Wiring(IEnumerable<WiggleFinding> found) =>
        [.. found.Select(one => new FoundModule(one.Described, one.Moved))];

    /// <summary>The chips of modules 1 to 4 and 5 to 8 have each other's addresses: told place by place, and the lines that come of it make
    /// the description right.</summary>
    [Fact]
    public void Swapped_addresses_are_found_and_the_new_lines_are_right()
    {
        RobotDescription believed = ShippedFiles.Robot("trunk10-4g");
        BoardDescription board = believed.Boards[0];
        (ChipDescription first, ChipDescription second) = (board.Chips[0], board.Chips[1]);
        RobotDescription wired = believed with
        {
            Boards =
            [
                board with { Chips = [first with { Address = second.Address }, second with { Address = first.Address }, board.Chips[2]] },
            ],
        };
        using var rig = new JointRig(wired);
        IReadOnlyList<WiggleFinding> found = Look(rig, believed);
        Assert.Equal(["5", "6", "7", "8", "1", "2", "3", "4", "9", "10"], found.Select(one => one.Moved!.Name));
        Assert.InRange(rig.PeakSpeed(), 0.8 * JointRig.Speed, JointRig.Speed);
        Assert.True(rig.IsOff);

        IReadOnlyList<string> lines = ModuleWiring.Lines(believed, Wiring(found));
        Assert.Contains("    - { joints: 1-4, board: base, chip: pwm1, outputs: 0-15 }", lines);
        string text = File.ReadAllText(ShippedFiles.RobotFileOf("trunk10-4g"));
        string mended = text[..text.IndexOf("  layout:", StringComparison.Ordinal)] + string.Join('\n', lines.Skip(1)) + "\n";
        IReadOnlyList<WiggleFinding> again = Look(rig, RobotFile.Parse(Encoding.UTF8.GetBytes(mended), "mended.yaml"));
        Assert.True(ModuleWiring.IsAsDescribed(Wiring(again)));
        Assert.All(again, one => Assert.Equal(WiggleOutcome.Moved, one.Outcome));
    }

    /// <summary>Two plugs of a rig are exchanged: each place is told its own name, and the answers need not come at once or be right the
    /// first time.</summary>
    [Fact]
    public void Answers_may_be_misspelt_repeated_none_or_late()
    {
        using var rig = new JointRig("walker12");
        RobotDescription robot = rig.Robot.Description;
        var answers = new Queue<string?>(["left-kne", "left-knee", "again", "-", "several", null]);
        var told = new List<string>();
        IReadOnlyList<WiggleFinding> found = JointWiggle.Run(rig.Bench(), [.. JointModules.Of(robot).Take(5)], Degrees, (_, why) =>
        {
            told.Add(why);
            string? answer = answers.Dequeue();
            return Task.Delay(5).ContinueWith(_ => answer, TaskScheduler.Default);
        }, _ => { });
        Assert.Equal([WiggleOutcome.Moved, WiggleOutcome.Nothing, WiggleOutcome.Several, WiggleOutcome.NotAsked, WiggleOutcome.NotAsked],
            found.Select(one => one.Outcome));
        Assert.Equal("left-knee", found[0].Moved!.Name);
        Assert.Contains("did you mean 'left-knee'?", told[1]);
        Assert.Equal([true, false, true, true, true, true], told.Select(why => why.Length == 0));
        Assert.Contains("joints: - { joint: left-knee, channel: 0 }   # was 3, the rest of the line stays",
            ModuleWiring.Lines(robot, Wiring(found)));
    }

    [Fact]
    public void A_place_without_its_chip_is_told_and_the_others_are_found()
    {
        using var rig = new JointRig("trunk10-4g");
        rig.Robot.Faults.Inject("nack base pwm1");
        IReadOnlyList<WiggleFinding> found = Look(rig, rig.Robot.Description);
        Assert.Equal(["1", "2", "3", "4", null, null, null, null, "9", "10"], found.Select(one => one.Moved?.Name));
        Assert.All(found.Skip(4).Take(4), one => Assert.Equal(
            (WiggleOutcome.NoChip, "chip 0 'pwm1' (address 0x41, bus 1) does not answer"), (one.Outcome, one.Words)));
        Assert.Empty(ModuleWiring.Lines(rig.Robot.Description, Wiring(found.Where(one => one.Outcome == WiggleOutcome.Moved))));
    }

    /// <summary>Nobody knows where a servo stands but who told it to go there: it is switched on there, and never goes farther than the
    /// wiggle, also with a program that begins anew.</summary>
    [Fact]
    public void It_begins_where_the_board_told_the_module_to_be()
    {
        using var rig = new JointRig("rig12");
        JointModule module = JointModules.Of(rig.Robot.Description)[5];
        double[] there = [0.8];
        rig.Bench().Use(module, move => move.To(there, CancellationToken.None));
        double farthest = 0;
        rig.Watch = own => farthest = Math.Max(farthest,
            Math.Abs(own.Robot.Boards[0].Servos[5].PositionAt(own.Robot.World.NowNanoseconds) - there[0]));
        JointBench anew = rig.Bench();
        Assert.Equal(there[0], anew.StartOf(module)[0], 1e-4);
        JointWiggle.Run(anew, [module], Degrees, (_, _) => Task.FromResult<string?>("5"), _ => { });
        Assert.InRange(farthest, 0.9 * Degrees / 180, Degrees / 180 + 0.003);
        Assert.Equal(there[0], rig.Robot.Boards[0].Servos[5].Position, 0.003);
    }

    [Fact]
    public void Ended_while_it_waits_for_an_answer_nothing_is_on()
    {
        using var rig = new JointRig("rig12");
        Assert.Throws<OperationCanceledException>(() => JointWiggle.Run(rig.Bench(), [JointModules.Of(rig.Robot.Description)[0]], Degrees,
            (_, _) =>
            {
                rig.EndWell();
                return new TaskCompletionSource<string?>().Task;
            }, _ => { }));
        Assert.True(rig.IsOff);
    }

    /// <summary>Somebody who sees the trunk and nothing else.</summary>
    private static IReadOnlyList<WiggleFinding> Look(JointRig rig, RobotDescription believed)
    {
        int count = rig.Robot.Trunk!.Arm.GearsPerJoint;
        double[] least = new double[rig.Robot.Trunk.Strokes.Length], most = new double[least.Length];
        rig.Watch = own =>
        {
            for (int i = 0; i < least.Length; i++)
            {
                least[i] = Math.Min(least[i], own.Robot.Trunk!.Strokes[i]);
                most[i] = Math.Max(most[i], own.Robot.Trunk.Strokes[i]);
            }
        };
        return JointWiggle.Run(rig.Bench(believed), JointModules.Of(believed), Degrees, (_, why) =>
        {
            Assert.Empty(why);
            int[] moved = [.. Enumerable.Range(0, least.Length).Where(i => most[i] - least[i] > 0.02).Select(i => i / count).Distinct()];
            return Task.FromResult<string?>($"{Assert.Single(moved) + 1}");
        }, _ =>
        {
            rig.Robot.Trunk.Strokes.CopyTo(least);
            rig.Robot.Trunk.Strokes.CopyTo(most);
        });
    }
}
