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
/// says). A pose is kept with what the gears did: what they were told, but of a gear that stands still where it stands, from the pose on
/// by which that is known. Poses from before stay what they were, or the network would unlearn what it knew (it did: that of made-up arm
/// 8104, whose gear stands at its end, went from 18 to 23 mm within 10 targets). Samples change as poses come in: a run of this cannot be
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
    private readonly double[] _done, _places, _posture, _strokes, _moved, _last;
    private readonly Pose[] _modules;
    private readonly List<(double[] Told, double[] Done, Vec3 Tip, long After)> _heldOut = [];
    private long _added;

    /// <param name="model">Gives the frames of the network's numbers, and the gears that stand still.</param>
    /// <param name="seed">Of rehearsed postures, and of which poses come when.</param>
    public Experience(SpikingPoseModel model, ulong seed)
    {
        (_arm, _held, _random) = (model.Arm, model.Held, new StreamRandom(seed));
        _layout = new PoseSamples(_arm, model.Form, seed);
        _sampler = new PoseSampler(_arm, _random);
        (_done, _places) = (new double[Room * _arm.StrokeCount], new double[Room * 3]);
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
        strokes.CopyTo(_strokes);
        _held.Apply(_strokes);
        if (judges)
        {
            _heldOut.Add((strokes.ToArray(), [.. _strokes], tip, _added));
            return true;
        }

        int dead = Calibration.Dead.Count;
        Calibration.Take(strokes, tip, doubt);
        double length = _arm.NormalisingLength;
        int at = (int)(_added++ % Room);
        _strokes.CopyTo(_done.AsSpan(at * strokes.Length));
        (_places[3 * at], _places[3 * at + 1], _places[3 * at + 2]) = (tip.X / length, tip.Y / length, tip.Z / length - 1);
        for (; dead < Calibration.Dead.Count; dead++)
        {
            StoodStill(Calibration.Dead[dead]);
        }

        return true;
    }

    /// <summary>The poses by which a gear was found dead were made without it.</summary>
    private void StoodStill(in DeadGear gear)
    {
        long first = _added - Math.Min(gear.Poses, Count);
        for (long pose = first; pose < _added; pose++)
        {
            _done[pose % Room * _strokes.Length + gear.Gear] = gear.At;
        }

        foreach ((_, double[] done, _, long after) in _heldOut)
        {
            done[gear.Gear] = after > first ? gear.At : done[gear.Gear];
        }
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
            _done.AsSpan(at * _strokes.Length, _strokes.Length).CopyTo(_strokes);
            targets.Fill(float.NaN);
            Narrow(_places.AsSpan(3 * at, 3), targets[^PoseSamples.TargetsPerJoint..]);
        }
        else
        {
            _sampler.Sample(_posture);
            _arm.InputsToStrokes(_posture, _strokes);
            Pose tip = Calibration.Arm.Predict(_strokes, [], _modules);
            _layout.WriteTargets(_modules, tip, targets);
            _held.Apply(_strokes);
        }

        _arm.StrokesToInputs(_strokes, _posture);
        _arm.InputsToCommands(_posture, _posture);
        Narrow(_posture, inputs);
    }

    /// <summary>Mean distance of a network's tip from the poses that were kept back, m; not a number where none were.</summary>
    /// <param name="network">Judged.</param>
    /// <param name="held">Whether it is asked about what the gears did; else about what they were told.</param>
    public double HeldOutError(LsnnPass network, bool held)
    {
        double sum = 0;
        float[] inputs = new float[_arm.InputCount];
        foreach ((double[] told, double[] done, Vec3 tip, _) in _heldOut)
        {
            _arm.StrokesToInputs(held ? done : told, _posture);
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
