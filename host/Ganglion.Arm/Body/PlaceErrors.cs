using Ganglion.Arm.Learning;
using Ganglion.Basics.Space;
using Ganglion.Robots.Trunk;

namespace Ganglion.Arm.Body;

/// <summary>How far a part of the body is from where a network places it, m: in half of the postures at most the first, in 99 of 100 at
/// most the second, never more than the third.</summary>
public readonly record struct PlaceError(double Median, double P99, double Most);

/// <summary>How far the body of an arm as drawn is from where a network places it that learned its joint, over postures on which it was
/// not trained.</summary>
/// <param name="Poses">Postures.</param>
/// <param name="Places">Of each module, base first, then of the tip.</param>
/// <param name="MostTurn">What the last module is turned otherwise by at most, rad.</param>
/// <param name="Mean">Means as other models have them.</param>
public sealed record PlaceErrors(int Poses, PlaceError[] Places, double MostTurn, PoseErrors Mean)
{
    /// <summary>Postures by which a body's network is judged before it is relied on.</summary>
    public const int Judged = 1000;

    /// <summary>In postures that were not among the judged ones a part may be off by so much more than in those.</summary>
    public const double Further = 1.5;

    /// <summary>Measures them: postures of the papers' distribution and such with inputs anywhere in their limits, in turn.</summary>
    /// <param name="model">The joint's network.</param>
    /// <param name="joints">Number of joints.</param>
    /// <param name="poses">Number of postures, at least 1.</param>
    /// <param name="seed">Of the postures; not one of the training.</param>
    public static PlaceErrors Measure(JointModel model, int joints, int poses = Judged, ulong seed = ArmTraining.HeldOutSeed)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(poses, 1);
        TrunkArm arm = new(model.Form.One.Design, joints);
        SpikingChain chain = new(arm, model);
        StreamRandom random = new(seed);
        PoseSampler sampler = new(arm, random);
        double[] inputs = new double[arm.InputCount], strokes = new double[arm.StrokeCount];
        Pose[] placed = new Pose[joints], there = new Pose[joints];
        double[][] off = [.. Enumerable.Range(0, joints + 1).Select(_ => new double[poses])];
        (double turns, double most) = (0, 0);
        for (int pose = 0; pose < poses; pose++)
        {
            random.Restart(pose);
            sampler.Sample(inputs);
            for (int i = 0; i < inputs.Length && pose % 2 == 1; i++)
            {
                inputs[i] = arm.InputMin + (arm.InputMax - arm.InputMin) * random.NextDouble();
            }

            arm.InputsToStrokes(inputs, strokes);
            Pose tip = chain.Place(strokes, null, placed, []), real = arm.ForwardFromStrokes(strokes, there);
            for (int joint = 0; joint < joints; joint++)
            {
                off[joint][pose] = (placed[joint].Position - there[joint].Position).Length;
                turns += Quat.Angle(placed[joint].Orientation, there[joint].Orientation);
            }

            off[joints][pose] = (tip.Position - real.Position).Length;
            most = Math.Max(most, Quat.Angle(tip.Orientation, real.Orientation));
        }

        foreach (double[] one in off)
        {
            Array.Sort(one);
        }

        // As models of arms have it: the last joint's place is the tip's.
        double[][] counted = [.. off[..^2], off[^1]];
        PoseErrors mean = new(poses, off[^1].Average(), off[^1][poses / 2], counted.Average(one => one.Average()),
            turns / (poses * joints));
        return new PlaceErrors(poses, [.. off.Select(one => new PlaceError(one[poses / 2], one[(int)(0.99 * (poses - 1))], one[^1]))],
            most, mean);
    }

    /// <summary>So far a part of the body may be from where it is placed, m.</summary>
    /// <param name="link">Counted from 0 at the base; the tool's: the number of joints.</param>
    public double Allowance(int link) => Further * Math.Max(link == 0 ? 0 : Places[link - 1].Most, Places[link].Most);
}
