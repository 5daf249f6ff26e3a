using Ganglion.Arm.Adaptation;
using Ganglion.Arm.Avoidance;
using Ganglion.Arm.Learning;
using Ganglion.Basics.Space;
using Ganglion.Robots.Bodies;
using Ganglion.Robots.Scenes;
using Ganglion.Robots.Trunk;

namespace Ganglion.Arm.Tests.Avoidance;

/// <summary>Where an arm's body is held to be, against simulated bodies of which only the tip is told.</summary>
public class KnownBodyTests
{
    private static readonly TrunkArm Arm = new(JointDesign.FourGeared, 10);

    [Fact]
    public void An_arm_as_described_stays_as_it_is_described()
    {
        var known = new KnownBody(Arm);
        Tell(known, TrunkBodyDescription.Faithful(Arm.Dimensions), poses: 50, seed: 1);
        Assert.Null(known.Learned);
        Assert.Equal(0, known.Doubt(Arm.Joints));
    }

    /// <summary>In motion gears are late, so that a tip that is off says nothing yet.</summary>
    [Fact]
    public void Only_an_arm_at_rest_turns_out_to_be_another_one()
    {
        var known = new KnownBody(Arm);
        double[] strokes = [.. Enumerable.Repeat(0.5, Arm.StrokeCount)];
        Vec3 off = Arm.ForwardFromStrokes(strokes, []).Position + new Vec3(0, 0, 4e-3);
        known.Take(strokes, off, 0, atRest: false);
        Assert.Null(known.Learned);
        known.Take(strokes, off, 2e-3, atRest: true);
        Assert.Null(known.Learned);
        known.Take(strokes, off, 0, atRest: true);
        Assert.NotNull(known.Learned);
        Assert.True(known.Doubt(0) < known.Doubt(Arm.Joints));
    }

    /// <summary>After 200 postures every module is where it may be by what is stated, the arm is no nearer to anything than it is told to
    /// be, and the described body is wrong on both.</summary>
    [Theory]
    [InlineData(9231, false)]
    [InlineData(9232, false)]
    [InlineData(9233, true)]
    public void Modules_are_within_the_stated_doubt(int seed, bool sags)
    {
        TrunkBodyDescription body = MadeUpArm.Draw(Arm.Design, Arm.Joints, seed, sags);
        var known = new KnownBody(Arm);
        TrunkMechanics mechanics = Tell(known, body, poses: 200, seed);
        Assert.InRange(known.Doubt(Arm.Joints), 0, 12e-3);

        SceneDescription scene = new("ball", 5e-3, 0, [new SphereObstacle("ball", new Vec3(0.2, 0.1, 0.25), 0.05)]);
        BodyClearance told = new(Arm, scene, known: known), described = new(Arm, scene), there = new(Arm, scene);
        var sampler = new PoseSampler(Arm, seed + 1);
        double[] inputs = new double[Arm.InputCount], strokes = new double[Arm.StrokeCount];
        var modules = new Pose[Arm.Joints];
        double describedOff = 0, least = double.PositiveInfinity;
        for (int i = 0; i < 100; i++)
        {
            sampler.Sample(inputs);
            Arm.InputsToStrokes(inputs, strokes);
            Pose tip = mechanics.Move(strokes);
            known.Learned!.FromStrokes(strokes, modules);
            for (int module = 0; module < Arm.Joints; module++)
            {
                double off = (modules[module].Position - mechanics.Modules[module].Position).Length;
                Assert.True(off <= known.Doubt(module), $"posture {i}, module {module}: {1000 * off:0.0} mm off, " +
                    $"{1000 * known.Doubt(module):0.0} stated");
            }

            there.PlaceBody(mechanics.Modules, tip);
            told.PlaceStrokes(strokes);
            described.PlaceStrokes(strokes);
            double actual = there.Slack(0.2);
            Assert.True(told.Slack(0.2) <= actual, $"posture {i}: {1000 * told.Slack(0.2):0.0} mm told, {1000 * actual:0.0} true");
            describedOff = Math.Max(describedOff, described.Slack(0.2) - actual);
            least = Math.Min(least, told.Slack(0.2) - actual);
        }

        Assert.True(describedOff > 5e-3, $"the described body is off by {1000 * describedOff:0.0} mm only");
        Assert.InRange(least, -0.05, 0);
    }

    private static TrunkMechanics Tell(KnownBody known, TrunkBodyDescription body, int poses, int seed)
    {
        var mechanics = new TrunkMechanics(body);
        var sampler = new PoseSampler(Arm, seed);
        double[] inputs = new double[Arm.InputCount], strokes = new double[Arm.StrokeCount];
        for (int i = 0; i < poses; i++)
        {
            sampler.Sample(inputs);
            Arm.InputsToStrokes(inputs, strokes);
            known.Take(strokes, mechanics.Move(strokes).Position, 0.05e-3, atRest: true);
        }

        return mechanics;
    }
}
