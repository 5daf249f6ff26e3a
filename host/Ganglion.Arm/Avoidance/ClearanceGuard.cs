using Ganglion.Robots.Trunk;

namespace Ganglion.Arm.Avoidance;

/// <summary>
/// Lets an arm make no step that takes it nearer to anything than it may. A step that would is bent aside: of all steps that approach no
/// place faster than its slack allows (velocity dampers: Faverjon and Tournassoud, ICRA 1987, section 3) and that keep the gears within
/// their travels, the nearest, by Hildreth's method; and what does not hold on the curve is shortened, down to none. Gears do not follow as
/// one: those of one chip may have made a step while those of another have not begun it. So near something steps are also so short that the
/// arm stays clear wherever its gears are meanwhile. Allocates nothing.
/// </summary>
/// <param name="body">The arm among its obstacles; not used by others meanwhile.</param>
/// <param name="late">Where gears may be on the way; null: all follow as one.</param>
public sealed class ClearanceGuard(BodyClearance body, LateClearance? late = null)
{
    /// <summary>Share of a place's slack that one step may use up.</summary>
    private const double Approach = 0.7;

    /// <summary>Gears at their ends that one step minds, and rounds of the method.</summary>
    private const int Limits = 40, Rounds = 40;

    /// <summary>A step is halved so often before it is given up; one that takes the arm out of where it is too near has to gain that much
    /// (m).</summary>
    private const int Halvings = 5;

    /// <summary>The share of a step that is allowed is found this exactly, as a share of itself. With halving alone motion near something
    /// was so much slower that made-up arms among posts took 1.30 times the time to rest of arms without, and 1.22 with this (means of
    /// seeds 9301 to 9305).</summary>
    private const double Fine = 0.1;

    private readonly ClearPassage _passage = new(body);
    private readonly TrunkArm _arm = body.Arm;
    private readonly Touch[] _worst = new Touch[LateClearance.Places(body.Arm)];
    private readonly double[] _rows = new double[(LateClearance.Places(body.Arm) + Limits) * body.Arm.InputCount];
    private readonly double[] _least = new double[LateClearance.Places(body.Arm) + Limits];
    private readonly double[] _push = new double[LateClearance.Places(body.Arm) + Limits];
    private readonly double[] _squares = new double[LateClearance.Places(body.Arm) + Limits];
    private readonly double[] _inputs = new double[body.Arm.InputCount], _at = new double[body.Arm.InputCount];
    private readonly double[] _step = new double[body.Arm.InputCount], _wanted = new double[body.Arm.InputCount];
    private readonly double[] _change = new double[body.Arm.StrokeCount], _next = new double[body.Arm.StrokeCount];
    private int _places, _count;

    /// <summary>Slack that is kept on the way, m.</summary>
    public double Floor { get; set; }

    /// <summary>Makes a step one that keeps clear.</summary>
    /// <param name="at">Strokes before it, 0..1.</param>
    /// <param name="next">Strokes after it; receives the ones that are allowed.</param>
    /// <returns>Whether it was left as it is.</returns>
    public bool Limit(ReadOnlySpan<double> at, Span<double> next)
    {
        bool isClear = _passage.IsClear(at, next, Floor);
        if (isClear && late == null)
        {
            return true;
        }

        _arm.StrokesToInputs(at, _inputs);
        _places = body.Gradients(_inputs, byDisplacements: true, ClearPassage.Horizon, _worst, _rows);
        if (isClear)
        {
            return late!.IsClear(at, next, Now(), _rows, Floor) || Slow(at, next);
        }

        double slack = _passage.Slack(at);
        if (slack < Floor && _passage.IsClear(at, next, slack) && late?.IsClear(at, next, Now(), _rows, slack) != false)
        {
            // From where it is too near already it may go wherever that gets no worse.
            return true;
        }

        if (!Aside(at, next, slack, Floor) && (body.Jumps == 0 || !Aside(at, next, slack, Floor + body.Jumps)))
        {
            at.CopyTo(next);
        }

        return false;
    }

    /// <summary>Bends a step aside, and shortens it until it is clear.</summary>
    /// <param name="at">Strokes before it.</param>
    /// <param name="next">Strokes after it; receives the ones that are allowed, if any are.</param>
    /// <param name="slack">Slack before it, m.</param>
    /// <param name="floor">Slack that the bent step is to keep or to come to, m. A body that a network places stands still for good where
    /// each short step seems too near, since places jump as spikes come and go; with more than <see cref="Floor"/> it backs off from
    /// there.</param>
    /// <returns>Whether any are.</returns>
    private bool Aside(ReadOnlySpan<double> at, Span<double> next, double slack, double floor)
    {
        Bend(at, next, floor);
        for (int halving = 0; halving <= Halvings; halving++)
        {
            for (int i = 0; i < next.Length; i++)
            {
                _next[i] = Math.Clamp(at[i] + _change[i] / (1 << halving), 0, 1);
            }

            if (_passage.IsClear(at, _next, Floor) && late?.IsClear(at, _next, Now(), _rows, Floor) != false
                || slack < Floor && _passage.Slack(_next) >= slack)
            {
                _next.CopyTo(next);
                return true;
            }
        }

        return false;
    }

