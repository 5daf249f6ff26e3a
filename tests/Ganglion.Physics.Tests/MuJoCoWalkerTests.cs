using Ganglion.Basics.Space;
using Ganglion.Robots.Robot;
using Ganglion.Robots.Walkers;
using Ganglion.Shared.Tests;

namespace Ganglion.Physics.Tests;

public sealed class MuJoCoWalkerTests
{
    private static WalkerLayout Load(string robot) =>
        RobotFile.Load(Path.Combine(AppContext.BaseDirectory, "hardware", "robots", robot + ".yaml")).Walker!;

    // Knees a little bent, soles level.
    private static double[] Crouch(double bend)
    {
        double[] angles = new double[IWalkerPhysics.JointCount];
        for (int side = 0; side < 2; side++)
        {
            (angles[6 * side + 2], angles[6 * side + 3], angles[6 * side + 4]) = (-bend, 2.0 * bend, -bend);
        }

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
        {
            for (int corner = 0; corner < 4; corner++)
            {
                weight += walker.CornerForce(foot, corner);
            }
        }

        Assert.Equal(walker.Mass * 9.81, weight, 0.5);
        Assert.Equal(9.81, walker.SpecificForce.Length, 0.02);
        Assert.InRange(walker.SpecificForce.Z, 9.7, 9.83);
        Assert.Equal(3.0, walker.Time, 1e-9);
    }

    // The second walker gets what the first has given back, the third is compiled beside it.
    [Fact]
    public void A_model_that_was_walked_with_is_as_good_as_a_new_one()
    {
        (double X, double Z, double Work) Fall()
        {
            using var walker = new MuJoCoWalker(Load("walker12"), Terrain.Belt(new BeltSlope(0.0, 0.0), new BeltSlope(0.2, 0.3)));
            walker.Reset(Crouch(0.3));
            walker.Push(new Vec3(30.0, 10.0, 0.0));
            walker.Step(400);
            return (walker.Hips.X, walker.Hips.Z, walker.Work);
        }

        (double, double, double) first = Fall(), again = Fall();
        using var other = new MuJoCoWalker(Load("walker12"), Terrain.Belt(new BeltSlope(0.0, 0.0), new BeltSlope(0.2, 0.3)));
        Assert.Equal(first, again);
        Assert.Equal(first, Fall());
    }

    [Fact]
    public void Steps_without_allocation()
    {
        using var walker = new MuJoCoWalker(Load("walker12"), Terrain.Belt(new BeltSlope(0.0, 0.0), new BeltSlope(1.0, 0.1)));
        walker.Reset(Crouch(0.3));
        walker.Step(40);
        Assert.Equal(0, Allocation.Of(() =>
        {
            for (int i = 0; i < 20; i++)
            {
                walker.SetTarget(3, 0.6 + 0.001 * i);
                walker.Step(8);
            }
        }));
    }

    /// <summary>The drawn leg ends where MuJoCo's own forward kinematics has the sole, and all weighs where MuJoCo's body does.</summary>
    [Fact]
    public void A_pose_has_the_soles_where_the_body_has_them()
    {
        WalkerLayout layout = Load("walker12");
        using var walker = new MuJoCoWalker(layout, Terrain.Flat());
        double[] angles = Crouch(0.4);
        for (int i = 0; i < angles.Length; i++)
        {
            angles[i] += 0.05 * Math.Sin(3.0 * i);
        }

        walker.Reset(angles);
        var pose = WalkerPose.Of(walker);
        for (int leg = 0; leg < 2; leg++)
        {
            Assert.Equal(0.0, (pose.Leg(layout, leg)[3] - walker.Sole(leg)).Length, 1e-9);
        }

        var frames = new Pose[WalkerFrames.Count];
        WalkerFrames.Place(layout, new Pose(walker.Hips, walker.Attitude), walker.Angles, frames);
        for (int leg = 0; leg < 2; leg++)
        {
            Assert.Equal(0.0, Quat.Angle(frames[WalkerFrames.Of(leg, WalkerFrames.Sole)].Orientation, walker.SoleAttitude(leg)), 1e-7);
        }

        Assert.Equal(0.0, (WalkerFrames.CentreOfMass(layout, frames) - walker.CentreOfMass).Length, 1e-9);
        IEnumerable<double> corners =
            from leg in new[] { 0, 1 }
            from x in new[] { -0.5, 0.5 }
            from y in new[] { -0.5, 0.5 }
            let corner = new Vec3(x * layout.Body.Sole.Length, y * layout.Body.Sole.Width, 0)
            select (walker.Sole(leg) + walker.SoleAttitude(leg).ToMatrix() * corner).Z;
        Assert.Equal(corners.Min(), WalkerFrames.Lowest(layout, frames), 1e-9);
    }

