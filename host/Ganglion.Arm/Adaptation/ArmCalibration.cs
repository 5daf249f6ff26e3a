using Ganglion.Basics.Space;
using MathNet.Numerics.LinearAlgebra;

namespace Ganglion.Arm.Adaptation;

/// <summary>
/// Learns an arm from where its tip was: least squares over its dimensions (Levenberg-Marquardt), each number held back by how far such a
/// number usually is from where it starts. How much the measurements scatter, and with the residual how large each of its weights may
/// be, comes out of the data by maximal evidence (D. MacKay, Bayesian interpolation, Neural Computation 4, 1992; for single weights M.
/// Tipping, JMLR 1, 2001): a weight that explains nothing fades to 0, so that 300 poses suffice for hundreds of numbers. A pose that is far
/// from all others' errors (a tracker that lost its mark, a servo that was late) counts less (P. Huber's weights).
/// </summary>
internal sealed class ArmCalibration
{
    /// <summary>Rounds of scatter and sizes, with so many steps in each.</summary>
    private const int Rounds = 12, FewestRounds = 5, Steps = 3;

    /// <summary>The scatter has settled once a round changes it by less.</summary>
    private const double Settled = 0.003;

    /// <summary>Of a difference quotient, in usual sizes of the number.</summary>
    private const double Difference = 1e-4;

    /// <summary>The scatter never counts as less: what a good tracker resolves, m.</summary>
    private const double LeastScatter = 0.02e-3, FirstScatter = 2e-3;

    /// <summary>A pose whose error is more than so many times the median one counts less: errors of one scatter in three axes are so large
    /// once in 10 million.</summary>
    private const double Outlier = 4;

    /// <summary>Sizes of weights, in usual ones, stay between these.</summary>
    private const double LeastSize = 1e-4, MostSize = 100;

    private readonly ArmParameters _parameters;
    private readonly IReadOnlyList<TipRow> _rows;
    private readonly double[][] _sides;
    private readonly int _count;
    private readonly double[] _values, _sizes, _shares, _lengths;
    private double _scatter = FirstScatter;

    private ArmCalibration(ArmParameters parameters, IReadOnlyList<TipRow> rows, double[][] sides, bool residual)
    {
        (_parameters, _rows, _sides) = (parameters, rows, sides);
        _count = residual ? parameters.Count : parameters.Dimensions;
        _values = new double[parameters.Count];
        _sizes = new double[_count];
        Array.Fill(_sizes, 1);
        (_shares, _lengths) = (new double[rows.Count], new double[rows.Count]);
        Array.Fill(_shares, 1);
    }

    /// <summary>Learns.</summary>
    /// <param name="parameters">What is to be learned, and where it starts.</param>
    /// <param name="rows">Measurements.</param>
    /// <param name="sides">Of each row, from which side its gears came.</param>
    /// <param name="residual">False: dimensions alone.</param>
    /// <param name="stop">Ends it with an <see cref="OperationCanceledException"/>.</param>
    public static AdaptedArm Fit(ArmParameters parameters, IReadOnlyList<TipRow> rows, double[][] sides, bool residual,
        CancellationToken stop)
    {
        var run = new ArmCalibration(parameters, rows, sides, residual);
        double before = double.PositiveInfinity;
        for (int round = 0; round < Rounds && (round < FewestRounds || Math.Abs(run._scatter - before) > Settled * before); round++)
        {
            before = run._scatter;
            run.Round(stop);
        }

        return parameters.Arm(run._values);
    }

    private void Round(CancellationToken stop)
    {
        double damping = 1e-3;
        (Matrix<double> normal, Vector<double> downhill, double squares) = Linearise(stop);
        for (int step = 0; step < Steps; step++)
        {
            double before = Cost(squares, _values);
            bool better = false;
            for (int attempt = 0; attempt < 8 && !better; attempt++, damping *= 10)
            {
                Vector<double> move = Held(normal, damping).Solve(Pulled(downhill));
                double[] next = [.. _values];
                for (int i = 0; i < _count; i++)
                {
                    next[i] += move[i];
                }

                better = Squares(next) is { } now && Cost(now, next) < before;
                if (better)
                {
                    next.CopyTo(_values, 0);
                }
            }

            if (!better)
            {
                break;
            }

            damping /= 1000;
            (normal, downhill, squares) = Linearise(stop);
        }

        Matrix<double> spread = Held(normal, 0).Solve(Matrix<double>.Build.DenseIdentity(_count));
        double known = 0;
        for (int i = 0; i < _count; i++)
        {
            double share = Math.Clamp(1 - spread[i, i] / (_sizes[i] * _sizes[i]), 1e-6, 1);
            known += share;
            if (i >= _parameters.Dimensions)
            {
                _sizes[i] = Math.Clamp(Math.Abs(_values[i]) / Math.Sqrt(share), LeastSize, MostSize);
            }
        }

        double median = _lengths.Order().ElementAt(_lengths.Length / 2);
        for (int row = 0; row < _shares.Length; row++)
        {
            _shares[row] = Math.Min(1, Outlier * Math.Max(median, LeastScatter) / _lengths[row]);
        }

        _scatter = Math.Max(LeastScatter, Math.Sqrt(squares / Math.Max(1, 3 * _rows.Count - known)));
    }

