using Ganglion.Arm.Learning;
using Ganglion.Basics.Space;
using Ganglion.Neurons.Training;
using Ganglion.Robots.Trunk;

namespace Ganglion.Arm.Body;

/// <summary>
/// Random postures of one joint with where it puts the next module, in the numbers of <see cref="JointForm"/>. Most of them are those that
/// the gears may stand in, ends of the travels often; the rest are gears anywhere, as they are while some have made a step and others have
/// not. Any sample can be asked for by its index, from any thread.
/// </summary>
public sealed class JointSamples : ISampleSource, IDisposable
{
    private const double ConsistentShare = 0.7, EndShare = 0.15;

    private readonly JointForm _form;
    private readonly ThreadLocal<Scratch> _scratch;

    /// <param name="form">The joint and its numbers.</param>
    /// <param name="seed">Seed of the postures.</param>
    public JointSamples(JointForm form, ulong seed)
    {
        _form = form;
        _scratch = new(() => new Scratch(new StreamRandom(seed), form.One));
    }

    /// <inheritdoc/>
    public int InputLength => JointForm.Inputs;

    /// <inheritdoc/>
    public int TargetLength => JointForm.Outputs;

    /// <inheritdoc/>
    public void Fill(long index, Span<float> inputs, Span<float> targets)
    {
        Scratch own = _scratch.Value!;
        own.Random.Restart(index);
        TrunkArm arm = _form.One;
        if (own.Random.NextDouble() < ConsistentShare)
        {
            Draw(own.Random, arm.InputMin, arm.InputMax, own.Values);
            arm.InputsToStrokes(own.Values, own.Strokes);
        }
        else
        {
            Draw(own.Random, 0, 1, own.Strokes);
        }

        arm.StrokesToDisplacements(own.Strokes, own.Values);
        _form.WriteInputs(own.Values, inputs);
        arm.ForwardFromStrokes(own.Strokes, own.Module);
        _form.Write(own.Module[0], targets);
    }

    /// <inheritdoc/>
    public void Dispose() => _scratch.Dispose();

    private static void Draw(StreamRandom random, double least, double most, Span<double> values)
    {
        foreach (ref double value in values)
        {
            double share = random.NextDouble();
            value = least + (most - least) * (random.NextDouble() < EndShare ? Math.Round(share) : share);
        }
    }

    private sealed class Scratch(StreamRandom random, TrunkArm arm)
    {
        public StreamRandom Random { get; } = random;

        public double[] Values { get; } = new double[arm.InputCount];

        public double[] Strokes { get; } = new double[arm.StrokeCount];

        public Pose[] Module { get; } = new Pose[1];
    }
}
