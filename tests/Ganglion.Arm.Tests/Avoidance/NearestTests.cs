using Ganglion.Arm.Avoidance;
using Ganglion.Basics.Space;

namespace Ganglion.Arm.Tests.Avoidance;

/// <summary>The closed forms against brute force: places tried one by one, ever finer about the best.</summary>
public class NearestTests
{
    private const double Tolerance = 1e-6;

    [Fact]
    public void A_segment_to_a_point() => Each(random =>
    {
        (Vec3 from, Vec3 to, Vec3 point) = (Point(random), Point(random), Point(random));
        double brute = Least(share => (At(from, to, share) - point).Length);
        Check(brute, Nearest.ToPoint(from, to, point), share => (At(from, to, share) - point).Length);
    });

    [Fact]
    public void A_segment_to_a_segment() => Each(random =>
    {
        (Vec3 from, Vec3 to, Vec3 otherFrom, Vec3 otherTo) = (Point(random), Point(random), Point(random), Point(random));
        if (random.Next(4) == 0)
        {
            otherTo = otherFrom + random.NextDouble() * (to - from);
        }

        double brute = Least(share => Least(other => (At(from, to, share) - At(otherFrom, otherTo, other)).Length));
        var near = Nearest.ToSegment(from, to, otherFrom, otherTo);
        Check(brute, near, share => (At(from, to, share) - At(otherFrom, otherTo, near.OtherShare)).Length);
    });

    [Fact]
    public void A_segment_to_a_box() => Each(random =>
    {
        (Vec3 from, Vec3 to) = (Point(random), Point(random));
        Vec3 half = new(0.1 + 0.4 * random.NextDouble(), 0.1 + 0.4 * random.NextDouble(), 0.1 + 0.4 * random.NextDouble());
        double brute = Least(share => Outside(At(from, to, share), half));
        var near = Nearest.ToBox(from, to, half);
        if (brute > 1e-9)
        {
            Check(brute, near, share => Outside(At(from, to, share), half));
            return;
        }

        // Through the box: below 0, and no farther out than the nearest face.
        Vec3 place = At(from, to, near.Share);
        Assert.Equal(0, Outside(place, half), 1e-12);
        Assert.Equal(near.Distance, Math.Max(Math.Abs(place.X) - half.X, Math.Max(Math.Abs(place.Y) - half.Y, Math.Abs(place.Z) - half.Z)),
            1e-12);
    });

    [Fact]
    public void A_segment_of_no_length_is_a_point()
    {
        Vec3 point = new(1, 2, 3), other = new(1, 2, 7);
        Assert.Equal(4, Nearest.ToSegment(point, point, other, other).Distance, 12);
        Assert.Equal(4, Nearest.ToPoint(point, point, other).Distance, 12);
        Assert.Equal(2, Nearest.ToBox(point, point, new Vec3(5, 5, 1)).Distance, 12);
    }

    private static void Check(double brute, Nearest near, Func<double, double> distanceAt)
    {
        Assert.Equal(brute, near.Distance, Tolerance);
        Assert.Equal(near.Distance, distanceAt(near.Share), Tolerance);
        Assert.Equal(1, near.Normal.Length, 1e-9);
    }

    private static void Each(Action<Random> check)
    {
        var random = new Random(3);
        for (int i = 0; i < 200; i++)
        {
            check(random);
        }
    }

    private static double Outside(Vec3 place, Vec3 half) => new Vec3(
        Math.Max(0, Math.Abs(place.X) - half.X), Math.Max(0, Math.Abs(place.Y) - half.Y), Math.Max(0, Math.Abs(place.Z) - half.Z)).Length;

    private static Vec3 At(Vec3 from, Vec3 to, double share) => from + share * (to - from);

    private static Vec3 Point(Random random) => Arms.Uniform(random, -1, 1);

    /// <summary>The least of a convex function on 0..1: 20 places, then 20 about the best of them, and so on.</summary>
    private static double Least(Func<double, double> value)
    {
        const int Places = 20;
        (double low, double high) = (0, 1);
        double least = double.PositiveInfinity;
        for (int round = 0; round < 7; round++)
        {
            (double best, double step) = (low, (high - low) / Places);
            least = double.PositiveInfinity;
            for (int i = 0; i <= Places; i++)
            {
                double at = value(low + i * step);
                if (at < least)
                {
                    (least, best) = (at, low + i * step);
                }
            }

            (low, high) = (Math.Max(0, best - step), Math.Min(1, best + step));
        }

        return least;
    }
}