    private double Cost(double squares, double[] values)
    {
        double cost = squares / (_scatter * _scatter);
        for (int i = 0; i < _count; i++)
        {
            cost += values[i] * values[i] / (_sizes[i] * _sizes[i]);
        }

        return cost;
    }

    /// <summary>The normal equations with what holds each number back.</summary>
    private MathNet.Numerics.LinearAlgebra.Factorization.Cholesky<double> Held(Matrix<double> normal, double damping)
    {
        Matrix<double> held = normal / (_scatter * _scatter);
        for (int i = 0; i < _count; i++)
        {
            held[i, i] = held[i, i] * (1 + damping) + 1 / (_sizes[i] * _sizes[i]);
        }

        return held.Cholesky();
    }

    private Vector<double> Pulled(Vector<double> downhill)
    {
        Vector<double> pulled = downhill / (_scatter * _scatter);
        for (int i = 0; i < _count; i++)
        {
            pulled[i] -= _values[i] / (_sizes[i] * _sizes[i]);
        }

        return pulled;
    }

    /// <summary>Sum of squared distances, m2; null where a dimension is outside its bounds.</summary>
    private double? Squares(double[] values)
    {
        try
        {
            AdaptedArm arm = _parameters.Arm(values);
            double sum = 0;
            for (int row = 0; row < _rows.Count; row++)
            {
                sum += _shares[row] * (_rows[row].Tip - arm.Predict(_rows[row].Strokes, _sides[row], []).Position).LengthSquared;
            }

            return double.IsFinite(sum) ? sum : null;
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    private (Matrix<double> Normal, Vector<double> Downhill, double Squares) Linearise(CancellationToken stop)
    {
        AdaptedArm arm = _parameters.Arm(_values);
        double[] moved = [.. _values];
        var others = new AdaptedArm[_parameters.Lengths];
        for (int i = 0; i < others.Length; i++)
        {
            moved[i] += Difference;
            others[i] = _parameters.Arm(moved);
            moved[i] = _values[i];
        }

        Matrix<double> jacobian = Matrix<double>.Build.Dense(3 * _rows.Count, _count);
        Vector<double> errors = Vector<double>.Build.Dense(3 * _rows.Count);
        var yields = new Vec3[_parameters.Count - _parameters.Dimensions - AdaptedArm.PerGear * _parameters.Gears];
        for (int row = 0; row < _rows.Count; row++)
        {
            stop.ThrowIfCancellationRequested();
            (double[] strokes, Vec3 measured) = _rows[row];
            Vec3 tip = arm.Predict(strokes, _sides[row], []).Position, error = measured - tip;
            _lengths[row] = error.Length;
            double weight = Math.Sqrt(_shares[row]);
            error = weight * error;
            (errors[3 * row], errors[3 * row + 1], errors[3 * row + 2]) = (error.X, error.Y, error.Z);
            void Put(int column, Vec3 slope) => (jacobian[3 * row, column], jacobian[3 * row + 1, column], jacobian[3 * row + 2, column]) =
                (weight * slope.X, weight * slope.Y, weight * slope.Z);
            for (int i = 0; i < others.Length; i++)
            {
                Put(i, 1 / Difference * (others[i].Predict(strokes, _sides[row], []).Position - tip));
            }

            if (_count > _parameters.Dimensions)
            {
                arm.YieldColumns(tip, yields);
                int first = _count - yields.Length;
                for (int i = 0; i < yields.Length; i++)
                {
                    Put(first + i, _parameters.Unit(first + i) * yields[i]);
                }
            }

            PutGears(arm, row, tip, Put);
        }

        return (jacobian.TransposeThisAndMultiply(jacobian), jacobian.TransposeThisAndMultiply(errors), errors.DotProduct(errors));
    }

    /// <summary>All that a gear is learned about moves its stroke: one quotient serves its offset and its three weights.</summary>
    private void PutGears(AdaptedArm arm, int row, Vec3 tip, Action<int, Vec3> put)
    {
        double[] strokes = [.. _rows[row].Strokes];
        for (int gear = 0; gear < _parameters.Gears; gear++)
        {
            double stroke = strokes[gear];
            strokes[gear] += Difference;
            Vec3 slope = 1 / Difference * (arm.Predict(strokes, _sides[row], []).Position - tip);
            strokes[gear] = stroke;
            put(_parameters.Lengths + gear, _parameters.Unit(_parameters.Lengths + gear) * slope);
            if (_count == _parameters.Dimensions)
            {
                continue;
            }

            int at = _parameters.Dimensions + AdaptedArm.PerGear * gear;
            put(at, _parameters.Unit(at) * _sides[row][gear] * slope);
            put(at + 1, _parameters.Unit(at + 1) * (stroke - 0.5) * slope);
            put(at + 2, _parameters.Unit(at + 2) * slope);
        }
    }
}
