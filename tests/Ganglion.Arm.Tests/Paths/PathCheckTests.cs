using Ganglion.Arm.Paths;
using Ganglion.Basics.Space;
using Ganglion.Robots.Paths;
using Ganglion.Robots.Trunk;

namespace Ganglion.Arm.Tests.Paths;

public class PathCheckTests
{
    private static readonly TrunkArm Arm = new(JointDesign.FourGeared, 10);
    private static readonly double[] Slew = [.. Enumerable.Repeat(2.9, Arm.StrokeCount)];

    /// <summary>The arm upright in the middle of its travel, and where its tip is then.</summary>
    private static readonly double[] Upright = new double[Arm.InputCount];

    private static readonly double Height = Arm.Forward(Upright).Position.Z;

    private static PosePath Line(params (double Time, double X, double Z)[] points) =>
        new([.. points.Select((point, i) => new PathPoint(i + 2, point.Time, new Pose(new Vec3(point.X, 0, point.Z), Quat.Identity)))],
            hasOrientation: false);

    [Fact]
    public void A_path_within_reach_has_no_faults() =>
        Assert.Empty(PathCheck.Run(Arm, Line((0, 0, Height), (1, 0.1, Height - 0.03), (2, 0.1, Height - 0.08)), Slew, Upright, 1).Faults);

    /// <summary>Straight up, the arm ends where all gears are at their ends: the place is told to the spacing of the places looked
    /// at.</summary>
    [Fact]
    public void The_end_of_the_reach_is_found_between_two_poses()
    {
        double[] stretched = [.. Enumerable.Range(0, Arm.InputCount).Select(i => i % 3 == 2 ? 1.0 : 0.0)];
        double top = Arm.Forward(stretched).Position.Z;
        PathDemand demand = PathCheck.Run(Arm, Line((0, 0, Height), (1, 0, top + 0.1), (2, 0, Height)), Slew, Upright, 1);
        Assert.Equal([2, 3], demand.Faults.Select(fault => fault.Line));
        Assert.InRange(demand.Faults[0].Along, top - Height, top - Height + 0.006);
        Assert.InRange(demand.Faults[0].Missing, 0, 0.006);
        Assert.Equal((0.0, 0.1), (demand.Faults[1].Along, Math.Round(demand.Faults[1].Missing, 4)));
    }

    [Fact]
    public void Orientations_count_where_they_matter()
    {
        var down = new Quat(0, 1, 0, 0);
        PosePath path = new([new PathPoint(2, 0, new Pose(new Vec3(0, 0, Height), down))], hasOrientation: true);
        PathFault fault = Assert.Single(PathCheck.Run(Arm, path, Slew, Upright, 1).Faults);
        Assert.True(fault.Missing > 0.05 || fault.Angle > 0.1);
    }

    /// <summary>Straight up, all gears move alike: 10 joints share the way, each gear by its share of the travel.</summary>
    [Fact]
    public void The_speed_asked_of_the_gears_is_that_of_the_exact_arm()
    {
        double[] raised = [.. Enumerable.Range(0, Arm.InputCount).Select(i => i % 3 == 2 ? 0.5 : 0.0)];
        double[] low = new double[Arm.StrokeCount], high = new double[Arm.StrokeCount];
        Arm.InputsToStrokes(Upright, low);
        Arm.InputsToStrokes(raised, high);
        double way = Arm.Forward(raised).Position.Z - Height, seconds = 0.5;
        PathDemand demand = PathCheck.Run(Arm, Line((0, 0, Height), (seconds, 0, Height + way), (10, 0, Height)), Slew, Upright, 1);
        double even = Math.Abs(high[0] - low[0]) / seconds / Slew[0];
        Assert.InRange(demand.SpeedShare, 0.98 * even, 1.15 * even);
        Assert.Equal(2, demand.FastestLine);
    }
}
