using Ganglion.Basics.Space;
using Ganglion.Robots.Robot;

namespace Ganglion.Robots.Trunk;

/// <summary>
/// A trunk arm of joint modules of one design, exact and without state: safe to share between threads. Poses are REP-103 with the origin
/// in the first module, z along the straight arm; metres.
/// <para>Four sets of variables describe the same posture:</para>
/// <list type="bullet">
/// <item>inputs: 3 a joint, joint-local, with a box as limits that is exactly the box of the gears' travels. 4-geared: (ax, ay, h)
/// in [-1, 1], see <see cref="FourGearedJoint"/>; 3-geared: the gear strokes in [0, 1]. Kinematics and its inverse work on these.</item>
/// <item>strokes: 3 or 4 a joint, gear positions as fractions of their travel: what the servos get and what is measured.</item>
/// <item>displacements: 3 a joint, linear in the strokes: see <see cref="StrokesToDisplacements"/>.</item>
/// <item>commands: 3 a joint, the papers' variables in one frame common to all joints: see <see cref="CommandsToInputs"/>.</item>
/// </list>
/// All spans are joint-major; a span of another length throws <see cref="ArgumentException"/>.
/// </summary>
public sealed partial class TrunkArm
{
    private readonly FourGearedJoint[] _four;
    private readonly ThreeGearedJoint[] _three;

    /// <summary>An arm as drawn.</summary>
    /// <param name="design">The joint module.</param>
    /// <param name="joints">Number of modules, at least 1.</param>
    /// <param name="paperCompatible">
    /// True repeats the authors' 4-geared simulation, where the turned tilts are not limited and a gear can be asked to leave its
    /// travel (strokes -0.41..1.41 occur); for comparison with their figures only, never for driving an arm.
    /// </param>
    public TrunkArm(JointDesign design, int joints, bool paperCompatible = false)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(joints, 1);
        if (!Enum.IsDefined(design))
        {
            throw new ArgumentOutOfRangeException(nameof(design), design, "there are a 3-geared and a 4-geared design");
        }