    /// <summary>Shortens a step that is clear until it is so on the way as well, by no more than it must.</summary>
    private bool Slow(ReadOnlySpan<double> at, Span<double> next)
    {
        double share = 1, least = 1.0 / (1 << Halvings);
        do
        {
            share *= 0.5;
        }
        while (!IsClear(share, at, next) && share > least);

        if (share > least)
        {
            for (double more = 0.5 * share; more > Fine * share; more *= 0.5)
            {
                share += IsClear(share + more, at, next) ? more : 0;
            }
        }

        Share(share, at, next);
        _next.CopyTo(next);
        return false;
    }

    /// <summary>Whether a share of a step is clear wherever gears are on the way.</summary>
    private bool IsClear(double share, ReadOnlySpan<double> at, ReadOnlySpan<double> next)
    {
        Share(share, at, next);
        return late!.IsClear(at, _next, Now(), _rows, Floor);
    }

    private void Share(double share, ReadOnlySpan<double> at, ReadOnlySpan<double> next)
    {
        for (int i = 0; i < next.Length; i++)
        {
            _next[i] = at[i] + share * (next[i] - at[i]);
        }
    }

    private ReadOnlySpan<Touch> Now() => _worst.AsSpan(0, _places);

    /// <summary>The nearest step that the rows allow, as a change of strokes.</summary>
    private void Bend(ReadOnlySpan<double> at, ReadOnlySpan<double> next, double floor)
    {
        int n = _arm.InputCount;
        _arm.StrokesToDisplacements(at, _at);
        _arm.StrokesToDisplacements(next, _wanted);
        double way = 0;
        for (int i = 0; i < n; i++)
        {
            _wanted[i] -= _at[i];
            way = Math.Max(way, Math.Abs(_wanted[i]));
        }

        _count = _places;
        for (int k = 0; k < _count; k++)
        {
            double spare = _worst[k].Slack - floor;
            _least[k] = spare > 0 ? -Approach * spare : -spare;
            _squares[k] = Square(k);
        }

        Solve();
        int first = _count;
        for (int i = 0; i < _change.Length && _count < _least.Length; i++)
        {
            if (at[i] + _change[i] is < 0 or > 1)
            {
                AddLimit(i, at[i], at[i] + _change[i] < 0);
            }
        }

        if (_count > first)
        {
            Solve();
        }

        // A step aside is no longer than the one that was wanted.
        double most = 0;
        foreach (double part in _step)
        {
            most = Math.Max(most, Math.Abs(part));
        }

        double share = most > way ? way / most : 1;
        for (int i = 0; i < _change.Length; i++)
        {
            _change[i] *= share;
        }
    }

    private void AddLimit(int stroke, double at, bool isLow)
    {
        Span<double> row = Row(_count);
        _arm.StrokeGradient(stroke, row);
        if (!isLow)
        {
            foreach (ref double entry in row)
            {
                entry = -entry;
            }
        }

        _least[_count] = Math.Min(0, isLow ? -at : at - 1);
        _squares[_count] = Square(_count);
        _count++;
    }

    /// <summary>Hildreth's method: the step is what was wanted and a push along each row that holds it back.</summary>
    private void Solve()
    {
        int n = _arm.InputCount;
        Array.Copy(_wanted, _step, n);
        Array.Clear(_push);
        for (int round = 0; round < Rounds; round++)
        {
            double changed = 0;
            for (int k = 0; k < _count; k++)
            {
                ReadOnlySpan<double> row = Row(k);
                if (_squares[k] == 0)
                {
                    continue;
                }

                double made = 0;
                for (int i = 0; i < n; i++)
                {
                    made += row[i] * _step[i];
                }

                double push = Math.Max(0, _push[k] + (_least[k] - made) / _squares[k]), more = push - _push[k];
                _push[k] = push;
                changed = Math.Max(changed, Math.Abs(more));
                for (int i = 0; i < n && more != 0; i++)
                {
                    _step[i] += more * row[i];
                }
            }

            if (changed == 0)
            {
                break;
            }
        }

        _arm.DisplacementChangeToStrokes(_step, _change);
    }

    private Span<double> Row(int k) => _rows.AsSpan(k * _arm.InputCount, _arm.InputCount);

    private double Square(int k)
    {
        double sum = 0;
        foreach (double entry in Row(k))
        {
            sum += entry * entry;
        }

        return sum;
    }
}
