using Ganglion.Arm.Adaptation;
using Ganglion.Arm.Inference;
using Ganglion.Arm.Learning;
using Ganglion.Basics.Space;
using Ganglion.Neurons.Passes;
using Ganglion.Neurons.Training;
using Ganglion.Robots.Trunk;

namespace Ganglion.Arm.Online;

/// <summary>
/// What a network learns from while its arm works. Half of each batch are poses that were measured: the newest ones, and any of the last
/// <see cref="Room"/>. The other half rehearse the whole reachable space, of which work shows little: random postures with the poses that
/// the arm leads to by all that its measured poses have told so far (<see cref="RecursiveCalibration"/>; at the start what the description
/// says). Poses of gears that stand still are learned by what the gears do. Samples change as poses come in: a run of this cannot be
/// resumed, and need not be.
/// </summary>
internal sealed class Experience : ISampleSource, IDisposable
{
    /// <summary>Samples of an update, and how many of them were measured.</summary>
    public const int Batch = 8;

    private const int Measured = 4;

    /// <summary>Poses that are kept, the oldest give way: some minutes of work.</summary>
    private const int Room = 4096;

    /// <summary>A pose counts if displacements have changed by so much in the mean since the last one.</summary>
    private const double ShortestMove = 0.01;

    /// <summary>One measured sample of a batch is of the newest so many poses.</summary>
    private const int Newest = 64;

    private readonly TrunkArm _arm;
    private readonly HeldGears _held;
    private readonly PoseSamples _layout;
    private readonly StreamRandom _random;
    private readonly PoseSampler _sampler;
    private readonly double[] _told, _places, _posture, _strokes, _moved, _last;
    private readonly Pose[] _modules;
    private readonly List<(double[] Strokes, Vec3 Tip)> _heldOut = [];
    private long _added;

    /// <param name="model">Gives the frames of the network's numbers, and the gears that stand still.</param>
    /// <param name="seed">Of rehearsed postures, and of which poses come when.</param>
    public Experience(SpikingPoseModel model, ulong seed)
    {
        (_arm, _held, _random) = (model.Arm, model.Held, new StreamRandom(seed));
        _layout = new PoseSamples(_arm, model.Form, seed);
        _sampler = new PoseSampler(_arm, _random);
        (_told, _places) = (new double[Room * _arm.StrokeCount], new double[Room * 3]);
        (_posture, _strokes) = (new double[_arm.InputCount], new double[_arm.StrokeCount]);
        (_moved, _last, _modules) = (new double[_arm.InputCount], new double[_arm.InputCount], new Pose[_arm.Joints]);
        Array.Fill(_last, double.PositiveInfinity);
        Calibration = new RecursiveCalibration(_arm.Dimensions);
    }

    /// <summary>What the measured poses have told of the arm.</summary>
    public RecursiveCalibration Calibration { get; }

    /// <inheritdoc/>
    public int InputLength => _layout.InputLength;

    /// <inheritdoc/>
    public int TargetLength => _layout.TargetLength;

    /// <summary>Poses to learn from.</summary>
    public int Count => (int)Math.Min(_added, Room);

    /// <summary>Takes a pose in.</summary>
    /// <param name="strokes">What the gears were told.</param>
    /// <param name="tip">m.</param>
    /// <param name="doubt">Standard deviation of each coordinate, m.</param>
    /// <param name="judges">Whether it is kept back.</param>
    /// <returns>False: it was too near to the last.</returns>
    public bool Add(ReadOnlySpan<double> strokes, in Vec3 tip, double doubt, bool judges)
    {
        _arm.StrokesToDisplacements(strokes, _moved);
        double square = 0;
        for (int i = 0; i < _moved.Length; i++)
        {
            square += (_moved[i] - _last[i]) * (_moved[i] - _last[i]);
        }

        if (square < _moved.Length * ShortestMove * ShortestMove)
        {
            return false;
        }

        _moved.CopyTo(_last, 0);
        if (judges)
        {
            _heldOut.Add((strokes.ToArray(), tip));
            return true;
        }

        Calibration.Take(strokes, tip, doubt);
        double length = _arm.NormalisingLength;
        int at = (int)(_added++ % Room);
        strokes.CopyTo(_told.AsSpan(at * strokes.Length));
        (_places[3 * at], _places[3 * at + 1], _places[3 * at + 2]) = (tip.X / length, tip.Y / length, tip.Z / length - 1);
        return true;
    }

    /// <inheritdoc/>
    public void Fill(long index, Span<float> inputs, Span<float> targets)
    {
        _random.Restart(index);
        int within = (int)(index % Batch);
        if (within < Measured)
        {
            int among = within == 0 ? Math.Min(Newest, Count) : Count;
            int at = (int)((_added - 1 - (long)(_random.NextDouble() * among)) % Room);
            _told.AsSpan(at * _strokes.Length, _strokes.Length).CopyTo(_strokes);
            targets.Fill(float.NaN);
            Narrow(_places.AsSpan(3 * at, 3), targets[^PoseSamples.TargetsPerJoint..]);
        }
        else
        {
            _sampler.Sample(_posture);
            _arm.InputsToStrokes(_posture, _strokes);
            Pose tip = Calibration.Arm.Predict(_strokes, [], _modules);
            _layout.WriteTargets(_modules, tip, targets);
        }

        _held.Apply(_strokes);
        _arm.StrokesToInputs(_strokes, _posture);
        _arm.InputsToCommands(_posture, _posture);
        Narrow(_posture, inputs);
    }

    /// <summary>Mean distance of a network's tip from the poses that were kept back, m; not a number where none were.</summary>
    /// <param name="network">Judged.</param>
    /// <param name="held">Whether it is asked about what the gears do; else about what they were told.</param>
    public double HeldOutError(LsnnPass network, bool held)
    {
        double sum = 0;
        float[] inputs = new float[_arm.InputCount];
        foreach ((double[] strokes, Vec3 tip) in _heldOut)
        {
            strokes.CopyTo(_strokes, 0);
            if (held)
            {
                _held.Apply(_strokes);
            }

            _arm.StrokesToInputs(_strokes, _posture);
            _arm.InputsToCommands(_posture, _posture);
            Narrow(_posture, inputs);
            network.Forward(inputs);
            ReadOnlySpan<float> mean = network.Means[^PoseSamples.TargetsPerJoint..];
            sum += (_arm.NormalisingLength * new Vec3(mean[0], mean[1], mean[2] + 1) - tip).Length;
        }

        return sum / _heldOut.Count;
    }

    /// <inheritdoc/>
    public void Dispose() => _layout.Dispose();

    private static void Narrow(ReadOnlySpan<double> from, Span<float> to)
    {
        for (int i = 0; i < from.Length; i++)
        {
            to[i] = (float)from[i];
        }
    }
}
