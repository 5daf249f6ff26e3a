using Ganglion.Robots.Boards;
using Ganglion.Robots.Trunk;

namespace Ganglion.Arm.Control;

/// <summary>
/// Rounds all gears of an arm to whole PWM counts together. Each gear alone can only be within half a count of where it should be, but an
/// arm has far more gears than its tip has directions, so the roundings can be chosen to cancel at the tip: integer least squares on the
/// tip's Jacobian, by descent over changes of one or two gears by a count. No gear goes further than <see cref="Reach"/> counts from where
/// it should be. What is minimised is the tip's expected error: what is left by the Jacobian, and what the Jacobian's own doubt adds for
/// each gear that is moved. A learned one that is off by a sixth would spoil with ten gears' counts what they cancel on paper.
/// </summary>
public sealed class JointRounding
{
    /// <summary>Counts that a gear may be away from its unrounded stroke.</summary>
    public const double Reach = 1.5;

    /// <summary>What may be left by the Jacobian, m: each further change would put more trust in it than a learned one deserves.</summary>
    private const double Enough = 5e-6;

    private readonly TrunkArm _arm;
    private readonly PulseRounding[] _pulses;
    private readonly double[] _counts, _columns, _moves, _doubts, _doubtAlong;
    private readonly bool[] _canRise, _canFall;

    /// <summary>Variance of the tip by the counts that are chosen so far, m^2.</summary>
    private double _doubt;

    /// <param name="arm">The arm; only its gears and frames are used, the tip's behaviour comes with the Jacobian.</param>
    /// <param name="pulses">What each gear's channel rounds to, joint-major.</param>
    public JointRounding(TrunkArm arm, PulseRounding[] pulses)
    {
        if (pulses.Length != arm.StrokeCount)
        {
            throw new ArgumentException($"{pulses.Length} channels for {arm.StrokeCount} gears", nameof(pulses));
        }

        (_arm, _pulses) = (arm, pulses);
        _counts = [.. pulses.Select(pulse => pulse.Step)];
        _columns = new double[3 * arm.StrokeCount];
        _moves = new double[3 * arm.StrokeCount];
        (_doubts, _doubtAlong) = (new double[arm.StrokeCount * arm.StrokeCount], new double[arm.StrokeCount]);
        FindMoves();
        _canRise = new bool[arm.StrokeCount];
        _canFall = new bool[arm.StrokeCount];
    }

    /// <summary>Chooses the roundings.</summary>
    /// <param name="strokes">Where the gears should be, 0..1.</param>
    /// <param name="jacobian">The tip's velocity by displacements (<see cref="TrunkArm.StrokesToDisplacements"/>) there, at least 3 rows of
    /// <see cref="TrunkArm.InputCount"/>, m.</param>
    /// <param name="missing">Where the tip should still go from those strokes, 3 values, m: zeros, or a measured error to be made up
    /// for.</param>
    /// <param name="rounded">Receives strokes that are whole counts; may not be the same memory as strokes.</param>
    /// <param name="ignorance">Covariance of a Jacobian's row among its entries, <see cref="TrunkArm.InputCount"/> squared, in units of
    /// <paramref name="variance"/>; empty: the Jacobian is exact.</param>
    /// <param name="variance">Of an entry, m^2.</param>
    /// <returns>The tip error to be expected, m.</returns>
    public double Round(ReadOnlySpan<double> strokes, ReadOnlySpan<double> jacobian, ReadOnlySpan<double> missing, Span<double> rounded,
        ReadOnlySpan<double> ignorance = default, double variance = 0)
    {
        int gears = strokes.Length;
        FindColumns(jacobian);
        FindDoubts(ignorance, variance);
        Span<double> rest = [missing[0], missing[1], missing[2]];
        for (int gear = 0; gear < gears; gear++)
        {
            rounded[gear] = _pulses[gear].Rounded(strokes[gear]);
            Take(rest, gear, (rounded[gear] - strokes[gear]) / _counts[gear]);
        }

        while (Square(rest[0], rest[1], rest[2]) > Enough * Enough && Improve(strokes, rounded, rest))
        {
        }

        return Math.Sqrt(Math.Max(0, Square(rest[0], rest[1], rest[2]) + _doubt));
    }

    /// <summary>What a count of each gear does to its joint's three displacements: the same everywhere, since they are linear in the
    /// strokes.</summary>
    private void FindMoves()
    {
        double[] strokes = new double[_arm.StrokeCount], none = new double[_arm.InputCount], one = new double[_arm.InputCount];
        _arm.StrokesToDisplacements(strokes, none);
        for (int gear = 0; gear < strokes.Length; gear++)
        {
            strokes[gear] = _counts[gear];
            _arm.StrokesToDisplacements(strokes, one);
            strokes[gear] = 0;
            int first = First(gear);
            for (int k = 0; k < 3; k++)
            {
                _moves[3 * gear + k] = one[first + k] - none[first + k];
            }
        }
    }

