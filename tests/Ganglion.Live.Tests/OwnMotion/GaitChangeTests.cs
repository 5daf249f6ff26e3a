using Ganglion.Bridge.Messages;
using Ganglion.Bridge.Session;
using Ganglion.Live.OwnMotion;
using Ganglion.Robots.Rhythms;
using Ganglion.Robots.Robot;
using Ganglion.Shared.Rhythms;
using Ganglion.VirtualBoard.Boards;
using Ganglion.VirtualBoard.Bodies;

namespace Ganglion.Live.Tests.OwnMotion;

/// <summary>A gait that passes into another while the virtual board plays, by what the board tells of its channels.</summary>
public class GaitChangeTests
{
    /// <summary>No limb reverses, all come within 5 degrees, and what is read off the channels is what the host's copy of the network
    /// does.</summary>
    [Theory]
    [InlineData("pace")]
    [InlineData("walk")]
    [InlineData("rotary-gallop")]
    public void No_limb_reverses(string name)
    {
        RobotDescription description = ShippedFiles.Robot("rig12");
        RhythmDescription rhythm = RhythmFile.Load(ShippedFiles.Rhythm("trot"), description);
        LimbGait to = LimbGait.All.First(gait => gait.Name == name);
        using var robot = new VirtualRobot(description, FirmwareImage.Embedded, 1);
        using var board = new BoardSession("base", () => robot.Connect(0), robot.World, new Random(1));
        board.Await(board.Connect());
        board.Await(board.Configure(RobotConfiguration.Of(description, 0).With(rhythm)));
        RhythmRunResult result = RhythmRun.Play(board, robot.World, rhythm,
            new RhythmRunOptions(16, 1, 1) { Change = new GaitChange(to, 4) }, (_, _) => { }, default);
        GaitChangeMotion change = result.Change!;
        Assert.InRange(change.LeastSpeed, 0.5, 1);
        Assert.InRange(change.Cycles, 0.3, 4);
        Assert.All(change.LagsDeg.Zip(to.Delays), pair =>
            Assert.InRange(Math.Abs(Math.IEEERemainder(pair.First - 360 * pair.Second, 360)), 0, 4));
    }

    /// <summary>The eye that looks for reversals sees one: a limb that is led back.</summary>
    [Fact]
    public void A_limb_that_reverses_is_seen()
    {
        RobotDescription description = ShippedFiles.Robot("rig12");
        RhythmDescription rhythm = RhythmFile.Load(ShippedFiles.Rhythm("trot"), description);
        var watch = new GaitWatch(rhythm, new GaitChange(LimbGait.All[1], 0), 1, 1);
        watch.Changed(0);
        double[] positions = new double[12];
        for (int k = 0; k < 100; k++)
        {
            // Half a cycle forward, then a tenth back, then forward again.
            double theta = k < 50 ? 0.01 * k : k < 60 ? 0.5 - 0.01 * (k - 50) : 0.4 + 0.01 * (k - 60);
            for (int limb = 0; limb < 4; limb++)
            {
                double phase = (theta + (limb is 1 or 2 ? 0.5 : 0)) % 1;
                double share = phase < 0.5 ? 2 * phase : 2 * phase - 1;
                positions[limb] = 0.5 + 0.2 * (phase < 0.5 ? -1 : 1) * 4 * share * (1 - share);
            }

            watch.Look(0.02 * (k + 1), positions);
        }

        GaitChangeMotion change = watch.Measure();
        Assert.InRange(change.LeastSpeed, -1, -0.2);
    }

    [Theory]
    [InlineData("walk7", "no four limbs")]
    [InlineData("cat-clock", "no four limbs")]
    public void A_rhythm_without_a_gait_is_refused(string name, string problem)
    {
        RhythmDescription rhythm = RhythmFile.Load(ShippedFiles.Rhythm(name), ShippedFiles.Robot("rig12"));
        Assert.Contains(problem, GaitWatch.Problem(rhythm));
        RhythmDescription trot = RhythmFile.Load(ShippedFiles.Rhythm("trot"), ShippedFiles.Robot("rig12"));
        Assert.Null(GaitWatch.Problem(trot));
        Assert.Contains("'lf'", GaitWatch.Problem(trot with
        {
            Map = [.. trot.Map.Select(entry => entry.Oscillator == 1 ? entry with { Output = RhythmOutput.Flexor } : entry)],
        }));
    }
}
