using Ganglion.Arm.Avoidance;
using Ganglion.Arm.Learning;
using Ganglion.Basics.Space;
using Ganglion.Robots.Robot;
using Ganglion.Robots.Scenes;
using Ganglion.Robots.Trunk;

namespace Ganglion.Arm.Tests.Avoidance;

public class BodyClearanceTests
{
    private static readonly SceneDescription Scene = new("test", 5e-3, 0,
    [
        new SphereObstacle("ball", new Vec3(0.2, 0.1, 0.25), 0.05),
        new BoxObstacle("box", new Vec3(-0.2, 0.15, 0.2), new Vec3(0.1, 0.2, 0.3), 0.5),
        new CapsuleObstacle("rod", new Vec3(0.1, -0.3, 0), new Vec3(0.1, -0.25, 0.5), 0.02),
    ]);

    [Theory]
    [InlineData("trunk10-4g")]
    [InlineData("trunk6-3g")]
    [InlineData("trunk6-3g-gripper")]
    public void Gradients_by_strokes_are_finite_differences(string name)
    {
        RobotDescription robot = Arms.Shipped(name);
        var arm = TrunkArm.FromDescription(robot);
        var body = new BodyClearance(arm, Scene, robot.TrunkArm!.Gripper);
        var random = new Random(5);
        int n = arm.InputCount, checkedRows = 0;
        double[] inputs = new double[n], strokes = new double[arm.StrokeCount], rows = new double[8 * n], change = new double[n],
            moved = new double[arm.StrokeCount], aside = new double[arm.StrokeCount];
        var worst = new Touch[8];
        var there = new Touch[128];
        for (int i = 0; i < 20; i++)
        {
            for (int k = 0; k < n; k++)
            {
                inputs[k] = arm.InputMin + (arm.InputMax - arm.InputMin) * (0.1 + 0.8 * random.NextDouble());
            }

            int count = body.Gradients(inputs, byDisplacements: true, 0.2, worst, rows);
            arm.InputsToStrokes(inputs, strokes);
            for (int k = 0; k < n; k++)
            {
                change[k] = random.NextDouble() - 0.5;
            }

            arm.DisplacementChangeToStrokes(change, moved);
            for (int k = 0; k < count; k++)
            {
                double slope = 0;
                for (int c = 0; c < n; c++)
                {
                    slope += rows[k * n + c] * change[c];
                }

                Touch touch = worst[k];
                double difference = (SlackOf(touch, 1e-6) - SlackOf(touch, -1e-6)) / 2e-6;
                Assert.Equal(difference, slope, 1e-5);
                checkedRows++;
            }
        }

        Assert.True(checkedRows > 40);

        double SlackOf(Touch touch, double step)
        {
            for (int c = 0; c < aside.Length; c++)
            {
                aside[c] = strokes[c] + step * moved[c];
            }

            body.PlaceStrokes(aside);
            return there[..body.Near(0.4, there)].Single(one => one.Link == touch.Link && one.Other == touch.Other).Slack;
        }
    }

    [Fact]
    public void Strokes_and_displacements_change_together()
    {
        foreach (JointDesign design in new[] { JointDesign.ThreeGeared, JointDesign.FourGeared })
        {
            var arm = new TrunkArm(design, 3);
            double[] change = [.. Enumerable.Range(0, 9).Select(i => 0.01 * (i + 1))], strokes = new double[arm.StrokeCount],
                middle = new double[arm.StrokeCount], before = new double[9], after = new double[9], gradient = new double[9];
            Array.Fill(middle, 0.5);
            arm.DisplacementChangeToStrokes(change, strokes);
            arm.StrokesToDisplacements(middle, before);
            arm.StrokesToDisplacements([.. middle.Zip(strokes, (a, b) => a + b)], after);
            for (int i = 0; i < 9; i++)
            {
                Assert.Equal(change[i], after[i] - before[i], 12);
            }

            for (int stroke = 0; stroke < arm.StrokeCount; stroke++)
            {
                arm.StrokeGradient(stroke, gradient);
                Assert.Equal(strokes[stroke], gradient.Zip(change, (a, b) => a * b).Sum(), 12);
            }
        }
    }