    /// <summary>How far the tip goes per count of each gear.</summary>
    private void FindColumns(ReadOnlySpan<double> jacobian)
    {
        int gears = _counts.Length, n = _arm.InputCount;
        for (int gear = 0; gear < gears; gear++)
        {
            int first = First(gear);
            for (int axis = 0; axis < 3; axis++)
            {
                double sum = 0;
                for (int k = 0; k < 3; k++)
                {
                    sum += jacobian[axis * n + first + k] * _moves[3 * gear + k];
                }

                _columns[axis * gears + gear] = sum;
            }
        }
    }

    /// <summary>Covariance of the tip's ways by a count of one gear and of another: what the Jacobian's doubt makes of them in three
    /// coordinates.</summary>
    private void FindDoubts(ReadOnlySpan<double> ignorance, double variance)
    {
        _doubt = 0;
        Array.Clear(_doubts);
        Array.Clear(_doubtAlong);
        int gears = _counts.Length, n = _arm.InputCount;
        if (ignorance.IsEmpty)
        {
            return;
        }

        for (int a = 0; a < gears; a++)
        {
            for (int b = 0; b <= a; b++)
            {
                double sum = 0;
                for (int k = 0; k < 3; k++)
                {
                    ReadOnlySpan<double> line = ignorance.Slice((First(a) + k) * n + First(b), 3);
                    sum += _moves[3 * a + k] * (line[0] * _moves[3 * b] + line[1] * _moves[3 * b + 1] + line[2] * _moves[3 * b + 2]);
                }

                _doubts[a * gears + b] = _doubts[b * gears + a] = 3 * variance * sum;
            }
        }
    }

    private int First(int gear) => 3 * (gear / _arm.GearsPerJoint);

    /// <summary>Makes the change of one or two gears that leaves least; false if none helps.</summary>
    private bool Improve(ReadOnlySpan<double> strokes, Span<double> rounded, Span<double> rest)
    {
        int gears = rounded.Length, bestA = -1, bestB = -1, bestUpA = 0, bestUpB = 0;
        double best = (Square(rest[0], rest[1], rest[2]) + _doubt) * (1 - 1e-6);
        for (int gear = 0; gear < gears; gear++)
        {
            double away = (rounded[gear] - strokes[gear]) / _counts[gear];
            _canRise[gear] = away + 1 <= Reach && rounded[gear] + _counts[gear] <= 1;
            _canFall[gear] = away - 1 >= -Reach && rounded[gear] - _counts[gear] >= 0;
        }

        ReadOnlySpan<double> xs = _columns.AsSpan(0, gears), ys = _columns.AsSpan(gears, gears), zs = _columns.AsSpan(2 * gears, gears);
        for (int a = 0; a < gears; a++)
        {
            for (int upA = -1; upA <= 1; upA += 2)
            {
                if (!(upA > 0 ? _canRise[a] : _canFall[a]))
                {
                    continue;
                }

                double x = rest[0] - upA * xs[a], y = rest[1] - upA * ys[a], z = rest[2] - upA * zs[a];
                ReadOnlySpan<double> doubts = _doubts.AsSpan(a * gears, gears);
                double doubt = _doubt + 2 * upA * _doubtAlong[a] + doubts[a], alone = Square(x, y, z) + doubt;
                if (alone < best)
                {
                    (best, bestA, bestUpA, bestB, bestUpB) = (alone, a, upA, -1, 0);
                }

                for (int b = a + 1; b < gears; b++)
                {
                    double both = doubt + _doubts[b * gears + b], along = 2 * (_doubtAlong[b] + upA * doubts[b]);
                    if (_canRise[b])
                    {
                        double two = Square(x - xs[b], y - ys[b], z - zs[b]) + both + along;
                        if (two < best)
                        {
                            (best, bestA, bestUpA, bestB, bestUpB) = (two, a, upA, b, 1);
                        }
                    }

                    if (_canFall[b])
                    {
                        double two = Square(x + xs[b], y + ys[b], z + zs[b]) + both - along;
                        if (two < best)
                        {
                            (best, bestA, bestUpA, bestB, bestUpB) = (two, a, upA, b, -1);
                        }
                    }
                }
            }
        }

        if (bestA < 0)
        {
            return false;
        }

        Move(bestA, bestUpA, rounded, rest);
        if (bestB >= 0)
        {
            Move(bestB, bestUpB, rounded, rest);
        }

        return true;
    }

    private void Move(int gear, int counts, Span<double> rounded, Span<double> rest)
    {
        rounded[gear] = _pulses[gear].Rounded(rounded[gear] + counts * _counts[gear]);
        Take(rest, gear, counts);
    }

    /// <summary>So many counts of a gear, and what they do to what is left and to its doubt.</summary>
    private void Take(Span<double> rest, int gear, double counts)
    {
        int gears = _pulses.Length;
        for (int axis = 0; axis < 3; axis++)
        {
            rest[axis] -= counts * _columns[axis * gears + gear];
        }

        _doubt += 2 * counts * _doubtAlong[gear] + counts * counts * _doubts[gear * gears + gear];
        for (int other = 0; other < gears; other++)
        {
            _doubtAlong[other] += counts * _doubts[gear * gears + other];
        }
    }

    private static double Square(double x, double y, double z) => x * x + y * y + z * z;
}
