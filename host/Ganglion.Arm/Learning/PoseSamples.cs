using Ganglion.Basics.Space;
using Ganglion.Neurons.Training;
using Ganglion.Robots.Trunk;

namespace Ganglion.Arm.Learning;

/// <summary>
/// Random postures of an arm with the poses that they lead to, for training and testing a forward model: the authors' distribution
/// (<see cref="PoseSampler"/>). Any sample can be asked for by its index, from any thread.
/// <para>Inputs [Joints x 3]: the papers' commands, in one frame common to all joints, as the gears follow them (limits applied).</para>
/// <para>Targets [Joints x 7], base first: position (x, y, z) and orientation (w, x, y, z), REP-103 axes, in the form asked for.
/// Positions are (p - (0, 0, D)) / D with D the arm's <see cref="TrunkArm.NormalisingLength"/>.</para>
/// </summary>
public sealed class PoseSamples : ISampleSource, IDisposable
{
    /// <summary>Numbers per joint in the inputs.</summary>
    public const int InputsPerJoint = 3;

    /// <summary>Numbers per joint in the targets.</summary>
    public const int TargetsPerJoint = 7;

    private readonly TrunkArm _arm;
    private readonly TargetForm _form;
    private readonly Quat[] _unmount;
    private readonly ThreadLocal<Scratch> _scratch;

    /// <param name="arm">The arm.</param>
    /// <param name="form">What to report.</param>
    /// <param name="seed">Seed of the postures.</param>
    public PoseSamples(TrunkArm arm, TargetForm form, ulong seed)
    {
        (_arm, _form) = (arm, form);
        _scratch = new(() => new Scratch(arm, seed));
        double yaw = arm.Design == JointDesign.FourGeared ? FourGearedJoint.MountingYaw : Math.PI;
        _unmount = [.. Enumerable.Range(1, arm.Joints).Select(mounts => Quat.FromMatrix(Mat3.AboutZ(-yaw * mounts)))];
    }

    /// <inheritdoc/>
    public int InputLength => _arm.Joints * InputsPerJoint;

    /// <inheritdoc/>
    public int TargetLength => _arm.Joints * TargetsPerJoint;

    /// <inheritdoc/>
    public void Fill(long index, Span<float> inputs, Span<float> targets)
    {
        Scratch scratch = _scratch.Value!;
        scratch.Random.Restart(index);
        scratch.Sampler.Sample(scratch.Inputs);
        Pose tip = _arm.Forward(scratch.Inputs, scratch.Modules);
        _arm.InputsToCommands(scratch.Inputs, scratch.Inputs);
        for (int i = 0; i < inputs.Length; i++)
        {
            inputs[i] = (float)scratch.Inputs[i];
        }

        WriteTargets(scratch.Modules, tip, targets);
    }

    /// <summary>The targets of measured poses.</summary>
    /// <param name="modules">Pose of every module, base first, m.</param>
    /// <param name="tip">Pose of the tool tip.</param>
    /// <param name="targets">Receives [Joints x 7].</param>
    public void WriteTargets(ReadOnlySpan<Pose> modules, in Pose tip, Span<float> targets)
    {
        double length = _arm.NormalisingLength;
        Quat before = Quat.Identity;
        for (int joint = 0; joint < _arm.Joints; joint++)
        {
            bool last = joint == _arm.Joints - 1;
            Vec3 position = last ? tip.Position : modules[_form.Position == PositionTarget.Own ? joint : joint + 1].Position;
            Quat q = modules[joint].Orientation;
            if (_form.Orientation == OrientationTarget.Continuous)
            {
                q *= _unmount[joint];
                double dot = q.W * before.W + q.X * before.X + q.Y * before.Y + q.Z * before.Z;
                if (dot < 0)
                {
                    q = new(-q.W, -q.X, -q.Y, -q.Z);
                }

                before = q;
            }

            Span<float> target = targets.Slice(joint * TargetsPerJoint, TargetsPerJoint);
            target[0] = (float)(position.X / length);
            target[1] = (float)(position.Y / length);
            target[2] = (float)(position.Z / length - 1);
            target[3] = (float)q.W;
            target[4] = (float)q.X;
            target[5] = (float)q.Y;
            target[6] = (float)q.Z;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _scratch.Dispose();

    /// <summary>What one thread needs to draw a sample without allocating.</summary>
    private sealed class Scratch
    {
        public Scratch(TrunkArm arm, ulong seed)
        {
            Random = new StreamRandom(seed);
            Sampler = new PoseSampler(arm, Random);
            Inputs = new double[arm.InputCount];
            Modules = new Pose[arm.Joints];
        }

        public StreamRandom Random { get; }

        public PoseSampler Sampler { get; }

        public double[] Inputs { get; }

        public Pose[] Modules { get; }
    }
}
