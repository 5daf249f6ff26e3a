using Ganglion.Arm.Learning;
using Ganglion.Basics.Space;
using Ganglion.Neurons.Files;
using Ganglion.Neurons.Network;
using Ganglion.Neurons.Passes;
using Ganglion.Robots.Trunk;

namespace Ganglion.Arm.Inference;

/// <summary>
/// A trained spiking forward model as motor inference uses it: joint inputs in, predicted tip pose out, and gradients of that pose
/// back through the unrolled spike trains of the last <see cref="Predict"/> (trunk paper, section III.B). The arm's exact geometry is
/// not consulted: only the frames in which inputs and poses are written down. Not safe for two threads at once; calls allocate nothing.
/// </summary>
public sealed class SpikingPoseModel
{
    /// <summary>Numbers of a pose as the network reports it: (x, y, z - D) / D, then w x y z.</summary>
    public const int Outputs = PoseSamples.TargetsPerJoint;

    /// <summary>Runs a period times joints times neurons: a neuron of one joint's window takes some 25 ns.</summary>
    private const int RunsTimesSize = 300_000, FewestRuns = 8, MostRuns = 64;

    private readonly LsnnPass _pass;
    private readonly Quat _mount;
    private readonly float[] _current, _outputGradient, _inputGradient;
    private readonly double[] _told, _inputs, _commands, _row;

    /// <param name="arm">The arm that the model was trained on.</param>
    /// <param name="weights">Its network.</param>
    /// <param name="form">The form of its outputs.</param>
    public SpikingPoseModel(TrunkArm arm, LsnnWeights weights, TargetForm form)
    {
        (Arm, Form) = (arm, form);
        RunsPerPeriod = Math.Clamp(RunsTimesSize / (arm.Joints * weights.Shape.Hidden), FewestRuns, MostRuns);
        _pass = LsnnEngine.CreateEventPass(weights);
        double yaw = arm.Design == JointDesign.FourGeared ? FourGearedJoint.MountingYaw : Math.PI;
        _mount = form.Orientation == OrientationTarget.Continuous ? Quat.FromMatrix(Mat3.AboutZ(yaw * arm.Joints)) : Quat.Identity;
        _current = new float[arm.InputCount];
        _inputGradient = new float[arm.InputCount];
        _outputGradient = new float[_pass.Shape.OutputLength];
        Held = new HeldGears(arm);
        _told = new double[arm.InputCount];
        _inputs = new double[arm.InputCount];
        _commands = new double[arm.InputCount];
        _row = new double[arm.InputCount];
    }

    /// <summary>Loads the model of an arm; throws as <see cref="ArmModel.Load"/> does.</summary>
    public static SpikingPoseModel Load(string path, TrunkArm arm)
    {
        (TrainedModel model, TargetForm form) = ArmModel.Load(path, arm);
        SpikingPoseModel loaded = new(arm, model.Weights, form);
        if (model.Notes.TryGetValue(HeldGears.Note, out string? held))
        {
            loaded.Held.Read(held);
        }

        return loaded;
    }

    public TrunkArm Arm { get; }

    /// <summary>Gears that are known to stand still: predictions and Jacobians are of the arm with them.</summary>
    public HeldGears Held { get; }

    /// <summary>The form of the network's outputs.</summary>
    public TargetForm Form { get; }

    /// <summary>The network, read in place: a change of its weights is seen by the next run.</summary>
    public LsnnWeights Weights => _pass.Weights;

    /// <summary>
    /// Network runs (a <see cref="Predict"/> is one, a Jacobian's <see cref="AddJacobian"/> row about one and a half) that fit into a
    /// control period of 20 ms and leave most of it free: 2 to 8 ms of one core. Counted, not timed, so that runs repeat.
    /// </summary>
    public int RunsPerPeriod { get; }

    /// <summary>Neurons of the recurrent layer.</summary>
    public int Neurons => _pass.Shape.Hidden;

