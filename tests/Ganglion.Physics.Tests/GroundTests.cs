using Ganglion.Robots.Robot;
using Ganglion.Robots.Walkers;

namespace Ganglion.Physics.Tests;

/// <summary>Kinds of ground, loads and the gantry against closed forms.</summary>
public sealed class GroundTests
{
    private static readonly WalkerLayout Layout =
        RobotFile.Load(Path.Combine(AppContext.BaseDirectory, "hardware", "robots", "walker12.yaml")).Walker!;

    private static double[] Crouch()
    {
        double[] angles = new double[IWalkerPhysics.JointCount];
        for (int side = 0; side < 2; side++)
        {
            (angles[6 * side + 2], angles[6 * side + 3], angles[6 * side + 4]) = (-0.3, 0.6, -0.3);
        }

        return angles;
    }

    /// <summary>Soles on a slope to the side hold where friction is above its tangent, and slide where it is below: by g (sin - mu cos) t
    /// t / 2.</summary>
    [Fact]
    public void A_patch_has_its_own_friction_and_a_side_slope_pulls_to_the_lower_side()
    {
        Assert.InRange(Math.Abs(Slid([])), 0.0, 0.02);
        Assert.InRange(Slid([new FrictionPatch(-1.0, 1.0, 0.05)]), -0.5, -0.15);

        static double Slid(FrictionPatch[] patches)
        {
            using var walker = new MuJoCoWalker(Layout, Terrain.Flat().With(0.14, patches));
            walker.Reset(Crouch());
            double before = walker.Sole(1).Y;
            walker.Step(320);
            return walker.Sole(1).Y - before;
        }
    }

    /// <summary>A load weighs what it weighs, and moves the common centre of mass by the rule of levers.</summary>
    [Fact]
    public void A_load_is_carried()
    {
        using MuJoCoWalker bare = new(Layout, Terrain.Flat()), loaded =
            new(Layout, Terrain.Flat(), load: new WalkerLoad(3.0, 0.1, 0.0, 0.3));
        bare.Reset(Crouch());
        loaded.Reset(Crouch());
        Assert.Equal(bare.Mass + 3.0, loaded.Mass, 1e-9);
        double moved = (3.0 * (loaded.Hips.X + 0.1) + bare.Mass * bare.CentreOfMass.X) / loaded.Mass;
        Assert.Equal(moved, loaded.CentreOfMass.X, 1e-6);
    }

    /// <summary>Toes on rough ground, heels on level ground before it: the soles' middles come to half of a height of the field, another
    /// one with another seed.</summary>
    [Fact]
    public void Rough_ground_is_where_its_heights_are()
    {
        double first = Height(1), second = Height(2);
        Assert.InRange(first, -0.0075, 0.0075);
        Assert.InRange(Math.Abs(first - second), 0.0005, 0.015);
        Assert.Equal(first, Height(1));

        static double Height(int seed)
        {
            HeightField field = new(0.02, 0.05, 4.0, seed);
            using var walker = new MuJoCoWalker(Layout, new Terrain("rough", [new(field.Length, 0.0, 0.0, field), new(1.0, 0.0)], []));
            walker.Reset(Crouch());
            walker.Step(120);
            Assert.False(walker.Fallen);
            return walker.Sole(0).Z;
        }
    }

    /// <summary>In its gantry a walker hangs upright against gravity on any slope, with half of its weight on its feet.</summary>
    [Theory]
    [InlineData(0.26, 0.0)]
    [InlineData(-0.26, 0.0)]
    [InlineData(0.1, 0.14)]
    public void A_gantry_holds_the_torso_upright(double slope, double side)
    {
        using var walker = new MuJoCoWalker(Layout, Terrain.Belt(new BeltSlope(0.0, slope)).With(side, []));
        walker.Reset(Crouch(), held: true);
        Assert.Equal(0.0, walker.Pitch, 1e-9);
        Assert.Equal(0.0, walker.Roll, 1e-9);
        walker.Step(400);
        double carried = 0.0;
        for (int i = 0; i < 8; i++)
        {
            carried += walker.CornerForce(i / 4, i % 4);
        }

        Assert.Equal(0.0, walker.Pitch, 0.05);
        Assert.Equal(0.0, walker.Roll, 0.05);
        Assert.InRange(carried / (walker.Mass * 9.81), 0.35, 0.65);
    }

    [Fact]
    public void Stairs_rise_by_their_steps()
    {
        var stairs = Terrain.Stairs(0.04, 0.3, 5);
        Assert.Equal(0.0, stairs.HeightAt(1.1));
        Assert.Equal(0.04, stairs.HeightAt(1.3), 1e-12);
        Assert.Equal(0.20, stairs.HeightAt(9.0), 1e-12);
    }
}