        Design = design;
        Joints = joints;
        PaperCompatible = paperCompatible;
        Dimensions = TrunkDimensions.Standard(design, joints);
        ToolOffset = new(0, 0, Dimensions.Tool);
        Build(out _four, out _three);
    }

    /// <summary>An arm of its own dimensions.</summary>
    public TrunkArm(TrunkDimensions dimensions)
    {
        (Design, Joints, Dimensions) = (dimensions.Design, dimensions.Joints, dimensions);
        ToolOffset = new(0, 0, dimensions.Tool);
        Build(out _four, out _three);
    }

    /// <summary>The arm that a description file describes.</summary>
    /// <exception cref="ArgumentException">The description is of another kind of robot.</exception>
    public static TrunkArm FromDescription(RobotDescription robot) => robot.TrunkArm is { } layout
        ? new TrunkArm(layout.Dimensions)
        : throw new ArgumentException($"robot '{robot.Name}' is not a trunk arm; use a description of kind trunk-arm", nameof(robot));

    public JointDesign Design { get; }

    public int Joints { get; }

    /// <summary>Its lengths, angles and offsets.</summary>
    public TrunkDimensions Dimensions { get; }

    /// <summary>Its joints, base first; empty unless it is 4-geared.</summary>
    public ReadOnlySpan<FourGearedJoint> FourGearedJoints => _four;

    /// <summary>Its joints, base first; empty unless it is 3-geared.</summary>
    public ReadOnlySpan<ThreeGearedJoint> ThreeGearedJoints => _three;

    public bool PaperCompatible { get; }

    /// <summary>Number of inputs, and of commands: three a joint.</summary>
    public int InputCount => 3 * Joints;

    public int GearsPerJoint => (int)Design;

    public int StrokeCount => GearsPerJoint * Joints;

    /// <summary>Smallest value of every input and command: -1 (4-geared) or 0 (3-geared).</summary>
    public double InputMin => IsFourGeared ? -1 : 0;

    /// <summary>Largest value of every input and command.</summary>
    public double InputMax => 1;

    /// <summary>The length that the papers divide positions by, m: the design's, whatever an arm's own dimensions are.</summary>
    public double NormalisingLength => IsFourGeared ? FourGearedJoint.NeutralDistance : ThreeGearedJoint.NormalisingDistance;

    /// <summary>Tool tip in the last module's frame, m.</summary>
    public Vec3 ToolOffset { get; }

    private bool IsFourGeared => Design == JointDesign.FourGeared;

    /// <summary>Writes the inputs of the straight arm with all gears retracted as far as they go.</summary>
    /// <param name="inputs">Receives <see cref="InputCount"/> values.</param>
    public void Retract(Span<double> inputs)
    {
        Require(inputs.Length, InputCount, nameof(inputs));
        for (int i = 0; i < inputs.Length; i++)
        {
            inputs[i] = IsFourGeared && i % 3 < 2 ? 0 : InputMin;
        }
    }

    /// <summary>Pose of the tool tip.</summary>
    /// <param name="inputs"><see cref="InputCount"/> values within the limits.</param>
    public Pose Forward(ReadOnlySpan<double> inputs) => Chain(inputs, false, []);

    /// <summary>Pose of the tool tip and of every module that a joint moves.</summary>
    /// <param name="inputs"><see cref="InputCount"/> values.</param>
    /// <param name="modules">Receives <see cref="Joints"/> poses, from the base to the last module.</param>
    public Pose Forward(ReadOnlySpan<double> inputs, Span<Pose> modules)
    {
        Require(modules.Length, Joints, nameof(modules));
        return Chain(inputs, false, modules);
    }

    /// <summary>
    /// Pose of the tool tip and of every module for measured gear strokes. Strokes need not be consistent: the four gears of a
    /// 4-geared joint are fitted by least squares (<see cref="FourGearedJoint.PoseFromStrokes"/>); any three strokes are.
    /// </summary>
    /// <param name="strokes"><see cref="StrokeCount"/> values, near 0..1.</param>
    /// <param name="modules">Receives <see cref="Joints"/> poses, or empty for the tip alone.</param>
    public Pose ForwardFromStrokes(ReadOnlySpan<double> strokes, Span<Pose> modules)
    {
        if (!modules.IsEmpty)
        {
            Require(modules.Length, Joints, nameof(modules));
        }

        return Chain(strokes, true, modules);
    }

    /// <summary>
    /// Pose of the tool tip and its Jacobian: rows are the tip's velocity (x, y, z; m) and angular velocity (x, y, z; rad) in base
    /// axes, columns the inputs.
    /// </summary>
    /// <param name="inputs"><see cref="InputCount"/> values.</param>
    /// <param name="jacobian">Receives 6 x <see cref="InputCount"/> values, row-major.</param>
    /// <param name="byDisplacements">True: columns are the displacements (<see cref="StrokesToDisplacements"/>).</param>
    public Pose Jacobian(ReadOnlySpan<double> inputs, Span<double> jacobian, bool byDisplacements = false)
    {
        Require(inputs.Length, InputCount, nameof(inputs));
        Require(jacobian.Length, 6 * InputCount, nameof(jacobian));
        int n = InputCount;
        Mat3 rotation = Mat3.Identity;
        Vec3 position = default;
        for (int column = 0; column < n; column += 3)
        {
            Motion(column / 3, new Vec3(inputs[column], inputs[column + 1], inputs[column + 2]), byDisplacements, out JointMotion motion);
            position += rotation * motion.Pose.Translation;
            Store(jacobian, n, column, rotation * motion.V0, rotation * motion.W0, position);
            Store(jacobian, n, column + 1, rotation * motion.V1, rotation * motion.W1, position);
            Store(jacobian, n, column + 2, rotation * motion.V2, rotation * motion.W2, position);
            rotation *= motion.Pose.Rotation;
        }
        Vec3 tip = position + rotation * ToolOffset;
        // Store left v - w x module in the upper rows; with w x tip added they hold the tip's velocity.
        for (int column = 0; column < n; column++)
        {
            double wx = jacobian[3 * n + column], wy = jacobian[4 * n + column], wz = jacobian[5 * n + column];
            jacobian[column] += wy * tip.Z - wz * tip.Y;
            jacobian[n + column] += wz * tip.X - wx * tip.Z;
            jacobian[2 * n + column] += wx * tip.Y - wy * tip.X;
        }
        return new Pose(tip, Quat.FromMatrix(rotation));
    }

    /// <summary>Gear strokes for inputs. Unless the arm is paper-compatible, inputs are limited first, so every stroke lies in [0,
    /// 1].</summary>
    /// <param name="inputs"><see cref="InputCount"/> values.</param>
    /// <param name="strokes">Receives <see cref="StrokeCount"/> values.</param>
    public void InputsToStrokes(ReadOnlySpan<double> inputs, Span<double> strokes)
    {
        Require(inputs.Length, InputCount, nameof(inputs));
        Require(strokes.Length, StrokeCount, nameof(strokes));
        for (int joint = 0; joint < Joints; joint++)
        {
            Vec3 input = Limited(inputs.Slice(3 * joint, 3));
            Span<double> gears = strokes.Slice(GearsPerJoint * joint, GearsPerJoint);
            if (IsFourGeared)
            {
                FourGearedJoint.Strokes(input, gears);
            }
            else
            {
                (gears[0], gears[1], gears[2]) = (input.X, input.Y, input.Z);
            }
        }
    }

    /// <summary>Inputs for gear strokes; for inconsistent strokes those of the fitted pose, limited to their box.</summary>
    /// <param name="strokes"><see cref="StrokeCount"/> values.</param>
    /// <param name="inputs">Receives <see cref="InputCount"/> values.</param>
    public void StrokesToInputs(ReadOnlySpan<double> strokes, Span<double> inputs)
    {
        Require(strokes.Length, StrokeCount, nameof(strokes));
        Require(inputs.Length, InputCount, nameof(inputs));
        for (int joint = 0; joint < Joints; joint++)
        {
            ReadOnlySpan<double> gears = strokes.Slice(GearsPerJoint * joint, GearsPerJoint);
            Vec3 input = IsFourGeared ? FourGearedJoint.Inputs(gears) : new Vec3(gears[0], gears[1], gears[2]);
            (inputs[3 * joint], inputs[3 * joint + 1], inputs[3 * joint + 2]) = (input.X, input.Y, input.Z);
        }
        if (!PaperCompatible)
        {
            Clamp(inputs);
        }
    }

    /// <summary>Moves every input into its limits; not-a-number goes to the middle.</summary>
    public void Clamp(Span<double> inputs)
    {
        double middle = (InputMin + InputMax) / 2;
        foreach (ref double input in inputs)
        {
            input = double.IsNaN(input) ? middle : Math.Clamp(input, InputMin, InputMax);
        }
    }

    private Pose Chain(ReadOnlySpan<double> values, bool areStrokes, Span<Pose> modules)
    {
        int perJoint = areStrokes ? GearsPerJoint : 3;
        Require(values.Length, perJoint * Joints, areStrokes ? "strokes" : "inputs");
        Mat3 rotation = Mat3.Identity;
        Vec3 position = default;
        for (int joint = 0; joint < Joints; joint++)
        {
            ReadOnlySpan<double> own = values.Slice(joint * perJoint, perJoint);
            JointPose step = PaperFrame.ToRep103(
                !IsFourGeared ? _three[joint].Pose(new(own[0], own[1], own[2]))
                : areStrokes ? _four[joint].PoseFromStrokes(own)
                : _four[joint].Pose(new(own[0], own[1], own[2])));
            position += rotation * step.Translation;
            rotation *= step.Rotation;
            if (!modules.IsEmpty)
            {
                modules[joint] = new Pose(position, Quat.FromMatrix(rotation));
            }
        }
        return new Pose(position + rotation * ToolOffset, Quat.FromMatrix(rotation));
    }

    private void Motion(int joint, in Vec3 input, bool byDisplacements, out JointMotion motion)
    {
        if (IsFourGeared)
        {
            _four[joint].Motion(input, byDisplacements, out motion);
        }
        else
        {
            _three[joint].Motion(input, out motion);
        }

        PaperFrame.ToRep103(ref motion);
    }

    private static void Store(Span<double> jacobian, int n, int column, in Vec3 v, in Vec3 w, in Vec3 module)
    {
        Vec3 rest = v - Vec3.Cross(w, module);
        jacobian[column] = rest.X;
        jacobian[n + column] = rest.Y;
        jacobian[2 * n + column] = rest.Z;
        jacobian[3 * n + column] = w.X;
        jacobian[4 * n + column] = w.Y;
        jacobian[5 * n + column] = w.Z;
    }

    private Vec3 Limited(ReadOnlySpan<double> own)
    {
        if (PaperCompatible)
        {
            return new(own[0], own[1], own[2]);
        }

        Span<double> limited = [own[0], own[1], own[2]];
        Clamp(limited);
        return new(limited[0], limited[1], limited[2]);
    }

    private void Build(out FourGearedJoint[] four, out ThreeGearedJoint[] three)
    {
        TrunkDimensions all = Dimensions;
        IEnumerable<int> joints = Enumerable.Range(0, Joints);
        four = IsFourGeared ? [.. joints.Select(joint => new FourGearedJoint(all.Joint(joint), all.OffsetsOf(joint)))] : [];
        three = IsFourGeared ? [] : [.. joints.Select(joint => new ThreeGearedJoint(all.Joint(joint), all.OffsetsOf(joint)))];
    }

    private static void Require(int given, int needed, string name)
    {
        if (given != needed)
        {
            throw new ArgumentException($"{name} has {given} entries; this arm needs {needed}", name);
        }
    }
}
