using Ganglion.Arm.Avoidance;
using Ganglion.Robots.Trunk;

namespace Ganglion.Arm.Tests.Avoidance;

/// <summary>Where gears may be while a step is made, against servos that are run to their targets one chip after another.</summary>
public sealed class LateGearsTests
{
    private const int Joints = 5;

    [Theory]
    [InlineData(JointDesign.FourGeared)]
    [InlineData(JointDesign.ThreeGeared)]
    public void No_order_of_the_chips_takes_a_place_nearer_than_told(JointDesign design)
    {
        var arm = new TrunkArm(design, Joints);
        var random = new Random(41);
        int[] chips = [.. Enumerable.Range(0, arm.StrokeCount).Select(gear => gear / 7)];
        var late = new LateGears(arm, chips);
        double[] at = Draw(arm.StrokeCount, 0.3, 0.7), next = Draw(arm.StrokeCount, 0.3, 0.7), row = Draw(arm.InputCount, -1, 1);
        late.Take(at, next, at);
        double told = late.Least(row), least = 0;
        for (int trial = 0; trial < 20_000; trial++)
        {
            double[] run = Draw(chips.Max() + 1, -0.2, 0.5);
            double[] mixed = [.. at.Select((from, gear) => from + Math.Clamp(next[gear] - from, -Run(gear), Run(gear)))];
            least = Math.Min(least, Dot(row, Displacements(mixed)) - Dot(row, Displacements(at)));

            double Run(int gear) => Math.Max(0, run[chips[gear]]);
        }

        Assert.InRange(least, told - 1e-12, 0.8 * told);

        double[] Draw(int count, double from, double to) =>
            [.. Enumerable.Range(0, count).Select(_ => from + (to - from) * random.NextDouble())];

        double[] Displacements(double[] strokes)
        {
            double[] displacements = new double[arm.InputCount];
            arm.StrokesToDisplacements(strokes, displacements);
            return displacements;
        }
    }

    [Fact]
    public void A_step_that_every_gear_takes_alike_changes_no_more_than_the_whole_of_it()
    {
        var arm = new TrunkArm(JointDesign.ThreeGeared, 2);
        var late = new LateGears(arm, new int[arm.StrokeCount]);
        double[] at = [.. Enumerable.Repeat(0.4, arm.StrokeCount)], next = [.. Enumerable.Repeat(0.5, arm.StrokeCount)];
        late.Take(at, next, at);
        Assert.Equal(-0.6, late.Least([-1, -1, -1, -1, -1, -1]), 12);
        Assert.Equal(0, late.Least([1, 1, 1, 1, 1, 1]), 12);
    }

    [Fact]
    public void Each_gear_has_its_chip() =>
        Assert.Contains("chips of 3 gears", Assert.Throws<ArgumentException>(
            () => new LateGears(new TrunkArm(JointDesign.ThreeGeared, 2), new int[3])).Message, StringComparison.Ordinal);

    private static double Dot(double[] a, double[] b) => a.Zip(b, (x, y) => x * y).Sum();
}
