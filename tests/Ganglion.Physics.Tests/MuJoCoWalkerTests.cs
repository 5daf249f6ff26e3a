using Ganglion.Robots;
using Ganglion.Robots.Space;

namespace Ganglion.Physics.Tests;

public sealed class MuJoCoWalkerTests
{
    private static WalkerLayout Load(string robot) =>
        RobotFile.Load(Path.Combine(AppContext.BaseDirectory, "hardware", "robots", robot + ".yaml")).Walker!;

    // Knees a little bent, soles level.
    private static double[] Crouch(double bend)
    {
        double[] angles = new double[IWalkerPhysics.JointCount];
        for (int side = 0; side < 2; side++) (angles[6 * side + 2], angles[6 * side + 3], angles[6 * side + 4]) = (-bend, 2.0 * bend, -bend);
        return angles;
    }

    [Theory]
    [InlineData("walker12")]
    [InlineData("walker10")]
    public void Stands_and_carries_its_weight(string robot)
    {
        using var walker = new MuJoCoWalker(Load(robot), Terrain.Flat());
        walker.Reset(Crouch(0.3));
        walker.Step(1200);
        Assert.False(walker.Fallen);
        double weight = 0.0;
        for (int foot = 0; foot < 2; foot++)
            for (int corner = 0; corner < 4; corner++) weight += walker.CornerForce(foot, corner);
        Assert.Equal(walker.Mass * 9.81, weight, 0.5);
        Assert.Equal(9.81, walker.SpecificForce.Length, 0.02);
        Assert.InRange(walker.SpecificForce.Z, 9.7, 9.83);
        Assert.Equal(3.0, walker.Time, 1e-9);
    }

    [Fact]
    public void Steps_without_allocation()
    {
        using var walker = new MuJoCoWalker(Load("walker12"), Terrain.Belt(new BeltSlope(0.0, 0.0), new BeltSlope(1.0, 0.1)));
        walker.Reset(Crouch(0.3));
        walker.Step(40);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 20; i++)
        {
            walker.SetTarget(3, 0.6 + 0.001 * i);
            walker.Step(8);
        }
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    /// <summary>The drawn leg ends where MuJoCo's own forward kinematics has the sole.</summary>
    [Fact]
    public void A_pose_has_the_soles_where_the_body_has_them()
    {
        WalkerLayout layout = Load("walker12");
        using var walker = new MuJoCoWalker(layout, Terrain.Flat());
        double[] angles = Crouch(0.4);
        for (int i = 0; i < angles.Length; i++) angles[i] += 0.05 * Math.Sin(3.0 * i);
        walker.Reset(angles);
        var pose = WalkerPose.Of(walker);
        for (int leg = 0; leg < 2; leg++)
            Assert.Equal(0.0, (pose.Leg(layout, leg)[3] - walker.Sole(leg)).Length, 1e-9);
    }

    [Fact]
    public void Push_and_gravity_move_the_centre_of_mass_by_newtons_law()
    {
        // More than its weight upward lifts it off the ground at once; from then on nothing else acts on it.
        using var walker = new MuJoCoWalker(Load("walker12"), Terrain.Flat());
        walker.Reset(Crouch(0.3));
        Vec3 v0 = walker.CentreVelocity;
        walker.Push(new Vec3(30.0, 20.0, 400.0));
        walker.Step(200);
        Vec3 change = walker.CentreVelocity - v0;
        double t = 199 * walker.StepSeconds;
        Assert.Equal(30.0 / walker.Mass * t, change.X, 1e-3);
        Assert.Equal(20.0 / walker.Mass * t, change.Y, 1e-3);
        Assert.Equal((400.0 / walker.Mass - 9.81) * t, change.Z, 1e-3);
    }
}