    /// <summary>Neurons from this one on have thresholds that adapt.</summary>
    public int AdaptiveFrom => _pass.Shape.LifCount;

    /// <summary>Steps of a run, 1 ms each.</summary>
    public int Steps => _pass.Shape.Steps;

    /// <summary>Runs so far.</summary>
    public long Runs { get; private set; }

    /// <summary>The prediction of the last window, mean over its loss steps, [<see cref="Outputs"/>].</summary>
    public ReadOnlySpan<float> Raw => _pass.Means[^Outputs..];

    /// <summary>Runs the network; throws <see cref="ArgumentException"/> for inputs that are not finite.</summary>
    /// <param name="inputs">Joint-local inputs, <see cref="TrunkArm.InputCount"/> values.</param>
    /// <returns>
    /// The predicted tip pose. Its orientation is the network's quaternion brought to length 1; a network that reports no rotation
    /// at all (length 0 or not finite) gives a pose that is not finite.
    /// </returns>
    public Pose Predict(ReadOnlySpan<double> inputs)
    {
        inputs.CopyTo(_told);
        inputs.CopyTo(_inputs);
        if (Held.Any)
        {
            Held.Apply(_told, _inputs);
        }

        Arm.InputsToCommands(_inputs, _commands);
        return PredictCommands(_commands);
    }

    /// <summary>The same, for callers that can do nothing with a pose that is not finite.</summary>
    /// <exception cref="InvalidDataException">The network predicts nonsense.</exception>
    public Pose PredictFinite(ReadOnlySpan<double> inputs)
    {
        Pose tip = Predict(inputs);
        return double.IsFinite(tip.Position.LengthSquared + tip.Orientation.W) ? tip
            : throw new InvalidDataException("the model predicts poses that are not finite: it is damaged or was badly trained. Restore " +
                "its file, train it again (ganglion train), or use --controller ik.");
    }

    /// <summary>The same for the papers' commands.</summary>
    public Pose PredictCommands(ReadOnlySpan<double> commands)
    {
        for (int i = 0; i < _current.Length; i++)
        {
            _current[i] = (float)commands[i];
        }

        _pass.Forward(_current);
        Runs++;
        ReadOnlySpan<float> raw = Raw;
        double length = Arm.NormalisingLength;
        Quat turn = new Quat(raw[3], raw[4], raw[5], raw[6]).Normalized() * _mount;
        return new Pose(new Vec3(length * raw[0], length * raw[1], length * (raw[2] + 1)), turn.Normalized());
    }

    /// <summary>Writes which neurons spiked in the last run: 1 where one did, [Steps x Neurons].</summary>
    public void CopySpikes(Span<byte> spikes) => _pass.CopyRaster(spikes);

    /// <summary>Writes the thresholds at the end of the last run, [Neurons].</summary>
    public void CopyThresholds(Span<float> thresholds) => _pass.CopyThresholds(thresholds);

    /// <summary>A tip pose as the network would report it; the quaternion's sign is left as it comes.</summary>
    /// <param name="pose">REP-103, m.</param>
    /// <param name="outputs">Receives <see cref="Outputs"/> numbers.</param>
    public void Write(in Pose pose, Span<double> outputs)
    {
        double length = Arm.NormalisingLength;
        Quat q = pose.Orientation * _mount.Conjugate;
        (outputs[0], outputs[1], outputs[2]) = (pose.Position.X / length, pose.Position.Y / length, pose.Position.Z / length - 1);
        (outputs[3], outputs[4], outputs[5], outputs[6]) = (q.W, q.X, q.Y, q.Z);
    }

