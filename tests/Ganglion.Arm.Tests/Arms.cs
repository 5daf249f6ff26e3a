using Ganglion.Basics.Space;
using Ganglion.Robots.Robot;

namespace Ganglion.Arm.Tests;

/// <summary>The shipped arms, and helpers that several tests share.</summary>
internal static class Arms
{
    public static RobotDescription Shipped(string name) =>
        RobotFile.Load(Path.Combine(AppContext.BaseDirectory, "hardware", "robots", name + ".yaml"));

    public static TheoryData<string> Names => ["trunk6-3g", "trunk10-4g", "trunk20-3g", "trunk25-4g"];

    public static void Near(in Vec3 expected, in Vec3 actual, double tolerance) =>
        Assert.True((expected - actual).Length <= tolerance, $"expected {expected}, got {actual}, tolerance {tolerance}");

    public static void Near(in Mat3 expected, in Mat3 actual, double tolerance)
    {
        Near(new Vec3(expected.M00, expected.M01, expected.M02), new Vec3(actual.M00, actual.M01, actual.M02), tolerance);
        Near(new Vec3(expected.M10, expected.M11, expected.M12), new Vec3(actual.M10, actual.M11, actual.M12), tolerance);
        Near(new Vec3(expected.M20, expected.M21, expected.M22), new Vec3(actual.M20, actual.M21, actual.M22), tolerance);
    }

    public static Vec3 Uniform(Random random, double low, double high) => new(
        low + (high - low) * random.NextDouble(), low + (high - low) * random.NextDouble(), low + (high - low) * random.NextDouble());
}
