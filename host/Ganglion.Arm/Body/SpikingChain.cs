using Ganglion.Arm.Kinematics;
using Ganglion.Basics.Space;
using Ganglion.Robots.Trunk;

namespace Ganglion.Arm.Body;

/// <summary>
/// The body of an arm as a network places it that learned one joint: it is asked for each joint, and its answers are put one behind the
/// other. What is known of this arm beyond its design as drawn, by its description or by what was learned of it, is added as the
/// difference that it makes to the arm as drawn. Holds its work space: one a thread. Allocates nothing.
/// </summary>
/// <param name="arm">The arm, as it is described.</param>
/// <param name="model">What learned its joint.</param>
public sealed class SpikingChain(TrunkArm arm, JointModel model)
{
    private readonly SpikingJoint _joint = model.NewJoint();
    private readonly TrunkArm _drawn = new(arm.Design, arm.Joints);
    private readonly double[] _displacements = new double[arm.InputCount];
    private readonly Pose[] _known = new Pose[arm.Joints], _asDrawn = new Pose[arm.Joints];

    /// <summary>Poses of the modules, base first, and of the tip.</summary>
    /// <param name="strokes">What the gears are told, consistent or not.</param>
    /// <param name="known">What was learned of the arm; null: it is as described.</param>
    /// <param name="modules">Receives one pose a joint.</param>
    /// <param name="jacobian">Receives how the tip moves with the displacements, as <see cref="TrunkArm.Jacobian"/> has it, by gradients
    /// through the network's spikes: 6 x <see cref="TrunkArm.InputCount"/> values, row-major, velocity, then angular velocity. Empty: that
    /// is not asked for.</param>
    public Pose Place(ReadOnlySpan<double> strokes, IForwardModel? known, Span<Pose> modules, Span<double> jacobian)
    {
        arm.StrokesToDisplacements(strokes, _displacements);
        Mat3 rotation = Mat3.Identity;
        Vec3 position = default;
        for (int joint = 0; joint < arm.Joints; joint++)
        {
            ReadOnlySpan<double> displacements = _displacements.AsSpan(3 * joint, 3);
            JointPose step;
            if (jacobian.IsEmpty)
            {
                step = _joint.Run(displacements);
                position += rotation * step.Translation;
            }
            else
            {
                _joint.Run(displacements, out JointMotion motion);
                step = motion.Pose;
                position += rotation * step.Translation;
                Store(jacobian, 3 * joint, rotation * motion.V0, rotation * motion.W0, position);
                Store(jacobian, 3 * joint + 1, rotation * motion.V1, rotation * motion.W1, position);
                Store(jacobian, 3 * joint + 2, rotation * motion.V2, rotation * motion.W2, position);
            }

            rotation *= step.Rotation;
            modules[joint] = new Pose(position, Quat.FromMatrix(rotation));
        }

        Pose tip = new(position + rotation * _drawn.ToolOffset, modules[^1].Orientation);
        if (!jacobian.IsEmpty)
        {
            ToTip(jacobian, tip.Position);
        }

        if (known == null && arm.Dimensions.IsStandard)
        {
            return tip;
        }

        Pose there = known?.FromStrokes(strokes, _known) ?? arm.ForwardFromStrokes(strokes, _known);
        Pose drawn = _drawn.ForwardFromStrokes(strokes, _asDrawn);
        for (int joint = 0; joint < modules.Length; joint++)
        {
            modules[joint] = Moved(modules[joint], _asDrawn[joint], _known[joint]);
        }

        return Moved(tip, drawn, there);
    }

    /// <summary>From the velocities of what would be at the base's origin to those of the tip.</summary>
    private void ToTip(Span<double> jacobian, in Vec3 tip)
    {
        int n = arm.InputCount;
        for (int column = 0; column < n; column++)
        {
            Vec3 turn = new(jacobian[3 * n + column], jacobian[4 * n + column], jacobian[5 * n + column]), more = Vec3.Cross(turn, tip);
            jacobian[column] += more.X;
            jacobian[n + column] += more.Y;
            jacobian[2 * n + column] += more.Z;
        }
    }

    /// <summary>A column, with the velocity of what would be at the base's origin.</summary>
    private void Store(Span<double> jacobian, int column, in Vec3 way, in Vec3 turn, in Vec3 module)
    {
        int n = arm.InputCount;
        Vec3 rest = way - Vec3.Cross(turn, module);
        (jacobian[column], jacobian[n + column], jacobian[2 * n + column]) = (rest.X, rest.Y, rest.Z);
        (jacobian[3 * n + column], jacobian[4 * n + column], jacobian[5 * n + column]) = (turn.X, turn.Y, turn.Z);
    }

    private static Pose Moved(in Pose placed, in Pose drawn, in Pose known) => new(placed.Position + known.Position - drawn.Position,
        known.Orientation * drawn.Orientation.Conjugate * placed.Orientation);
}
