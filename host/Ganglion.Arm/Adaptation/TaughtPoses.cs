using Ganglion.Arm.Learning;
using Ganglion.Basics.Space;
using Ganglion.Neurons.Training;
using Ganglion.Robots.Trunk;

namespace Ganglion.Arm.Adaptation;

/// <summary>
/// Random postures with the poses that a learned arm leads to, for a network to learn from in any number: what 300 measured poses say of an
/// arm is in the dimensions and the residual that were learned from them. Of play the network learns the middle. Any sample can be asked
/// for by its index, from any thread; the form is that of <see cref="PoseSamples"/>.
/// </summary>
public sealed class TaughtPoses : ISampleSource, IDisposable
{
    private readonly PoseSamples _layout;
    private readonly ThreadLocal<Scratch> _scratch;

    /// <param name="make">Makes the learned arm, once a thread.</param>
    /// <param name="form">What to report.</param>
    /// <param name="seed">Seed of the postures.</param>
    public TaughtPoses(Func<AdaptedArm> make, TargetForm form, ulong seed)
    {
        _layout = new PoseSamples(make().Arm, form, seed);
        _scratch = new(() => new Scratch(make(), seed));
    }

    /// <inheritdoc/>
    public int InputLength => _layout.InputLength;

    /// <inheritdoc/>
    public int TargetLength => _layout.TargetLength;

    /// <inheritdoc/>
    public void Fill(long index, Span<float> inputs, Span<float> targets)
    {
        Scratch own = _scratch.Value!;
        TrunkArm arm = own.Arm.Arm;
        own.Random.Restart(index);
        own.Sampler.Sample(own.Inputs);
        arm.InputsToStrokes(own.Inputs, own.Strokes);
        Pose tip = own.Arm.Predict(own.Strokes, [], own.Modules);
        arm.InputsToCommands(own.Inputs, own.Inputs);
        for (int i = 0; i < inputs.Length; i++)
        {
            inputs[i] = (float)own.Inputs[i];
        }

        _layout.WriteTargets(own.Modules, tip, targets);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _layout.Dispose();
        _scratch.Dispose();
    }

    private sealed class Scratch
    {
        public Scratch(AdaptedArm arm, ulong seed)
        {
            (Arm, Random) = (arm, new StreamRandom(seed));
            Sampler = new PoseSampler(arm.Arm, Random);
            (Inputs, Strokes, Modules) = (new double[arm.Arm.InputCount], new double[arm.Arm.StrokeCount], new Pose[arm.Arm.Joints]);
        }

        public AdaptedArm Arm { get; }

        public StreamRandom Random { get; }

        public PoseSampler Sampler { get; }

        public double[] Inputs { get; }

        public double[] Strokes { get; }

        public Pose[] Modules { get; }
    }
}
