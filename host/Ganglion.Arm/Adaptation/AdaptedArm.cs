using Ganglion.Basics;
using Ganglion.Basics.Space;
using Ganglion.Robots.Trunk;

namespace Ganglion.Arm.Adaptation;

/// <summary>
/// An arm as it was learned: calibrated dimensions and, on top of them, a learned residual. The residual knows what dimensions cannot say:
/// <list type="bullet">
/// <item>each gear's answer to what it is told: play (by the side that it came from), gain (a dead gear's is -1) and jump;</item>
/// <item>each joint's yielding to the weight beyond it, in shares that go with the modules and with the load at the tip.</item>
/// </list>
/// Linear in its weights where weights are small; all of them 0 is the calibrated arm alone. Not safe for two threads at once.
/// </summary>
public sealed class AdaptedArm
{
    /// <summary>Weights a gear has: play, gain, jump. Then yielding: common to all joints, and each joint's own.</summary>
    public const int PerGear = 3, PerJoint = 2;

    private readonly double[] _weights, _strokes;
    private readonly Pose[] _modules;
    private readonly Vec3[] _own, _load;

    /// <param name="dimensions">Calibrated.</param>
    /// <param name="weights">Of the residual, <see cref="WeightCount"/>.</param>
    public AdaptedArm(TrunkDimensions dimensions, double[] weights)
        : this(new TrunkArm(dimensions), weights)
    {
    }

    private AdaptedArm(TrunkArm arm, double[] weights)
    {
        (Arm, _weights) = (arm, weights);
        if (weights.Length != WeightCount(Arm))
        {
            throw new ArgumentException($"the residual has {weights.Length} weights; this arm needs {WeightCount(Arm)}", nameof(weights));
        }

        _strokes = new double[Arm.StrokeCount];
        (_modules, _own, _load) = (new Pose[Arm.Joints], new Vec3[Arm.Joints], new Vec3[Arm.Joints]);
    }

    /// <summary>The calibrated arm.</summary>
    public TrunkArm Arm { get; }

    /// <summary>The same, for another thread or with dimensions that were rounded.</summary>
    public AdaptedArm With(TrunkDimensions dimensions) => new(dimensions, _weights);

    /// <summary>The same with a gear that stands still.</summary>
    /// <param name="gear">Joint-major, from 0.</param>
    /// <param name="at">Where, in parts of the travel as it would be told.</param>
    public AdaptedArm WithDead(int gear, double at)
    {
        double[] weights = [.. _weights];
        (weights[PerGear * gear], weights[PerGear * gear + 1], weights[PerGear * gear + 2]) = (0, -1, at - 0.5);
        return new AdaptedArm(Arm, weights);
    }

    /// <summary>The residual's weights: three a gear (play, gain, jump), then two of yielding for all joints, then two a joint.</summary>
    public ReadOnlySpan<double> Weights => _weights;

    /// <summary>The same arm with each gear's jump as part of its offset, which says the same, where the offset keeps within its
    /// bounds.</summary>
    public AdaptedArm Folded()
    {
        double[] offsets = Arm.Dimensions.Offsets.ToArray(), weights = [.. _weights];
        for (int gear = 0; gear < offsets.Length; gear++)
        {
            double sum = offsets[gear] + weights[PerGear * gear + 2];
            if (Math.Abs(sum) <= TrunkDimension.MostOffset)
            {
                (offsets[gear], weights[PerGear * gear + 2]) = (sum, 0);
            }
        }

        double[] joints = [.. Enumerable.Range(0, Arm.Joints).SelectMany(joint => Arm.Dimensions.Joint(joint).ToArray())];
        return new AdaptedArm(TrunkDimensions.Of(Arm.Design, joints, Arm.Dimensions.Tool, offsets), weights);
    }

    /// <summary>Weights of an arm's residual.</summary>
    public static int WeightCount(TrunkArm arm) => PerGear * arm.StrokeCount + PerJoint * (1 + arm.Joints);

    /// <summary>Where modules and tip are.</summary>
    /// <param name="strokes">What the gears are told, joint-major.</param>
    /// <param name="sides">From which side each comes (<see cref="GearPlay"/>); empty: it is not known.</param>
    /// <param name="modules">Receives one pose a joint, or empty. Yielding moves and does not turn them: it is small.</param>
    /// <returns>The tip's.</returns>
    public Pose Predict(ReadOnlySpan<double> strokes, ReadOnlySpan<double> sides, Span<Pose> modules)
    {
        for (int gear = 0; gear < _strokes.Length; gear++)
        {
            double side = sides.IsEmpty ? 0 : sides[gear];
            ReadOnlySpan<double> own = _weights.AsSpan(PerGear * gear, PerGear);
            _strokes[gear] = strokes[gear] + own[0] * side + own[1] * (strokes[gear] - 0.5) + own[2];
        }

        Pose tip = Arm.ForwardFromStrokes(_strokes, _modules);
        Torques(tip.Position);
        for (int i = 0; i < modules.Length; i++)
        {
            modules[i] = _modules[i] with { Position = Yielded(_modules[i].Position, i + 1) };
        }

        return tip with { Position = Yielded(tip.Position, Arm.Joints) };
    }

    /// <summary>What the tip's place does with each weight of yielding, m per rad/(N m) and kg, at the last prediction:
    /// (common, then joint by joint) times (modules, load).</summary>
    /// <param name="tip">The last prediction.</param>
    /// <param name="columns">Receives <see cref="PerJoint"/> a joint and once more.</param>
    public void YieldColumns(in Vec3 tip, Span<Vec3> columns)
    {
        columns.Clear();
        for (int joint = 0; joint < Arm.Joints; joint++)
        {
            Vec3 lever = tip - Below(joint);
            Vec3 own = Vec3.Cross(_own[joint], lever), load = Vec3.Cross(_load[joint], lever);
            (columns[PerJoint * (joint + 1)], columns[PerJoint * (joint + 1) + 1]) = (own, load);
            (columns[0], columns[1]) = (columns[0] + own, columns[1] + load);
        }
    }

    /// <summary>Where a point is that the first joints carry.</summary>
    private Vec3 Yielded(Vec3 point, int joints)
    {
        Vec3 moved = default;
        ReadOnlySpan<double> weights = _weights.AsSpan(PerGear * _strokes.Length);
        for (int joint = 0; joint < joints; joint++)
        {
            double own = weights[0] + weights[PerJoint * (joint + 1)], load = weights[1] + weights[PerJoint * (joint + 1) + 1];
            moved += Vec3.Cross(own * _own[joint] + load * _load[joint], point - Below(joint));
        }

        return point + moved;
    }

    /// <summary>What turns each joint per kg: of every module beyond it, and at the tip.</summary>
    private void Torques(Vec3 tip)
    {
        Vec3 down = new(0, 0, -Gravity.OfBodies), sum = default;
        for (int joint = Arm.Joints - 1, beyond = 1; joint >= 0; joint--, beyond++)
        {
            sum += _modules[joint].Position;
            _own[joint] = Vec3.Cross(sum - beyond * Below(joint), down);
            _load[joint] = Vec3.Cross(tip - Below(joint), down);
        }
    }

    private Vec3 Below(int joint) => joint == 0 ? default : _modules[joint - 1].Position;
}
