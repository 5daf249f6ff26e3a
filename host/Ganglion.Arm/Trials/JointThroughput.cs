using System.Diagnostics;
using Ganglion.Basics.Space;
using Ganglion.Robots.Trunk;

namespace Ganglion.Arm.Trials;

/// <summary>How many joint poses a second the closed forms give on one core of this machine.</summary>
public static class JointThroughput
{
    /// <summary>Evaluates the joint for about the given time.</summary>
    /// <param name="design">The joint module.</param>
    /// <param name="duration">How long to measure, s; above 0.</param>
    /// <returns>Poses per second of wall-clock time.</returns>
    public static double Measure(JointDesign design, double duration)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(duration);
        const int batch = 4096;
        Random random = new(1);
        var inputs = new Vec3[batch];
        for (int i = 0; i < batch; i++)
        {
            inputs[i] = new(random.NextDouble(), random.NextDouble(), random.NextDouble());
        }

        long poses = 0, began = Stopwatch.GetTimestamp();
        double height = 0;
        while (Stopwatch.GetElapsedTime(began).TotalSeconds < duration)
        {
            height += design == JointDesign.ThreeGeared ? ThreeGeared(inputs) : FourGeared(inputs);
            poses += batch;
        }
        double seconds = Stopwatch.GetElapsedTime(began).TotalSeconds;
        // Every pose stands above its base; reading the sum keeps the work from being optimised away.
        return height > 0 ? poses / seconds : throw new InvalidOperationException("a joint's pose lies below its base");
    }

    private static double ThreeGeared(Vec3[] inputs)
    {
        double height = 0;
        foreach (ref readonly Vec3 input in inputs.AsSpan())
        {
            height += ThreeGearedJoint.Standard.Pose(input).Translation.Y;
        }

        return height;
    }

    private static double FourGeared(Vec3[] inputs)
    {
        double height = 0;
        foreach (ref readonly Vec3 input in inputs.AsSpan())
        {
            height += FourGearedJoint.Standard.Pose(input).Translation.Y;
        }

        return height;
    }
}
