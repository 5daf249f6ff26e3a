using System.Numerics;
using Ganglion.Basics.Space;

namespace Ganglion.Robots.Tests;

/// <summary>Rotations against System.Numerics (single precision) and against their own definitions (double).</summary>
public class SpaceTests
{
    private static Quat RandomQuat(Random random) => new Quat(
        random.NextDouble() - 0.5, random.NextDouble() - 0.5, random.NextDouble() - 0.5, random.NextDouble() - 0.5).Normalized();

    [Fact]
    public void Quaternion_to_matrix_and_back_is_exact_in_all_four_branches()
    {
        Random random = new(1);
        bool[] largest = new bool[4];
        for (int i = 0; i < 1000; i++)
        {
            Quat q = RandomQuat(random), again = Quat.FromMatrix(q.ToMatrix());
            Assert.True(again.W >= 0);
            Assert.Equal(0, Quat.Angle(q, again), 1e-14);
            double[] size = [Math.Abs(q.W), Math.Abs(q.X), Math.Abs(q.Y), Math.Abs(q.Z)];
            largest[Array.IndexOf(size, size.Max())] = true;
        }
        Assert.All(largest, Assert.True);
    }

    [Fact]
    public void Products_and_matrices_agree_with_system_numerics()
    {
        Random random = new(2);
        for (int i = 0; i < 200; i++)
        {
            Quat a = RandomQuat(random), b = RandomQuat(random);
            Vec3 v = new(random.NextDouble(), random.NextDouble(), random.NextDouble());
            var product = Quaternion.Multiply(Single(a), Single(b));
            var turned = Vector3.Transform(new Vector3((float)v.X, (float)v.Y, (float)v.Z), product);
            Vec3 ours = (a * b).ToMatrix() * v;
            Assert.Equal(turned.X, ours.X, 1e-5);
            Assert.Equal(turned.Y, ours.Y, 1e-5);
            Assert.Equal(turned.Z, ours.Z, 1e-5);
            Vec3 stepwise = a.ToMatrix() * b.ToMatrix() * v;
            Assert.Equal(0, (ours - stepwise).Length, 1e-14);
        }

        static Quaternion Single(Quat q) => new((float)q.X, (float)q.Y, (float)q.Z, (float)q.W);
    }

    [Theory]
    [InlineData(1e-14)]
    [InlineData(1e-6)]
    [InlineData(0.7)]
    [InlineData(3.1)]
    [InlineData(Math.PI)]
    public void Rotation_vector_is_axis_times_angle(double angle)
    {
        Assert.Equal(angle, Quat.FromMatrix(Mat3.AboutX(angle)).RotationVector.X, 1e-14);
        Assert.Equal(angle, Quat.FromMatrix(Mat3.AboutY(angle)).RotationVector.Y, 1e-14);
        Assert.Equal(angle, Quat.FromMatrix(Mat3.AboutZ(angle)).RotationVector.Z, 1e-14);
    }

    [Fact]
    public void Turning_is_right_handed()
    {
        Vec3 x = new(1, 0, 0), y = new(0, 1, 0), z = new(0, 0, 1);
        Assert.Equal(0, (Mat3.AboutX(Math.PI / 2) * y - z).Length, 1e-15);
        Assert.Equal(0, (Mat3.AboutY(Math.PI / 2) * z - x).Length, 1e-15);
        Assert.Equal(0, (Mat3.AboutZ(Math.PI / 2) * x - y).Length, 1e-15);
        Assert.Equal(z, Vec3.Cross(x, y));
    }
}
