using Ganglion.Shared.Legs;

namespace Ganglion.Shared.Tests.Legs;

/// <summary>Inverse kinematics against forward kinematics, which is a product of rotations and knows nothing of triangles.</summary>
public class LegKinematicsTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void TheSoleIsWhereItWasAskedFor(bool ankleRoll)
    {
        LegGeometry leg = Leg(ankleRoll);
        var random = new Random(3);
        float[] angles = new float[14];
        int reached = 0;
        for (int n = 0; n < 2000; n++)
        {
            double x = Between(random, -0.4, 0.4), y = Between(random, -0.3, 0.3), z = Between(random, -0.75, -0.3), yaw =
                Between(random, -0.6, 0.6);
            if (!LegKinematics.Solve(leg, (float)x, (float)y, (float)z, (float)yaw, angles, 1))
            {
                continue;
            }

            reached++;
            (double[] sole, double[,] turn) = Forward(leg, angles.AsSpan(1, LegGeometry.Slots));
            // Near the stretched knee a rounding of the sum of squares weighs most: 2e-6 m is what single precision leaves.
            Assert.InRange(Math.Sqrt(Square(sole[0] - x) + Square(sole[1] - y) + Square(sole[2] - z)), 0, 2e-6);
            Assert.Equal(yaw, Math.Atan2(turn[1, 0], turn[0, 0]), 1e-6);
            Assert.InRange(angles[1 + LegGeometry.Knee], 0, leg.KneeLimit);
            // The sole's normal: upright, or tilted by the hip roll about the leg's own forward axis.
            double tilt = ankleRoll ? 0 : angles[1 + LegGeometry.HipRoll];
            Assert.Equal(Math.Cos(tilt), turn[2, 2], 1e-6);
            Assert.Equal(0, turn[2, 0], 1e-6);
        }
        Assert.InRange(reached, 1000, 2000);
        Assert.Equal(0, angles[0]);
        Assert.Equal(0, angles[13]);
    }

    [Theory]
    [InlineData(0.0f, 0.0f, -0.711f)]
    [InlineData(0.5f, 0.3f, -0.6f)]
    [InlineData(0.0f, 0.0f, -0.06f)]
    [InlineData(0.0f, 0.1f, 0.3f)]
    [InlineData(float.NaN, 0.0f, -0.6f)]
    [InlineData(0.0f, float.NaN, -0.6f)]
    [InlineData(0.0f, 0.0f, float.NaN)]
    [InlineData(float.PositiveInfinity, 0.0f, -0.6f)]
    public void OutOfReachChangesNothing(float x, float y, float z)
    {
        float[] angles = [1, 2, 3, 4, 5, 6];
        Assert.False(LegKinematics.Solve(Leg(true), x, y, z, 0, angles, 0));
        Assert.Equal([1, 2, 3, 4, 5, 6], angles);
    }

    [Fact]
    public void HangingStraightIsAllZeros()
    {
        float[] angles = new float[6];
        Assert.True(LegKinematics.Solve(Leg(true), 0, 0, -0.70999f, 0, angles, 0));
        Assert.All(angles, angle => Assert.InRange(angle, -0.02, 0.02));
    }

    [Fact]
    public void GeometryIsJudged()
    {
        Assert.Equal(WalkReason.None, Leg(true).Check());
        LegGeometry leg = Leg(true);
        leg.Shank = float.NaN;
        Assert.Equal(WalkReason.GeometryOutOfRange, leg.Check());
        leg = Leg(false);
        leg.Thigh = 0;
        Assert.Equal(WalkReason.GeometryOutOfRange, leg.Check());
    }

    /// <summary>Legs of the paper's robot: 0.71 m from hip to sole.</summary>
    internal static LegGeometry Leg(bool ankleRoll) =>
        new() { Thigh = 0.33f, Shank = 0.33f, Ankle = 0.05f, HipHalfWidth = 0.1f, HasAnkleRoll = ankleRoll };

    private static (double[] Sole, double[,] Turn) Forward(LegGeometry leg, ReadOnlySpan<float> q)
    {
        double[,] turn = Product(Product(About(2, q[0]), About(0, q[1])), About(1, q[2]));
        double[] at = Along(turn, leg.Thigh, new double[3]);
        turn = Product(turn, About(1, q[3]));
        at = Along(turn, leg.Shank, at);
        turn = Product(Product(turn, About(1, q[4])), About(0, q[5]));
        return (Along(turn, leg.Ankle, at), turn);
    }

    private static double[] Along(double[,] turn, double length, double[] from) =>
        [from[0] - length * turn[0, 2], from[1] - length * turn[1, 2], from[2] - length * turn[2, 2]];

    private static double[,] About(int axis, double angle)
    {
        int a = (axis + 1) % 3, b = (axis + 2) % 3;
        double[,] m = new double[3, 3];
        m[axis, axis] = 1;
        m[a, a] = m[b, b] = Math.Cos(angle);
        m[a, b] = -Math.Sin(angle);
        m[b, a] = Math.Sin(angle);
        return m;
    }

    private static double[,] Product(double[,] a, double[,] b)
    {
        double[,] m = new double[3, 3];
        for (int i = 0; i < 3; i++)
        {
            for (int j = 0; j < 3; j++)
            {
                for (int k = 0; k < 3; k++)
                {
                    m[i, j] += a[i, k] * b[k, j];
                }
            }
        }

        return m;
    }

    private static double Between(Random random, double low, double high) => low + (high - low) * random.NextDouble();

    private static double Square(double x) => x * x;
}
