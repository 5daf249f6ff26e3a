using Ganglion.Arm.Control;
using Ganglion.Robots;
using Ganglion.Robots.Space;

namespace Ganglion.Arm.Tests.Control;

public class PoseServoTests
{
    private const int Late = 4;

    private static readonly TrunkArm Arm = new(JointDesign.FourGeared, 10);

    /// <summary>Poses come four periods late and the Jacobian is 30 % too long in every entry: the goal converges all the same and does not oscillate.</summary>
    [Theory]
    [InlineData(1.3)]
    [InlineData(0.8)]
    public void Late_poses_and_a_wrong_Jacobian_converge(double scale)
    {
        double[] start = [.. Enumerable.Range(0, 30).Select(i => 0.3 * Math.Sin(i))];
        var target = new Pose(Arm.Forward(start).Position + new Vec3(0.02, -0.015, 0.005), Quat.Identity);
        var servo = new PoseServo(new Rough(Arm), orientation: false);
        double[] jacobian = new double[6 * 30];
        Arm.Jacobian(start, jacobian);
        for (int i = 0; i < jacobian.Length; i++) jacobian[i] *= scale;
        servo.Start(start, target, Arm.Forward(start), 0.01);
        servo.Linearise(jacobian.AsSpan(0, 90));
        var history = new Queue<double[]>(Enumerable.Repeat(start, Late));
        double worst = 0, error = 0;
        for (int k = 0; k < 60; k++)
        {
            double[] at = history.Dequeue();
            servo.Observe(at, Arm.Forward(at), 0);
            servo.Advance();
            history.Enqueue([.. servo.Goal]);
            error = (Arm.Forward(at).Position - target.Position).Length;
            worst = Math.Max(worst, error);
        }

        Assert.InRange(error, 0, 1e-5);
        Assert.InRange(worst, 0, 0.03);
        Assert.InRange(servo.Residual, 0, 1e-4);
    }

    /// <summary>Noise at rest is averaged: the goal ends nearer than a single pose could tell.</summary>
    [Fact]
    public void Noise_is_averaged()
    {
        const double noise = 1e-3;
        double[] start = [.. Enumerable.Range(0, 30).Select(i => 0.3 * Math.Sin(i))];
        var target = new Pose(Arm.Forward(start).Position + new Vec3(0.01, 0.01, -0.01), Quat.Identity);
        var servo = new PoseServo(new ExactTipModel(Arm), orientation: false);
        double[] jacobian = new double[6 * 30];
        servo.Start(start, target, Arm.Forward(start), 0.01);
        Random random = new(3);
        double square = 0;
        for (int k = 0; k < 300; k++)
        {
            Arm.Jacobian(servo.Goal, jacobian);
            servo.Linearise(jacobian.AsSpan(0, 90));
            Pose tip = Arm.Forward(servo.Goal);
            if (k >= 100) square += (tip.Position - target.Position).LengthSquared / 200;
            servo.Observe(servo.Goal, tip with { Position = tip.Position + noise * new Vec3(Normal(), Normal(), Normal()) }, noise);
            servo.Advance();
        }

        // One pose is sqrt(3) of the noise off.
        Assert.InRange(Math.Sqrt(square), 0, 0.6 * noise);

        double Normal() => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
    }

    private sealed class Rough(TrunkArm arm) : ITipModel
    {
        public TrunkArm Arm => arm;

        public bool Smooth => false;

        public double Astray => 0.3;

        public Pose Predict(ReadOnlySpan<double> inputs) => arm.Forward(inputs);
    }
}
