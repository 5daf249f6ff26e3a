using Ganglion.Basics.Space;
using Ganglion.Robots.Trunk;

namespace Ganglion.Arm.Inference;

/// <summary>
/// The Jacobian of a spiking forward model around a posture, made a few network runs at a time. Gradients through spikes point the right
/// way but are far too short (6 times for the shipped 10-joint model, 60 times for 25 joints: surrogate derivatives fade through time), and
/// a single posture's are noisy. So gradients of a few scattered postures are averaged, scaled to what the network itself says of scattered
/// postures, and then corrected by these as by secants. Postures come in pairs on opposite sides, so that the map's curvature cancels. More
/// pairs make it better as long as it is worked on.
/// </summary>
/// <param name="model">The arm's forward model; not used by others meanwhile.</param>
/// <param name="random">Draws the postures.</param>
/// <param name="rows">3 or 6; rotational rows are in metres (rad times <see cref="TrunkArm.NormalisingLength"/>).</param>
internal sealed class SpikingLinearisation(SpikingPoseModel model, Random random, int rows)
{
    /// <summary>Pairs of which the first posture's gradients are taken.</summary>
    private const int Gradients = 2;

    /// <summary>Pairs until it can be used, and per input until it is as good as it gets.</summary>
    private const int FirstPairs = 30, MostPairs = 8;

    /// <summary>How far postures are scattered, as a share of half the inputs' range: far enough for the network's jumps to average
    /// out.</summary>
    private const double Spread = 0.3;

    /// <summary>How many times less a pair is trusted than a measured secant: its noise is of the size of what it tells.</summary>
    private const double Doubt = 15;

    private readonly int _n = model.Arm.InputCount;
    private readonly double[] _around = new double[model.Arm.InputCount], _one = new double[model.Arm.InputCount], _other =
        new double[model.Arm.InputCount];
    private readonly double[] _moves = new double[FirstPairs * model.Arm.InputCount];
    private readonly double[] _changes = new double[FirstPairs * 6];
    private readonly SecantJacobian _jacobian = new(rows, model.Arm.InputCount);
    private int _pairs;

    /// <summary>Rows of the Jacobian; meaningful once <see cref="Usable"/>.</summary>
    public ReadOnlySpan<double> Values => _jacobian.Values;

    /// <summary>Whether there have been enough pairs.</summary>
    public bool Usable => _pairs >= FirstPairs;

    /// <summary>Whether more pairs would not help.</summary>
    public bool Finished => _pairs >= MostPairs * _n;

    /// <summary>Where it is the Jacobian.</summary>
    public ReadOnlySpan<double> Around => _around;

    /// <summary>Begins around these inputs.</summary>
    public void Begin(ReadOnlySpan<double> around)
    {
        around.CopyTo(_around);
        Array.Clear(_jacobian.Values);
        _pairs = 0;
    }

    /// <summary>How far these inputs are from <see cref="Around"/>, as a share of the scatter.</summary>
    public double Distance(ReadOnlySpan<double> inputs)
    {
        double sum = 0;
        for (int i = 0; i < _n; i++)
        {
            sum += (inputs[i] - _around[i]) * (inputs[i] - _around[i]);
        }

        return Math.Sqrt(3 * sum / _n) / Reach;
    }

    /// <summary>One pair of postures.</summary>
    /// <returns>Its cost in network runs.</returns>
    /// <exception cref="InvalidDataException">The model predicts nonsense.</exception>
    public int Work()
    {
        for (int i = 0; i < _n; i++)
        {
            double way = Reach * (2 * random.NextDouble() - 1);
            (_one[i], _other[i]) = (_around[i] + way, _around[i] - way);
        }

        model.Arm.Clamp(_one);
        model.Arm.Clamp(_other);
        Pose other = model.PredictFinite(_other), one = model.PredictFinite(_one);
        int runs = 2;
        if (_pairs < Gradients)
        {
            model.AddJacobian(rows, 1.0 / Gradients, _jacobian.Values);
            runs += rows == 3 ? 5 : 11;
        }

        for (int i = 0; i < _n; i++)
        {
            _one[i] -= _other[i];
        }

        Vec3 moved = one.Position - other.Position, turned = (one.Orientation * other.Orientation.Conjugate).RotationVector;
        Span<double> change = [moved.X, moved.Y, moved.Z, Scale * turned.X, Scale * turned.Y, Scale * turned.Z];
        if (Usable)
        {
            _pairs++;
            _jacobian.Update(_one, change[..rows], Doubt, forgetting: 0);
            return runs;
        }

        _one.CopyTo(_moves, _pairs * _n);
        change.CopyTo(_changes.AsSpan(6 * _pairs));
        _pairs++;
        if (Usable)
        {
            Combine();
        }

        return runs;
    }

    private double Reach => Spread * (model.Arm.InputMax - model.Arm.InputMin) / 2;

    private double Scale => model.Arm.NormalisingLength;

    /// <summary>Gradients and first pairs together.</summary>
    private void Combine()
    {
        foreach (ref double entry in _jacobian.Values.AsSpan(3 * _n))
        {
            entry *= Scale;
        }

        Rescale(0, 3);
        if (rows == 6)
        {
            Rescale(3, 6);
        }

        _jacobian.Restart();
        for (int k = 0; k < _pairs; k++)
        {
            _jacobian.Update(_moves.AsSpan(k * _n, _n), _changes.AsSpan(6 * k, rows), Doubt, forgetting: 0);
        }
    }

    /// <summary>Multiplies rows by what fits the pairs best; where gradients say nothing of them, by 0.</summary>
    private void Rescale(int first, int last)
    {
        double both = 0, own = 0;
        for (int k = 0; k < _pairs; k++)
        {
            for (int row = first; row < last; row++)
            {
                double along = 0;
                for (int i = 0; i < _n; i++)
                {
                    along += _jacobian.Values[row * _n + i] * _moves[k * _n + i];
                }

                both += along * _changes[6 * k + row];
                own += along * along;
            }
        }

        double scale = own > 0 ? Math.Max(0, both / own) : 0;
        foreach (ref double entry in _jacobian.Values.AsSpan(first * _n, (last - first) * _n))
        {
            entry *= scale;
        }
    }
}
