using Ganglion.Arm.Kinematics;
using Ganglion.Basics.Space;
using Ganglion.Robots.Trunk;

namespace Ganglion.Arm.Adaptation;

/// <summary>
/// Learns an arm from one measured pose of its tip after the other, while it works: the dimensions and the residual of
/// <see cref="ArmCalibration"/>, by recursive least squares around what is known already (an extended Kalman filter, R. Kalman 1960; as for
/// parameters in S. Haykin, Kalman Filtering and Neural Networks, 2001, chapter 2). A pose costs a Jacobian and three updates of the
/// covariance, which is quadratic in the number of parameters: 0.5 ms with 10 joints. An arm that suddenly does something else is
/// noticed by errors that are far larger than expected, one pose after the other; if a gear that stands still explains them
/// (<see cref="DeadGearSearch"/>) that is what is learned.
/// </summary>
public sealed partial class RecursiveCalibration : IForwardModel
{
    /// <summary>Of a difference quotient, in usual sizes of the number.</summary>
    private const double Difference = 1e-4;

    /// <summary>A prediction is never held to be nearer than this to what is measured, m; and its Jacobian not to be more exact than this
    /// share of an error, since arms are not linear.</summary>
    private const double Floor = 0.1e-3, Bend = 0.05;

    /// <summary>Standard deviation by which each weight of a gear may change from pose to pose, in usual sizes.</summary>
    private const double Drift = 1e-3;

    /// <summary>An error is a surprise if its square is so many times what was expected. What is known already is not touched by
    /// surprises, until they are explained or have come so often within the last poses that the arm must be another one.</summary>
    private const double Surprise = 9;

    private const int Explained = 8, Another = 24, Kept = 32;

    /// <summary>A dead gear explains surprises if it leaves at most this share of their squares.</summary>
    private const double Left = 0.1;

    /// <summary>Where a gear that was found dead stands is known so well, parts of the travel; another arm's numbers are open again by so
    /// much of their usual size.</summary>
    private const double FoundAt = 0.02, Open = 0.3;

    private readonly ArmParameters _parameters;
    private readonly GearPlay _play;
    private readonly int _count;
    private readonly double[] _values, _covariance, _slopes, _gain, _column, _sides, _strokes, _asked, _askedSides;
    private readonly Vec3[] _yields;
    private readonly Queue<(SidedPose Pose, bool Surprises)> _last = new();
    private readonly List<DeadGear> _dead = [];

    /// <param name="start">Dimensions to start from.</param>
    public RecursiveCalibration(TrunkDimensions start)
    {
        _parameters = new ArmParameters(start);
        _count = _parameters.Count;
        _play = new GearPlay(_parameters.Gears);
        (_values, _covariance) = (new double[_count], new double[_count * _count]);
        (_slopes, _gain, _column) = (new double[3 * _count], new double[_count], new double[_count]);
        (_sides, _strokes) = (new double[_parameters.Gears], new double[_parameters.Gears]);
        (_asked, _askedSides) = (new double[_parameters.Gears], new double[_parameters.Gears]);
        _yields = new Vec3[_count - _parameters.Dimensions - AdaptedArm.PerGear * _parameters.Gears];
        for (int i = 0; i < _count; i++)
        {
            _covariance[i * _count + i] = 1;
        }

        Arm = _parameters.Arm(_values);
    }

    /// <summary>The arm as it is known now; another object after each pose that was taken.</summary>
    public AdaptedArm Arm { get; private set; }

    /// <summary>Poses taken.</summary>
    public int Poses { get; private set; }

    /// <summary>Gears that were found to stand still, in the order in which they were found.</summary>
    public IReadOnlyList<DeadGear> Dead => _dead;

    /// <summary>Distance of the last pose from where it was expected, m.</summary>
    public double LastError { get; private set; }

    /// <summary>Takes a pose.</summary>
    /// <param name="strokes">What the gears were told, joint-major.</param>
    /// <param name="tip">Where the tip was, m.</param>
    /// <param name="doubt">Standard deviation of each coordinate, m.</param>
    public void Take(ReadOnlySpan<double> strokes, in Vec3 tip, double doubt)
    {
        strokes.CopyTo(_strokes);
        _play.Move(strokes, _sides);
        Vec3 expected = Arm.Predict(_strokes, _sides, []).Position, error = tip - expected;
        LastError = error.Length;
        Linearise(expected);
        Poses++;
        double variance = doubt * doubt + Floor * Floor + Bend * Bend * error.LengthSquared;
        if (Surprises(error, variance) && !Explain())
        {
            return;
        }

        for (int gear = 0; gear < AdaptedArm.PerGear * _parameters.Gears; gear++)
        {
            _covariance[(_parameters.Dimensions + gear) * (_count + 1)] += Drift * Drift;
        }

        double[] before = [.. _values];
        Span<double> errors = [error.X, error.Y, error.Z];
        for (int axis = 0; axis < 3; axis++)
        {
            ReadOnlySpan<double> slope = _slopes.AsSpan(axis * _count, _count);
            double innovation = errors[axis];
            for (int i = 0; i < _count; i++)
            {
                innovation -= slope[i] * (_values[i] - before[i]);
            }

            Update(slope, innovation, variance);
        }

        try
        {
            Arm = _parameters.Arm(_values);
        }
        catch (ArgumentException)
        {
            // A dimension left its bounds: this pose says nothing that can be.
            before.CopyTo(_values, 0);
        }
    }

