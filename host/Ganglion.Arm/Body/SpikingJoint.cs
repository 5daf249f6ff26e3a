using Ganglion.Basics.Space;
using Ganglion.Neurons.Network;
using Ganglion.Neurons.Passes;
using Ganglion.Robots.Trunk;

namespace Ganglion.Arm.Body;

/// <summary>
/// A network that learned one joint, at work: where the joint puts the next module, and how that changes with the displacements, by
/// gradients through the spikes of the run (trunk paper, section III.B and eq. 14). They are carried forward with its steps: a joint has
/// half as many displacements as outputs, so that this is less than half of the work of going back from each output. Holds its work space:
/// one a thread. Allocates nothing.
/// </summary>
public sealed class SpikingJoint
{
    private readonly LsnnTangents _network;
    private readonly JointForm _form;
    private readonly double[] _lengthening;
    private readonly float[] _inputs = new float[JointForm.Inputs], _outputs = new float[JointForm.Outputs];
    private readonly float[] _rows = new float[JointForm.Outputs * JointForm.Inputs];

    /// <param name="weights">The network, read in place.</param>
    /// <param name="form">Its numbers.</param>
    /// <param name="lengthening">What gradients through spikes are multiplied by, one number an output.</param>
    internal SpikingJoint(LsnnWeights weights, JointForm form, double[] lengthening)
    {
        (_network, _form, _lengthening) = (LsnnEngine.CreateTangents(weights), form, lengthening);
    }

    /// <summary>Where the next module is, in this one's frame.</summary>
    /// <param name="displacements">Of the joint, 3 values.</param>
    public JointPose Run(ReadOnlySpan<double> displacements)
    {
        _form.WriteInputs(displacements, _inputs);
        _network.Run(_inputs, _outputs);
        return _form.Read(_outputs);
    }

    /// <summary>The same with how it changes by the displacements.</summary>
    /// <param name="displacements">Of the joint, 3 values.</param>
    /// <param name="motion">Receives it; REP-103 axes.</param>
    public void Run(ReadOnlySpan<double> displacements, out JointMotion motion)
    {
        _form.WriteInputs(displacements, _inputs);
        _network.Run(_inputs, _outputs, _rows);
        motion.Pose = _form.Read(_outputs);
        (motion.V0, motion.W0) = Column(0);
        (motion.V1, motion.W1) = Column(1);
        (motion.V2, motion.W2) = Column(2);
    }

    /// <summary>
    /// How many times longer a joint's gradients have to be, output by output: those through spikes point the right way but are too short,
    /// since surrogate derivatives fade. It is what the network's own outputs say of postures a little apart, by least squares.
    /// </summary>
    internal static double[] Lengthening(LsnnWeights weights, JointForm form)
    {
        const int postures = 200;
        const float apart = 0.1f;
        SpikingJoint joint = new(weights, form, []);
        float[] inputs = joint._inputs, there = new float[JointForm.Inputs];
        var random = new Random(1);
        double[] made = new double[JointForm.Outputs], squares = new double[JointForm.Outputs];
        double[] changes = new double[JointForm.Outputs * JointForm.Inputs];
        for (int i = 0; i < postures; i++)
        {
            foreach (ref float one in there.AsSpan())
            {
                one = (1 - apart) * (2 * random.NextSingle() - 1);
            }

            for (int k = 0; k < changes.Length; k++)
            {
                (int input, int output) = Math.DivRem(k, JointForm.Outputs);
                there.CopyTo(inputs, 0);
                inputs[input] += apart;
                joint._network.Run(inputs, joint._outputs);
                double above = joint._outputs[output];
                inputs[input] -= 2 * apart;
                joint._network.Run(inputs, joint._outputs);
                changes[output * JointForm.Inputs + input] = (above - joint._outputs[output]) / (2 * apart);
            }

            there.CopyTo(inputs, 0);
            joint._network.Run(inputs, joint._outputs, joint._rows);
            for (int k = 0; k < changes.Length; k++)
            {
                made[k / JointForm.Inputs] += changes[k] * joint._rows[k];
                squares[k / JointForm.Inputs] += (double)joint._rows[k] * joint._rows[k];
            }
        }

        // A gradient that is nothing, or points the other way, is left as it is: such a network is refused by its errors.
        return [.. made.Zip(squares, (share, square) => square > 0 && share > 0 ? share / square : 1)];
    }

    /// <summary>What a displacement does, its gradients lengthened.</summary>
    private (Vec3 Way, Vec3 Turn) Column(int input)
    {
        Span<double> changes = stackalloc double[JointForm.Outputs];
        for (int output = 0; output < JointForm.Outputs; output++)
        {
            changes[output] = _form.Slope * _lengthening[output] * _rows[output * JointForm.Inputs + input];
        }

        return _form.Change(_outputs, changes);
    }
}