    /// <summary>
    /// Gradient of E = 1/2 sum (y - u)^2 over the loss steps of the last window (trunk paper, eqs. 14 and 38) with respect to the commands,
    /// summed over the steps of each joint's window, at the last prediction. y is the pose that the network predicts, the mean over those
    /// steps (section III.A), and not the output of each step: outputs scatter around their mean, and their own errors would leave a
    /// gradient where the pose is right already, which keeps the tip away from its target by tenths of a millimetre.
    /// </summary>
    /// <param name="target">u, <see cref="Outputs"/> numbers.</param>
    /// <param name="gradient">Receives <see cref="TrunkArm.InputCount"/> numbers.</param>
    public void CommandGradient(ReadOnlySpan<double> target, Span<double> gradient)
    {
        int first = _outputGradient.Length - _pass.Shape.LossSteps * Outputs;
        Array.Clear(_outputGradient, 0, first);
        ReadOnlySpan<float> mean = Raw;
        for (int i = first, k = 0; i < _outputGradient.Length; i++, k = (k + 1) % Outputs)
        {
            _outputGradient[i] = mean[k] - (float)target[k];
        }

        _pass.BackwardToInputs(_outputGradient, _inputGradient);
        for (int i = 0; i < gradient.Length; i++)
        {
            gradient[i] = _inputGradient[i];
        }
    }

    /// <summary>
    /// The spiking Jacobian: one pass back through the last <see cref="Predict"/> for each of 3 or 7 outputs. Rows are the tip's velocity
    /// (m) and, with 6 rows, its angular velocity (rad) in base axes, columns the joint-local inputs, row-major; added to what is there.
    /// </summary>
    /// <param name="rows">3 or 6.</param>
    /// <param name="share">What each entry is multiplied by before it is added.</param>
    /// <param name="jacobian">rows x <see cref="TrunkArm.InputCount"/>, at least that long.</param>
    public void AddJacobian(int rows, double share, Span<double> jacobian)
    {
        int n = Arm.InputCount;
        for (int axis = 0; axis < 3; axis++)
        {
            OutputRow(axis);
            Accumulate(jacobian.Slice(axis * n, n), share * Arm.NormalisingLength);
        }

        if (rows == 3)
        {
            return;
        }

        ReadOnlySpan<float> raw = Raw;
        double length = Math.Sqrt(raw[3] * raw[3] + raw[4] * raw[4] + raw[5] * raw[5] + raw[6] * raw[6]), scale = 2 * share / length;
        Quat back = new Quat(raw[3] / length, raw[4] / length, raw[5] / length, raw[6] / length).Conjugate;
        for (int k = 0; k < 4; k++)
        {
            // w = 2 Im(dq q*), with q of length 1: what the k-th component's change turns the tip by. A change of length alone turns
            // nothing.
            Quat unit = new(k == 0 ? 1 : 0, k == 1 ? 1 : 0, k == 2 ? 1 : 0, k == 3 ? 1 : 0), turn = unit * back;
            OutputRow(3 + k);
            Accumulate(jacobian.Slice(3 * n, n), scale * turn.X);
            Accumulate(jacobian.Slice(4 * n, n), scale * turn.Y);
            Accumulate(jacobian.Slice(5 * n, n), scale * turn.Z);
        }
    }

    /// <summary>d(mean of one output over the loss steps of the last window)/d(inputs), into the row.</summary>
    private void OutputRow(int output)
    {
        Array.Clear(_outputGradient);
        int steps = _pass.Shape.LossSteps;
        for (int s = 1; s <= steps; s++)
        {
            _outputGradient[^(s * Outputs - output)] = 1f / steps;
        }

        _pass.BackwardToInputs(_outputGradient, _inputGradient);
        for (int i = 0; i < _row.Length; i++)
        {
            _row[i] = _inputGradient[i];
        }

        Arm.CommandGradientToInputs(_inputs, _row);
        if (Held.Any)
        {
            Held.GradientToTold(_told, _inputs, _row);
        }
    }

    private void Accumulate(Span<double> line, double scale)
    {
        for (int i = 0; i < line.Length; i++)
        {
            line[i] += scale * _row[i];
        }
    }
}