    /// <summary>A belt is level ground in its own frame; gravity turns. A walker upright to an uphill belt leans backward.</summary>
    [Fact]
    public void A_belt_turns_gravity()
    {
        const double slope = 0.15;
        using var walker = new MuJoCoWalker(Load("walker12"), Terrain.Belt(new BeltSlope(0.0, slope)));
        walker.Reset(Crouch(0.3));
        Assert.Equal(Math.Sin(slope), walker.Up.X, 1e-12);
        Assert.Equal(Math.Cos(slope), walker.Up.Z, 1e-12);
        Assert.Equal(-slope, walker.Pitch, 1e-12);
        Assert.Equal(0.0, walker.Roll, 1e-12);
    }

    /// <summary>The angle that a gyroscope sums up is that by which the torso turns against gravity, whatever turns: kinematics.</summary>
    [Fact]
    public void A_gyroscope_feels_a_belt_turn()
    {
        using var walker = new MuJoCoWalker(Load("walker12"), Terrain.Belt(new BeltSlope(0.2, 0.0), new BeltSlope(1.2, -0.1)));
        walker.Reset(Crouch(0.3));
        walker.Step(20);
        double before = walker.Pitch, turned = 0.0;
        for (int i = 0; i < 400; i++)
        {
            walker.Step(1);
            turned += walker.AngularRate.Y * walker.StepSeconds;
        }

        Assert.InRange(walker.Pitch - before, 0.05, 0.5);
        Assert.Equal(walker.Pitch - before, turned, 2e-3);
    }

    /// <summary>As a belt begins to turn under it, a body keeps its motion: against the belt the hips go by rate times height, and a
    /// gyroscope, which knows no belt, still reads what it read.</summary>
    [Fact]
    public void Who_stands_on_a_belt_keeps_its_motion_when_that_begins_to_turn()
    {
        const double rate = -0.4, begin = 0.5;
        var belt = Terrain.Belt(new BeltSlope(begin, 0.0), new BeltSlope(begin + 0.5, 0.5 * rate));
        using var walker = new MuJoCoWalker(Load("walker12"), belt);
        walker.Reset(Crouch(0.3));
        walker.Step((int)Math.Round(begin / walker.StepSeconds) - 1);
        Vec3 hips = walker.HipsVelocity, turning = walker.AngularRate;
        double height = walker.Hips.Z;
        walker.Step(2);
        Assert.Equal(rate * height, walker.HipsVelocity.X - hips.X, 0.15 * Math.Abs(rate * height));
        Assert.Equal(turning.Y, walker.AngularRate.Y, 0.1 * Math.Abs(rate));
    }

    [Fact]
    public void Pitch_is_against_gravity_and_positive_forward()
    {
        using var walker = new MuJoCoWalker(Load("walker12"), Terrain.Flat());
        walker.Reset(Crouch(0.3));
        walker.Push(new Vec3(60.0, 0.0, 0.0));
        walker.Step(20);
        Assert.True(walker.HipsVelocity.X > 0.0);

        // Pushed at the hips, the heavy torso stays behind: it leans back.
        Assert.True(walker.Pitch < 0.0);
        Vec3 forward = walker.Attitude.ToMatrix() * new Vec3(1.0, 0.0, 0.0);
        Assert.Equal(-Math.Asin(forward.Z), walker.Pitch, 1e-9);
    }

    [Theory]
    [InlineData(0.26)]
    [InlineData(-0.26)]
    public void Stretches_join_and_carry_the_feet(double slope)
    {
        var ramp = Terrain.Ramp(slope, 1.0, 2.0);
        Assert.Equal(0.0, ramp.HeightAt(1.0), 1e-12);
        Assert.Equal(2.0 * Math.Tan(slope), ramp.HeightAt(3.0), 1e-12);
        Assert.Equal(2.0 * Math.Tan(slope), ramp.HeightAt(50.0), 1e-12);
        Assert.Equal(slope, ramp.SlopeAt(2.0, 0.0));

        // With its soles turned by the slope a walker stands on it with all corners: the model's ground is that of the description.
        var slanted = new Terrain("slope", [new(1.0, slope)], []);
        using var walker = new MuJoCoWalker(Load("walker12"), slanted);
        double[] angles = Crouch(0.3);
        for (int leg = 0; leg < 2; leg++)
        {
            angles[6 * leg + 4] -= slope;
        }

        walker.Reset(angles);
        walker.Step(60);
        for (int corner = 0; corner < 4; corner++)
        {
            Assert.True(walker.CornerForce(0, corner) > 1.0);
        }

        Assert.Equal(slanted.HeightAt(walker.Sole(0).X), walker.Sole(0).Z, 0.002);
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