    /// <inheritdoc/>
    public Pose FromInputs(ReadOnlySpan<double> inputs)
    {
        Arm.Arm.InputsToStrokes(inputs, _asked);
        return FromStrokes(_asked, []);
    }

    /// <inheritdoc/>
    public Pose FromStrokes(ReadOnlySpan<double> strokes, Span<Pose> modules)
    {
        _play.Look(strokes, _askedSides);
        return Arm.Predict(strokes, _askedSides, modules);
    }

    /// <summary>One coordinate's update: K = P h / (h' P h + r), x += K e, P -= K (P h)'.</summary>
    private void Update(ReadOnlySpan<double> slope, double innovation, double variance)
    {
        double expected = variance;
        for (int i = 0; i < _count; i++)
        {
            _column[i] = DampedStep.Dot(_covariance.AsSpan(i * _count, _count), slope);
            expected += slope[i] * _column[i];
        }

        for (int i = 0; i < _count; i++)
        {
            _gain[i] = _column[i] / expected;
            _values[i] += _gain[i] * innovation;
            Subtract(_covariance.AsSpan(i * _count, _count), _gain[i], _column);
        }
    }

    /// <summary>Whether an error is far larger than expected; keeps the pose.</summary>
    private bool Surprises(in Vec3 error, double variance)
    {
        double expected = 3 * variance;
        for (int axis = 0; axis < 3; axis++)
        {
            ReadOnlySpan<double> slope = _slopes.AsSpan(axis * _count, _count);
            for (int i = 0; i < _count; i++)
            {
                expected += slope[i] * DampedStep.Dot(_covariance.AsSpan(i * _count, _count), slope);
            }
        }

        bool surprises = error.LengthSquared > Surprise * expected;
        _last.Enqueue((new SidedPose([.. _strokes], [.. _sides], Arm.Predict(_strokes, _sides, []).Position + error), surprises));
        if (_last.Count > Kept)
        {
            _last.Dequeue();
        }

        return surprises;
    }

    /// <summary>Looks for the reason of surprises.</summary>
    /// <returns>Whether the present pose is to be learned from: the arm is another one. A dead gear that was found is the lesson of all of
    /// them.</returns>
    private bool Explain()
    {
        int count = _last.Count(one => one.Surprises);
        if (count < Explained)
        {
            return false;
        }

        // Older surprises were something else, such as play.
        int from = 0;
        for (int older = count - Explained; from < _last.Count && (older > 0 || !_last.ElementAt(from).Surprises); from++)
        {
            older -= _last.ElementAt(from).Surprises ? 1 : 0;
        }

        SidedPose[] all = [.. _last.Select(one => one.Pose)];
        DeadGear found = DeadGearSearch.Find(Arm, all[from..], all[Math.Max(0, from - 1)].Strokes);
        if (found.Left <= Left)
        {
            Pin(_parameters.Dimensions + AdaptedArm.PerGear * found.Gear, found.At);
            _dead.Add(found);
            Arm = _parameters.Arm(_values);
            _last.Clear();
            return false;
        }

        if (count < Another)
        {
            return false;
        }

        for (int i = 0; i < _count; i++)
        {
            _covariance[i * (_count + 1)] += Open * Open;
        }

        _last.Clear();
        return true;
    }

    /// <summary>A dead gear's play and gain are known, and nearly its place; neither has to do with other numbers any more.</summary>
    private void Pin(int first, double at)
    {
        double[] known = [0, -1, at - 0.5];
        for (int k = 0; k < known.Length; k++)
        {
            _values[first + k] = known[k] / _parameters.Unit(first + k);
        }

        for (int own = first; own < first + AdaptedArm.PerGear; own++)
        {
            for (int i = 0; i < _count; i++)
            {
                (_covariance[own * _count + i], _covariance[i * _count + own]) = (0, 0);
            }
        }

        double place = FoundAt / _parameters.Unit(first + 2);
        _covariance[(first + 2) * (_count + 1)] = place * place;
    }
}