    /// <summary>Modules that are not compared are held apart by the joints between them.</summary>
    [Theory]
    [InlineData("trunk10-4g")]
    [InlineData("trunk25-4g")]
    public void Modules_that_are_not_compared_do_not_meet(string name)
    {
        var arm = TrunkArm.FromDescription(Arms.Shipped(name));
        int apart = (int)Math.Ceiling(2 * Math.PI / 3 / arm.MostBend);
        var sampler = new PoseSampler(arm, 9);
        double[] inputs = new double[arm.InputCount];
        var modules = new Pose[arm.Joints];
        double least = double.PositiveInfinity;
        for (int i = 0; i < 300; i++)
        {
            sampler.Sample(inputs);
            Pose tip = arm.Forward(inputs, modules);
            Vec3[] ends = [default, .. modules.Select(module => module.Position), tip.Position];
            for (int a = 0; a + 1 < ends.Length; a++)
            {
                for (int b = a + 3; b < a + apart && b + 1 < ends.Length; b++)
                {
                    double radius = b == arm.Joints ? TrunkArm.ToolRadius : arm.ModuleRadius;
                    least = Math.Min(least, Nearest.ToSegment(ends[a], ends[a + 1], ends[b], ends[b + 1]).Distance - radius
                        - arm.ModuleRadius);
                }
            }
        }

        Assert.True(least > 0.01, $"{1000 * least:0.0} mm");
    }

    /// <summary>The fingers, boxes of 12 x 5 x 40 mm as the arm's URDF has them, never come nearer to anything than the body says, at
    /// whatever grip; and what stands beside the tip is told from what stands beside the bare tool.</summary>
    [Fact]
    public void A_gripper_is_kept_clear_at_any_grip()
    {
        RobotDescription robot = Arms.Shipped("trunk6-3g-gripper");
        GripperDescription gripper = robot.TrunkArm!.Gripper!;
        var arm = TrunkArm.FromDescription(robot);
        var sampler = new PoseSampler(arm, 12);
        var random = new Random(13);
        double[] inputs = new double[arm.InputCount];
        int nearer = 0;
        var worst = new Touch[1];
        for (int i = 0; i < 300; i++)
        {
            sampler.Sample(inputs);
            Pose tip = arm.Forward(inputs);
            Mat3 turn = tip.Orientation.ToMatrix();
            var ball = new SphereObstacle("ball", tip.Position + 0.12 * Arms.Uniform(random, -1, 1), 0.01);
            SceneDescription scene = new("ball", 5e-3, null, [ball]);
            var body = new BodyClearance(arm, scene, gripper);
            body.PlaceInputs(inputs);
            double slack = body.Near(1, worst) > 0 ? worst[0].Slack : 1;
            double apart = gripper.OpeningAt(random.NextDouble()) / 2;
            for (int corner = 0; corner < 16; corner++)
            {
                double y = (corner & 1) == 0 ? apart : apart + 0.005;
                Vec3 at = new((corner & 2) == 0 ? -0.006 : 0.006, (corner & 4) == 0 ? y : -y, (corner & 8) == 0 ? 0 : -0.04);
                double distance = (tip.Position + turn * at - ball.Centre).Length - ball.Radius - scene.Clearance;
                Assert.True(slack <= distance + 1e-12, $"posture {i}: {1000 * slack:0.00} mm told, {1000 * distance:0.00} mm true");
            }

            var bare = new BodyClearance(arm, scene);
            bare.PlaceInputs(inputs);
            nearer += slack < bare.Slack(1) - 0.01 && body.Words(worst[0]) == "the gripper and the ball" ? 1 : 0;
        }

        Assert.True(nearer > 40, $"the gripper was nearer than the arm without it in {nearer} of 300 postures");
    }

    [Fact]
    public void Touches_are_called_by_name()
    {
        var arm = new TrunkArm(JointDesign.FourGeared, 10);
        var body = new BodyClearance(arm, Scene);
        double[] inputs = new double[30];
        for (int i = 0; i < 30; i += 3)
        {
            // All joints tilt to one side as far as they can: the arm curls under its base.
            (inputs[i], inputs[i + 1]) = (1, 1);
        }

        arm.CommandsToInputs(inputs, inputs);
        var worst = new Touch[1];
        body.PlaceInputs(inputs);
        Assert.Equal(1, body.Near(0, worst));
        Assert.Contains("the table", body.Words(worst[0]));
        Assert.True(worst[0].Slack < 0);
        Assert.Equal(worst[0].Slack, body.Slack(0.1));
    }
}
