using Ganglion.Robots.Space;

namespace Ganglion.Arm.Inference;

/// <summary>
/// The Jacobian of a spiking forward model around a posture, made a network run at a time. Gradients through spikes point the right way but are far too short
/// (6 times for the shipped 10-joint model, 60 times for 25 joints: surrogate derivatives fade through time), and a single posture's are noisy. So the
/// gradients of a few scattered postures are averaged, scaled to what the network itself says of scattered postures, and then corrected by these as by secants.
/// </summary>
/// <param name="model">The arm's forward model; not used by others meanwhile.</param>
/// <param name="random">Draws the postures.</param>
/// <param name="rows">3 or 6; rotational rows are in metres (rad times <see cref="TrunkArm.NormalisingLength"/>).</param>
internal sealed class SpikingLinearisation(SpikingPoseModel model, Random random, int rows)
{
    /// <summary>Postures whose gradients are taken.</summary>
    private const int Gradients = 2;

    /// <summary>Postures per input that are run in all.</summary>
    private const double ProbesPerInput = 2;

    /// <summary>How far they are scattered, as a share of half the inputs' range: far enough for the network's jumps to average out.</summary>
    private const double Spread = 0.25;

    /// <summary>How many times less a probe is trusted than a measured secant: its noise is of the size of what it tells.</summary>
    private const double Doubt = 15;

    private readonly int _n = model.Arm.InputCount, _probes = (int)(ProbesPerInput * model.Arm.InputCount);
    private readonly double[] _around = new double[model.Arm.InputCount], _probe = new double[model.Arm.InputCount], _middle = new double[model.Arm.InputCount];
    private readonly double[] _moves = new double[(int)(ProbesPerInput * model.Arm.InputCount) * model.Arm.InputCount];
    private readonly double[] _changes = new double[(int)(ProbesPerInput * model.Arm.InputCount) * 6];
    private readonly double[] _mean = new double[6];
    private Pose _reference;
    private int _done;

    /// <summary>Begins around these inputs.</summary>
    public void Begin(ReadOnlySpan<double> around, SecantJacobian jacobian)
    {
        around.CopyTo(_around);
        Array.Clear(jacobian.Values);
        _done = 0;
    }

    /// <summary>One posture.</summary>
    /// <param name="jacobian">That of <see cref="Begin"/>: finished when <paramref name="finished"/>, and its secants forgotten.</param>
    /// <param name="finished">Whether this was the last.</param>
    /// <returns>Its cost in network runs.</returns>
    public int Work(SecantJacobian jacobian, out bool finished)
    {
        double reach = Spread * (model.Arm.InputMax - model.Arm.InputMin) / 2;
        for (int i = 0; i < _n; i++) _probe[i] = _around[i] + reach * (2 * random.NextDouble() - 1);
        model.Arm.Clamp(_probe);
        Pose tip = model.PredictFinite(_probe);
        if (_done == 0) _reference = tip;
        Span<double> change = _changes.AsSpan(6 * _done, 6);
        Vec3 way = tip.Position - _reference.Position, turn = (tip.Orientation * _reference.Orientation.Conjugate).RotationVector;
        (change[0], change[1], change[2]) = (way.X, way.Y, way.Z);
        (change[3], change[4], change[5]) = (Scale * turn.X, Scale * turn.Y, Scale * turn.Z);
        _probe.CopyTo(_moves, _done * _n);
        int runs = 1;
        if (_done < Gradients)
        {
            model.AddJacobian(rows, 1.0 / Gradients, jacobian.Values);
            runs += rows == 3 ? 5 : 11;
        }

        finished = ++_done == _probes;
        if (finished) Finish(jacobian);
        return runs;
    }

    private double Scale => model.Arm.NormalisingLength;

    private void Finish(SecantJacobian jacobian)
    {
        foreach (ref double entry in jacobian.Values.AsSpan(3 * _n)) entry *= Scale;
        Centre();
        Rescale(jacobian.Values, 0, 3);
        if (rows == 6) Rescale(jacobian.Values, 3, 6);
        jacobian.Restart();
        for (int k = 0; k < _probes; k++) jacobian.Update(_moves.AsSpan(k * _n, _n), _changes.AsSpan(6 * k, rows), Doubt, forgetting: 0);
        jacobian.Restart();
    }

    /// <summary>Moves and changes relative to their means.</summary>
    private void Centre()
    {
        Array.Clear(_middle);
        Array.Clear(_mean);
        for (int i = 0; i < _moves.Length; i++) _middle[i % _n] += _moves[i] / _probes;
        for (int i = 0; i < _changes.Length; i++) _mean[i % 6] += _changes[i] / _probes;
        for (int i = 0; i < _moves.Length; i++) _moves[i] -= _middle[i % _n];
        for (int i = 0; i < _changes.Length; i++) _changes[i] -= _mean[i % 6];
    }

    /// <summary>Multiplies rows by what fits the probes best; where gradients say nothing of them, by 0.</summary>
    private void Rescale(double[] jacobian, int first, int last)
    {
        double both = 0, own = 0;
        for (int k = 0; k < _probes; k++)
        {
            for (int row = first; row < last; row++)
            {
                double along = 0;
                for (int i = 0; i < _n; i++) along += jacobian[row * _n + i] * _moves[k * _n + i];
                both += along * _changes[6 * k + row];
                own += along * along;
            }
        }

        double scale = own > 0 ? Math.Max(0, both / own) : 0;
        foreach (ref double entry in jacobian.AsSpan(first * _n, (last - first) * _n)) entry *= scale;
    }
}
