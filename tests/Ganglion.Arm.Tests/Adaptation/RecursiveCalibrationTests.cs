using Ganglion.Arm.Adaptation;
using Ganglion.Basics.Space;
using Ganglion.Robots.Bodies;
using Ganglion.Robots.Trunk;

namespace Ganglion.Arm.Tests.Adaptation;

/// <summary>Learning an arm pose by pose. The oracles are the body that the tip was computed by, and least squares over all poses at
/// once.</summary>
public class RecursiveCalibrationTests
{
    private const int Joints = 3, Poses = 120, HeldOut = 60;

    /// <summary>What a good tracker resolves, m.</summary>
    private const double Doubt = 0.02e-3;

    public static TheoryData<JointDesign> Designs => [JointDesign.FourGeared, JointDesign.ThreeGeared];

    [Theory]
    [MemberData(nameof(Designs))]
    public void Pose_by_pose_it_comes_to_what_least_squares_over_all_poses_find(JointDesign design)
    {
        TrunkArm arm = new(design, Joints);
        IReadOnlyList<TipRow> rows = MadeUpArm.Record(arm, MadeUpArm.Draw(design, Joints, 5, sags: true), Poses + HeldOut, 7);
        ArmAdaptation whole = new(arm, rows, Poses);
        RecursiveCalibration recursive = Learned(arm, rows);
        double described = whole.Described().Mean, batch = whole.Of(whole.Fit(Poses, residual: true)).Mean,
            own = whole.Of(recursive.Arm).Mean;
        Assert.Empty(recursive.Dead);
        Assert.True(own < 0.05 * described && own < 3 * batch + 0.2e-3,
            $"{1e3 * described} mm described, {1e3 * batch} by all at once, {1e3 * own} pose by pose");
    }

    /// <summary>A gear stops: some poses later it is known which, and where, and the arm is known as well as before.</summary>
    [Theory]
    [InlineData(JointDesign.FourGeared, 5, 0.8)]
    [InlineData(JointDesign.FourGeared, 10, 0.25)]
    [InlineData(JointDesign.ThreeGeared, 4, 0.6)]
    public void A_gear_that_dies_is_found(JointDesign design, int gear, double at)
    {
        TrunkArm arm = new(design, Joints);
        var body = TrunkBodyDescription.Faithful(MadeUpArm.Draw(design, Joints, 6, sags: false).Dimensions);
        RecursiveCalibration recursive = Learned(arm, MadeUpArm.Record(arm, body, Poses, 8));
        TrunkBodyDescription dead = body with { Gears = body.Gears.SetItem(gear, new GearFlaw(0, at)) };
        IReadOnlyList<TipRow> rows = MadeUpArm.Record(arm, dead, 16 + HeldOut, 9);
        ArmAdaptation judge = new(arm, rows, 16);
        double before = judge.Of(recursive.Arm).Mean;
        foreach (TipRow row in rows.Take(16))
        {
            recursive.Take(row.Strokes, row.Tip, Doubt);
        }

        DeadGear found = Assert.Single(recursive.Dead);
        Assert.Equal(gear, found.Gear);
        Assert.Equal(at, found.At, 0.05);
        double after = judge.Of(recursive.Arm).Mean;
        Assert.True(after < 0.05 * before && after < 0.5e-3, $"{1e3 * before} mm before, {1e3 * after} after");
    }

    /// <summary>A tracker that sees something else for a moment spoils nothing, and kills no gear.</summary>
    [Fact]
    public void A_few_wrong_poses_are_left_out()
    {
        TrunkArm arm = new(JointDesign.FourGeared, Joints);
        TipRow[] rows = [.. MadeUpArm.Record(arm, MadeUpArm.Draw(JointDesign.FourGeared, Joints, 3, sags: false), Poses + HeldOut, 7)];
        ArmAdaptation judge = new(arm, rows, Poses);
        double clean = judge.Of(Learned(arm, rows).Arm).Mean;
        for (int i = 60; i < Poses; i += 15)
        {
            rows[i] = rows[i] with { Tip = rows[i].Tip + new Vec3(0.2, -0.1, 0.15) };
        }

        RecursiveCalibration spoilt = Learned(arm, rows);
        Assert.Empty(spoilt.Dead);
        Assert.InRange(judge.Of(spoilt.Arm).Mean, 0, 2 * clean + 0.1e-3);
    }

    private static RecursiveCalibration Learned(TrunkArm arm, IReadOnlyList<TipRow> rows)
    {
        RecursiveCalibration recursive = new(arm.Dimensions);
        foreach (TipRow row in rows.Take(Poses))
        {
            recursive.Take(row.Strokes, row.Tip, Doubt);
        }

        return recursive;
    }
}
