using Ganglion.Basics.Space;
using Ganglion.Robots.Scenes;

namespace Ganglion.Robots.Tests.Scenes;

/// <summary>Rays against closed forms, and against the solids themselves: what they meet is the surface, and nothing of the solid lies
/// before it.</summary>
public class RayTests
{
    private static readonly SphereObstacle Ball = new("ball", new Vec3(1, 0, 0), 0.5);
    private static readonly CapsuleObstacle Rod = new("rod", new Vec3(1, 0, -1), new Vec3(1, 0, 1), 0.25);
    private static readonly BoxObstacle Block = new("block", new Vec3(2, 0, 0), new Vec3(1, 1, 2), Math.PI / 4);

    [Fact]
    public void A_ball_is_met_at_its_near_side()
    {
        Assert.Equal(0.5, From(0, 0, 0).To(Ball), 12);
        Assert.Equal(1 - Math.Sqrt(0.25 - 0.09), From(0, 0.3, 0).To(Ball), 12);
        Assert.Equal(double.PositiveInfinity, From(0, 0.501, 0).To(Ball));
        Assert.Equal(double.PositiveInfinity, From(2, 0, 0).To(Ball)); // behind
        Assert.Equal(0, From(0.8, 0, 0).To(Ball));
    }

    [Fact]
    public void A_rod_is_met_at_its_cylinder_or_at_its_ends()
    {
        Assert.Equal(0.75, From(0, 0, 0.7).To(Rod), 12);
        Assert.Equal(1 - Math.Sqrt(0.0625 - 0.01), From(0, 0, 1.1).To(Rod), 12);
        Assert.Equal(double.PositiveInfinity, From(0, 0, 1.26).To(Rod));
        Assert.Equal(0.75, new Ray(new Vec3(1, 0, 2), -Vec3.UnitZ).To(Rod), 12); // along its axis
        Assert.Equal(Math.Sqrt(2) * 0.75, new Ray(default, Math.Sqrt(0.5) * new Vec3(1, 0, 1)).To(Rod with { To = new Vec3(1, 0, 5) }), 12);
        Assert.Equal(0, From(0.9, 0, 0).To(Rod));
    }

    [Fact]
    public void A_turned_box_is_met_at_its_edge()
    {
        Assert.Equal(2 - Math.Sqrt(0.5), From(0, 0, 0).To(Block), 12);
        Assert.Equal(2 - Math.Sqrt(0.5) + 0.2, From(0, 0.2, 0).To(Block), 12);
        Assert.Equal(1.5, From(0, 0, 0).To(Block with { Yaw = 0 }), 12);
        Assert.Equal(double.PositiveInfinity, From(0, 0, 1.01).To(Block));
        Assert.Equal(double.PositiveInfinity, From(0, 0.8, 0).To(Block));
        Assert.Equal(0, From(2, 0, 0).To(Block));
    }

    [Fact]
    public void A_table_is_met_from_above_alone()
    {
        Assert.Equal(0.5, new Ray(new Vec3(0, 0, 0.25), new Vec3(0, Math.Sqrt(0.75), -0.5)).ToTable(0), 12);
        Assert.Equal(double.PositiveInfinity, From(0, 0, 0.25).ToTable(0));
        Assert.Equal(0, From(0, 0, -0.1).ToTable(0));
    }

    [Fact]
    public void Before_what_a_ray_meets_there_is_nothing_of_the_solid()
    {
        var random = new Random(5);
        int met = 0;
        for (int i = 0; i < 3000; i++)
        {
            Obstacle solid = (i % 3) switch { 0 => Ball, 1 => Rod, _ => Block };
            Vec3 way = new(Draw(1), Draw(1), Draw(1));
            var ray = new Ray(new Vec3(Draw(2), Draw(2), Draw(2)), 1 / way.Length * way);
            double distance = ray.To(solid), end = double.IsFinite(distance) ? distance : 10;
            met += double.IsFinite(distance) ? 1 : 0;
            for (int k = 0; k < 40 && end > 0; k++)
            {
                Assert.True(Outside(solid, ray.From + k / 40.0 * end * ray.Along) > 0);
            }

            if (double.IsFinite(distance) && distance > 0)
            {
                Assert.Equal(0, Outside(solid, ray.From + distance * ray.Along), 1e-9);
            }
        }

        Assert.InRange(met, 100, 2000);

        double Draw(double most) => most * (2 * random.NextDouble() - 1);
    }

    private static Ray From(double x, double y, double z) => new(new Vec3(x, y, z), Vec3.UnitX);

    /// <summary>Distance of a place from a solid, m; below 0 inside.</summary>
    private static double Outside(Obstacle solid, Vec3 place)
    {
        switch (solid)
        {
            case SphereObstacle ball:
                return (place - ball.Centre).Length - ball.Radius;
            case CapsuleObstacle rod:
                Vec3 nearest = rod.From with { Z = Math.Clamp(place.Z, rod.From.Z, rod.To.Z) };
                return (place - nearest).Length - rod.Radius;
            default:
                var box = (BoxObstacle)solid;
                Vec3 from = place - box.Centre;
                (double sin, double cos) = Math.SinCos(-box.Yaw);
                double x = Math.Abs(cos * from.X - sin * from.Y) - box.Size.X / 2;
                double y = Math.Abs(sin * from.X + cos * from.Y) - box.Size.Y / 2;
                return Math.Max(x, Math.Max(y, Math.Abs(from.Z) - box.Size.Z / 2));
        }
    }
}
