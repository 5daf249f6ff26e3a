using Ganglion.Arm.Adaptation;
using Ganglion.Robots.Bodies;
using Ganglion.Robots.Trunk;

namespace Ganglion.Arm.Tests.Adaptation;

/// <summary>Learning an arm from where its tip was. The oracle is the body that the tip was computed by.</summary>
public class ArmAdaptationTests
{
    private const int Joints = 3, Poses = 120, HeldOut = 60;

    public static TheoryData<JointDesign> Designs => [JointDesign.FourGeared, JointDesign.ThreeGeared];

    /// <summary>Made-up dimensions, and gears that do what they are told: least squares finds the dimensions themselves.</summary>
    [Theory]
    [MemberData(nameof(Designs))]
    public void Calibration_finds_the_dimensions_that_the_tip_was_computed_by(JointDesign design)
    {
        TrunkDimensions made = MadeUpArm.Draw(design, Joints, 1, sags: false).Dimensions;
        ArmAdaptation adaptation = Recorded(design, TrunkBodyDescription.Faithful(made));
        AdaptedArm found = adaptation.Fit(Poses, residual: false);
        Assert.InRange(adaptation.Of(found).Mean, 0, 0.1e-3);
        Assert.InRange(adaptation.Described().Mean, 5e-3, 1);
        for (int joint = 0; joint < Joints; joint++)
        {
            IReadOnlyList<TrunkDimension> dimensions = TrunkDimension.Of(design);
            double before = Distance(TrunkDimensions.Standard(design, Joints), joint), after = Distance(found.Arm.Dimensions, joint);
            Assert.True(after < 0.5 * before, $"joint {joint + 1}: {before} before, {after} after");

            // In what such numbers usually differ by; the first three say where the next module goes.
            double Distance(TrunkDimensions arm, int of)
            {
                ReadOnlySpan<double> own = arm.Joint(of), wanted = made.Joint(of);
                double sum = 0;
                for (int k = 0; k < 3; k++)
                {
                    double off = (own[k] - wanted[k]) / dimensions[k].Spread;
                    sum += off * off;
                }

                return Math.Sqrt(sum);
            }
        }
    }

    /// <summary>Play and sag are no dimensions: least squares cannot say them, the residual can.</summary>
    [Theory]
    [MemberData(nameof(Designs))]
    public void A_residual_knows_play_and_sag(JointDesign design)
    {
        ArmAdaptation adaptation = Recorded(design, MadeUpArm.Draw(design, Joints, 2, sags: true));
        TipErrors calibrated = adaptation.Of(adaptation.Fit(Poses, residual: false)),
            learned = adaptation.Of(adaptation.Fit(Poses, residual: true));
        Assert.True(calibrated.Mean < 0.5 * adaptation.Described().Mean);
        Assert.True(learned.Mean < 0.3 * calibrated.Mean, $"{1e3 * calibrated.Mean} mm calibrated, {1e3 * learned.Mean} mm learned");
    }

    /// <summary>A gear that does not move is far from small: the residual still says where it stands.</summary>
    [Fact]
    public void A_residual_finds_a_dead_gear()
    {
        var drawn = TrunkDimensions.Standard(JointDesign.FourGeared, Joints);
        var faithful = TrunkBodyDescription.Faithful(drawn);
        ArmAdaptation adaptation = Recorded(JointDesign.FourGeared, faithful with
        {
            Gears = faithful.Gears.SetItem(5, new GearFlaw(0, 0.8)),
        });
        double calibrated = adaptation.Of(adaptation.Fit(Poses, residual: false)).Mean,
            learned = adaptation.Of(adaptation.Fit(Poses, residual: true)).Mean;
        Assert.True(learned < 0.2 * calibrated, $"{1e3 * calibrated} mm calibrated, {1e3 * learned} mm learned");
        Assert.Equal(learned, adaptation.Of(adaptation.Fit(Poses, residual: true).Folded()).Mean, 1e-9);
    }

    /// <summary>A tracker that saw something else now and then: what was learned is hardly worse.</summary>
    [Fact]
    public void A_few_wrong_poses_do_not_spoil_an_arm()
    {
        TrunkArm arm = new(JointDesign.ThreeGeared, Joints);
        TrunkBodyDescription body = MadeUpArm.Draw(JointDesign.ThreeGeared, Joints, 3, sags: false);
        TipRow[] rows = [.. MadeUpArm.Record(arm, body, Poses + HeldOut, 7)];
        double clean = Learned(rows);
        for (int i = 5; i < Poses; i += 23)
        {
            rows[i] = rows[i] with { Tip = rows[i].Tip + new Basics.Space.Vec3(0.2, -0.1, 0.15) };
        }

        Assert.InRange(Learned(rows), 0, Math.Max(2 * clean, 0.5e-3));

        double Learned(TipRow[] from)
        {
            ArmAdaptation adaptation = new(arm, from, Poses);
            return adaptation.Of(adaptation.Fit(Poses, residual: true)).Mean;
        }
    }

    [Fact]
    public void The_same_recording_gives_the_same_arm()
    {
        ArmAdaptation adaptation = Recorded(JointDesign.FourGeared, MadeUpArm.Draw(JointDesign.FourGeared, Joints, 4, sags: false));
        Assert.Equal(adaptation.Fit(40, residual: false).Arm.Dimensions, adaptation.Fit(40, residual: false).Arm.Dimensions);
    }

    private static ArmAdaptation Recorded(JointDesign design, TrunkBodyDescription body)
    {
        TrunkArm arm = new(design, Joints);
        return new ArmAdaptation(arm, MadeUpArm.Record(arm, body, Poses + HeldOut, 7), Poses);
    }
}
